"""How long a policy gives: one type for each unit of time that policies use.

The types are never turned into one another. "48 hours" is not "2 working days", and "one week"
is neither until somebody says which; a policy that means one thing by another's words says so in
a reading. Counting is done in `deadlines`; reading from text in `parsing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterpart.worktime.services import Service

MOST = 9_999
DAYS_IN_A_WORKING_WEEK = 5
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class _Counted:
    """A limit with a number of something."""

    n: int

    def __post_init__(self) -> None:
        if type(self.n) is not int or not 1 <= self.n <= MOST:
            raise ValueError(f"A limit counts from 1 to {MOST:,}, not {self.n!r}.")


class WorkingDays(_Counted):
    """So many days that are neither Saturday, Sunday nor a bank holiday."""

    __slots__ = ()

    def __str__(self) -> str:
        return _of(self.n, "working day")


class WorkingWeeks(_Counted):
    """So many working weeks. One working week is five working days counted, holidays or not."""

    __slots__ = ()

    def __str__(self) -> str:
        return _of(self.n, "working week")


class CalendarDays(_Counted):
    """So many days, every day counted."""

    __slots__ = ()

    def __str__(self) -> str:
        return _of(self.n, "calendar day")


class Hours(_Counted):
    """So many hours as they pass, nights and weekends included, exact across a clock change."""

    __slots__ = ()

    def __str__(self) -> str:
        return _of(self.n, "hour")


@dataclass(frozen=True, slots=True)
class ServiceHours(_Counted):
    """So many hours while a service is open."""

    service: Service

    def __str__(self) -> str:
        return f"{_of(self.n, 'service hour')} of {self.service.name}"


@dataclass(frozen=True, slots=True)
class SameWorkingDay:
    """By the end of the working day it starts on."""

    def __str__(self) -> str:
        return "same working day"


@dataclass(frozen=True, slots=True)
class Immediate:
    """At once: due the moment it starts."""

    def __str__(self) -> str:
        return "immediate"


@dataclass(frozen=True, slots=True)
class AsSoonAsPossible:
    """What the policy says where it gives no number. Never a deadline."""

    def __str__(self) -> str:
        return "as soon as possible"


@dataclass(frozen=True, slots=True)
class NotStated:
    """The policy gives no limit, and why we know of none. Never a deadline."""

    reason: str = ""

    def __post_init__(self) -> None:
        if self.reason != " ".join(self.reason.split()) or not self.reason.isprintable():
            raise ValueError("Write the reason on one line, with single spaces.")
        if len(self.reason) > _LONGEST_REASON:
            raise ValueError(f"Keep the reason under {_LONGEST_REASON} characters.")

    def __str__(self) -> str:
        return f"not stated: {self.reason}" if self.reason else "not stated"


Limit = (
    WorkingDays
    | WorkingWeeks
    | CalendarDays
    | Hours
    | ServiceHours
    | SameWorkingDay
    | Immediate
    | AsSoonAsPossible
    | NotStated
)


def in_words(limit: Limit) -> str:
    """The limit as a page says it. `str(limit)` is the shorter form that a policy is written in."""
    match limit:
        case WorkingWeeks(n=weeks):
            return f"{limit} ({weeks * DAYS_IN_A_WORKING_WEEK:,} working days)"
        case SameWorkingDay():
            return "the end of the same working day"
        case Immediate():
            return "at once"
        case AsSoonAsPossible():
            return "as soon as possible (no deadline)"
        case NotStated(reason=""):
            return "no limit stated"
        case NotStated(reason=reason):
            return f"no limit stated ({reason})"
        case _:
            return str(limit)


def _of(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
