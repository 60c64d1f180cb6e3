"""Calendars: which days count, in which nation, and where our knowledge ends."""

from __future__ import annotations

from datetime import date

import pytest

from counterpart.worktime import (
    DIVISIONS,
    Calendar,
    CalendarProblem,
    WorkingIn,
    calendar,
    combined,
    edition_ends,
    editions,
    renew_from,
    renewal_warning,
)

EW, S, NI = "england-and-wales", "scotland", "northern-ireland"


def test_there_are_three_divisions_under_the_newest_edition() -> None:
    assert {calendar(division).name for division in DIVISIONS} == {EW, S, NI}
    assert {calendar(division).edition for division in DIVISIONS} == {editions()[-1].name}


def test_a_calendar_is_laid_out_once() -> None:
    assert calendar(EW) is calendar(EW)
    assert calendar(EW) is calendar(EW, "2026-11")
    assert calendar(EW, "2026-02") != calendar(EW)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), False),
        (date(2012, 1, 1), False),
        (date(2028, 12, 29), True),
    ],
)
def test_a_working_day_is_neither_weekend_nor_bank_holiday(day: date, working: bool) -> None:
    assert calendar(EW).is_working_day(day) is working


def test_a_bank_holiday_has_its_title() -> None:
    assert calendar(S).bank_holiday(date(2027, 1, 4)) == "2nd January (substitute day)"
    assert calendar(EW).bank_holiday(date(2027, 1, 4)) is None


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_edition_is_not_guessed_at(day: date) -> None:
    with pytest.raises(ValueError, match="edition"):
        calendar(EW).is_working_day(day)
    with pytest.raises(ValueError, match="edition"):
        calendar(EW).bank_holiday(day)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("england", EW),
        ("Wales", EW),
        ("England and Wales", EW),
        ("ireland", NI),
        ("scotlnd", S),
        ("france", None),
        ("", None),
        ("and", None),
    ],
)
def test_an_unknown_calendar_is_refused_with_the_nearest(name: str, suggestion: str | None) -> None:
    with pytest.raises(CalendarProblem) as caught:
        calendar(name)

    assert caught.value.suggestion == suggestion
    assert "There are england-and-wales, northern-ireland and scotland." in caught.value.words


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(CalendarProblem, match="no edition"):
        calendar(EW, "1999-01")


def working(days: Calendar, *which: date) -> list[bool]:
    return [days.is_working_day(day) for day in which]


def test_nations_together_or_either() -> None:
    easter_monday, st_andrew, christmas = date(2026, 4, 6), date(2026, 11, 30), date(2026, 12, 25)
    nations = [calendar(EW), calendar(S)]

    together, either = combined(nations), combined(nations, WorkingIn.ANY)

    assert working(together, easter_monday, st_andrew, christmas) == [False, False, False]
    assert working(either, easter_monday, st_andrew, christmas) == [True, True, False]
    assert together.name == "england-and-wales and scotland"
    assert either.name == "england-and-wales or scotland"
    assert together.bank_holiday(easter_monday) == "Easter Monday (England and Wales)"
    assert together.bank_holiday(christmas) == "Christmas Day"


def test_a_day_kept_for_different_reasons_names_both() -> None:
    titles = combined([calendar(EW), calendar(S)]).bank_holiday(date(2012, 1, 2))

    assert titles == "New Year’s Day (substitute day) (England and Wales); 2nd January (Scotland)"


def test_one_calendar_alone_is_itself() -> None:
    assert combined([calendar(S), calendar(S)]) is calendar(S)


@pytest.mark.parametrize(
    ("calendars", "words"),
    [
        ([], "at least one"),
        ([calendar(EW), calendar(S, "2026-02")], "different editions"),
        ([calendar(EW), combined([calendar(S), calendar(NI)])], "all in one go"),
    ],
)
def test_calendars_that_cannot_be_combined(calendars: list[Calendar], words: str) -> None:
    with pytest.raises(CalendarProblem, match=words):
        combined(calendars)


def test_renewing_is_asked_for_six_months_before_the_edition_ends() -> None:
    newest = calendar(EW)

    assert edition_ends(newest) == date(2028, 12, 31)
    assert renew_from(newest) == date(2028, 6, 30)
    assert renewal_warning(newest, date(2028, 6, 29)) is None
    soon, over = (renewal_warning(newest, day) for day in (date(2028, 6, 30), date(2029, 1, 1)))
    assert soon is not None
    assert "England and Wales end on 31 December 2028 (edition 2026-11)" in soon
    assert over is not None
    assert "ended on" in over
