"""The forms of handing on and of being away. They check shape only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from counterpart.web.forms import (
    CheckboxesField,
    CounterpartForm,
    DateField,
    Option,
    SelectField,
    WordsField,
)
from counterpart.web.mypage.handing import MyWork, OfPost, give, take

LONGEST = timedelta(days=366)
NOTHING = "Choose at least one thing to hand on"
NOBODY = "Choose somebody to stand in for you"


class HandAllForm(CounterpartForm):
    """What is handed on, to whom, and why: two fields for each post of one's own, and one reason."""

    reason = WordsField(
        "Why are you handing this on?",
        missing="Write why you are handing this on",
        hint="Both sides can read this in the record of each case.",
        limit=2_000,
        rows=3,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, work: MyWork) -> None:
        self.work = work
        self.asked = [one for one in work.posts if one.pieces and one.colleagues]
        everything = {take(one.held): [p.value for p in one.pieces] for one in self.asked}
        super().__init__(data, initial=everything)
        for one in self.asked:
            self.fields[take(one.held)] = _what(one)
            self.fields[give(one.held)] = _who(one)
        self.order_fields([name for one in self.asked for name in (take(one.held), give(one.held))])

    def clean(self) -> dict[str, Any]:
        """Something is handed on, and each post's to somebody."""
        cleaned = super().clean()
        for one in self.asked:
            wanted, to = take(one.held), give(one.held)
            if cleaned.get(wanted) and not cleaned.get(to) and to not in self.errors:
                self.add_error(to, "Choose who takes this on")
        if (
            self.asked
            and not self.errors
            and not any(cleaned.get(take(o.held)) for o in self.asked)
        ):
            self.add_error(take(self.asked[0].held), NOTHING)
        return cleaned

    def fields_of(self, one: OfPost) -> tuple[Any, Any]:
        """The two fields of a post, for the page to draw."""
        return self[take(one.held)], self[give(one.held)]


def _what(one: OfPost) -> CheckboxesField:
    return CheckboxesField(
        "What do you want to hand on?",
        missing=NOTHING,
        hint=f"You have these as {one.title}.",
        options=[piece.option for piece in one.pieces],
        required=False,
    )


def _who(one: OfPost) -> SelectField:
    return SelectField(
        f"Who takes this on at {one.held.body_name}?",
        missing="Choose who takes this on",
        options=one.colleagues,
        empty="Choose a colleague",
        required=False,
    )


class AwayForm(CounterpartForm):
    """From when to when somebody is away, and who stands in for them in each place they have a post.

    `places` are (agency or office, its name, the colleagues there). `today` is in London.
    """

    from_on = DateField("First day you are away", named="The first day")
    last_on = DateField("Last day you are away", named="The last day")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[tuple[str, str, Sequence[Option]]],
        today: date,
    ) -> None:
        super().__init__(data)
        self.today = today
        self.names = {f"who_{body}": body for body, _, _ in places}
        for body, name, colleagues in places:
            self.fields[f"who_{body}"] = SelectField(
                f"Who stands in for you at {name}?",
                missing=NOBODY,
                hint="They see and do what you may, and the record says that they act for you.",
                options=colleagues,
                empty="Choose a colleague",
                required=len(places) == 1,
            )

    def clean(self) -> dict[str, Any]:
        """The days are in order and not past, and somebody stands in."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("last_on")
        if first and first < self.today:
            self.add_error("from_on", "The first day must be today or later")
        elif first and last and last < first:
            self.add_error("last_on", "The last day must be the first day or later")
        elif first and last and last - first > LONGEST:
            self.add_error("last_on", "The last day must be within a year of the first")
        if not self.errors and not self.covering:
            self.add_error(next(iter(self.names)), NOBODY)
        return cleaned

    @property
    def covering(self) -> dict[str, str]:
        """Who stands in at each agency or office."""
        said = self.cleaned_data
        return {body: said[name] for name, body in self.names.items() if said.get(name)}

    @property
    def until_on(self) -> date:
        """The first day they are back."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)
