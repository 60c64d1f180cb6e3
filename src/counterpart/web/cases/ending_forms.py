"""The forms about the end of a case and after it: where its record was placed, advice, learning, talking it over.

They check shape; whether an act may happen, and whose it is, is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.apart import is_kept_from
from counterpart.engine.directory import PostRecord
from counterpart.policy.model import AT_THE_END
from counterpart.telling.dates import UK, day
from counterpart.telling.describing_endings import PLACES, of_what
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.forms import (
    CheckboxesField,
    DateField,
    LineField,
    Option,
    SelectField,
    WordsField,
    YesNoField,
)


class PlacedForm(ActForm):
    """On which records one's own agency placed the record of a stage, or of the end; where, and on which day."""

    on = CheckboxesField("On which records?", missing="Choose at least one record")
    where = LineField(
        "Which record is it, and in whose system?",
        missing="Write which record it is, and in whose system",
        hint="For example, the safeguarding file in the school’s own system. Do not write the child’s name.",
        limit=500,
    )
    placed_on = DateField(
        "On which day was it placed there?",
        missing="Enter the day",
        named="The day",
        past_only=True,
    )
    note = WordsField("Is there anything to add?", required=False, rows=3)

    def begins(self) -> dict[str, Any]:
        return {"on": list(self._asked), "placed_on": self.file.now.astimezone(UK).date()}

    def build(self) -> None:
        self.fields["on"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(code, f"{words[:1].upper()}{words[1:]}") for code, words in PLACES.items()
        ]

    @property
    def _asked(self) -> tuple[str, ...]:
        """The records that the policy asks for here: the office keeps its own."""
        placing = placing_of(self.file, self.target)
        on = placing.on if placing else ("child",)
        return on if self.own else ("partnership",)

    @property
    def for_whom(self) -> str:
        """The agency whose record it is, or the partnership."""
        return self.file.body_name(self.own or self.file.state.partnership)

    @property
    def of_what(self) -> str:
        """What the record is of, inside a sentence."""
        return of_what(self.file, self.target)

    @property
    def clauses(self) -> list[tuple[str, str]]:
        """What the policy says of it: each clause and its words."""
        placing = placing_of(self.file, self.target)
        names = placing.clauses if placing else ()
        return [(name, self.file.policy.clauses[name].quote) for name in names]


def placing_of(file: CaseFile, target: str) -> Any:
    """What the policy asks of the record of a stage, or of the end; None where it asks nothing."""
    if target == AT_THE_END:
        return file.policy.placing_at_end.get(file.state.stage)
    return file.policy.placing.get(target)


