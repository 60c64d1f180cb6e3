"""Calendars: which days are working days, for one nation or several, under one dated edition.

A calendar knows the days of its edition and no others. Asked about any other it raises
OutsideEdition; it never answers "no bank holiday". Everything that a sum looks up is laid out
once, by day number, so that a due date costs one look in a table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal

from counterpart.worktime.day import Day
from counterpart.worktime.edition import DIVISION_TITLES, DIVISIONS, Edition
from counterpart.worktime.editions import EDITIONS
from counterpart.worktime.localtime import end_of_day
from counterpart.worktime.services import WEEKDAYS
from counterpart.worktime.spelling import nearest, shown

_SATURDAY = 5
_MONTHS_OF_WARNING = 6


class CalendarProblem(ValueError):
    """A calendar that we do not have. `words` says so; `suggestion` is the nearest that we do."""

    def __init__(self, words: str, suggestion: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.suggestion = suggestion


class OutsideEdition(ValueError):
    """A day before or after those that an edition knows. Callers turn it into CannotCompute."""

    def __init__(self, side: Literal["before_edition", "past_edition"]) -> None:
        super().__init__(side)
        self.side: Literal["before_edition", "past_edition"] = side


class WorkingIn(StrEnum):
    """Where several nations share a calendar: whose working days are its working days."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Calendar:
    """The working days of one or more divisions, from `first_day` to `last_day` of an edition."""

    name: str
    divisions: tuple[str, ...]
    edition: str
    first_day: date
    last_day: date
    bank_holidays: tuple[tuple[date, str], ...] = field(hash=False, repr=False)
    working_in: WorkingIn = WorkingIn.ALL

    @property
    def title(self) -> str:
        """The nations as a page says them: England and Wales or Scotland."""
        joined = " and " if self.working_in is WorkingIn.ALL else " or "
        return joined.join(DIVISION_TITLES[division] for division in self.divisions)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is neither weekend nor bank holiday. OutsideEdition if not known."""
        return self.why_closed(day.toordinal()) is None

    def bank_holiday(self, day: date) -> str | None:
        """What bank holiday `day` is, or None. OutsideEdition if not known."""
        self._place(day.toordinal())
        return self._titles.get(day.toordinal())

    def why_closed(self, day: int) -> str | None:
        """Why day number `day` is not a working day, in words, or None if it is one."""
        return self._closed[self._place(day)]

    def days(self, first: int, last: int) -> tuple[Day, ...]:
        """Each day from number `first` to number `last`, and why it is closed; "" if it is not."""
        return self._days[self._place(first) : self._place(last) + 1]

    def nth_working_day(self, after: int, n: int) -> int:
        """The number of the nth working day after day number `after`, n from 1."""
        place = self._ranks[self._place(after)] + n - 1
        if place >= len(self._working):
            raise OutsideEdition("past_edition")
        return self._working[place]

    def working_day_from(self, day: int) -> int:
        """The number of the first working day that is `day` or later."""
        return day if self.why_closed(day) is None else self.nth_working_day(day, 1)

    def end_of_nth_working_day(self, after: int, n: int) -> datetime:
        """The last second, in UTC, of the nth working day after day number `after`.

        The sum that is done most. It is `end_of_day` of `nth_working_day`, already worked out.
        """
        place = after - self._first
        if place < 0:
            raise OutsideEdition("before_edition")
        try:
            return self._ends[self._ranks[place] + n - 1]
        except IndexError:
            raise OutsideEdition("past_edition") from None

    def _place(self, day: int) -> int:
        place = day - self._first
        if place < 0:
            raise OutsideEdition("before_edition")
        if place >= len(self._closed):
            raise OutsideEdition("past_edition")
        return place

    @cached_property
    def _first(self) -> int:
        return self.first_day.toordinal()

    @cached_property
    def _titles(self) -> dict[int, str]:
        return {day.toordinal(): title for day, title in self.bank_holidays}

    @cached_property
    def _closed(self) -> tuple[str | None, ...]:
        """Why each day is closed, or None for a working day; place 0 is `first_day`."""
        return tuple(self._why(day) for day in range(self._first, self.last_day.toordinal() + 1))

    @cached_property
    def _days(self) -> tuple[Day, ...]:
        """Each day as the working of a deadline shows it; place 0 is `first_day`."""
        return tuple(
            Day(date.fromordinal(day), why is None, why or "")
            for day, why in enumerate(self._closed, self._first)
        )

    @cached_property
    def _working(self) -> tuple[int, ...]:
        """The number of each working day, in order."""
        return tuple(day for day, why in enumerate(self._closed, self._first) if why is None)

    @cached_property
    def _ranks(self) -> tuple[int, ...]:
        """For each day, how many working days there are up to and including it."""
        days = range(self._first + 1, self._first + 1 + len(self._closed))
        return tuple(bisect_left(self._working, day) for day in days)

    @cached_property
    def _ends(self) -> tuple[datetime, ...]:
        """The last second of each working day, in UTC."""
        return tuple(end_of_day(date.fromordinal(day)) for day in self._working)

    def _why(self, day: int) -> str | None:
        if day in self._titles:
            return f"bank holiday: {self._titles[day]}"
        weekday = (day - 1) % 7  # day number 1 was a Monday
        return WEEKDAYS[weekday] if weekday >= _SATURDAY else None


def editions() -> tuple[Edition, ...]:
    """Every edition of the bank holidays that we hold, oldest first."""
    return EDITIONS


def edition_named(name: str | None = None) -> Edition:
    """The edition of that name, or the newest where none is named. Raises CalendarProblem."""
    if not name:
        return EDITIONS[-1]
    for edition in EDITIONS:
        if edition.name == name:
            return edition
    known = [edition.name for edition in EDITIONS]
    raise CalendarProblem(
        f'There is no edition "{shown(name)}". There are {", ".join(known)}.', nearest(name, known)
    )


def calendar(division: str, edition: str | Edition | None = None) -> Calendar:
    """The calendar of one division, under the newest edition unless one is named or given."""
    if division not in DIVISIONS:
        near = _nearest_division(division)
        raise CalendarProblem(
            f'There is no calendar called "{shown(division)}". There are'
            f" {', '.join(DIVISIONS[:-1])} and {DIVISIONS[-1]}."
            + (f' Did you mean "{near}"?' if near else ""),
            near,
        )
    return _calendar(division, edition if isinstance(edition, Edition) else edition_named(edition))


def combined(calendars: Sequence[Calendar], working_in: WorkingIn = WorkingIn.ALL) -> Calendar:
    """One calendar for several nations, of the same edition.

    ALL: a working day is a working day in each of them. ANY: in at least one.
    """
    return _combined(tuple(dict.fromkeys(calendars)), working_in)


def under(known: Calendar, edition: str | Edition | None = None) -> Calendar:
    """The same nations' calendar under another edition, the newest unless one is named or given.

    Ask a limit under both to see whether a bank holiday announced later moves it.
    """
    if edition == known.edition:
        return known
    return combined([calendar(each, edition) for each in known.divisions], known.working_in)


def edition_ends(calendar: Calendar) -> date:
    """The last day that the calendar knows anything about."""
    return calendar.last_day


def renew_from(calendar: Calendar) -> date:
    """The day, six months before its edition ends, from which a calendar should be renewed."""
    ends = calendar.last_day
    month = ends.year * 12 + ends.month - 1 - _MONTHS_OF_WARNING
    first, next_first = (date(each // 12, each % 12 + 1, 1) for each in (month, month + 1))
    return first.replace(day=min(ends.day, (next_first - first).days))  # June has no 31st


def renewal_warning(calendar: Calendar, today: date) -> str | None:
    """What to tell the business manager about a calendar that ends soon or has ended, or None."""
    if today < renew_from(calendar):
        return None
    verb = "end" if today <= calendar.last_day else "ended"
    return (
        f"The bank holidays we hold for {calendar.title} {verb} on {in_full(calendar.last_day)}"
        f" (edition {calendar.edition}). Deadlines after that cannot be computed until a newer"
        " edition is installed."
    )


def in_full(day: date) -> str:
    """A date as a sentence says it: 4 January 2027."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=64)
