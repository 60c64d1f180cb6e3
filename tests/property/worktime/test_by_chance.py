"""Starts, limits and readings that chance picks, against counting on fingers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from counterpart.worktime import (
    DAY_ZERO,
    CalendarDays,
    CannotCompute,
    Counting,
    Due,
    Hours,
    Limit,
    SameWorkingDay,
    Service,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
    calendar,
    due,
    due_at,
)
from tests.property.worktime.oracle import (
    KNOWN,
    ONE_DAY,
    counted_days,
    expected,
    wall_clock,
)
from tests.property.worktime.tried import (
    any_limit,
    countings,
    day_limits,
    divisions,
    numbers,
    services,
    starts,
    untimed,
)


@untimed
@given(day_limits, starts, divisions, countings)
@example(WorkingDays(1), datetime(2024, 2, 28, 12, tzinfo=UTC), "scotland", DAY_ZERO)
@example(WorkingDays(1), datetime(2026, 7, 5, 23, 0, tzinfo=UTC), "scotland", DAY_ZERO)
def test_days_agree_with_counting_on_fingers(
    limit: Limit, start_at: datetime, division: str, counting: Counting
) -> None:
    found = due_at(limit, start_at, calendar(division), counting)
    wanted = expected(limit, start_at, KNOWN[division], counting)

    if wanted is None:
        assert isinstance(found, CannotCompute)
        assert found.code == "past_edition"
    else:
        assert found == wanted


@untimed
@given(numbers, starts, divisions)
def test_hours_are_elapsed_whatever_the_clocks_do(
    n: int, start_at: datetime, division: str
) -> None:
    found = due_at(Hours(n), start_at, calendar(division))

    assert isinstance(found, datetime)
    assert found - start_at == timedelta(hours=n)


@untimed
@given(st.integers(1, 12), services, starts, divisions)
def test_service_hours_agree_with_counting_minutes(
    n: int, service: Service, start_at: datetime, division: str
) -> None:
    limit = ServiceHours(n, service)
    on_the_minute = start_at.replace(second=0, microsecond=0)

    found = due_at(limit, on_the_minute, calendar(division))
    wanted = expected(limit, on_the_minute, KNOWN[division])

    if wanted is None:
        assert isinstance(found, CannotCompute)
    else:
        assert found == wanted


@untimed
@given(any_limit, starts, divisions, countings)
def test_the_working_shows_every_day_and_what_counts_adds_up(
    limit: Limit, start_at: datetime, division: str, counting: Counting
) -> None:
    answer = due(limit, start_at, calendar(division), counting)
    if isinstance(answer, CannotCompute):
        return
    assert isinstance(answer, Due)

    shown = [day.date for day in answer.days]
    first, last = wall_clock(start_at).date(), wall_clock(answer.at).date()
    counted = [day.date for day in answer.days if day.counted]

    assert shown == [first + n * ONE_DAY for n in range((last - first).days + 1)]
    assert all(day.why for day in answer.days)
    assert answer.at == due_at(limit, start_at, calendar(division), counting)
    if isinstance(limit, WorkingDays | WorkingWeeks | CalendarDays | SameWorkingDay):
        assert counted == counted_days(limit, start_at, KNOWN[division], counting)
