"""The forms between the sides: questions, more time, and risk that remains. Those of meetings are in `meeting_forms`.

They check shape; whether an act may happen, and whose it is, is asked elsewhere. What can be chosen
comes from the case.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from counterpart.engine.between import Extension, Question, RemainingRisk
from counterpart.engine.between_duties import told_of_risk
from counterpart.engine.duties import Duty
from counterpart.policy.phrases import listed, seat_words, small
from counterpart.telling.dates import UK, day, moment
from counterpart.telling.describing import Line, describe, who
from counterpart.telling.describing_gates import what
from counterpart.telling.parts import waiting
from counterpart.web.cases.between import after_what, entry_of, written
from counterpart.web.cases.forms import ActForm
from counterpart.web.forms import (
    DateField,
    MomentField,
    Option,
    RadiosField,
    WordsField,
    YesNoField,
)

T = TypeVar("T")


# --- questions ------------------------------------------------------------------------------------


class AskForm(ActForm):
    """Ask another agency for what one needs to know: which, what, why, and by when."""

    what = WordsField("What do you need to know?", missing="Write what you need to know", rows=5)
    why = WordsField(
        "What do you need it for?",
        missing="Write what you need it for",
        hint="It helps the other agency to decide what it may share.",
        rows=3,
    )
    wanted_on = DateField(
        "By when would you like to have it?",
        named="The date",
        hint="The policy gives no time for this. Leave it empty if there is no day you need it by.",
        required=False,
    )

    def build(self) -> None:
        others = [a for a in self.file.state.parties if a != self.own]
        if len(others) > 1:
            self.fields["of"] = RadiosField(
                "Which agency do you ask?",
                missing="Choose the agency you ask",
                options=[Option(a, self.file.body_name(a)) for a in others],
            )
            self.order_fields(["version", "for_post", "of"])

    @property
    def only_other(self) -> str:
        """The one agency there is to ask, by its name, or "" where one has to be chosen."""
        return "" if "of" in self.fields else self.file.body_name(self.asked)

    @property
    def asked(self) -> str:
        """The agency that is asked."""
        if "of" in self.fields:
            return str(self.cleaned_data["of"])
        return next(a for a in self.file.state.parties if a != self.own)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wanted, today = cleaned.get("wanted_on"), self.file.now.astimezone(UK).date()
        if wanted is not None and wanted < today:
            self.add_error("wanted_on", f"The date must be today or later. Today is {day(today)}")
        return cleaned


class QuestionForm(ActForm):
    """What the forms about one question share."""

    @property
    def question(self) -> Question:
        """The question that the page is about."""
        return known(self.file.state.between.question(self.target))

    @property
    def asked(self) -> Any:
        """The question in its words."""
        return written(self.file, self.target)


class AcknowledgeForm(QuestionForm):
    """Say that the question has come."""

    says = WordsField(
        "Is there anything to say already?",
        hint="For example, who will answer. Leave it empty if there is nothing.",
        required=False,
        rows=3,
    )


class AnswerQuestionForm(QuestionForm):
    """Give what was asked for, or say why not."""

    is_given = YesNoField(
        "Can you give what they ask for?",
        missing="Say whether you can give it",
        yes="Yes, and I write it here",
        no="No, and I say why",
    )
    said = WordsField(
        "What is your answer?",
        missing="Write your answer, or why you cannot give it",
        hint="If you cannot give it, write why here.",
    )


# --- more time ------------------------------------------------------------------------------------


class MoreTimeForm(ActForm):
    """Ask for more time for one thing to do: until when, and why."""

    until_at = MomentField(
        "Until when?",
        missing="Enter until when",
        named="The date",
        hint="It must be later than the time that holds now.",
    )
    reason = WordsField(
        "Why is more time needed?",
        missing="Write why more time is needed",
        hint="Say, too, how the child is kept safe until then.",
        rows=5,
    )

    @property
    def duty(self) -> Duty | None:
        """What more time is asked for; None where it has been done meanwhile."""
        return next((duty for duty in self.file.duties if duty.id == self.target), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        until, duty = cleaned.get("until_at"), self.duty
        if until is not None and until <= self.file.now:
            self.add_error("until_at", "The date must be later than now")
        elif until is not None and duty and duty.due.at and until <= duty.due.at:
            holds = moment(duty.due.at)
            self.add_error("until_at", f"It must be later than the time that holds now: {holds}")
        return cleaned


class MoreTimeAnswerForm(ActForm):
    """Agree to more time for one's agency, or not."""

    is_agreed = YesNoField(
        "Does your agency agree?",
        missing="Say whether your agency agrees",
        yes="Yes, we agree to more time",
        no="No, the time stays as it is",
    )
    reason = WordsField("Why?", required=False, rows=4, hint="If you do not agree, write why here.")

    @property
    def extension(self) -> Extension:
        """The more time that the page is about."""
        return known(self.file.state.between.extension(self.target))

    @property
    def asked(self) -> Any:
        """What was asked for, in its words."""
        return written(self.file, self.target)

    @property
    def what_for(self) -> str:
        """What more time is asked for."""
        clock, _, about = self.extension.key
        return f"{what(self.file, clock)}{f' ({self.file.body_name(about)})' if about else ''}"

    @property
    def holds_now(self) -> datetime | None:
        """The time that holds now; None where nothing is to be done by it any more."""
        key = self.extension.key
        found = (d for d in self.file.duties if (d.clock, d.opened_by, d.about) == key)
        return next((duty.due.at for duty in found), None)

    @property
    def waiting(self) -> str:
        """How long this child has waited."""
        return waiting(self.file)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_agreed") is False and not cleaned.get("reason"):
            self.add_error("reason", "Write why you do not agree. Both sides can read it.")
        return cleaned


