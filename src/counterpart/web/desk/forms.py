"""The desk's forms: a reference to look for, and a post to give work to. They check shape only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterpart.web.desk.reassigning import Work, post_line, post_option
from counterpart.web.forms import (
    CarriedField,
    CounterpartForm,
    LineField,
    Option,
    RadiosField,
    SelectField,
    WordsField,
)

ANOTHER = "another"
_MISREAD = str.maketrans("OIL", "011")


class FindForm(CounterpartForm):
    """Find a case by its reference, however it was read out: dashes, spaces, O for 0, I for 1."""

    reference = LineField(
        "Case reference",
        missing="Enter a case reference",
        hint="It has 8 letters and numbers, such as 7F3K-92MQ.",
        limit=40,
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
    )

    def clean_reference(self) -> str:
        """The reference as it is kept."""
        typed = str(self.cleaned_data["reference"]).upper()
        return "".join(c for c in typed if c.isascii() and c.isalnum()).translate(_MISREAD)


class ReassignForm(CounterpartForm):
    """Who the work is given to, and why. `version` is the record's when the page was drawn."""

    version = CarriedField()
    reason = WordsField(
        "Why are you giving this to someone else?",
        missing="Write why you are giving this to someone else",
        hint="Both sides can read this in the record.",
        limit=2_000,
        rows=4,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, work: Work, version: int) -> None:
        super().__init__(data, initial={"version": str(version)})
        if work.first:
            self.fields["post"] = _first(work)
        if work.others:
            self.fields["other"] = _others(work)
        self.order_fields(["version", "post", "other", "reason"])

    def clean(self) -> dict[str, Any]:
        """`chosen` is the post, from whichever of the two it was picked."""
        cleaned = super().clean()
        picked = cleaned.get("post", ANOTHER)
        if picked == ANOTHER and not self.errors.get("post"):
            picked = cleaned.get("other")
            if not picked and "other" not in self.errors:
                self.add_error("other", "Choose a post from the list")
        cleaned["chosen"] = picked
        return cleaned

    def again(self, work: Work, version: int, why_not: str) -> ReassignForm:
        """The same, refused. It now stands on the record as it is, so that it can be sent again."""
        made = ReassignForm({**self.data, "version": str(version)}, work=work, version=version)
        made.key = self.key
        made.refuse(why_not)
        return made

    @property
    def seen(self) -> int | None:
        """The version of the record that the page showed."""
        text = self.cleaned_data.get("version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


def _first(work: Work) -> RadiosField:
    options = [post_option(post) for post in work.first]
    if work.others:
        options.append(Option(ANOTHER, f"Somebody else at {work.body_name}", after_or=True))
    return RadiosField("Who should do this?", missing="Choose who should do this", options=options)


def _others(work: Work) -> SelectField:
    return SelectField(
        "Which post?" if work.first else "Who should do this?",
        missing="Choose a post from the list",
        options=[post_line(post) for post in work.others],
        empty="Choose a post",
        required=not work.first,
    )
