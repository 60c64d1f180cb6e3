"""Instants, days and numbers as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from counterpart.telling import dates

NOW = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)


def test_an_instant_in_winter_is_said_in_full() -> None:
    assert dates.moment(NOW) == "Tuesday 24 November 2026 at 3:40pm"
    assert dates.moment_short(NOW) == "24 Nov 2026, 3:40pm"


def test_an_instant_in_summer_is_said_in_british_summer_time() -> None:
    assert (
        dates.moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
        == "Wednesday 1 July 2026 at 12:30am"
    )


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_the_clock_is_said_as_people_say_it(hour: int, minute: int, said: str) -> None:
    assert dates.clock(datetime(2026, 1, 5, hour, minute, tzinfo=UTC)) == said


def test_a_day_is_said_with_its_weekday_or_short() -> None:
    assert dates.day(date(2026, 2, 3)) == "Tuesday 3 February 2026"
    assert dates.day_short(date(2026, 2, 3)) == "3 February 2026"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_how_long_ago(before: timedelta, said: str) -> None:
    assert dates.ago(NOW - before, NOW) == said


def test_an_instant_still_to_come_is_never_said_to_be_ago() -> None:
    assert dates.ago(NOW + timedelta(days=2), NOW) == "in 2 days"
    assert dates.until(NOW - timedelta(days=2), NOW) == "2 days ago"


def test_days_are_counted_as_days_where_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 11, 0, tzinfo=UTC)
    after = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
    assert dates.ago(before, after) == "2 days ago"


@pytest.mark.parametrize(
    ("number", "said"),
    [(2, "in 2 working days"), (1, "in 1 working day"), (0, "today"), (-1, "1 working day ago")],
)
def test_working_days_are_said_from_today(number: int, said: str) -> None:
    assert dates.working_days(number) == said


def test_plural_and_reference() -> None:
    assert dates.plural(1, "case") == "1 case"
    assert dates.plural(1204, "case") == "1,204 cases"
    assert dates.plural(2, "party", "parties") == "2 parties"
    assert dates.reference("7f3k92mq") == "7F3K-92MQ"
    assert dates.reference("7F3K-92MQ") == "7F3K-92MQ"


def test_a_wait_is_counted_in_days_as_everything_else_that_has_passed() -> None:
    friday = NOW - timedelta(days=12, hours=20)
    assert dates.days_between(friday, NOW) == "13 days"
    assert dates.ago(friday, NOW) == "13 days ago"
    assert dates.days_between(NOW - timedelta(hours=23), NOW) == "less than a day"
