"""Due times in tables that a person can check against a wall calendar.

Times are London time, as a policy's author would write them. The agreement with an independent
oracle over every published year is in tests/property/worktime.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from counterpart.worktime import (
    DAY_ZERO,
    LONDON,
    AsSoonAsPossible,
    CalendarDays,
    CannotCompute,
    ClosedDays,
    Counting,
    Due,
    Hours,
    Immediate,
    Limit,
    NoDeadline,
    NotStated,
    Opening,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingWeeks,
    calendar,
    due,
    due_at,
    parse_instant,
    parse_limit,
)

EW, S, NI = "england-and-wales", "scotland", "northern-ireland"
OFFICE = Service.on_weekdays("office", Opening(9 * 60, 17 * 60))
NIGHTS = Service("nights", ((Opening(0, 24 * 60),),) * 7, open_on_bank_holidays=True)

AFTER_FIVE = Counting(closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(17))
FROM_DAY_ONE = Counting(start_day=StartDay.DAY_ONE)
OFFICE_DAY = Counting(
    closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(17), day_ends=time(17, 30)
)


def due_in_london(
    limit: Limit | str, start: str, division: str = EW, counting: Counting = DAY_ZERO
) -> str:
    """The due time as London's clocks show it, to the second."""
    what = parse_limit(limit) if isinstance(limit, str) else limit
    answer = due(what, parse_instant(start), calendar(division), counting)
    assert isinstance(answer, Due)
    assert answer.at.tzinfo is UTC
    return f"{answer.local:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("occasion", "start", "days", "in_england", "in_scotland", "in_northern_ireland"),
    [
        ("an ordinary week", "2026-06-01T10:00", 3, "06-04", "06-04", "06-04"),
        ("over a weekend", "2026-06-05T10:00", 3, "06-10", "06-10", "06-10"),
        ("Christmas 2026", "2026-12-18T15:00", 5, "12-29", "12-29", "12-29"),
        ("New Year 2027, 2 January", "2026-12-31T15:00", 1, "01-04", "01-05", "01-04"),
        ("Easter 2026", "2026-04-02T09:00", 1, "04-07", "04-06", "04-07"),
        ("St Patrick's Day 2026", "2026-03-16T09:00", 1, "03-17", "03-17", "03-18"),
        ("the twelfth of July 2027", "2027-07-09T09:00", 1, "07-12", "07-12", "07-13"),
        ("summer 2026 in Scotland", "2026-07-31T09:00", 1, "08-03", "08-04", "08-03"),
        ("summer 2026 elsewhere", "2026-08-28T09:00", 1, "09-01", "08-31", "09-01"),
        ("St Andrew's Day 2026", "2026-11-27T09:00", 1, "11-30", "12-01", "11-30"),
        ("the World Cup, 15 June 2026", "2026-06-12T09:00", 1, "06-15", "06-16", "06-15"),
        ("the coronation, 8 May 2023", "2023-05-05T09:00", 1, "05-09", "05-09", "05-09"),
        ("the state funeral, 2022", "2022-09-16T09:00", 1, "09-20", "09-20", "09-20"),
        ("the Platinum Jubilee, 2022", "2022-06-01T09:00", 1, "06-06", "06-06", "06-06"),
        ("VE Day on a Friday, 2020", "2020-05-07T09:00", 1, "05-11", "05-11", "05-11"),
        ("the first day we know", "2012-01-01T00:00", 1, "01-03", "01-04", "01-03"),
        ("a leap day", "2024-02-28T09:00", 1, "02-29", "02-29", "02-29"),
        ("past a leap day", "2024-02-28T09:00", 2, "03-01", "03-01", "03-01"),
    ],
)
def test_working_days_in_each_nation(
    occasion: str,
    start: str,
    days: int,
    in_england: str,
    in_scotland: str,
    in_northern_ireland: str,
) -> None:
    found = [due_in_london(WorkingDays(days), start, division)[5:] for division in (EW, S, NI)]

    expected = [f"{day} 23:59:59" for day in (in_england, in_scotland, in_northern_ireland)]
    assert found == expected, occasion


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("1 working week", "2026-12-18T15:00", "2026-12-29 23:59:59"),
        ("2 working weeks", "2026-06-01T10:00", "2026-06-15 23:59:59"),
        ("10 calendar days", "2026-12-18T15:00", "2026-12-28 23:59:59"),
        ("1 calendar day", "2026-12-31T15:00", "2027-01-01 23:59:59"),
        ("48 hours", "2026-12-18T15:00", "2026-12-20 15:00:00"),
        ("24 hours, clocks forward", "2026-03-28T12:00", "2026-03-29 13:00:00"),
        ("24 hours, clocks back", "2026-10-24T12:00", "2026-10-25 11:00:00"),
        ("same working day", "2026-12-18T15:00", "2026-12-18 23:59:59"),
        ("same working day", "2026-12-25T15:00", "2026-12-29 23:59:59"),
        ("same working day", "2026-12-18T23:59:59", "2026-12-18 23:59:59"),
        ("immediate", "2026-12-25T15:00", "2026-12-25 15:00:00"),
        ("immediate", "2026-12-25T15:00:07", "2026-12-25 15:00:07"),
    ],
)
def test_every_other_unit(limit: str, start: str, expected: str) -> None:
    assert due_in_london(limit.split(",")[0], start) == expected


