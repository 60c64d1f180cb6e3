"""The working of a due time: each day from the start to the due time, counted or not, and why.

It is worked out afresh from what the deadline was worked out from, one day after another, and
only when somebody asks. It decides nothing: `deadlines` does, and the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from counterpart.worktime.calendars import Calendar, in_full
from counterpart.worktime.counting import Counting, StartDay
from counterpart.worktime.day import Day
from counterpart.worktime.limits import (
    DAYS_IN_A_WORKING_WEEK,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    SameWorkingDay,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
)
from counterpart.worktime.localtime import LONDON, day_number, in_london
from counterpart.worktime.service_time import closed_for, open_spans
from counterpart.worktime.services import WEEKDAYS, Service

_ONE_DAY = timedelta(days=1)
_USUAL_LENGTH = timedelta(hours=24)
_ZERO = "the day it starts: day zero"


def working_of(
    limit: Limit,
    start_at: datetime,
    due_at: datetime,
    calendar: Calendar | None,
    counting: Counting,
) -> tuple[Day, ...]:
    """Every local day from `start_at` to `due_at`, in order."""
    match limit:
        case Immediate():
            return (Day(in_london(start_at).date(), True, "due at once"),)
        case Hours(n=hours):
            return tuple(_hours(hours, start_at, due_at))
        case ServiceHours(n=hours, service=service):
            return tuple(_service_hours(hours, service, start_at, due_at, calendar))
        case WorkingDays() | WorkingWeeks() | CalendarDays() | SameWorkingDay():
            return tuple(_days(limit, start_at, due_at, calendar, counting))
        case _:
            raise TypeError(f"{limit!r} has no due time to explain.")


def _days(
    limit: WorkingDays | WorkingWeeks | CalendarDays | SameWorkingDay,
    start_at: datetime,
    due_at: datetime,
    calendar: Calendar | None,
    counting: Counting,
) -> list[Day]:
    first, last = day_number(start_at), day_number(due_at)
    shown: list[Day] = []
    if calendar is not None and counting.needs_calendar:
        begins = counting.starts_on(start_at, calendar)
        shown += _before_it_counts(first, begins, calendar, counting)
        first = begins
    if calendar is None or isinstance(limit, CalendarDays):
        days = [Day(date.fromordinal(day), True, "") for day in range(first, last + 1)]
    else:
        days = list(calendar.days(first, last))
    if counting.start_day is StartDay.DAY_ZERO and not isinstance(limit, SameWorkingDay):
        zero = days.pop(0)
        shown.append(Day(zero.date, False, f"{_ZERO} ({zero.why})" if zero.why else _ZERO))
    places = iter(_places(limit))
    shown += [Day(day.date, True, next(places)) if day.counted else day for day in days]
    return shown


def _before_it_counts(
    first: int, begins: int, calendar: Calendar, counting: Counting
) -> Iterator[Day]:
    """The days from the one it starts on to the one it counts as starting on."""
    if first == begins:
        return
    day = date.fromordinal(begins)
    because = calendar.why_closed(first) or f"starts after {counting.cut_off:%H:%M}"
    counts_as = f"counts as starting on {WEEKDAYS[day.weekday()]} {in_full(day)}"
    yield Day(date.fromordinal(first), False, f"{because}: {counts_as}")
    for between in range(first + 1, begins):
        yield Day(date.fromordinal(between), False, calendar.why_closed(between) or "")


@lru_cache(maxsize=16)
def _places(limit: WorkingDays | WorkingWeeks | CalendarDays | SameWorkingDay) -> tuple[str, ...]:
    """What to say of each day that counts, in order."""
    match limit:
        case SameWorkingDay():
            return ("the working day it starts",)
        case CalendarDays(n=n):
            unit = "day"
        case WorkingDays(n=n):
            unit = "working day"
        case WorkingWeeks(n=weeks):
            unit, n = "working day", weeks * DAYS_IN_A_WORKING_WEEK
    return tuple(f"{unit} {each:,} of {n:,}" for each in range(1, n + 1))


def _hours(n: int, start_at: datetime, due_at: datetime) -> Iterator[Day]:
    passed = timedelta()
    for day, begins, ends in _local_days(start_at, due_at):
        spent = min(ends, due_at) - max(begins, start_at)
        passed += spent
        why = _so_long(spent, passed, n) if spent else "due as this day begins"
        if ends - begins != _USUAL_LENGTH:
            change = "forward" if ends - begins < _USUAL_LENGTH else "back"
            why += f" (the clocks go {change}: a day of {_length(ends - begins)})"
        yield Day(day, bool(spent), why)


def _service_hours(
    n: int, service: Service, start_at: datetime, due_at: datetime, calendar: Calendar | None
) -> Iterator[Day]:
    passed = timedelta()
    for day, _begins, _ends in _local_days(start_at, due_at):
        closed = closed_for(service, day, calendar)
        if closed is not None:
            yield Day(day, False, closed)
            continue
        spent = timedelta()
        for opens, closes in open_spans(service, day, calendar):
            spent += max(min(closes, due_at) - max(opens, start_at), timedelta())
        passed += spent
        hours = ", ".join(map(str, service.hours[day.weekday()]))
        if spent:
            why = f"open {hours}: {_so_long(spent, passed, n)}"
        else:
            why = f"open {hours}: none of it falls within the time"
        yield Day(day, bool(spent), why)


def _local_days(start_at: datetime, due_at: datetime) -> Iterator[tuple[date, datetime, datetime]]:
    """Each local day from one instant to another, with the instants it begins and ends."""
    day, last = in_london(start_at).date(), in_london(due_at).date()
    begins = _midnight(day)
    while day <= last:
        ends = _midnight(day + _ONE_DAY)
        yield day, begins, ends
        day, begins = day + _ONE_DAY, ends


def _midnight(day: date) -> datetime:
    """In UTC. The clocks never change at midnight."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _so_long(spent: timedelta, passed: timedelta, n: int) -> str:
    return f"{_length(spent)}; in all {_length(passed)} of {n:,}"


@lru_cache(maxsize=64)
def _length(span: timedelta) -> str:
    """A length of time in words: 8 hours 30 minutes."""
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        _plural(span.days * 24 + hours, "hour"),
        _plural(minutes, "minute"),
        _plural(seconds + span.microseconds / 1_000_000, "second"),
    ]
    return " ".join(part for part in parts if part) or "no time"


def _plural(n: float, unit: str) -> str:
    if not n:
        return ""
    return f"{n:,g} {unit}" if n == 1 else f"{n:,g} {unit}s"
