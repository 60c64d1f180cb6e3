"""Services that keep opening hours: when a limit runs only while somebody is there to act.

Opening hours are local times of Europe/London, as a notice on the door would put them. This
module holds them and checks them; `service_time` turns them into instants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

MINUTES_IN_A_DAY = 24 * 60
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_OPENING = re.compile(r"\s*([0-9]{1,2}):([0-9]{2})\s*(?:-|–|to)\s*([0-9]{1,2}):([0-9]{2})\s*")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One unbroken time of day that a service is open, in minutes after local midnight."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_IN_A_DAY:
            raise ValueError("A service opens before it closes, between 00:00 and 24:00.")

    def __str__(self) -> str:
        return f"{_clock(self.opens)} to {_clock(self.closes)}"


DayHours = tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A named service, its opening hours for each day of the week (Monday first), and whether it
    keeps them on bank holidays.
    """

    name: str
    hours: tuple[DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]
    open_on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.hours) != len(WEEKDAYS):
            raise ValueError(f"{self.name}: give hours for seven days, Monday first.")
        if not any(self.hours):
            raise ValueError(f"{self.name}: a service must be open at some time in the week.")
        for weekday, day in zip(WEEKDAYS, self.hours, strict=True):
            for earlier, later in pairwise(day):
                if later.opens < earlier.closes:
                    raise ValueError(
                        f"{self.name}: on {weekday}, {later} should come after {earlier}."
                    )

    @classmethod
    def on_weekdays(cls, name: str, *openings: Opening) -> Self:
        """A service with the same hours from Monday to Friday, closed at weekends."""
        return cls(name, (openings, openings, openings, openings, openings, (), ()))


def parse_opening(text: str) -> Opening:
    """`"09:00-17:00"` or `"9:00 to 17:00"` as an Opening; `24:00` is the end of the day."""
    found = _OPENING.fullmatch(text)
    if found is None:
        raise ValueError("Write opening hours like 09:00-17:00.")
    open_hour, open_minute, close_hour, close_minute = map(int, found.groups())
    if open_minute > 59 or close_minute > 59:
        raise ValueError("An hour has sixty minutes: write opening hours like 09:00-17:00.")
    return Opening(open_hour * 60 + open_minute, close_hour * 60 + close_minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _check_name(name: str) -> None:
    """A name must come back unchanged from the text of a limit that holds it."""
    if not name or name != " ".join(name.split()) or not name.isprintable():
        raise ValueError("A service needs a name on one line, with single spaces.")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"The name of a service has at most {_LONGEST_NAME} characters.")
