"""The forms by which somebody is kept from a case or from a part of it. They check shape alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms.utils import ErrorDict

from counterpart.people.searching import FoundPerson
from counterpart.telling.describing_keeping import DETAILS, REASONS
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.forms import CheckboxesField, LineField, Option, RadiosField, WordsField

OWN_REASONS = (
    Option("family_tie", "I am related to somebody in it, live with them, or am close to them"),
    Option("subject_of_concern", "The concern is about me, or about my own work"),
    Option("declared_conflict", "I should not deal with it for another reason"),
)


class TieForm(ActForm):
    """One's own tie to a case, by which one leaves it."""

    reason = RadiosField(
        "Why should you not deal with it?", missing="Choose why", options=OWN_REASONS
    )
    why = WordsField(
        "Do you want to say more?",
        hint="You do not have to. The partnership’s office sees it, and nobody else.",
        required=False,
        rows=3,
    )


class KeepOutForm(ActForm):
    """Find a person, choose them, and say why they are not to see the case."""

    who = LineField(
        "Who is not to see this case?",
        missing="Enter a name or a work email address",
        hint="Their name, or a part of it, or their work email address.",
        autocomplete="off",
    )
    person = RadiosField("Which person?", missing="Choose the person")
    reason = RadiosField(
        "Why?",
        missing="Choose why",
        options=tuple(Option(code, words) for code, words in REASONS.items()),
    )
    why = WordsField(
        "Say more", required=False, rows=3, hint="Only the office and the chair see it."
    )

    @property
    def wants_more(self) -> bool:
        """Whether it was sent to look for people only."""
        return "find" in self.data

    @property
    def has_looked(self) -> bool:
        """Whether somebody was looked for, so that there is something to choose from."""
        return self.is_bound and bool(str(self.data.get("who", "")).strip())

    @property
    def looked_for(self) -> str:
        """What to look for, as it was typed."""
        return str(self.data.get("who", "")).strip()[:200]

    def offer(self, found: Iterable[FoundPerson]) -> None:
        """Those who were found, to choose from."""
        self.fields["person"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(one.person, one.name, hint=f"{one.title}, {one.body_name}") for one in found
        ]

    def full_clean(self) -> None:
        super().full_clean()
        if self.wants_more:
            self._errors = ErrorDict()


class WhyForm(ActForm):
    """One question: why."""

    why = WordsField("Why?", missing="Write why", rows=3)


class RestrictForm(ActForm):
    """Who of the partnership's office sees the case from now on."""

    people = CheckboxesField(
        "Who in the partnership’s office sees this case?",
        missing="Choose at least one person",
        hint="Everybody else in the office no longer sees it. The two sides still do.",
    )
    why = WordsField("Why?", missing="Write why", rows=3)

    def build(self) -> None:
        office = [
            p for p in self.file.directory.all_posts() if p.body == self.file.state.partnership
        ]
        people = {h.person: f"{h.name}, {post.title}" for post in office for h in post.holders}
        self.fields["people"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(person, words) for person, words in people.items()
        ]

    def begins(self) -> dict[str, Any]:
        return {"people": list(self.file.state.keeping.restricted_to or ())}


class NoteForm(ActForm):
    """A note of one's own agency."""

    note = WordsField(
        "Your agency’s note",
        missing="Write the note",
        hint="Nobody outside your agency sees it, unless your agency shares it. It stays on the record.",
    )


class ShareForm(ActForm):
    """Nothing is asked: a button."""


class ProtectForm(ActForm):
    """Something that few may see, and who they are."""

    kind = RadiosField(
        "What is it?",
        missing="Choose what it is",
        options=tuple(Option(code, words) for code, words in DETAILS.items()),
    )
    detail = WordsField("What is it that only a few may see?", missing="Write it down", rows=4)
    posts = CheckboxesField(
        "Who may see it?",
        missing="Choose at least one post",
        hint="You always may. Each time somebody opens it is written down.",
        required=False,
    )

    def build(self) -> None:
        options = post_options(self.file, self.file.directory.all_posts())
        self.fields["posts"].options = options  # type: ignore[attr-defined]  # a choosing field


class OpenToForm(ActForm):
    """Who may see a protected detail from now on."""

    posts = CheckboxesField(
        "Who may see it?",
        missing="Choose at least one post",
        hint="Whoever wrote it down always may.",
        required=False,
    )
    why = WordsField("Why?", missing="Write why", rows=3)

    def build(self) -> None:
        options = post_options(self.file, self.file.directory.all_posts())
        self.fields["posts"].options = options  # type: ignore[attr-defined]  # a choosing field

    def begins(self) -> dict[str, Any]:
        known = self.file.state.keeping.details.get(self.target)  # type: ignore[call-overload]  # an id
        return {"posts": list(known.posts) if known else []}