# --- risk that remains ----------------------------------------------------------------------------


class RemainingRiskForm(ActForm):
    """Whether the person who raised the concern still believes the child to be at risk."""

    is_at_risk = YesNoField(
        "Do you still believe that the child is at risk?",
        missing="Say whether you still believe that the child is at risk",
        yes="Yes, the child is still at risk",
        no="No, not any more",
    )
    why = WordsField(
        "Why?", required=False, rows=5, hint="If the child is still at risk, write why here."
    )

    @property
    def who_is_told(self) -> str:
        """Who is told at once if the child is still at risk."""
        file = self.file
        seats = told_of_risk(file.policy, file.state, file.directory, self._risk)
        return listed(tuple(small(seat_words(file.policy, seat)) for seat in seats))

    @property
    def withdrawal(self) -> Line | None:
        """By whom, when and why the concern was withdrawn, if that is why they are asked."""
        if not self._risk.is_withdrawn:
            return None
        return describe(self.file, entry_of(self.file, self.target))

    @property
    def _risk(self) -> RemainingRisk:
        return known(self.file.state.between.risk_of(self.target))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_at_risk") and not cleaned.get("why"):
            self.add_error(
                "why", "Write why the child is still at risk, so that it can be acted on"
            )
        return cleaned


class RiskAnswerForm(ActForm):
    """What will be done, by whoever was told that the child is still believed to be at risk."""

    said = WordsField("What will be done, and by when?", missing="Write what will be done", rows=5)

    @property
    def stated(self) -> Any:
        """What was said of the risk, in its words."""
        return written(self.file, self.target)

    @property
    def after_what(self) -> str:
        """What had happened to the case before that, inside a sentence."""
        return after_what(known(self.file.state.between.risk_stated_by(self.target)))

    @property
    def stated_by(self) -> str:
        """Who said so."""
        return who(entry_of(self.file, self.target))


def known(found: T | None) -> T:
    """What the page is about. It is there: else there would be no such option, and no page."""
    if found is None:
        raise LookupError("not of this case")
    return found
