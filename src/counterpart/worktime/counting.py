"""How days are counted: the reading a policy takes where its words could mean two things.

"Within two working days" does not say whether the day it arrives is the first, whether a message
at ten at night arrived that day, or what a Saturday is. Each of these is stated here and printed
in the working of every deadline. Elapsed time (hours, opening hours, at once) needs no reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from counterpart.worktime.calendars import Calendar
from counterpart.worktime.localtime import LAST_SECOND, day_number, in_london


class StartDay(StrEnum):
    """Whether the day it starts is itself counted."""

    DAY_ZERO = "day_zero"
    DAY_ONE = "day_one"


class ClosedDays(StrEnum):
    """What it means to start on a weekend or a bank holiday."""

    STAY = "stay"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True, slots=True)
class Counting:
    """One reading. The default is: the day it starts is day zero, whenever it arrives; due at the
    last second of the last day counted.

    `cut_off` and `day_ends` are London times. Raises ValueError for a reading under which a later
    start could be due sooner, or something could be due before it starts.
    """

    start_day: StartDay = StartDay.DAY_ZERO
    closed_days: ClosedDays = ClosedDays.STAY
    cut_off: time | None = None
    day_ends: time = LAST_SECOND

    def __post_init__(self) -> None:
        if self.cut_off is not None and self.closed_days is not ClosedDays.NEXT_WORKING_DAY:
            raise ValueError(
                "With a cut-off hour, a weekend or bank holiday must count as the next working"
                " day too. Otherwise Friday evening would be due later than Saturday."
            )
        if self.day_ends > LAST_SECOND or self.day_ends.tzinfo is not None:
            raise ValueError("A day ends by 23:59:59, given without an offset.")
        if self.day_ends < LAST_SECOND and (self.cut_off is None or self.cut_off > self.day_ends):
            raise ValueError(
                "Where the last day counted ends early, say what arrives too late that day:"
                " give a cut-off no later than the day's end."
            )

    @property
    def words(self) -> tuple[str, ...]:
        """The reading in plain sentences."""
        return (*self._start_words, *self._arrival_words, self._end_words)

    @property
    def _start_words(self) -> tuple[str, ...]:
        if self.start_day is StartDay.DAY_ZERO:
            return ("The day it starts is day zero: the next day that counts is day one.",)
        return ("The day it starts is day one, if it is a day that counts.",)

    @property
    def _arrival_words(self) -> tuple[str, ...]:
        if self.closed_days is ClosedDays.STAY:
            return ("What starts on a weekend or bank holiday starts on that day.",)
        closed = "What starts on a weekend or bank holiday counts as the next working day."
        if self.cut_off is None:
            return (closed,)
        late = f"What starts after {self.cut_off:%H:%M} counts as the next working day."
        return (closed, late)

    @property
    def _end_words(self) -> str:
        if self.day_ends == LAST_SECOND:
            return "It is due at the last second of the last day counted, London time."
        return f"It is due at {self.day_ends:%H:%M} on the last day counted, London time."

    @property
    def needs_calendar(self) -> bool:
        """Whether the day it starts turns on which days are working days."""
        return self.closed_days is ClosedDays.NEXT_WORKING_DAY

    def starts_on(self, start_at: datetime, calendar: Calendar) -> int:
        """The number of the London day that what starts at an instant counts as starting on."""
        if not self.needs_calendar:
            return day_number(start_at)
        local = in_london(start_at)
        day = local.toordinal()
        too_late = self.cut_off is not None and local.time() > self.cut_off
        return calendar.nth_working_day(day, 1) if too_late else calendar.working_day_from(day)


DAY_ZERO = Counting()
"""The reading used unless a policy states another."""
