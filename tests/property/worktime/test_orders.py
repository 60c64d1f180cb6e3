"""What must hold between two due times, whatever they are: sooner, later, tighter, the same span moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from counterpart.worktime import (
    DIVISIONS,
    Calendar,
    CalendarDays,
    CannotCompute,
    Counting,
    Due,
    Hours,
    Limit,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingIn,
    WorkingWeeks,
    calendar,
    combined,
    due,
    due_at,
    editions,
)
from tests.property.worktime.oracle import (
    KNOWN,
    NEWEST,
    ONE_HOUR,
    known_of,
    wall_clock,
)
from tests.property.worktime.tried import (
    any_limit,
    anywhen,
    countings,
    day_limits,
    divisions,
    numbers,
    services,
    starts,
    untimed,
)


@untimed
@given(any_limit, starts, starts, divisions, countings)
def test_what_starts_later_is_never_due_sooner(
    limit: Limit, one: datetime, other: datetime, division: str, counting: Counting
) -> None:
    sooner, later = (due_at(limit, at, calendar(division), counting) for at in sorted((one, other)))

    if isinstance(later, datetime):
        assert isinstance(sooner, datetime)
        assert sooner <= later


@untimed
@given(
    st.sampled_from([WorkingDays, WorkingWeeks, CalendarDays, Hours]),
    st.integers(1, 60),
    st.integers(1, 60),
    starts,
    divisions,
    countings,
)
def test_tightening_never_lengthens(
    unit: type[WorkingDays],
    one: int,
    other: int,
    start_at: datetime,
    division: str,
    counting: Counting,
) -> None:
    tight, loose = (
        due_at(unit(n), start_at, calendar(division), counting) for n in sorted((one, other))
    )

    if isinstance(loose, datetime):
        assert isinstance(tight, datetime)
        assert start_at <= tight <= loose


@untimed
@given(services, st.integers(1, 12), starts, divisions)
def test_tightening_service_hours_never_lengthens(
    service: Service, n: int, start_at: datetime, division: str
) -> None:
    tight, loose = (
        due_at(ServiceHours(hours, service), start_at, calendar(division)) for hours in (n, n + 1)
    )

    if isinstance(loose, datetime):
        assert isinstance(tight, datetime)
        assert start_at < tight < loose


@untimed
@given(starts, divisions, countings)
def test_the_same_working_day_is_never_after_one_working_day(
    start_at: datetime, division: str, counting: Counting
) -> None:
    same, one = (
        due_at(limit, start_at, calendar(division), counting)
        for limit in (SameWorkingDay(), WorkingDays(1))
    )

    if isinstance(one, datetime):
        assert isinstance(same, datetime)
        assert same <= one


@untimed
@given(st.one_of(st.builds(Hours, numbers), st.builds(CalendarDays, numbers)), anywhen, anywhen)
def test_the_same_span_shifted_over_month_and_year_ends_is_equal(
    limit: Limit, one: datetime, other: datetime
) -> None:
    spans = set()
    for start_at in (one, other):
        at = due_at(limit, start_at, None)
        assert isinstance(at, datetime)
        whole_days = wall_clock(at).date() - wall_clock(start_at).date()
        spans.add(at - start_at if isinstance(limit, Hours) else whole_days)

    assert len(spans) == 1


@untimed
@given(st.integers(1, 6), st.dates(NEWEST.first_day, NEWEST.last_day), st.integers(1, 400))
def test_working_days_shifted_by_whole_weeks_span_the_same_where_no_bank_holiday_falls(
    n: int, day: date, weeks: int
) -> None:
    midday = datetime.combine(day, time(12), UTC)
    both = [
        due(WorkingDays(n), at, calendar(DIVISIONS[0]))
        for at in (midday, midday + timedelta(weeks=weeks))
    ]
    spans = [each.days for each in both if isinstance(each, Due)]
    assume(len(spans) == 2)
    assume(not any("bank holiday" in shown.why for span in spans for shown in span))

    assert [shown.why for shown in spans[0]] == [shown.why for shown in spans[1]]


@untimed
@given(day_limits, starts)
def test_working_in_every_nation_is_never_sooner_than_in_one(
    limit: Limit, start_at: datetime
) -> None:
    nations = [calendar(division) for division in DIVISIONS]

    def end(known: Calendar) -> datetime:
        found = due_at(limit, start_at, known)
        return found if isinstance(found, datetime) else datetime.max.replace(tzinfo=UTC)

    each = [end(known) for known in nations]

    assert end(combined(nations)) >= max(each)
    assert end(combined(nations, WorkingIn.ANY)) <= min(each)


@untimed
@given(starts, numbers, st.dates(NEWEST.first_day, NEWEST.last_day), divisions)
def test_a_bank_holiday_more_never_shortens(
    start_at: datetime, n: int, day: date, division: str
) -> None:
    if day in KNOWN[division].holidays:
        return
    newer = NEWEST.with_day(
        name="newer",
        taken_on=NEWEST.taken_on,
        source="a test",
        day=day,
        title="An extra day",
        divisions=(division,),
    )
    before, after = (
        due_at(WorkingDays(n), start_at, calendar(division, edition)) for edition in (NEWEST, newer)
    )

    if isinstance(after, datetime):
        assert isinstance(before, datetime)
        assert before <= after


@untimed
@given(day_limits, starts, divisions, countings)
def test_counting_the_day_it_starts_is_never_later(
    limit: Limit, start_at: datetime, division: str, counting: Counting
) -> None:
    zero, one = (
        due_at(limit, start_at, calendar(division), replace(counting, start_day=each))
        for each in (StartDay.DAY_ZERO, StartDay.DAY_ONE)
    )

    if isinstance(zero, datetime):
        assert isinstance(one, datetime)
        assert one <= zero


near_the_day_added = st.integers(0, 1_440).map(
    lambda hours: datetime(2026, 5, 1, tzinfo=UTC) + hours * ONE_HOUR
)


@untimed
@given(numbers, st.one_of(starts, near_the_day_added), divisions)
def test_the_same_sum_is_the_same_under_both_editions_unless_a_day_was_added(
    n: int, start_at: datetime, division: str
) -> None:
    older, newer = (due(WorkingDays(n), start_at, calendar(division, each)) for each in editions())
    if not isinstance(older, Due) or not isinstance(newer, Due):
        assert isinstance(newer, CannotCompute)
        return
    added = KNOWN[division].holidays - known_of(division, editions()[0]).holidays
    within = [day.date for day in newer.days[1:] if day.date in added]

    assert (older.at < newer.at) is bool(within)
    assert (older.days == newer.days) is not any(day.date in added for day in newer.days)
