"""The forms of the directory's pages. They check shape only, by the very readers that files are read with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from counterpart.people.finders import PartnershipRecord
from counterpart.people.importing import cells
from counterpart.people.importing.cells import BadCell
from counterpart.people.kinds import AGENCY_KINDS, TIERS
from counterpart.web.forms import (
    CarriedField,
    CounterpartForm,
    DateField,
    LineField,
    Option,
    SelectField,
    TextFileField,
    TickField,
    YesNoField,
)

NOBODY = "nobody"
MOST_IN_A_FILE = 1024 * 1024
"""Larger files go in by the command, on the machine itself."""
LONGEST_CARRIED = 6 * MOST_IN_A_FILE


class ReadField(LineField):
    """One line that is read as a cell of a file is. Cleans to the text that reading gives, or ""."""

    def __init__(self, label: str, read: Callable[[str], object], **kwargs: Any) -> None:
        self.read = read
        super().__init__(label, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.read(text) if text else ""
        except BadCell as bad:
            words = str(bad)
            begin = words if words.startswith("“") else f"{self.label_text} {words}"
            raise ValidationError(begin, code="shape") from None


def _mail(label: str, **kwargs: Any) -> ReadField:
    return ReadField(label, cells.mail, limit=254, autocomplete="off", spellcheck="false", **kwargs)


def _domains(text: str) -> str:
    return " ".join(cells.domains(text))


class ReachForm(CounterpartForm):
    """What an agency's own lead may put right of it."""

    area = LineField("Area it serves", required=False)
    safeguarding_inbox = _mail(
        "Safeguarding inbox", required=False, hint="A mailbox that several people read."
    )


class AgencyForm(ReachForm):
    """An agency: everything that is kept of it."""

    name = LineField("Name", missing="Enter the agency’s name")
    kind = SelectField(
        "What kind of agency is it?",
        options=[Option(code, words) for code, words in AGENCY_KINDS.items()],
        missing="Choose what kind of agency it is",
    )
    is_statutory = YesNoField(
        "Does it have statutory duties to safeguard children?", missing="Choose yes or no"
    )
    mail_domains = ReadField(
        "Email domains",
        _domains,
        limit=1_000,
        required=False,
        hint="What stands after the @ in its people’s addresses, with spaces between. Whoever can read email "
        "there may raise and answer without an account.",
        spellcheck="false",
    )
    field_order = ("name", "kind", "area", "is_statutory", "safeguarding_inbox", "mail_domains")


class PostForm(CounterpartForm):
    """A post: everything that is kept of it."""

    title = LineField("What is the post called?", missing="Enter what the post is called")
    tier = SelectField(
        "Where does it stand?",
        options=[Option(code, words) for code, words in TIERS.items()],
        missing="Choose where it stands",
        hint="A policy gives its steps to posts by this.",
    )
    phone = ReadField("Telephone", cells.phone, limit=40, required=False)
    mail = _mail("Email address of the post", required=False, hint="Where it has one of its own.")


class AppointForm(CounterpartForm):
    """Who comes to a post, and when."""

    name = LineField("Their name", missing="Enter their name", autocomplete="off")
    mail = _mail("Their email address at work", missing="Enter their email address at work")
    first_day = DateField("Their first day in the post", named="Their first day")


class PersonForm(CounterpartForm):
    """What a person is called, and where mail reaches them."""

    name = LineField("Name", missing="Enter their name", autocomplete="off")
    mail = _mail("Email address at work", missing="Enter their email address at work")


class EndForm(CounterpartForm):
    """The last day of somebody in a post."""

    last_day = DateField("Their last day in the post", named="Their last day")


class CloseForm(CounterpartForm):
    """From which day on a post or an agency is there no more."""

    closed_on = DateField(
        "From which day on is it closed?",
        named="The day",
        hint="Today closes it at once. On a later day, it goes on until the evening before.",
    )


class PartForm(CounterpartForm):
    """Which partnership an agency leaves: asked of somebody who has the desk of several."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        partnerships: Sequence[PartnershipRecord],
    ) -> None:
        super().__init__(data)
        self._only = partnerships[0].id
        if len(partnerships) > 1:
            self.fields["partnership"] = SelectField(
                "Which partnership does it leave?",
                options=[Option(one.id, one.name) for one in partnerships],
                missing="Choose a partnership",
                empty="Choose a partnership",
            )

    @property
    def chosen(self) -> str:
        """The id of the partnership."""
        return str(self.cleaned_data.get("partnership", self._only))


class CoverForm(CounterpartForm):
    """Who stands in, and between which days."""

    by = SelectField("Who stands in?", missing="Choose who stands in", empty="Choose a person")
    first_day = DateField("From", named="The first day")
    last_day = DateField("To", named="The last day", hint="The last day on which they stand in.")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Sequence[Option], first: date
    ) -> None:
        super().__init__(data, initial={"first_day": first})
        self.fields["by"].options = people  # type: ignore[attr-defined]  # ours, of SelectField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must be on or after the first")
        return cleaned


class LeaveForm(CounterpartForm):
    """Who takes on each post that would be left with nobody: a question a post."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        posts: Sequence[tuple[str, str, Sequence[Option]]],
    ) -> None:
        super().__init__(data)
        for post, title, people in posts:
            self.fields[f"post-{post}"] = SelectField(
                f"Who takes on “{title}”?",
                options=[*people, Option(NOBODY, "Nobody yet")],
                missing=f"Choose who takes on “{title}”, or nobody yet",
                empty="Choose a person",
            )

    def takes_on(self) -> dict[str, str]:
        """The person who takes on each post, for those that somebody takes on."""
        chosen = {name.removeprefix("post-"): who for name, who in self.cleaned_data.items()}
        return {post: who for post, who in chosen.items() if who != NOBODY}


class TieForm(CounterpartForm):
    """Two people of one household or family, by their addresses."""

    one = _mail("Email address of one of them", missing="Enter the address of one of them")
    other = _mail("Email address of the other", missing="Enter the address of the other")


class FilesForm(CounterpartForm):
    """Up to three files to look at together."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("agencies", "posts", "people"):
            self.fields[name] = TextFileField(
                f"File of {name}",
                missing="Choose a file that is not empty",
                most=MOST_IN_A_FILE,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error("agencies", "Choose at least one file that is not empty")
        return cleaned


class BringInForm(CounterpartForm):
    """What was looked at, sealed, and a word that it is to be done."""

    carried = CarriedField(limit=LONGEST_CARRIED, required=True)
    sure = TickField(
        "I have looked at what would change",
        missing="Tick to say that you have looked at what would change",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, carried: str = "") -> None:
        super().__init__(data, initial={"carried": carried})
