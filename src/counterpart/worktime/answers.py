"""What a sum may answer: a due time with its working, no deadline, or "cannot be computed".

They are three types so that no caller can take one for another. A limit that the policy does not
put a number on has no deadline; a limit that runs past the bank holidays we know has one, which
we cannot name. Each says so in plain words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from counterpart.worktime.calendars import Calendar
from counterpart.worktime.counting import Counting
from counterpart.worktime.day import Day
from counterpart.worktime.explaining import working_of
from counterpart.worktime.limits import (
    AsSoonAsPossible,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    ServiceHours,
    in_words,
)
from counterpart.worktime.localtime import in_london

CannotCode = Literal["past_edition", "before_edition", "no_calendar", "out_of_range"]


@dataclass(frozen=True, slots=True)
class Due:
    """A due instant, and everything it was worked out from."""

    at: datetime
    limit: Limit
    start_at: datetime
    calendar: Calendar | None
    counting: Counting

    @property
    def days(self) -> tuple[Day, ...]:
        """The working: each local day from the start to the due time, counted or not, and why."""
        return working_of(self.limit, self.start_at, self.at, self.calendar, self.counting)

    @property
    def edition(self) -> str | None:
        """The edition of the bank holidays of the calendar it was worked out with."""
        return self.calendar.edition if self.calendar else None

    @property
    def local(self) -> datetime:
        """The due instant as London shows it."""
        return in_london(self.at)

    @property
    def words(self) -> tuple[str, ...]:
        """The limit, the reading and the calendar, in plain sentences."""
        said = (f"Limit: {in_words(self.limit)}.", *self.reading)
        if self.calendar is None or not self.needs_calendar:
            return said
        return (*said, f"Bank holidays: {self.calendar.title}, edition {self.calendar.edition}.")

    @property
    def reading(self) -> tuple[str, ...]:
        """How the time was counted, in plain sentences."""
        match self.limit:
            case Hours() | Immediate():
                return ("Nights, weekends and bank holidays are included.",)
            case ServiceHours(service=service):
                return (f"Time counts while {service.name} is open.",)
            case CalendarDays():
                return (*self.counting.words, "Weekends and bank holidays are counted.")
            case _:
                return self.counting.words

    @property
    def needs_calendar(self) -> bool:
        """Whether it turned on which days are bank holidays."""
        match self.limit:
            case Hours() | Immediate():
                return False
            case ServiceHours(service=service):
                return not service.open_on_bank_holidays
            case CalendarDays():
                return self.counting.needs_calendar
            case _:
                return True


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """The policy gives no number, so there is no deadline to invent."""

    limit: Limit

    @property
    def words(self) -> str:
        """Why, in one sentence."""
        soon = isinstance(self.limit, AsSoonAsPossible)
        return f"There is no deadline: {self.limit if soon else in_words(self.limit)}."


@dataclass(frozen=True, slots=True)
class CannotCompute:
    """There is a deadline, and what we hold is not enough to name it."""

    limit: Limit
    code: CannotCode
    words: str
    edition: str | None = None


Answer = Due | NoDeadline | CannotCompute


@dataclass(frozen=True, slots=True)
class ShorterOf:
    """Several limits on one thing: the earliest due, and beside it what could not be compared."""

    due: Due | None
    cannot: tuple[CannotCompute, ...]
    without: tuple[NoDeadline, ...]

    @property
    def at(self) -> datetime | None:
        """The earliest due instant that is known, or None."""
        return self.due.at if self.due else None


def shorter_of(*answers: Answer) -> ShorterOf:
    """The earliest of several due times; of two alike, the first given.

    A limit that cannot be computed stays visible: it may be the shortest.
    """
    known = [answer for answer in answers if isinstance(answer, Due)]
    return ShorterOf(
        due=min(known, key=lambda answer: answer.at, default=None),
        cannot=tuple(answer for answer in answers if isinstance(answer, CannotCompute)),
        without=tuple(answer for answer in answers if isinstance(answer, NoDeadline)),
    )
