"""The calendar's periods: where each begins and ends, what it is called, and which there have been."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.engine.regular_periods import (
    MONTHS,
    Period,
    period_called,
    period_of,
    periods,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
EVERY = st.sampled_from(sorted(MONTHS))


@pytest.mark.parametrize(
    ("every", "code", "first", "last"),
    [
        ("month", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", "2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half-year", "2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_the_calendars_days_and_a_code(
    every: str, code: str, first: date, last: date
) -> None:
    period = period_of(every, last)
    assert period is not None
    assert (period.code, period.begins_on, period.last_on) == (code, first, last)
    assert not period.is_over(last)
    assert period.is_over(last + timedelta(days=1))


@given(every=EVERY, day=DAYS)
def test_every_day_is_in_one_period_which_its_code_names(every: str, day: date) -> None:
    period = period_of(every, day)
    assert period is not None
    assert period.begins_on <= day < period.until_on
    assert period_called(period.code) == period
    following = period_of(every, period.until_on)
    assert following is not None
    assert following.begins_on == period.until_on


@given(every=EVERY, since=DAYS, today=DAYS)
def test_periods_follow_each_other_back_to_the_first_asked_for(
    every: str, since: date, today: date
) -> None:
    found = periods(every, since, today)
    if since > today:
        assert found == ()
        return
    assert found[0].begins_on <= today < found[0].until_on
    assert found[-1].begins_on <= since < found[-1].until_on
    assert all(later.begins_on == earlier.until_on for later, earlier in pairwise(found))
    assert periods(every, since, today, last=2) == found[:2]


@pytest.mark.parametrize("every", ["now and then", "not stated", "two years"])
def test_what_has_no_calendar_has_no_period(every: str) -> None:
    assert period_of(every, date(2026, 11, 23)) is None
    assert periods(every, date(2020, 1, 1), date(2026, 11, 23)) == ()


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-00", "2026-q5", "2026-h3", "26", "٢٠٢٦", "2026-q1x"]
)
def test_what_is_no_code_names_no_period(code: str) -> None:
    assert period_called(code) is None


def test_periods_are_the_same_if_they_begin_and_last_the_same() -> None:
    assert Period(date(2026, 1, 1), 3) == period_called("2026-q1")
