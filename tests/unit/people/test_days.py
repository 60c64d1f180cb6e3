"""Days begin and end in London, and a period does not include the day it ends."""

from datetime import UTC, date, datetime

import pytest

from counterpart.people.days import day_of, runs_on

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_a_day_is_the_day_in_london(at: datetime, day: date) -> None:
    assert day_of(at) == day


@pytest.mark.parametrize(
    ("day", "until", "runs"),
    [
        (MONDAY, WEDNESDAY, False),
        (TUESDAY, WEDNESDAY, True),
        (WEDNESDAY, WEDNESDAY, False),
        (WEDNESDAY, None, True),
        (TUESDAY, TUESDAY, False),
    ],
)
def test_what_runs_from_tuesday(day: date, until: date | None, runs: bool) -> None:
    assert runs_on(day, TUESDAY, until) is runs
