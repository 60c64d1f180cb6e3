"""London time at its two awkward hours, and instants as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from counterpart.worktime import LocalTimeProblem, in_london, london, parse_instant
from counterpart.worktime.localtime import end_of_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-18T15:00", "2026-12-18T15:00:00+00:00"),
        ("2026-06-18T15:00", "2026-06-18T14:00:00+00:00"),
        ("2026-06-18 15:00:30", "2026-06-18T14:00:30+00:00"),
        ("2026-06-18T15:00Z", "2026-06-18T15:00:00+00:00"),
        ("2026-06-18t15:00z", "2026-06-18T15:00:00+00:00"),
        ("2026-06-18T15:00-05:00", "2026-06-18T20:00:00+00:00"),
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59+00:00"),
        ("2026-03-29T02:00", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25T00:59:59", "2026-10-24T23:59:59+00:00"),
        ("2026-10-25T02:00", "2026-10-25T02:00:00+00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00"),
        ("2026-03-29T01:30+00:00", "2026-03-29T01:30:00+00:00"),
        (" 2026-12-18T15:00:00.25 ", "2026-12-18T15:00:00.250000+00:00"),
    ],
)
def test_an_instant_without_an_offset_is_london_time(text: str, expected: str) -> None:
    assert parse_instant(text).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-29T01:00", "01:00 on 29 March 2026 does not exist in London"),
        ("2026-03-29T01:59:59", "does not exist"),
        ("2026-10-25T01:00", "01:00 on 25 October 2026 happens twice in London"),
        ("2026-10-25T01:59:59", "happens twice"),
        ("2026-02-29T12:00", "no such date"),
        ("2026-13-01T12:00", "no such date"),
        ("2026-12-18T24:00", "no such date"),
        ("2026-12-18T15:00+99:00", "no such date"),
        ("2026-12-18", "Give the date and time like"),
        ("18/12/2026 15:00", "Give the date and time like"),
        ("20261218T150000", "Give the date and time like"),
        ("2026-12-18T15:00" + " " * 100 + "or so", "Give the date and time like"),
        ("tomorrow", "Give the date and time like"),
        ("", "Give the date and time like"),
        ("9999-12-31T23:00-12:00", "no such date"),
    ],
)
def test_what_names_no_single_instant_is_refused(text: str, words: str) -> None:
    with pytest.raises(LocalTimeProblem) as caught:
        parse_instant(text)

    assert words in caught.value.words


def test_the_hour_that_happens_twice_can_be_told_apart() -> None:
    first, second = (parse_instant(f"2026-10-25T01:30{offset}") for offset in ("+01:00", "+00:00"))

    assert (second - first).total_seconds() == 3600
    assert in_london(first).time() == in_london(second).time() == time(1, 30)


def test_london_takes_only_a_time_without_an_offset() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        london(datetime(2026, 12, 18, 15, tzinfo=UTC))


def test_an_instant_without_an_offset_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs an offset"):
        in_london(datetime(2026, 12, 18, 15))  # noqa: DTZ001 - that is the fault


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (date(2026, 3, 29), time(23, 59, 59), "2026-03-29T22:59:59+00:00"),
        (date(2026, 10, 25), time(23, 59, 59), "2026-10-25T23:59:59+00:00"),
        (date(2026, 3, 29), time(1, 30), "2026-03-29T01:00:00+00:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T01:30:00+00:00"),
    ],
)
def test_the_end_of_a_day_on_which_the_clocks_change(day: date, clock: time, expected: str) -> None:
    assert end_of_day(day, clock).isoformat() == expected
