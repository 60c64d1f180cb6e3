"""What chance tries: starts, limits, readings, services and nations, the awkward ones oftener than chance would.

It must not say what is right; `oracle` does.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from counterpart.worktime import (
    DIVISIONS,
    CalendarDays,
    ClosedDays,
    Counting,
    Hours,
    Immediate,
    Opening,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingWeeks,
)
from tests.property.worktime.oracle import CHANGES, NEWEST, YEARS

# A busy machine is not a wrong answer: nothing here is timed.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

FIRST_AT = datetime.combine(NEWEST.first_day, time(), UTC)
LAST_AT = datetime.combine(NEWEST.last_day, time(23, 59, 59), UTC)
AWKWARD = [
    *(change for year in YEARS for change in CHANGES[year]),
    *(datetime(year, 12, 31, 23, 30, tzinfo=UTC) for year in YEARS),
    *(datetime(year, 2, 28, 23, 30, tzinfo=UTC) for year in YEARS),
    *(datetime.combine(row.day, time(23), UTC) for row in NEWEST.days),
]
anywhen = st.datetimes(
    min_value=FIRST_AT.replace(tzinfo=None),
    max_value=LAST_AT.replace(tzinfo=None),
    timezones=st.just(UTC),
)
near_awkward = st.builds(
    lambda at, seconds: min(max(at + timedelta(seconds=seconds), FIRST_AT), LAST_AT),
    st.sampled_from(AWKWARD),
    st.integers(-3 * 86_400, 3 * 86_400),
)
starts = st.one_of(anywhen, near_awkward)
numbers = st.one_of(st.integers(1, 12), st.integers(1, 80))
divisions = st.sampled_from(DIVISIONS)
day_limits = st.one_of(
    st.builds(WorkingDays, numbers),
    st.builds(CalendarDays, numbers),
    st.builds(WorkingWeeks, st.integers(1, 12)),
    st.just(SameWorkingDay()),
)
clock_times = st.times(max_value=time(23, 59, 59)).map(lambda at: at.replace(microsecond=0))
in_order = st.tuples(clock_times, clock_times).map(sorted)
counted_from = st.sampled_from(StartDay)
countings = st.one_of(
    st.builds(Counting, counted_from, st.sampled_from(ClosedDays)),
    st.builds(Counting, counted_from, st.just(ClosedDays.NEXT_WORKING_DAY), clock_times),
    st.builds(
        lambda start_day, times: Counting(start_day, ClosedDays.NEXT_WORKING_DAY, *times),
        counted_from,
        # a day that ends in the hour the clocks change is pinned in the unit tests
        in_order.filter(lambda times: times[1].hour != 1),
    ),
)


def some_opening(edges: list[int]) -> tuple[Opening, ...]:
    """Openings between sorted minutes, in pairs."""
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Opening(opens, closes) for opens, closes in pairs)


# Minutes outside the hours that the clocks change in; a service across them is still tried.
edges = st.one_of(st.integers(0, 60), st.integers(120, 24 * 60))
opening_days = st.lists(edges, max_size=6, unique=True).map(sorted).map(some_opening)
services = st.builds(
    Service,
    st.just("desk"),
    st.tuples(*[opening_days] * 7).filter(
        lambda week: sum(each.closes - each.opens for day in week for each in day) >= 300
    ),
    st.booleans(),
)
any_limit = st.one_of(
    day_limits,
    st.builds(Hours, numbers),
    st.builds(ServiceHours, st.integers(1, 12), services),
    st.just(Immediate()),
)
