"""The working: what a person is shown to check a due time by."""

from __future__ import annotations

from datetime import time

import pytest

from counterpart.worktime import (
    DAY_ZERO,
    CalendarDays,
    ClosedDays,
    Counting,
    Due,
    Hours,
    Immediate,
    Limit,
    Opening,
    SameWorkingDay,
    Service,
    ServiceHours,
    StartDay,
    WorkingDays,
    WorkingWeeks,
    calendar,
    combined,
    due,
    parse_instant,
)

EW = "england-and-wales"
OFFICE = Service.on_weekdays("front door", Opening(9 * 60, 12 * 60), Opening(13 * 60, 17 * 60))


def made(limit: Limit, start: str, division: str = EW, counting: Counting = DAY_ZERO) -> Due:
    answer = due(limit, parse_instant(start), calendar(division), counting)
    assert isinstance(answer, Due)
    return answer


def lines(answer: Due) -> list[str]:
    """Each day on a line: + for one that counted."""
    return [f"{day.date:%a %d %b} {'+' if day.counted else '-'} {day.why}" for day in answer.days]


def test_five_working_days_over_christmas() -> None:
    assert lines(made(WorkingDays(5), "2026-12-18T15:00")) == [
        "Fri 18 Dec - the day it starts: day zero",
        "Sat 19 Dec - Saturday",
        "Sun 20 Dec - Sunday",
        "Mon 21 Dec + working day 1 of 5",
        "Tue 22 Dec + working day 2 of 5",
        "Wed 23 Dec + working day 3 of 5",
        "Thu 24 Dec + working day 4 of 5",
        "Fri 25 Dec - bank holiday: Christmas Day",
        "Sat 26 Dec - Saturday",
        "Sun 27 Dec - Sunday",
        "Mon 28 Dec - bank holiday: Boxing Day (substitute day)",
        "Tue 29 Dec + working day 5 of 5",
    ]


def test_a_working_week_shows_the_five_days_it_stands_for() -> None:
    answer = made(WorkingWeeks(1), "2026-06-01T10:00")

    assert answer.words[0] == "Limit: 1 working week (5 working days)."
    assert lines(answer)[-1] == "Mon 08 Jun + working day 5 of 5"


def test_a_late_friday_counts_as_monday_and_says_so() -> None:
    after_five = Counting(closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(17))

    assert lines(made(WorkingDays(1), "2026-06-05T17:01", EW, after_five)) == [
        "Fri 05 Jun - starts after 17:00: counts as starting on Monday 8 June 2026",
        "Sat 06 Jun - Saturday",
        "Sun 07 Jun - Sunday",
        "Mon 08 Jun - the day it starts: day zero",
        "Tue 09 Jun + working day 1 of 1",
    ]


def test_a_saturday_start_under_each_reading() -> None:
    moved = Counting(closed_days=ClosedDays.NEXT_WORKING_DAY)
    day_one = Counting(start_day=StartDay.DAY_ONE)

    assert lines(made(WorkingDays(1), "2026-06-06T10:00"))[0] == (
        "Sat 06 Jun - the day it starts: day zero (Saturday)"
    )
    assert lines(made(WorkingDays(1), "2026-06-06T10:00", EW, moved))[0] == (
        "Sat 06 Jun - Saturday: counts as starting on Monday 8 June 2026"
    )
    assert lines(made(WorkingDays(1), "2026-06-06T10:00", EW, day_one)) == [
        "Sat 06 Jun - Saturday",
        "Sun 07 Jun - Sunday",
        "Mon 08 Jun + working day 1 of 1",
    ]


def test_calendar_days_count_weekends_and_say_so() -> None:
    answer = made(CalendarDays(2), "2026-06-05T10:00")

    assert lines(answer) == [
        "Fri 05 Jun - the day it starts: day zero",
        "Sat 06 Jun + day 1 of 2",
        "Sun 07 Jun + day 2 of 2",
    ]
    assert answer.words[-1] == "Weekends and bank holidays are counted."


def test_the_same_working_day_of_a_bank_holiday_is_the_next() -> None:
    assert lines(made(SameWorkingDay(), "2026-08-31T10:00")) == [
        "Mon 31 Aug - bank holiday: Summer bank holiday",
        "Tue 01 Sep + the working day it starts",
    ]