def test_a_due_day_in_summer_ends_by_summer_time() -> None:
    at = due_at(WorkingDays(1), parse_instant("2026-03-27T12:00"), calendar(EW))

    assert at == datetime(2026, 3, 30, 22, 59, 59, tzinfo=UTC)


def test_late_on_a_summer_evening_in_utc_is_already_the_next_day_in_london() -> None:
    start_at = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)  # half past midnight on Monday the 6th

    assert due_in_london(WorkingDays(1), start_at.isoformat()) == "2026-07-07 23:59:59"


@pytest.mark.parametrize(
    ("what", "start", "counting", "expected"),
    [
        ("a Saturday is day zero", "2026-06-06T10:00", DAY_ZERO, "2026-06-09 23:59:59"),
        ("a Monday is day one", "2026-06-08T10:00", FROM_DAY_ONE, "2026-06-09 23:59:59"),
        (
            "Monday is the first that counts",
            "2026-06-06T10:00",
            FROM_DAY_ONE,
            "2026-06-09 23:59:59",
        ),
        ("a Saturday counts as Monday", "2026-06-06T10:00", AFTER_FIVE, "2026-06-10 23:59:59"),
        ("five on Friday is Friday", "2026-06-05T17:00", AFTER_FIVE, "2026-06-09 23:59:59"),
        ("a second later is Monday", "2026-06-05T17:00:01", AFTER_FIVE, "2026-06-10 23:59:59"),
        ("before a bank holiday", "2026-04-02T18:00", AFTER_FIVE, "2026-04-09 23:59:59"),
        ("the day ends at half past five", "2026-06-05T16:00", OFFICE_DAY, "2026-06-09 17:30:00"),
    ],
)
def test_two_working_days_under_each_reading(
    what: str, start: str, counting: Counting, expected: str
) -> None:
    assert due_in_london(WorkingDays(2), start, EW, counting) == expected, what


@pytest.mark.parametrize(
    ("limit", "start", "counting", "expected"),
    [
        (CalendarDays(3), "2026-06-06T10:00", FROM_DAY_ONE, "2026-06-08 23:59:59"),
        (CalendarDays(3), "2026-06-06T10:00", AFTER_FIVE, "2026-06-11 23:59:59"),
        (CalendarDays(3), "2026-06-05T18:00", AFTER_FIVE, "2026-06-11 23:59:59"),
        (SameWorkingDay(), "2026-06-05T18:00", AFTER_FIVE, "2026-06-08 23:59:59"),
        (SameWorkingDay(), "2026-06-05T17:00", OFFICE_DAY, "2026-06-05 17:30:00"),
        (WorkingDays(1), "2026-06-05T18:00", FROM_DAY_ONE, "2026-06-05 23:59:59"),
        (WorkingWeeks(1), "2026-06-05T18:00", FROM_DAY_ONE, "2026-06-11 23:59:59"),
        (Hours(1), "2026-06-05T18:00", AFTER_FIVE, "2026-06-05 19:00:00"),
        (Immediate(), "2026-06-05T18:00", AFTER_FIVE, "2026-06-05 18:00:00"),
    ],
)
def test_other_units_under_each_reading(
    limit: Limit, start: str, counting: Counting, expected: str
) -> None:
    assert due_in_london(limit, start, EW, counting) == expected


