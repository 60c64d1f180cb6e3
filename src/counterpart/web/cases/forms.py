"""The forms of the acts on a case. They check shape; whether an act may happen is the engine's.

Each is given the case file, what it is about (`target`), the agency of whoever fills it in (`own`)
and, where it is written for somebody who telephoned, the agencies that somebody may be from
(`behalf`). What can be chosen comes from the case, its policy and its directory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from django.http import QueryDict

from counterpart.casework.casefile import CaseFile
from counterpart.casework.letters import is_letter
from counterpart.engine.directory import PostRecord
from counterpart.policy.model import Step
from counterpart.policy.phrases import seat_words, small
from counterpart.telling.words import HOW, SPOKEN, result_words
from counterpart.web.cases.attendance import CAME, attendance_fields, field_of
from counterpart.web.forms import (
    CarriedField,
    CheckboxesField,
    CounterpartForm,
    LineField,
    MomentField,
    Option,
    RadiosField,
    SelectField,
    WordsField,
)

BOTH_SPOKE = ("agreed", "partly", "not_agreed")
"""What can come of a talk that was had."""

WRITES = MappingProxyType(
    {
        "letter": ("What does it say?", "Write what it says"),
        "consideration": ("Why?", "Write why, whichever it is"),
        "decision": ("What was decided, and why?", "Write what was decided, and why"),
        "review": ("What did you find?", "Write what you found"),
        "referral": ("What was passed on?", "Write what was passed on"),
    }
)
"""What somebody writes of a step in which nobody speaks, by its kind: the question, and what is said without it."""

MADE = frozenset({"decision", "consideration", "review"})
"""The kinds of step that somebody makes, and in which nothing passes between people."""


class ActForm(CounterpartForm):
    """An act on a case. `version` is the record's when the page was drawn."""

    version = CarriedField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        file: CaseFile,
        target: str = "",
        behalf: Collection[str] = (),
        own: str | None = None,
        now: datetime,
    ) -> None:
        self.file, self.target, self.own = file, target, own
        initial = {"version": str(file.state.version), **self.begins()}
        super().__init__(data, now=now, initial=initial)
        if behalf:
            self.fields["for_post"] = SelectField(
                "Who telephoned?",
                missing="Choose who telephoned",
                hint="You are writing this down for them. The record will say so.",
                options=post_options(file, _posts_in(file, behalf)),
                empty="Choose a person",
            )
            self.order_fields(["version", "for_post"])
        self.build()

    def begins(self) -> dict[str, Any]:
        """What stands in the fields when the page is first drawn."""
        return {}

    def build(self) -> None:
        """Add the fields and answers that depend on the case."""

    def stands_on_the_record_as_it_is(self) -> None:
        """Drawn again, the page shows the record as it is now: what was refused can then be sent again."""
        self.carries(version=str(self.file.state.version))

    def carries(self, **values: str) -> None:
        """The page drawn again carries these along unseen, in the place of what was sent."""
        sent = cast(QueryDict, self.data).copy()
        for name, value in values.items():
            sent[name] = value
        self.data = sent

    @property
    def seen(self) -> int | None:
        """The version of the record the page showed."""
        text = self.cleaned_data.get("version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


class StepForm(ActForm):
    """A discussion, a meeting, a notice: when, how, with whom, what was said and what came of it."""

    happened_at = MomentField(
        "When did it happen?",
        missing="Enter when it happened",
        named="The date it happened",
        hint="If you write this down later, the record shows both times.",
        past_only=True,
    )
    how = RadiosField(
        "How?",
        missing="Choose how it happened",
        options=tuple(Option(code, words) for code, words in HOW.items()),
    )
    present = LineField("Who took part?", hint="Names and jobs.", required=False, limit=500)
    said = WordsField("What was said?", missing="Write what was said")

    def begins(self) -> dict[str, Any]:
        is_letter = self.file.policy.steps[self.target].kind == "letter"
        agencies = list(self.file.state.receiving_agencies)
        return {"agencies": agencies} | ({"how": "letter"} if is_letter else {})

    def build(self) -> None:
        step = self.file.policy.steps[self.target]
        self.meeting = self.file.state.between.open_meeting(self.target)
        kind = "letter" if step.offered == "panel" else step.kind
        if kind in WRITES:
            said = self.fields["said"]
            said.label, said.error_messages["required"] = WRITES[kind]
        if kind in MADE:
            del self.fields["how"]
        others = self.file.state.receiving_agencies
        if self.meeting:
            came = attendance_fields(self.file, self.meeting)
            self.fields |= came
            self.order_fields(["version", "for_post", "happened_at", "how", *came])
        elif step.settles and len(others) > 1:
            self.fields["agencies"] = CheckboxesField(
                "Which agencies was it with?",
                missing="Choose at least one agency",
                options=[Option(a, self.file.body_name(a)) for a in others],
            )
        codes: tuple[str, ...] = ("done", "not_held")
        if step.settles:
            # A meeting that was required is required until it was held.
            codes = BOTH_SPOKE if self.meeting else (*BOTH_SPOKE, "not_held")
        elif step.kind in ("notice", "letter"):
            codes = ("done",)
        elif step.kind == "consideration":
            codes = ("needed", "not_needed", "not_held")
        if len(codes) > 1:
            self.fields["result"] = RadiosField(
                _what_came(step),
                missing="Say what came of it",
                options=[Option(code, _result_words(step, code)) for code in codes],
            )
        if step.settles:
            self.fields["agreed"] = WordsField(
                "What was agreed?", required=False, rows=4, hint="Leave this empty if nothing was."
            )
        self.fields["next_step"] = WordsField("What happens next?", required=False, rows=3)

    @property
    def can_be_sent_here(self) -> bool:
        """Whether it is a letter, which whoever writes it for themselves may have sent from here."""
        is_theirs = "for_post" not in self.fields
        return is_theirs and is_letter(self.file.policy.steps[self.target])

    @property
    def who_must_be_satisfied(self) -> str:
        """Who says whether what was agreed settles it, to stand inside a sentence."""
        seat = self.file.policy.steps[self.target].satisfies
        return small(seat_words(self.file.policy, seat)) if seat else ""

    @property
    def took_part(self) -> list[str]:
        """The other agencies that took part; where nobody came, those it was to be with."""
        if not self.file.policy.steps[self.target].settles:
            return []
        if self.meeting:
            asked = [a for a in self.file.state.receiving_agencies if a in self.meeting.agencies]
            return [str(a) for a in asked if self.attendance[a] == CAME] or list(map(str, asked))
        chosen = self.cleaned_data.get("agencies")
        return chosen if chosen is not None else list(self.file.state.receiving_agencies)

    @property
    def attendance(self) -> dict[str, str]:
        """Which agency came, sent apologies or did not come, where the meeting was required."""
        asked = self.meeting.agencies if self.meeting else ()
        return {a: self.cleaned_data.get(field_of(a), "") for a in asked}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        state = self.file.state
        came = {a for a, part in self.attendance.items() if part == CAME}
        is_one_sided = state.raising.agency not in came or not came & set(state.receiving_agencies)
        if not self.meeting or not all(self.attendance.values()):
            return cleaned
        if is_one_sided and cleaned.get("result") in ("agreed", "partly"):
            self.add_error("result", "One side was not there, so it cannot have agreed")
        return cleaned


class ReasonForm(ActForm):
    """One question: why."""

    reason = WordsField("Why?", missing="Write why")


class RedirectForm(ActForm):
    """It is for another agency: which, and why."""

    to_agency = SelectField(
        "Which agency is it for?", missing="Choose the agency", empty="Choose an agency"
    )
    reason = WordsField("Why is it for them?", missing="Write why it is for them", rows=4)


class WhoForm(ActForm):
    """Who deals with this in one's own agency, by which role."""

    role = RadiosField("In which role?", missing="Choose the role")
    post = SelectField("Who will deal with it?", missing="Choose somebody", empty="Choose a person")
    reason = WordsField("Why?", missing="Write why", rows=3)


class RiskForm(ActForm):
    """The child is at risk of immediate harm."""

    why = WordsField("What is the immediate risk?", missing="Write what the immediate risk is")


class GapForm(ActForm):
    """A gap in policies or procedures."""

    gap = WordsField(
        "What is missing or unclear?",
        missing="Write what is missing or unclear",
        hint="Write about the policy, not about the people.",
    )


class CorrectForm(ActForm):
    """Put an entry right."""

    correction = WordsField("What is right?", missing="Write what is right")
    reason = WordsField("What was wrong, and why?", missing="Write what was wrong", rows=3)


class DoneForm(ActForm):
    """An agreed action was carried out."""

    what = WordsField("What was done, and when?", missing="Write what was done", rows=4)


def _what_came(step: Step) -> str:
    """The question of what came of a step."""
    if step.kind == "consideration":
        return "Is it needed?"
    if step.kind not in SPOKEN:
        return "Was it done?"
    return "What came of it?" if step.settles else "Were you able to speak?"


def _result_words(step: Step, code: str) -> str:
    """What came of a step, as an answer to its question."""
    if step.kind == "consideration" and code == "not_held":
        return "It was not possible to consider it"
    if step.settles or code not in ("done", "not_held"):
        return result_words(step.kind, code)
    if step.kind in SPOKEN:
        return "Yes, we spoke" if code == "done" else result_words(step.kind, code)
    return "Yes" if code == "done" else "No, it was not possible"


def post_options(file: CaseFile, posts: Iterable[PostRecord]) -> list[Option]:
    """Posts to choose from, with who is there and where; a vacant one says so."""
    return [
        Option(post.id, file.post_words(post.id) + ("" if post.holders else " (vacant)"))
        for post in posts
    ]


def _posts_in(file: CaseFile, bodies: Iterable[str]) -> list[PostRecord]:
    wanted = set(bodies)
    return [post for post in file.directory.all_posts() if post.body in wanted]
