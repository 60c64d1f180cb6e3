"""Questions in words: understood as a person meant them, or every problem said at once, part by part."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from counterpart.worktime import (
    DAY_ZERO,
    Answered,
    CannotCompute,
    ClosedDays,
    Counting,
    Due,
    NoDeadline,
    Problems,
    StartDay,
    WorkingDays,
    WorkingIn,
    ask,
    calendar,
    combined,
    due,
    parse_instant,
    under,
)
from counterpart.worktime.certificate import as_data, certificate, refusal

EW, S = "england-and-wales", "scotland"
START, FIVE_DAYS = "2026-12-18T15:00", "5 working days"


def answered(asked: Answered | Problems) -> Answered:
    assert isinstance(asked, Answered)
    return asked


def problems(asked: Answered | Problems) -> dict[str, str]:
    """The part each problem is in, and what is said of it."""
    assert isinstance(asked, Problems)
    return {problem.part: problem.words for problem in asked.each}


def due_on(asked: Answered | Problems) -> str:
    answer = answered(asked).answer
    assert isinstance(answer, Due)
    return answer.local.isoformat()


def test_a_question_in_words_is_the_sum_it_names() -> None:
    asked = answered(ask(START, FIVE_DAYS, [EW]))

    assert asked.answer == due(WorkingDays(5), parse_instant(START), calendar(EW))
    assert asked.start_at == datetime(2026, 12, 18, 15, tzinfo=UTC)
    assert (asked.limit, asked.calendar, asked.counting) == (WorkingDays(5), calendar(EW), DAY_ZERO)
    assert due_on(asked) == "2026-12-29T23:59:59+00:00"


def test_an_edition_and_several_nations() -> None:
    asked = answered(ask("2026-06-12T10:00", "1 working day", [EW, S], edition="2026-02"))
    in_either = ask("2026-11-29T10:00", "1 working day", [EW, S], working_in="any")

    assert asked.calendar == combined([calendar(EW, "2026-02"), calendar(S, "2026-02")])
    assert due_on(asked) == "2026-06-15T23:59:59+01:00"
    assert due_on(ask("2026-06-12T10:00", "1 working day", [EW, S])) == "2026-06-16T23:59:59+01:00"
    assert due_on(in_either) == "2026-11-30T23:59:59+00:00"


@pytest.mark.parametrize(
    ("reading", "counting"),
    [
        ({}, DAY_ZERO),
        ({"start_day": "", "cut_off": ""}, DAY_ZERO),
        ({"start_day": "day-one"}, Counting(StartDay.DAY_ONE)),
        ({"start_day": "Day One"}, Counting(StartDay.DAY_ONE)),
        (
            {"closed_days": "next-working-day"},
            Counting(closed_days=ClosedDays.NEXT_WORKING_DAY),
        ),
        (  # a cut-off hour can be joined with no other reading of closed days
            {"cut_off": "17:00"},
            Counting(closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(17)),
        ),
        (
            {"cut_off": "09:30:15", "day_ends": "17:00", "closed_days": "next_working_day"},
            Counting(
                closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(9, 30, 15), day_ends=time(17)
            ),
        ),
        ({"cut_off": "00:00"}, Counting(closed_days=ClosedDays.NEXT_WORKING_DAY, cut_off=time(0))),
    ],
)
def test_a_reading_is_stated_by_its_parts(reading: dict[str, str], counting: Counting) -> None:
    assert answered(ask(START, FIVE_DAYS, [EW], reading=reading)).counting == counting


@pytest.mark.parametrize(
    ("reading", "part", "words"),
    [
        ({"start_day": "day-two"}, "start_day", "not one of day-zero, day-one"),
        ({"closed_days": "next day"}, "closed_days", "Did you mean next-working-day?"),
        ({"cut_off": "5pm"}, "cut_off", '"5pm" is not a time of day. Write it like 17:00.'),
        ({"day_ends": "24:00"}, "day_ends", "not a time of day"),
        ({"cut_off": "17:00", "closed_days": "stay"}, "cut_off", "With a cut-off hour"),
        ({"day_ends": "17:00"}, "cut_off", "say what arrives too late"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_where_it_is_stated(
    reading: dict[str, str], part: str, words: str
) -> None:
    found = problems(ask(START, FIVE_DAYS, [EW], reading=reading))

    assert list(found) == [part]
    assert words in found[part]


def test_a_part_of_a_reading_that_does_not_exist_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no part of a reading"):
        ask(START, FIVE_DAYS, [EW], reading={"cutoff": "17:00"})


def test_every_problem_is_said_at_once_in_its_part() -> None:
    found = problems(
        ask(
            "2026-03-29T01:30",
            "5 wrking days",
            ["england"],
            edition="2026-03",
            working_in="both",
            reading={"start_day": "first"},
        )
    )

    assert list(found) == ["from", "limit", "edition", "working_in", "calendar", "start_day"]
    assert "does not exist" in found["from"]
    assert 'Did you mean "5 working days"?' in found["limit"]
    assert 'Did you mean "england-and-wales"?' in found["calendar"]


def test_a_problem_is_found_by_its_part() -> None:
    asked = ask("tomorrow", FIVE_DAYS, [EW])

    assert isinstance(asked, Problems)
    assert len(asked.of("from")) == 1
    assert asked.of("limit") == ()


def test_an_hour_that_happens_twice_is_taken_with_its_offset() -> None:
    assert "happens twice" in problems(ask("2026-10-25T01:30", "1 hour"))["from"]
    assert due_on(ask("2026-10-25T01:30+01:00", "1 hour")) == "2026-10-25T01:30:00+00:00"
    assert due_on(ask("2026-10-25T01:30+00:00", "1 hour")) == "2026-10-25T02:30:00+00:00"


@pytest.mark.parametrize("start", ["0001-01-01T00:00Z", "1899-12-31T23:00", "9999-12-31T23:59"])
def test_a_year_that_no_sum_is_done_for_is_refused(start: str) -> None:
    assert problems(ask(start, "as soon as possible")) == {"from": "Give a year from 1900 to 9900."}


def test_a_service_is_given_with_the_question() -> None:
    line = "front-door: Monday to Friday 09:00-17:00"

    asked = ask(START, "8 service hours of front-door", [EW], services=[line])

    assert due_on(asked) == "2026-12-21T15:00:00+00:00"
    assert "No service called" in problems(ask(START, "8 service hours of front-door"))["limit"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["front-door"], "names no service and hours"),
        (["desk: every day 09:00-17:00"] * 2, 'The service "desk" is given twice.'),
    ],
)
def test_a_service_that_cannot_be_taken_is_the_only_problem(lines: list[str], words: str) -> None:
    found = problems(ask(START, "8 service hours of desk", [EW], services=lines))

    assert list(found) == ["service"]
    assert words in found["service"]


def test_working_time_without_a_calendar_is_not_guessed_at() -> None:
    answer = answered(ask(START, FIVE_DAYS)).answer

    assert isinstance(answer, CannotCompute)
    assert answer.code == "no_calendar"


def test_no_number_is_no_deadline() -> None:
    assert isinstance(answered(ask(START, "not stated: source not held")).answer, NoDeadline)


def test_a_question_asked_again_under_a_newer_edition() -> None:
    old = combined([calendar(EW, "2026-02"), calendar(S, "2026-02")])
    start_at = parse_instant("2026-06-12T10:00")

    before, after = (due(WorkingDays(1), start_at, each) for each in (old, under(old)))

    assert isinstance(before, Due)
    assert isinstance(after, Due)
    assert (before.at.day, after.at.day) == (15, 16)
    assert under(under(old), "2026-02") == old
    assert under(old, "2026-02") is old


# --- the certificate ----------------------------------------------------------------------------


def test_the_certificate_of_a_due_time() -> None:
    made = certificate(answered(ask("2026-12-24T15:00", "1 working day", [EW])))

    assert made == {
        "due": "2026-12-29T23:59:59+00:00",
        "why": None,
        "cannot": None,
        "from": "2026-12-24T15:00:00+00:00",
        "limit": "1 working day",
        "calendar": "england-and-wales",
        "edition": "2026-11",
        "reading": [
            "The day it starts is day zero: the next day that counts is day one.",
            "What starts on a weekend or bank holiday starts on that day.",
            "It is due at the last second of the last day counted, London time.",
        ],
        "days": [
            {"date": "2026-12-24", "counted": False, "why": "the day it starts: day zero"},
            {"date": "2026-12-25", "counted": False, "why": "bank holiday: Christmas Day"},
            {"date": "2026-12-26", "counted": False, "why": "Saturday"},
            {"date": "2026-12-27", "counted": False, "why": "Sunday"},
            {
                "date": "2026-12-28",
                "counted": False,
                "why": "bank holiday: Boxing Day (substitute day)",
            },
            {"date": "2026-12-29", "counted": True, "why": "working day 1 of 1"},
        ],
    }


@pytest.mark.parametrize(
    ("limit", "start", "cannot", "why"),
    [
        ("as soon as possible", START, None, "There is no deadline: as soon as possible."),
        ("not stated", START, None, "There is no deadline"),
        (FIVE_DAYS, "2028-12-27T10:00", "past_edition", "run to 31 December 2028"),
        (FIVE_DAYS, "2011-12-27T10:00", "before_edition", "begin on 1 January 2012"),
    ],
)
def test_the_certificate_where_there_is_no_due_time(
    limit: str, start: str, cannot: str | None, why: str
) -> None:
    made = certificate(answered(ask(start, limit, [EW])))

    assert made["due"] is None
    assert why in (made["why"] or "")
    assert (made["cannot"], made["days"], made["edition"]) == (cannot, [], "2026-11")


def test_the_certificate_of_a_question_that_cannot_be_asked() -> None:
    asked = ask("tomorrow", "5 wrking days")
    assert isinstance(asked, Problems)

    made = refusal(asked)

    assert made == as_data(asked)
    assert made["due"] is None
    assert made["problem"].startswith("from: Give the date and time like")
    assert [(each["part"], each["suggestion"]) for each in made["problems"]] == [
        ("from", None),
        ("limit", "5 working days"),
    ]


def test_a_calendar_says_its_nations_in_words() -> None:
    nations = [calendar(EW), calendar(S)]

    assert combined(nations).title == "England and Wales and Scotland"
    assert under(combined(nations, WorkingIn.ANY)).title == "England and Wales or Scotland"
