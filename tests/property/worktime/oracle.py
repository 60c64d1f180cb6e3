"""A second way of working out when something is due, to hold the first against.

It counts on its fingers: a day at a time, a few minutes at a time for opening hours, with its own rule for the clocks
(the last Sundays of March and October) and the bank holidays as plain dates, read off the rows that an edition
publishes. It must share no sum, table or time-zone data with the room it checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from counterpart.worktime import (
    DAY_ZERO,
    DIVISIONS,
    CalendarDays,
    ClosedDays,
    Counting,
    Edition,
    Limit,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingWeeks,
    editions,
)

NEWEST = editions()[-1]
YEARS = range(NEWEST.first_day.year, NEWEST.last_day.year + 1)
ONE_DAY, ONE_HOUR, ONE_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class PastTheEdition(Exception):
    """The count ran off the end of what is known."""


@dataclass(frozen=True)
class Known:
    """What an edition says of one nation, or of several: the days they rest, and how far it reaches."""

    holidays: frozenset[date]
    first_day: date = NEWEST.first_day
    last_day: date = NEWEST.last_day

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        if not self.first_day <= day <= self.last_day:
            raise PastTheEdition
        return day.weekday() not in (5, 6) and day not in self.holidays


def known_of(division: str, edition: Edition = NEWEST) -> Known:
    """What an edition publishes for a division."""
    rows = frozenset(row.day for row in edition.days if division in row.divisions)
    return Known(rows, edition.first_day, edition.last_day)


KNOWN = {division: known_of(division) for division in DIVISIONS}


def last_sunday(year: int, month: int) -> date:
    """Of March or October, which both have 31 days."""
    day = date(year, month, 31)
    while day.weekday() != 6:
        day -= ONE_DAY
    return day


CHANGES = {
    year: tuple(datetime.combine(last_sunday(year, month), time(1), UTC) for month in (3, 10))
    for year in range(2000, 2060)
}


def wall_clock(at: datetime) -> datetime:
    """What a clock on a wall in London shows, as a naive date and time."""
    forward, back = CHANGES[at.year]
    return at.replace(tzinfo=None) + (ONE_HOUR if forward <= at < back else timedelta())


def instants_shown(local: datetime) -> list[datetime]:
    """The instants, none, one or two, at which the clock shows a date and time."""
    either = [local.replace(tzinfo=UTC) - ONE_HOUR, local.replace(tzinfo=UTC)]
    return [at for at in either if wall_clock(at) == local]


def counted_days(
    limit: Limit, start_at: datetime, known: Known, counting: Counting = DAY_ZERO
) -> list[date]:
    """The days that count, one after another, until there are enough."""
    local = wall_clock(start_at)
    day = local.date()
    if counting.closed_days is ClosedDays.NEXT_WORKING_DAY:
        if counting.cut_off is not None and local.time() > counting.cut_off:
            day += ONE_DAY
        while not known.works(day):
            day += ONE_DAY
    wanted = 1
    if isinstance(limit, WorkingDays | CalendarDays):
        wanted = limit.n
    elif isinstance(limit, WorkingWeeks):
        wanted = 5 * limit.n
    if counting.start_day is StartDay.DAY_ZERO and not isinstance(limit, SameWorkingDay):
        day += ONE_DAY
    found: list[date] = []
    while len(found) < wanted:
        if isinstance(limit, CalendarDays) or known.works(day):
            found.append(day)
        day += ONE_DAY
    return found


def open_slots(service: Service, day: date, known: Known, slot: timedelta) -> list[datetime]:
    """The start of each slot of a local day, as an instant, in which the service is open."""
    if not service.open_on_bank_holidays and service.hours[day.weekday()]:
        if not known.first_day <= day <= known.last_day:
            raise PastTheEdition
        if day in known.holidays:
            return []
    found = []
    at = datetime.combine(day, time(), UTC) - ONE_HOUR
    for _ in range(26 * ONE_HOUR // slot):
        shown = wall_clock(at)
        minute = shown.hour * 60 + shown.minute
        if shown.date() == day and any(
            each.opens <= minute < each.closes for each in service.hours[day.weekday()]
        ):
            found.append(at)
        at += slot
    return found


def by_the_slot(limit: ServiceHours, start_at: datetime, known: Known, slot: timedelta) -> datetime:
    """When a service has been open for so long. It opens, closes and is asked on the slot."""
    left = limit.n * ONE_HOUR // slot
    day = wall_clock(start_at).date()
    while True:
        for begins in open_slots(limit.service, day, known, slot):
            left -= begins >= start_at
            if left == 0:
                return begins + slot
        day += ONE_DAY


def expected(
    limit: Limit,
    start_at: datetime,
    known: Known,
    counting: Counting = DAY_ZERO,
    slot: timedelta = ONE_MINUTE,
) -> datetime | None:
    """The due instant, or None past the edition."""
    try:
        if isinstance(limit, ServiceHours):
            return by_the_slot(limit, start_at, known, slot)
        days = counted_days(limit, start_at, known, counting)
    except PastTheEdition:
        return None
    end = instants_shown(datetime.combine(days[-1], counting.day_ends))[-1]
    return max(end, start_at)
