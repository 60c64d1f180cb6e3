"""When a limit that started at one instant is due.

`due_at` is the bare sum, for thousands of cases; `due` is the same sum, kept with what it was made
from so that it can show its working. One rule for each unit of time; none is made from another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from counterpart.worktime.answers import Answer, CannotCode, CannotCompute, Due, NoDeadline
from counterpart.worktime.calendars import Calendar, OutsideEdition, in_full
from counterpart.worktime.counting import DAY_ZERO, Counting, StartDay
from counterpart.worktime.limits import (
    DAYS_IN_A_WORKING_WEEK,
    AsSoonAsPossible,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    NotStated,
    SameWorkingDay,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
)
from counterpart.worktime.localtime import day_number, end_of_day, in_london, to_utc
from counterpart.worktime.service_time import NoCalendar, open_spans

FIRST_YEAR, LAST_YEAR = 1900, 9900
"""Starts that a sum is done for."""

_MOST_DAYS_WALKED = 36_525  # a service open an hour a week is not walked for ever


def due(
    limit: Limit, start_at: datetime, calendar: Calendar | None, counting: Counting = DAY_ZERO
) -> Answer:
    """When a limit that started at `start_at` is due, able to explain itself.

    Working time needs a calendar; hours, calendar days and "at once" do not. ValueError if
    `start_at` has no offset.
    """
    at = due_at(limit, start_at, calendar, counting)
    if isinstance(at, datetime):
        return Due(at, limit, start_at, calendar, counting)
    return at


def due_at(
    limit: Limit, start_at: datetime, calendar: Calendar | None, counting: Counting = DAY_ZERO
) -> datetime | NoDeadline | CannotCompute:
    """The due instant alone, in UTC. The same sum as `due`, without what explains it."""
    try:
        return _RULES[limit.__class__](limit, start_at, calendar, counting)
    except OutsideEdition as outside:
        return _cannot(limit, calendar, outside.side)
    except NoCalendar:
        return _cannot(limit, calendar, "no_calendar")
    except OverflowError:
        return _cannot(limit, calendar, "out_of_range")


def _working_days(
    limit: WorkingDays, start_at: datetime, calendar: Calendar | None, counting: Counting
) -> datetime:
    return _nth_working_day(limit.n, start_at, calendar, counting)


def _working_weeks(
    limit: WorkingWeeks, start_at: datetime, calendar: Calendar | None, counting: Counting
) -> datetime:
    return _nth_working_day(limit.n * DAYS_IN_A_WORKING_WEEK, start_at, calendar, counting)


def _same_working_day(
    _limit: SameWorkingDay, start_at: datetime, calendar: Calendar | None, counting: Counting
) -> datetime:
    if calendar is None:
        raise NoCalendar
    day = calendar.working_day_from(counting.starts_on(start_at, calendar))
    return _end_of(day, start_at, counting)


def _calendar_days(
    limit: CalendarDays, start_at: datetime, calendar: Calendar | None, counting: Counting
) -> datetime:
    if not FIRST_YEAR <= start_at.year <= LAST_YEAR:
        raise OverflowError
    day = day_number(start_at)
    if counting.needs_calendar:
        if calendar is None:
            raise NoCalendar
        day = counting.starts_on(start_at, calendar)
    more = limit.n if counting.start_day is StartDay.DAY_ZERO else limit.n - 1
    return _end_of(day + more, start_at, counting)


def _hours(
    limit: Hours, start_at: datetime, _calendar: Calendar | None, _counting: Counting
) -> datetime:
    return to_utc(start_at) + timedelta(hours=limit.n)


def _service_hours(
    limit: ServiceHours, start_at: datetime, calendar: Calendar | None, _counting: Counting
) -> datetime:
    start_at = to_utc(start_at)
    left = timedelta(hours=limit.n)
    day = in_london(start_at).date()
    for _ in range(_MOST_DAYS_WALKED):
        for opens, closes in open_spans(limit.service, day, calendar):
            begins = max(opens, start_at)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta())
        day += timedelta(days=1)
    raise OverflowError


def _immediate(
    _limit: Immediate, start_at: datetime, _calendar: Calendar | None, _counting: Counting
) -> datetime:
    return to_utc(start_at)


def _no_deadline(
    limit: AsSoonAsPossible | NotStated,
    _start_at: datetime,
    _calendar: Calendar | None,
    _counting: Counting,
) -> NoDeadline:
    return NoDeadline(limit)


def _nth_working_day(
    n: int, start_at: datetime, calendar: Calendar | None, counting: Counting
) -> datetime:
    """The end of the last of n working days counted."""
    if calendar is None:
        raise NoCalendar
    if counting.start_day is StartDay.DAY_ZERO and not counting.needs_calendar:
        return calendar.end_of_nth_working_day(day_number(start_at), n)
    day = counting.starts_on(start_at, calendar)
    if counting.start_day is StartDay.DAY_ZERO:
        return _end_of(calendar.nth_working_day(day, n), start_at, counting)
    last = calendar.working_day_from(day)
    if n > 1:
        last = calendar.nth_working_day(last, n - 1)
    return _end_of(last, start_at, counting)


def _end_of(day: int, start_at: datetime, counting: Counting) -> datetime:
    """The end of a day; or the start, if that fell within the day's very last second."""
    end = end_of_day(date.fromordinal(day), counting.day_ends)
    return end if end >= start_at else to_utc(start_at)


# Each rule takes its own kind of limit; the table is what keeps them together.
_RULES: dict[type, Callable[[Any, datetime, Calendar | None, Counting], datetime | NoDeadline]] = {
    WorkingDays: _working_days,
    WorkingWeeks: _working_weeks,
    CalendarDays: _calendar_days,
    Hours: _hours,
    ServiceHours: _service_hours,
    SameWorkingDay: _same_working_day,
    Immediate: _immediate,
    AsSoonAsPossible: _no_deadline,
    NotStated: _no_deadline,
}


def _cannot(limit: Limit, calendar: Calendar | None, code: CannotCode) -> CannotCompute:
    if code == "no_calendar":
        words = f"{limit} cannot be computed: no calendar is stated, so working days are not known."
        return CannotCompute(limit, code, words)
    if calendar is None or code == "out_of_range":
        return CannotCompute(limit, "out_of_range", f"{limit} cannot be computed: too far away.")
    side = "run to" if code == "past_edition" else "begin on"
    day = calendar.last_day if code == "past_edition" else calendar.first_day
    words = (
        f"{limit} cannot be computed: the bank holidays of {calendar.title} that we hold"
        f" (edition {calendar.edition}) {side} {in_full(day)}."
    )
    return CannotCompute(limit, code, words, calendar.edition)