@pytest.mark.parametrize(
    ("start", "middle"),
    [
        (
            "2026-03-28T12:00",
            "Sun 29 Mar + 23 hours; in all 35 hours of 48 (the clocks go forward: a day of 23 hours)",
        ),
        (
            "2026-10-24T12:00",
            "Sun 25 Oct + 25 hours; in all 37 hours of 48 (the clocks go back: a day of 25 hours)",
        ),
        ("2026-06-05T12:00", "Sat 06 Jun + 24 hours; in all 36 hours of 48"),
    ],
)
def test_hours_are_shown_day_by_day_with_the_clock_changes(start: str, middle: str) -> None:
    assert lines(made(Hours(48), start))[1] == middle


def test_hours_down_to_the_second() -> None:
    assert lines(made(Hours(24), "2026-06-05T14:59:30")) == [
        "Fri 05 Jun + 9 hours 30 seconds; in all 9 hours 30 seconds of 24",
        "Sat 06 Jun + 14 hours 59 minutes 30 seconds; in all 24 hours of 24",
    ]


def test_hours_that_run_out_at_midnight() -> None:
    assert lines(made(Hours(1), "2026-06-05T23:00")) == [
        "Fri 05 Jun + 1 hour; in all 1 hour of 1",
        "Sat 06 Jun - due as this day begins",
    ]


def test_service_hours_show_when_it_was_open() -> None:
    answer = made(ServiceHours(4, OFFICE), "2026-08-28T16:00")

    assert lines(answer) == [
        "Fri 28 Aug + open 09:00 to 12:00, 13:00 to 17:00: 1 hour; in all 1 hour of 4",
        "Sat 29 Aug - not open on Saturday",
        "Sun 30 Aug - not open on Sunday",
        "Mon 31 Aug - bank holiday: Summer bank holiday",
        "Tue 01 Sep + open 09:00 to 12:00, 13:00 to 17:00: 3 hours; in all 4 hours of 4",
    ]
    assert answer.words == (
        "Limit: 4 service hours of front door.",
        "Time counts while front door is open.",
        "Bank holidays: England and Wales, edition 2026-11.",
    )


def test_a_start_after_closing_time_counts_nothing_that_day() -> None:
    assert lines(made(ServiceHours(1, OFFICE), "2026-06-05T18:00"))[0] == (
        "Fri 05 Jun - open 09:00 to 12:00, 13:00 to 17:00: none of it falls within the time"
    )


def test_at_once() -> None:
    answer = made(Immediate(), "2026-12-25T15:00")

    assert lines(answer) == ["Fri 25 Dec + due at once"]
    assert answer.words == ("Limit: at once.", "Nights, weekends and bank holidays are included.")


def test_the_reading_the_calendar_and_the_edition_are_printed() -> None:
    answer = made(WorkingDays(5), "2026-12-18T15:00", "scotland")

    assert answer.words == (
        "Limit: 5 working days.",
        "The day it starts is day zero: the next day that counts is day one.",
        "What starts on a weekend or bank holiday starts on that day.",
        "It is due at the last second of the last day counted, London time.",
        "Bank holidays: Scotland, edition 2026-11.",
    )
    assert answer.edition == "2026-11"


def test_every_part_of_another_reading_is_printed() -> None:
    reading = Counting(
        StartDay.DAY_ONE, ClosedDays.NEXT_WORKING_DAY, cut_off=time(16, 30), day_ends=time(17)
    )

    assert reading.words == (
        "The day it starts is day one, if it is a day that counts.",
        "What starts on a weekend or bank holiday counts as the next working day.",
        "What starts after 16:30 counts as the next working day.",
        "It is due at 17:00 on the last day counted, London time.",
    )


def test_without_a_calendar_no_edition_is_named() -> None:
    answer = due(Hours(1), parse_instant("2026-06-05T18:00"), None)

    assert isinstance(answer, Due)
    assert answer.edition is None
    assert len(answer.days) == 1


def test_a_shared_calendar_says_whose_bank_holiday_it_was() -> None:
    both = combined([calendar(EW), calendar("scotland")])

    answer = due(WorkingDays(1), parse_instant("2026-11-27T09:00"), both)

    assert isinstance(answer, Due)
    assert lines(answer)[-2:] == [
        "Mon 30 Nov - bank holiday: St Andrew’s Day (Scotland)",
        "Tue 01 Dec + working day 1 of 1",
    ]