class AdviceForm(ActForm):
    """Advice that was taken: of whom, what was asked, and what they said."""

    adviser = SelectField(
        "Who gave the advice?",
        missing="Choose who gave the advice",
        hint="Somebody who is not a party to the disagreement.",
        required=False,
        empty="Somebody who is not on this list",
    )
    stated_name = LineField(
        "If they are not on the list, who was it?", required=False, limit=200,
        hint="Their name, job and agency.",
    )  # fmt: skip
    asked = WordsField("What did you ask?", missing="Write what you asked", rows=4)
    said = WordsField("What did they advise?", missing="Write what they advised")

    def offer(self, posts: Iterable[PostRecord], names: dict[str, str]) -> None:
        """Those who may have given it: everybody in the partnership but those who speak for a side."""
        speak = set(self.file.state.seats.values())
        offer_posts(self, "adviser", (p for p in posts if p.id not in speak), names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("adviser") and not cleaned.get("stated_name"):
            self.add_error("adviser", "Choose who gave the advice, or write who it was")
        return cleaned

    @property
    def whose(self) -> dict[str, str | None]:
        """The adviser as the record keeps them: their post and its agency, or their name."""
        body, _, post = self.cleaned_data["adviser"].partition(":")
        stated = "" if post else self.cleaned_data["stated_name"]
        return {"adviser": post or None, "agency": body or None, "stated_name": stated}


class SupporterForm(ActForm):
    """Who supports the less senior person."""

    supporter = SelectField(
        "Who will support them?",
        missing="Choose somebody",
        hint="They can read the case and come to meetings. They do not speak for a side.",
        empty="Choose a person",
    )
    reason = WordsField("Why?", missing="Write why", rows=3)

    def offer(self, posts: Iterable[PostRecord], names: dict[str, str]) -> None:
        """Everybody in the partnership who does not speak for a side."""
        speak = set(self.file.state.seats.values())
        offer_posts(self, "supporter", (p for p in posts if p.id not in speak), names)

    @property
    def now_it_is(self) -> str:
        """Who supports them now, in words, or ""."""
        return self.file.post_words(self.file.state.supporter)


def offer_posts(
    form: ActForm, field: str, posts: Iterable[PostRecord], names: dict[str, str]
) -> None:
    """Held posts of the partnership in a list, by agency: one's own, or else the raising side's, first."""
    own = form.own or form.file.state.raising.agency
    held = sorted(
        (p for p in posts if p.holders),
        key=lambda p: (p.body != own, names.get(p.body, ""), p.title),
    )
    form.fields[field].options = [  # type: ignore[attr-defined]  # a choosing field
        Option(
            f"{post.body}:{post.id}",
            f"{post.title}, " + " or ".join(holder.name for holder in post.holders),
            group=names.get(post.body, ""),
        )
        for post in held
    ]


# --- learning -------------------------------------------------------------------------------------


class PointForm(ActForm):
    """Something to learn: what, who sees to it, and by when."""

    says = WordsField(
        "What is there to learn?",
        missing="Write what there is to learn",
        hint="Write about policies, training and how people work together, not about who was right.",
    )
    owner = SelectField(
        "Who will see to it?",
        missing="Choose who will see to it",
        hint="Somebody of your own agency, or the partnership’s office.",
        empty="Choose a person",
    )
    due_on = DateField("By when?", missing="Enter by when", named="The date")

    def build(self) -> None:
        state = self.file.state
        bodies = {self.own, state.partnership} if self.own else {*state.parties, state.partnership}
        posts = [p for p in self.file.directory.all_posts() if p.body in bodies and p.holders]
        self.fields["owner"].options = with_bodies(self.file, posts)  # type: ignore[attr-defined]
        if not self.own:
            self.fields["owner"].help_text = "Somebody of one of the agencies, or of the office."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        by, today = cleaned.get("due_on"), self.file.now.astimezone(UK).date()
        if by is not None and by < today:
            self.add_error("due_on", f"The date must be today or later. Today is {day(today)}")
        return cleaned

    @property
    def whose(self) -> dict[str, str]:
        """The post that sees to it, and its agency or the partnership."""
        body, _, post = self.cleaned_data["owner"].partition(":")
        return {"body": body, "owner": post}


class AboutPointForm(ActForm):
    """What the forms about one learning point share."""

    @property
    def says(self) -> str:
        """What there is to learn, in the words of whoever wrote it."""
        return point_words(self.file, self.target)


class PointDoneForm(AboutPointForm):
    """A learning point has been seen to."""

    what = WordsField("What was done?", missing="Write what was done", rows=4)


class PointReferredForm(AboutPointForm):
    """A learning point is passed on."""

    to = LineField(
        "To whom is it passed on?",
        missing="Write to whom it is passed on",
        hint="For example, a subgroup of the partnership.",
        limit=200,
    )


def point_words(file: CaseFile, point: str) -> str:
    """What a learning point says, or ""."""
    events = (whole.recorded.event for whole in file.entries)
    found = (ev for ev in events if isinstance(ev, e.LearningPointRecorded) and ev.point == point)
    return next((ev.says for ev in found), "")


class DebriefForm(ActForm):
    """Offer somebody who took part to talk the case over."""

    to = SelectField("To whom do you offer it?", missing="Choose somebody", empty="Choose a person")
    how = WordsField("How, when and with whom?", missing="Write how it would be done", rows=3)

    def build(self) -> None:
        state, directory = self.file.state, self.file.directory
        wrote = [post for post, _ in state.acted]
        took_part = dict.fromkeys([*state.seats.values(), state.supporter, *wrote])
        found = (directory.post(post) for post in took_part if post)
        posts = [p for p in found if p and not is_kept_from(state, p.body, p.id)]
        self.fields["to"].options = with_bodies(self.file, posts)  # type: ignore[attr-defined]

    @property
    def whom(self) -> dict[str, str]:
        """The post it is offered to, and its agency or the partnership."""
        body, _, post = self.cleaned_data["to"].partition(":")
        return {"body": body, "to": post}


class DebriefedForm(ActForm):
    """What became of the offer."""

    held = YesNoField(
        "Was it talked over?", missing="Say whether it was talked over",
        yes="Yes", no="No, it was not wanted, or it was not possible",
    )  # fmt: skip
    note = WordsField("Is there anything to add?", required=False, rows=3)


def with_bodies(file: CaseFile, posts: Iterable[PostRecord]) -> list[Option]:
    """Posts to choose from, each sent with the agency or partnership that it is of."""
    return [
        Option(f"{post.body}:{post.id}", option.label)
        for post in posts
        for option in post_options(file, [post])
    ]