@pytest.mark.parametrize(
    ("hours", "start", "expected"),
    [
        (1, "2026-06-05T10:00", "2026-06-05 11:00:00"),
        (8, "2026-06-05T09:00", "2026-06-05 17:00:00"),
        (8, "2026-06-05T10:30", "2026-06-08 10:30:00"),
        (1, "2026-06-05T17:00", "2026-06-08 10:00:00"),
        (1, "2026-06-06T12:00", "2026-06-08 10:00:00"),
        (9, "2026-12-24T09:00", "2026-12-29 10:00:00"),
    ],
)
def test_the_hours_of_an_office(hours: int, start: str, expected: str) -> None:
    assert due_in_london(ServiceHours(hours, OFFICE), start) == expected


@pytest.mark.parametrize("start", ["2026-03-28T20:00", "2026-10-24T20:00", "2026-12-25T08:30"])
def test_a_service_that_never_closes_counts_elapsed_hours(start: str) -> None:
    assert due_in_london(ServiceHours(30, NIGHTS), start) == due_in_london(Hours(30), start)


@pytest.mark.parametrize(
    ("night", "opening", "expected"),
    [
        ("the hour that does not exist", Opening(0, 2 * 60), "2026-03-30 01:00:00"),
        ("opening within that hour", Opening(90, 4 * 60), "2026-03-29 04:00:00"),
        ("closing within that hour", Opening(0, 90), "2026-03-30 01:00:00"),
        ("only within that hour", Opening(70, 100), "2026-04-02 01:40:00"),
    ],
)
def test_a_service_open_in_the_night_the_clocks_go_forward(
    night: str, opening: Opening, expected: str
) -> None:
    service = Service("night desk", ((opening,),) * 7, open_on_bank_holidays=True)

    assert due_in_london(ServiceHours(2, service), "2026-03-29T00:00") == expected, night


def test_a_service_open_in_the_night_the_clocks_go_back_is_open_an_hour_longer() -> None:
    service = Service("night desk", ((Opening(0, 2 * 60),),) * 7)

    assert due_in_london(ServiceHours(3, service), "2026-10-25T00:00") == "2026-10-25 02:00:00"


@pytest.mark.parametrize("limit", [AsSoonAsPossible(), NotStated("source not held")])
def test_where_the_policy_gives_no_number_there_is_no_deadline(limit: Limit) -> None:
    answer = due(limit, parse_instant("2026-12-18T15:00"), calendar(EW))

    assert isinstance(answer, NoDeadline)
    assert answer.words.startswith("There is no deadline: ")


@pytest.mark.parametrize(
    ("limit", "start", "code"),
    [
        (WorkingDays(5), "2028-12-27T12:00", "past_edition"),
        (WorkingDays(1), "2031-01-01T12:00", "past_edition"),
        (WorkingDays(9_999), "2026-01-01T12:00", "past_edition"),
        (SameWorkingDay(), "2028-12-30T12:00", "past_edition"),
        (ServiceHours(9, OFFICE), "2028-12-29T12:00", "past_edition"),
        (WorkingDays(1), "2011-12-31T23:00", "before_edition"),
        (SameWorkingDay(), "2011-06-01T12:00", "before_edition"),
        (CalendarDays(9_999), "9980-01-01T12:00", "out_of_range"),
        (Hours(9_999), "9999-12-01T12:00", "out_of_range"),
    ],
)
@pytest.mark.parametrize("counting", [DAY_ZERO, FROM_DAY_ONE, AFTER_FIVE])
def test_what_we_do_not_know_is_never_taken_for_a_day_without_a_bank_holiday(
    limit: Limit, start: str, code: str, counting: Counting
) -> None:
    answer = due(limit, parse_instant(start), calendar(EW), counting)

    assert isinstance(answer, CannotCompute)
    assert answer.code == code
    assert str(limit) in answer.words


def test_the_last_working_day_of_the_edition_can_still_be_computed() -> None:
    assert due_in_london(WorkingDays(1), "2028-12-28T12:00") == "2028-12-29 23:59:59"


def test_cannot_compute_names_the_edition_and_where_it_ends() -> None:
    answer = due(WorkingDays(5), parse_instant("2028-12-27T12:00"), calendar(EW))

    assert isinstance(answer, CannotCompute)
    assert answer.edition == "2026-11"
    assert answer.words == (
        "5 working days cannot be computed: the bank holidays of England and Wales that we hold"
        " (edition 2026-11) run to 31 December 2028."
    )


