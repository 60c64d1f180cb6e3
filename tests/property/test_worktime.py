"""Working time against a second way of working it out.

The oracle below counts on its fingers: a day at a time, a minute at a time for opening hours, with
its own rule for the clocks (the last Sundays of March and October) and the bank holidays as plain
dates. It shares no sum, table or time-zone data with the room it checks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from counterpart.worktime import (
    DAY_ZERO,
    DIVISIONS,
    Calendar,
    CalendarDays,
    CannotCompute,
    ClosedDays,
    Counting,
    Due,
    Hours,
    Immediate,
    Limit,
    LimitProblem,
    LocalTimeProblem,
    NotStated,
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
    due,
    due_at,
    editions,
    in_london,
    london,
    parse_instant,
    parse_limit,
)

# A busy machine is not a wrong answer: nothing here is timed.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NEWEST = editions()[-1]
YEARS = range(NEWEST.first_day.year, NEWEST.last_day.year + 1)
ONE_DAY, ONE_HOUR, ONE_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIRST_AT = datetime(2012, 1, 1, tzinfo=UTC)
LAST_AT = datetime(2028, 12, 31, 23, 59, 59, tzinfo=UTC)
HOLIDAYS = {division: set(NEWEST.of(division)) for division in DIVISIONS}


# --- the oracle ---------------------------------------------------------------------------------


class PastTheEdition(Exception):
    """The count ran off the end of what is known."""


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)  # March and October both have 31 days
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


def is_working(day: date, holidays: set[date]) -> bool:
    if not NEWEST.first_day <= day <= NEWEST.last_day:
        raise PastTheEdition
    return day.weekday() not in (5, 6) and day not in holidays


def counted_days(
    limit: Limit, start_at: datetime, holidays: set[date], counting: Counting
) -> list[date]:
    """The days that count, one after another, until there are enough."""
    local = wall_clock(start_at)
    day = local.date()
    if counting.closed_days is ClosedDays.NEXT_WORKING_DAY:
        if counting.cut_off is not None and local.time() > counting.cut_off:
            day += ONE_DAY
        while not is_working(day, holidays):
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
        if isinstance(limit, CalendarDays) or is_working(day, holidays):
            found.append(day)
        day += ONE_DAY
    return found


def open_minutes(service: Service, day: date, holidays: set[date]) -> list[datetime]:
    """Each minute of a local day, as an instant, at which the service is open."""
    if not service.open_on_bank_holidays and service.hours[day.weekday()]:
        if not NEWEST.first_day <= day <= NEWEST.last_day:
            raise PastTheEdition
        if day in holidays:
            return []
    found = []
    at = datetime.combine(day, time(), UTC) - ONE_HOUR
    for _ in range(26 * 60):
        shown = wall_clock(at)
        minute = shown.hour * 60 + shown.minute
        if shown.date() == day and any(
            each.opens <= minute < each.closes for each in service.hours[day.weekday()]
        ):
            found.append(at)
        at += ONE_MINUTE
    return found


def by_the_minute(limit: ServiceHours, start_at: datetime, holidays: set[date]) -> datetime:
    """When a service, open in whole minutes, has been open for so long. Starts on a minute."""
    left = limit.n * 60
    day = wall_clock(start_at).date()
    while True:
        for minute in open_minutes(limit.service, day, holidays):
            left -= minute >= start_at
            if left == 0:
                return minute + ONE_MINUTE
        day += ONE_DAY


def expected(
    limit: Limit, start_at: datetime, division: str, counting: Counting = DAY_ZERO
) -> datetime | None:
    """The due instant by the oracle, or None past the edition."""
    try:
        if isinstance(limit, ServiceHours):
            return by_the_minute(limit, start_at, HOLIDAYS[division])
        days = counted_days(limit, start_at, HOLIDAYS[division], counting)
    except PastTheEdition:
        return None
    end = instants_shown(datetime.combine(days[-1], counting.day_ends))[-1]
    return max(end, start_at)


# --- what is tried ------------------------------------------------------------------------------

AWKWARD = [
    *(change for year in YEARS for change in CHANGES[year]),
    *(datetime(year, 12, 31, 23, 30, tzinfo=UTC) for year in YEARS),
    *(datetime(year, 2, 28, 23, 30, tzinfo=UTC) for year in YEARS),
    *(datetime.combine(day, time(23), UTC) for days in HOLIDAYS.values() for day in days),
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


# --- what holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("division", DIVISIONS)
@pytest.mark.parametrize("year", YEARS)
def test_every_hour_of_every_day_of_every_published_year(year: int, division: str) -> None:
    known, limits = calendar(division), (WorkingDays(1), WorkingDays(5), WorkingWeeks(2))
    at = datetime(year, 1, 1, tzinfo=UTC)
    ends: dict[tuple[date, Limit], datetime | None] = {}
    while at.year == year:
        for limit in limits:
            key = wall_clock(at).date(), limit
            if key not in ends:
                ends[key] = expected(limit, at, division)
            found = due_at(limit, at, known)
            if ends[key] is None:
                assert isinstance(found, CannotCompute)
            else:
                assert found == ends[key], (at, limit)
        at += ONE_HOUR


@untimed
@given(day_limits, starts, divisions, countings)
@example(WorkingDays(1), datetime(2024, 2, 28, 12, tzinfo=UTC), "scotland", DAY_ZERO)
@example(WorkingDays(1), datetime(2026, 7, 5, 23, 0, tzinfo=UTC), "scotland", DAY_ZERO)
def test_days_agree_with_counting_on_fingers(
    limit: Limit, start_at: datetime, division: str, counting: Counting
) -> None:
    found = due_at(limit, start_at, calendar(division), counting)
    wanted = expected(limit, start_at, division, counting)

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
    wanted = expected(limit, on_the_minute, division)

    if wanted is None:
        assert isinstance(found, CannotCompute)
    else:
        assert found == wanted


any_limit = st.one_of(
    day_limits,
    st.builds(Hours, numbers),
    st.builds(ServiceHours, st.integers(1, 12), services),
    st.just(Immediate()),
)


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
        assert counted == counted_days(limit, start_at, HOLIDAYS[division], counting)


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
    if day in HOLIDAYS[division]:
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


letters = st.characters(exclude_categories=["C", "Z"])
one_line = st.lists(st.text(letters, min_size=1, max_size=8), max_size=5).map(" ".join)
written_limits = st.one_of(
    any_limit.filter(lambda limit: not isinstance(limit, ServiceHours)),
    st.builds(NotStated, one_line),
)


@untimed
@given(written_limits)
def test_every_limit_reads_back_from_its_own_words(limit: Limit) -> None:
    assert parse_limit(str(limit)) == limit


WORDS = ["5", "one", "working", "wrking", "days", "week", "hours", "of", "same", "not", "stated:"]


def read(text: str) -> Limit | LimitProblem:
    try:
        return parse_limit(text)
    except LimitProblem as problem:
        return problem


@untimed
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)))
def test_any_text_is_a_limit_or_is_refused_with_a_place_and_a_suggestion_that_works(
    text: str,
) -> None:
    found = read(text)

    if isinstance(found, LimitProblem):
        assert 0 <= found.position <= len(text)
        assert found.words.isprintable()
        assert found.suggestion is None or str(parse_limit(found.suggestion)) == found.suggestion
    else:
        assert read(str(found)) == found


@untimed
@given(starts.map(wall_clock))
def test_a_london_time_is_an_instant_or_is_refused(local: datetime) -> None:
    try:
        at = london(local)
    except LocalTimeProblem:
        assert len(instants_shown(local)) == 2
    else:
        assert instants_shown(local) == [at]
        assert in_london(at).replace(tzinfo=None) == local


@untimed
@given(st.sampled_from(YEARS), st.integers(0, 3599))
def test_the_hour_the_clocks_skip_is_always_refused(year: int, second: int) -> None:
    local = datetime.combine(last_sunday(year, 3), time(1)) + timedelta(seconds=second)

    assert instants_shown(local) == []
    with pytest.raises(LocalTimeProblem, match="does not exist"):
        london(local)


def read_instant(text: str) -> datetime | LocalTimeProblem:
    try:
        return parse_instant(text)
    except LocalTimeProblem as problem:
        return problem


@untimed
@given(
    st.one_of(st.text(), st.from_regex(r"[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]Z?\Z"))
)
def test_any_text_is_an_instant_or_is_refused(text: str) -> None:
    found = read_instant(text)

    if isinstance(found, LocalTimeProblem):
        assert found.words.isprintable()
    else:
        assert found.tzinfo is UTC


@untimed
@given(starts, st.booleans())
def test_an_instant_written_with_its_offset_reads_back(start_at: datetime, local: bool) -> None:
    shown = in_london(start_at) if local else start_at

    assert parse_instant(shown.isoformat()) == start_at
