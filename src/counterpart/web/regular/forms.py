"""The forms of regular duties. They check shape; what the policy asks for is the engine's to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counterpart.web.forms import (
    CounterpartForm,
    DateField,
    LineField,
    Option,
    RadiosField,
    WordsField,
    YesNoField,
)

NO_NAMES = "Write no child’s name. Call a case by its reference."
LONGEST = 10_000


class _ForAgencyForm(CounterpartForm):
    """`for_agency` is the agency that the desk writes for, "" for whoever writes for their own."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        now: datetime,
        for_agency: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, now=now, initial=dict(initial or {}))
        if for_agency:
            self.fields["told_by"] = LineField(
                f"Who at {for_agency} told you?",
                missing="Write who told you",
                hint="Their name and post. The record says that you wrote it down for them.",
            )


class DoneForm(_ForAgencyForm):
    """When it was done, and what was done or said."""

    done_on = DateField(
        "When was it done?", missing="Enter the day it was done", named="The day it was done",
        past_only=True,
    )  # fmt: skip
    what = WordsField(
        "What was done, or what does it say?",
        missing="Write what was done",
        hint=f"In short, or the whole of it. {NO_NAMES}",
        limit=LONGEST,
        rows=10,
    )


class ReturnForm(_ForAgencyForm):
    """Whether there is anything to report, and what."""

    has_any = YesNoField(
        "Is there anything to report?", missing="Choose whether there is anything to report"
    )
    what = WordsField(
        "What is there to report?",
        hint=f"What was escalated, how it was settled, and what can be learned. {NO_NAMES}",
        limit=LONGEST,
        rows=8,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Yes needs words; with no, there are none."""
        cleaned = super().clean()
        if cleaned.get("has_any") and not cleaned.get("what") and "what" not in self.errors:
            self.add_error("what", "Write what there is to report, or choose No")
        if cleaned.get("has_any") is False and cleaned.get("what"):
            self.add_error(
                "has_any", "You chose No, and wrote something to report. Choose Yes, or take it out"
            )
        return cleaned


class HappenedForm(CounterpartForm):
    """What happened, of the things the policy names; when; and in short what it was."""

    happened_on = DateField(
        "When did it happen?", missing="Enter the day it happened", named="The day it happened",
        past_only=True,
    )  # fmt: skip
    what = WordsField(
        "What was it?",
        missing="Write what it was",
        hint=f"In short. {NO_NAMES}",
        limit=2_000,
        rows=4,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        now: datetime,
        texts: Sequence[str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, now=now, initial=dict(initial or {}))
        self.fields["which"] = RadiosField(
            "What happened?",
            missing="Choose what happened",
            options=[Option(str(n), text) for n, text in enumerate(texts)],
        )
        self.order_fields(["which", "happened_on", "what"])


class WithdrawForm(CounterpartForm):
    """Why an entry counts for nothing."""

    why = WordsField(
        "Why is this withdrawn?",
        missing="Write why it is withdrawn",
        hint="It stays on the record with your reason beside it.",
        limit=1_000,
        rows=3,
    )
