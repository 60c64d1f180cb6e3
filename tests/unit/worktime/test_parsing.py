"""Limits in words: what is read, and what is said of what is not."""

from __future__ import annotations

import pytest

from counterpart.worktime import (
    AsSoonAsPossible,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    LimitProblem,
    NotStated,
    Opening,
    SameWorkingDay,
    Service,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
    in_words,
    parse_limit,
)

FRONT_DOOR = Service.on_weekdays("Front door", Opening(9 * 60, 17 * 60))
SERVICES = {"Front door": FRONT_DOOR}


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("5 working days", WorkingDays(5), "5 working days"),
        ("1 working day", WorkingDays(1), "1 working day"),
        ("1 working week", WorkingWeeks(1), "1 working week (5 working days)"),
        ("2 working weeks", WorkingWeeks(2), "2 working weeks (10 working days)"),
        ("10 calendar days", CalendarDays(10), "10 calendar days"),
        ("48 hours", Hours(48), "48 hours"),
        ("1 hour", Hours(1), "1 hour"),
        ("same working day", SameWorkingDay(), "the end of the same working day"),
        ("immediate", Immediate(), "at once"),
        ("as soon as possible", AsSoonAsPossible(), "as soon as possible (no deadline)"),
        ("not stated", NotStated(), "no limit stated"),
        (
            "not stated: source not held",
            NotStated("source not held"),
            "no limit stated (source not held)",
        ),
        (
            "8 service hours of Front door",
            ServiceHours(8, FRONT_DOOR),
            "8 service hours of Front door",
        ),
    ],
)
def test_a_limit_in_words_and_back(text: str, limit: Limit, words: str) -> None:
    assert parse_limit(text, SERVICES) == limit
    assert str(limit) == text
    assert in_words(limit) == words


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("  5   Working\tDAYS ", WorkingDays(5)),
        ("ONE WORKING WEEK", WorkingWeeks(1)),
        ("five working days", WorkingDays(5)),
        ("1 working days", WorkingDays(1)),
        ("5 working day", WorkingDays(5)),
        ("Immediately", Immediate()),
        ("not_stated", NotStated()),
        ("Not stated:  the Policy is\nsilent ", NotStated("the Policy is silent")),
        ("1 service hour of front  DOOR", ServiceHours(1, FRONT_DOOR)),
    ],
)
def test_other_ways_to_write_the_same(text: str, limit: Limit) -> None:
    assert parse_limit(text, SERVICES) == limit


@pytest.mark.parametrize(
    ("text", "position", "suggestion", "words"),
    [
        ("5 workng days", 2, "5 working days", '"workng" does not belong there'),
        ("five working dayz", 13, "5 working days", '"dayz" does not belong there'),
        ("5 calender days", 2, "5 calendar days", '"calender" does not belong there'),
        ("5 working days please", 15, "5 working days", '"please" does not belong there'),
        ("5 working", 9, "5 working days", "The end is missing"),
        ("48 hrs", 3, "48 hours", '"hrs" does not belong there'),
        ("5working days", 0, "5 working days", "Leave a space after 5"),
        ("5 days", 2, "5 working days", "working days or calendar days"),
        ("1 week", 2, "1 working week", "working weeks, or count in calendar days"),
        ("3 business days", 2, "3 working days", "Policies here say working days"),
        ("2 months", 2, None, "Months differ in length"),
        ("30 minutes", 3, None, "shortest unit is the hour"),
        ("imediate", 0, "immediate", '"imediate" has no meaning here'),
        ("same wrking day", 0, "same working day", "has no meaning here"),
        ("next working day", 0, "1 working day", "Count it in working days"),
        ("working days", 0, None, "Say how many"),
        ("tomorrow", 0, None, "has no meaning here. Write a limit like"),
        ("5", 1, None, "5 of what?"),
        ("5 xyz", 2, None, '"xyz" is not a unit of time'),
        ("0 working days", 0, "immediate", "from 1 to 9,999"),
        ("-5 working days", 0, None, "whole units"),
        ("1.5 hours", 0, None, '"1.5" is not a whole number'),
        ("10000 hours", 0, None, "from 1 to 9,999"),
        ("99999999999999999999 hours", 0, None, "not a whole number"),
        ("٥ hours", 0, None, "not a whole number"),
        ("5 working\x00days", 2, "5 working days", '"working days" does not belong there'),
        ("", 0, None, "There is nothing there"),
        (" \n ", 0, None, "There is nothing there"),
        ("8 service hours of front dor", 19, "8 service hours of Front door", "No service called"),
        ("8 service hours of police", 19, None, "No service called"),
        ("8 service hours", 2, None, "Write it as 8 service hours of the service"),
        ("not stated: \x07", 11, None, "on one line"),
        ("not stated: " + "x" * 301, 11, None, "under 300 characters"),
        ("5 working days" + " " * 500, 500, None, "more than 500 characters"),
    ],
)
def test_what_is_not_a_limit_is_refused_with_where_and_what_instead(
    text: str, position: int, suggestion: str | None, words: str
) -> None:
    with pytest.raises(LimitProblem) as caught:
        parse_limit(text, SERVICES)

    problem = caught.value
    assert (problem.position, problem.suggestion) == (position, suggestion)
    assert words in problem.words
    assert problem.words.isprintable()
    assert problem.text == text


def test_what_is_wrong_reads_as_one_plain_sentence_after_another() -> None:
    with pytest.raises(LimitProblem) as caught:
        parse_limit("5 workng days")

    assert str(caught.value) == (
        '"5 workng days" is not a limit. "workng" does not belong there.'
        ' Did you mean "5 working days"?'
    )


@pytest.mark.parametrize("number", [0, -1, 10_000, True, 2.0])
@pytest.mark.parametrize("unit", [WorkingDays, WorkingWeeks, CalendarDays, Hours])
def test_a_limit_counts_whole_units_from_one(unit: type[WorkingDays], number: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 9,999"):
        unit(number)


def test_units_of_the_same_number_are_different_limits() -> None:
    limits = {WorkingDays(2), WorkingWeeks(2), CalendarDays(2), Hours(2)}

    assert len(limits) == 4