@pytest.mark.parametrize(
    "limit",
    [WorkingDays(1), WorkingWeeks(1), SameWorkingDay(), ServiceHours(1, OFFICE)],
)
def test_working_time_without_a_calendar_cannot_be_computed(limit: Limit) -> None:
    answer = due_at(limit, parse_instant("2026-12-18T15:00"), None)

    assert isinstance(answer, CannotCompute)
    assert answer.code == "no_calendar"


@pytest.mark.parametrize(
    "limit", [CalendarDays(1), Hours(24), Immediate(), ServiceHours(24, NIGHTS)]
)
def test_elapsed_time_and_calendar_days_need_no_calendar(limit: Limit) -> None:
    assert isinstance(due_at(limit, parse_instant("2040-12-18T15:00"), None), datetime)


def test_calendar_days_that_count_from_the_next_working_day_need_a_calendar() -> None:
    answer = due_at(CalendarDays(1), parse_instant("2026-12-18T15:00"), None, AFTER_FIVE)

    assert isinstance(answer, CannotCompute)
    assert answer.code == "no_calendar"


def test_a_service_open_for_a_minute_a_week_is_not_walked_for_ever() -> None:
    glimpse = Service("glimpse", ((Opening(0, 1),), (), (), (), (), (), ()), True)

    answer = due_at(ServiceHours(9_999, glimpse), parse_instant("2026-12-18T15:00"), None)

    assert isinstance(answer, CannotCompute)
    assert answer.code == "out_of_range"


def test_a_start_without_an_offset_is_a_fault_of_the_caller() -> None:
    naive = datetime(2026, 12, 18, 15)  # noqa: DTZ001 - that is the fault

    for limit in (WorkingDays(1), Hours(1), CalendarDays(1), SameWorkingDay(), Immediate()):
        with pytest.raises(ValueError, match="needs an offset"):
            due_at(limit, naive, calendar(EW))


def test_a_start_may_have_any_offset() -> None:
    start_at = datetime(2026, 7, 6, 0, 30, tzinfo=LONDON)
    answers = {
        due_at(WorkingDays(1), at, calendar(EW)) for at in (start_at, start_at.astimezone(UTC))
    }

    assert answers == {datetime(2026, 7, 7, 22, 59, 59, tzinfo=UTC)}


def test_nothing_is_due_before_it_starts_even_in_the_last_second_of_a_day() -> None:
    start_at = parse_instant("2026-12-18T23:59:59.5")

    assert due_at(SameWorkingDay(), start_at, calendar(EW)) == start_at


def test_a_bank_holiday_announced_later_moves_the_due_time() -> None:
    start_at = parse_instant("2026-06-12T09:00")
    before, after = calendar(S, "2026-02"), calendar(S, "2026-11")

    moved = [due(WorkingDays(1), start_at, known) for known in (before, after)]

    assert [each.local.date() for each in moved if isinstance(each, Due)] == [
        date(2026, 6, 15),
        date(2026, 6, 16),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cut_off": time(17)}, "Friday evening would be due later"),
        ({"day_ends": time(17)}, "say what arrives too late"),
        (
            {
                "closed_days": ClosedDays.NEXT_WORKING_DAY,
                "cut_off": time(18),
                "day_ends": time(17),
            },
            "say what arrives too late",
        ),
        ({"day_ends": time(23, 59, 59, 5)}, "ends by 23:59:59"),
    ],
)
def test_a_reading_that_contradicts_itself_is_refused(
    fields: dict[str, ClosedDays | time], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Counting(**fields)  # type: ignore[arg-type]  # a table of fields of several types


def test_a_service_is_not_open_in_the_repeated_hour_after_it_has_closed() -> None:
    """At 1am the clocks went back to 1am. What closes at 1am closes once, before they did."""
    sunday = (Opening(0, 60), Opening(120, 360))
    desk = Service("desk", ((), (), (), (), (), (), sunday))
    after_closing = datetime(2012, 10, 28, 0, 59, tzinfo=UTC)
    found = due_at(ServiceHours(1, desk), after_closing, calendar("england-and-wales"))
    assert found == datetime(2012, 10, 28, 3, 0, tzinfo=UTC)
