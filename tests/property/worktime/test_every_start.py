"""Every start there is: each day of each published year, each nation, each edition; and each hour of each day.

Nothing here is left to chance. What chance adds is in the files beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest

from counterpart.worktime import (
    DAY_ZERO,
    DIVISIONS,
    CalendarDays,
    CannotCompute,
    ClosedDays,
    Counting,
    Edition,
    Hours,
    Limit,
    Opening,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingIn,
    WorkingWeeks,
    calendar,
    combined,
    due_at,
    editions,
    in_london,
)
from tests.property.worktime.oracle import (
    CHANGES,
    KNOWN,
    NEWEST,
    ONE_DAY,
    ONE_HOUR,
    YEARS,
    Known,
    expected,
    known_of,
    wall_clock,
)

HALF_AN_HOUR = timedelta(minutes=30)
LIMITS = (
    WorkingDays(1),
    WorkingDays(5),
    WorkingDays(10),
    WorkingWeeks(1),
    CalendarDays(7),
    SameWorkingDay(),
)
READINGS = (
    DAY_ZERO,
    Counting(StartDay.DAY_ONE),
    Counting(closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(17)),
)
OFFICE = Service.on_weekdays("front door", Opening(9 * 60, 12 * 60 + 30), Opening(13 * 60, 17 * 60))
AT_NIGHT = Service("night desk", ((Opening(0, 24 * 60),),) * 7, open_on_bank_holidays=True)
both_editions = pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.name)


def every_start(edition: Edition) -> Iterator[datetime]:
    """One start on each day of an edition, an hour later each time round the clock."""
    day = edition.first_day
    while day <= edition.last_day:
        hour = day.toordinal() % 24
        yield datetime.combine(day, time(hour, 30), UTC)
        day += ONE_DAY


def agrees(found: object, wanted: datetime | None) -> bool:
    """Whether an answer is the one by the oracle, which has none past the edition."""
    if wanted is None:
        return isinstance(found, CannotCompute) and found.code == "past_edition"
    return found == wanted


@pytest.mark.parametrize("division", DIVISIONS)
@pytest.mark.parametrize("year", YEARS)
def test_every_hour_of_every_day_of_every_published_year(year: int, division: str) -> None:
    days, limits = calendar(division), (WorkingDays(1), WorkingDays(5), WorkingWeeks(2))
    at = datetime(year, 1, 1, tzinfo=UTC)
    ends: dict[tuple[date, Limit], datetime | None] = {}
    while at.year == year:
        for limit in limits:
            key = wall_clock(at).date(), limit
            if key not in ends:
                ends[key] = expected(limit, at, KNOWN[division])
            assert agrees(due_at(limit, at, days), ends[key]), (at, limit)
        at += ONE_HOUR


@both_editions
@pytest.mark.parametrize("division", DIVISIONS)
@pytest.mark.parametrize("counting", READINGS, ids=["day zero", "day one", "cut-off"])
def test_every_unit_of_days_from_every_day(
    counting: Counting, division: str, edition: Edition
) -> None:
    days, known = calendar(division, edition), known_of(division, edition)
    for at in every_start(edition):
        for limit in LIMITS:
            found = due_at(limit, at, days, counting)
            assert agrees(found, expected(limit, at, known, counting)), (at, limit)


@pytest.mark.parametrize("division", DIVISIONS)
def test_the_hours_of_a_service_from_every_day(division: str) -> None:
    days, limit = calendar(division), ServiceHours(8, OFFICE)
    for at in every_start(NEWEST):
        wanted = expected(limit, at, KNOWN[division], slot=HALF_AN_HOUR)
        assert agrees(due_at(limit, at, days), wanted), at


@pytest.mark.parametrize("working_in", WorkingIn)
@pytest.mark.parametrize(
    "nations", [*combinations(DIVISIONS, 2), DIVISIONS], ids=lambda nations: " ".join(nations)
)
def test_several_nations_from_every_day(nations: tuple[str, ...], working_in: WorkingIn) -> None:
    days = combined([calendar(each) for each in nations], working_in)
    rows = [KNOWN[each].holidays for each in nations]
    none_of = working_in is WorkingIn.ALL
    known = Known(frozenset.union(*rows) if none_of else frozenset.intersection(*rows))
    for at in every_start(NEWEST):
        found = due_at(WorkingDays(3), at, days)
        assert agrees(found, expected(WorkingDays(3), at, known)), at


@pytest.mark.parametrize("year", YEARS)
def test_hours_from_every_hour_of_the_weeks_the_clocks_change(year: int) -> None:
    for change in CHANGES[year]:
        for hours_before in range(-80, 81):
            at = change - hours_before * ONE_HOUR
            for n in (1, 4, 24, 48, 72):
                found = due_at(Hours(n), at, None)
                assert isinstance(found, datetime)
                assert found == at + n * ONE_HOUR
                assert in_london(found).replace(tzinfo=None) == wall_clock(found)


@pytest.mark.parametrize("year", YEARS)
def test_a_service_that_never_closes_runs_as_hours_do_through_both_changes(year: int) -> None:
    for change in CHANGES[year]:
        for hours_before in range(-30, 31):
            at = change - hours_before * ONE_HOUR
            assert due_at(ServiceHours(26, AT_NIGHT), at, None) == due_at(Hours(26), at, None)


LEAP_YEARS = [year for year in YEARS if year % 4 == 0]


@pytest.mark.parametrize("year", LEAP_YEARS)
@pytest.mark.parametrize("division", DIVISIONS)
def test_a_leap_day_is_a_day_like_another(division: str, year: int) -> None:
    leap = date(year, 2, 29)
    for before in range(20):
        at = datetime.combine(leap - before * ONE_DAY, time(12), UTC)
        for limit in LIMITS:
            found = due_at(limit, at, calendar(division))
            assert found == expected(limit, at, KNOWN[division]), (at, limit)
        found = due_at(CalendarDays(before + 1), at, None)
        assert found == datetime(year, 3, 1, 23, 59, 59, tzinfo=UTC)


@both_editions
@pytest.mark.parametrize("division", DIVISIONS)
def test_nothing_is_known_before_an_edition_nor_after_it(division: str, edition: Edition) -> None:
    days = calendar(division, edition)
    ends = [(edition.first_day - ONE_DAY, "before_edition"), (edition.last_day, "past_edition")]
    for day, code in ends:
        for limit in (WorkingDays(1), WorkingWeeks(1)):
            found = due_at(limit, datetime.combine(day, time(12), UTC), days)
            assert isinstance(found, CannotCompute)
            assert found.code == code
            assert found.edition == edition.name


@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize("division", DIVISIONS)
def test_the_same_span_of_working_days_is_equal_wherever_no_bank_holiday_falls(
    division: str, n: int
) -> None:
    spans: dict[int, set[timedelta]] = {weekday: set() for weekday in range(7)}
    for at in every_start(NEWEST):
        start = wall_clock(at).date()
        if any(start + each * ONE_DAY in KNOWN[division].holidays for each in range(10)):
            continue
        found = due_at(WorkingDays(n), at, calendar(division))
        if isinstance(found, datetime):
            spans[start.weekday()].add(wall_clock(found).date() - start)

    assert [len(each) for each in spans.values()] == [1] * 7
