"""The forms at the gates of a policy: approvals, answers, exits, bands, dates, times that people set.

They check shape; whether an act may happen, and whose it is, is asked elsewhere.
"""

from __future__ import annotations

from typing import Any

from counterpart.policy.phrases import seat_words, sentence
from counterpart.web.cases.forms import ActForm
from counterpart.web.forms import (
    DateField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    WordsField,
    YesNoField,
)


class GateForm(ActForm):
    """What the two forms of an approval share: the page says who answers."""

    @property
    def who_approves(self) -> str:
        """Who approves, as a sentence."""
        seat = self.file.policy.ways_on[self.target].approval
        return f"Who approves: {seat_words(self.file.policy, seat)}." if seat else ""


class AskApprovalForm(GateForm):
    """Ask for the approval that a way on needs."""

    reason = WordsField(
        "Why should it go on?",
        missing="Write why it should go on",
        hint="Whoever answers can read the whole record. A few lines are enough.",
        rows=4,
    )


class ApprovalForm(GateForm):
    """Give an approval, or refuse it and say why."""

    is_given = YesNoField(
        "Do you approve?",
        missing="Say whether you approve",
        yes="Yes, it may go on",
        no="No, it may not go on in this way",
    )
    reason = WordsField(
        "Why?", required=False, rows=4, hint="If you do not approve, write why here."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_given") is False and not cleaned.get("reason"):
            self.add_error("reason", "Write why you do not approve. Both sides can read it.")
        return cleaned


class SatisfiedForm(ActForm):
    """Say whether what was agreed settles it."""

    is_satisfied = YesNoField(
        "Does what was agreed settle it?",
        missing="Say whether what was agreed settles it",
        yes="Yes, it settles it",
        no="No, it does not",
    )
    reason = WordsField("Why?", required=False, rows=4, hint="If it does not, write why here.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_satisfied") is False and not cleaned.get("reason"):
            self.add_error("reason", "Write why it does not settle it. Both sides can read it.")
        return cleaned


class ExitForm(ActForm):
    """A way out of the policy was taken."""

    what = WordsField("What was done, when and with whom?", missing="Write what was done", rows=5)

    def build(self) -> None:
        if not self.has_words:
            del self.fields["what"]

    @property
    def has_words(self) -> bool:
        """Whether anything may be written: what whistleblowing is about never enters a case."""
        return self.file.policy.exits[self.target].kind != "whistleblowing"

    @property
    def when(self) -> str:
        """What it is for, as a sentence."""
        return sentence(self.file.policy.exits[self.target].when)


class BandForm(ActForm):
    """Which band of priority the case is in."""

    band = RadiosField("Which is it?", missing="Choose which it is")
    reason = WordsField("Why?", missing="Write why", rows=3)

    def begins(self) -> dict[str, Any]:
        return {"band": self.file.state.band or ""}

    def build(self) -> None:
        bands = self.file.policy.bands
        self.fields["band"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(band.id, band.title) for band in (bands.bands if bands else ())
        ]


class DateForm(ActForm):
    """A date from outside the policy."""

    on = DateField("On which day is it?", missing="Enter the date", named="The date")
    source = LineField(
        "How do you know?",
        missing="Write how you know the date",
        hint="For example, the letter that gives it.",
        limit=500,
    )

    def begins(self) -> dict[str, Any]:
        return {"on": self.file.state.dates.get(self.target)}


class TimeForm(ActForm):
    """An instant by which something is to be done in this one case."""

    due_at = MomentField(
        "By when must it be settled?",
        missing="Enter the date and time",
        named="The date",
        hint="It must be earlier than the time that holds now.",
    )
    reason = WordsField("Why can it not wait longer?", missing="Write why it cannot wait", rows=4)

    def build(self) -> None:
        clock = self.file.policy.clocks.get(self.target)
        if clock is None or clock.limit.protective:
            return
        limit = clock.limit
        self.fields["due_at"].help_text = (
            "It must be within the longest time that the policy gives." if limit.fixed else ""
        )
        self.fields["due_at"].label = "By when must it be done?"
        self.fields["reason"].label = "Why then?"
        self.fields["reason"].error_messages["required"] = "Write why you chose this time"
        if limit.is_agreed:
            self.fields["due_at"].label = "By when do you propose that it is done?"


class AgreeForm(ActForm):
    """Agree to the time that was put forward. There is nothing to write."""