def _calendar(division: str, edition: Edition) -> Calendar:
    return Calendar(
        name=division,
        divisions=(division,),
        edition=edition.name,
        first_day=edition.first_day,
        last_day=edition.last_day,
        bank_holidays=tuple(edition.of(division).items()),
    )


@lru_cache(maxsize=64)
def _combined(each: tuple[Calendar, ...], working_in: WorkingIn) -> Calendar:
    if not each:
        raise CalendarProblem("Name at least one calendar.")
    if len(each) == 1:
        return each[0]
    if any(len(one.divisions) > 1 for one in each):
        raise CalendarProblem("Combine the nations' own calendars, all in one go.")
    if len({(one.edition, one.first_day, one.last_day) for one in each}) > 1:
        raise CalendarProblem("Calendars of different editions cannot be combined.")
    titles = [dict(one.bank_holidays) for one in each]
    kept = any if working_in is WorkingIn.ALL else all
    days = sorted({day for one in titles for day in one if kept(day in other for other in titles)})
    joined = " and " if working_in is WorkingIn.ALL else " or "
    return Calendar(
        name=joined.join(one.name for one in each),
        divisions=tuple(one.name for one in each),
        edition=each[0].edition,
        first_day=each[0].first_day,
        last_day=each[0].last_day,
        bank_holidays=tuple((day, _shared_title(day, each)) for day in days),
        working_in=working_in,
    )


def _nearest_division(name: str) -> str | None:
    """England and Wales share a calendar, so either name alone means it."""
    plain = name.strip().casefold().replace("_", "-").replace(" ", "-")
    within = [known for known in DIVISIONS if plain in {*known.split("-")} - {"and"}]
    return within[0] if len(within) == 1 else nearest(plain, DIVISIONS)


def _shared_title(day: date, calendars: Sequence[Calendar]) -> str:
    """What the day is, and where, if not everywhere or not the same."""
    found = {one.name: dict(one.bank_holidays).get(day) for one in calendars}
    if len(set(found.values())) == 1:
        return next(title for title in found.values() if title)
    return "; ".join(f"{title} ({DIVISION_TITLES[name]})" for name, title in found.items() if title)
