"""Fields for days and instants: three boxes for a date, one more for a time.

They refuse what the calendar or the clock does not have, and say which box to change. What people typed is kept as they
typed it. An instant is read in the time of the United Kingdom and cleaned to aware UTC. The form, which is given
`now`, refuses the future where `past_only` asks for it; a field reads no clock.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from counterpart.telling.dates import UK, clock, day, moment
from counterpart.web.forms.boxes import DATE_PARTS, BoxError, Boxes, read_date, read_time


class DateField(forms.Field):
    """A day, in three boxes. Cleans to a `date`, or to None where it may be left out.

    `named` begins the messages (`The date you spoke`); `missing` is said when every box is empty.
    """

    look = "date"
    parts: tuple[str, ...] = DATE_PARTS

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        named: str = "The date",
        hint: str = "",
        required: bool = True,
        past_only: bool = False,
    ) -> None:
        self.named, self.past_only = named, past_only
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            widget=Boxes(self.parts),
            error_messages={"required": missing or f"Enter {named[:1].lower()}{named[1:]}"},
        )

    def clean(self, value: Any) -> Any:
        typed: Mapping[str, str] = value or {}
        if any(typed.get(part) for part in self.parts):
            return self.read(typed)
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return None

    def read(self, typed: Mapping[str, str]) -> date | datetime:
        """What the boxes say, or a `BoxError`."""
        return read_date(typed, self.named)

    def prepare_value(self, value: Any) -> dict[str, str]:
        """What stands in the boxes: as typed, or taken from a day that was given."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return {part: (value or {}).get(part, "") for part in self.parts}

    def refuse_future(self, value: Any, now: datetime) -> None:
        """Raise where a day is after the day it is now."""
        today = now.astimezone(UK).date()
        if value is not None and value > today:
            raise BoxError(
                f"{self.named} must be today or in the past. Today is {day(today)}", "day"
            )


class MomentField(DateField):
    """A day and a time. Cleans to an aware UTC `datetime`, or to None where it may be left out.

    Where the clocks go back and a time comes twice, the first of the two is meant.
    """

    look = "moment"
    parts = (*DATE_PARTS, "time")

    def read(self, typed: Mapping[str, str]) -> datetime:
        on = read_date(typed, self.named)
        return _instant(on, read_time(typed.get("time", ""), self.named), self.named)

    def prepare_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, datetime):
            local = value.astimezone(UK)
            return {**super().prepare_value(local.date()), "time": clock(value)}
        return super().prepare_value(value)

    def refuse_future(self, value: Any, now: datetime) -> None:
        """Raise where an instant is after now."""
        if value is not None and value > now:
            raise BoxError(f"{self.named} must be in the past. It is now {moment(now)}", "day")


def _instant(on: date, at: time, named: str) -> datetime:
    """A wall-clock time in the United Kingdom as an instant; refuses the hour that is skipped in March."""
    instant = datetime.combine(on, at, tzinfo=UK).astimezone(UTC)
    if instant.astimezone(UK).time() != at:
        raise BoxError(
            f"{named} must be a time there was. The clocks went forward on {day(on)}: "
            "1am became 2am. Check the time",
            "time",
        )
    return instant
