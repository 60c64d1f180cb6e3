"""London time: between instants, which never repeat, and what a clock on a wall there shows.

On the last Sunday of March the hour from 01:00 does not exist; on the last Sunday of October it
happens twice. A time a person gives in either is refused until they give its offset as well.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = time(23, 59, 59)

_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_NO_OFFSET = "An instant needs an offset; this one has none."
_TWO_HOURS_LEFT = 22
_CHANGE_HOUR = time(1, tzinfo=UTC)  # both clock changes happen at 01:00 Greenwich time


class LocalTimeProblem(ValueError):
    """A date and time that names no single instant. `words` says why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def to_utc(at: datetime) -> datetime:
    """`at` in UTC. An instant without an offset is a fault of the caller: ValueError."""
    if at.tzinfo is None:
        raise ValueError(_NO_OFFSET)
    return at.astimezone(UTC)


def in_london(at: datetime) -> datetime:
    """An instant as London shows it, offset included."""
    if at.tzinfo is None:
        raise ValueError(_NO_OFFSET)
    return at.astimezone(LONDON)


def day_number(at: datetime) -> int:
    """The number (`date.toordinal`) of the day it is in London. For years from 1900 on.

    London has been up to two hours ahead of UTC and never behind it, so only in the last two
    hours of a day is there anything to look up.
    """
    if at.tzinfo is not UTC:
        at = to_utc(at)
    return (at if at.hour < _TWO_HOURS_LEFT else at.astimezone(LONDON)).toordinal()


def london(local: datetime) -> datetime:
    """The instant of a London date and time given without an offset, in UTC.

    Raises LocalTimeProblem for an hour that does not exist or happens twice.
    """
    if local.tzinfo is not None:
        raise ValueError("london() takes a local time without an offset.")
    first, second = _both_readings(local)
    if second < first:
        raise LocalTimeProblem(
            f"{_said(local)} does not exist in London: the clocks go forward from 01:00 to 02:00"
            " that night. Check the time, or give it with its offset, for example +00:00."
        )
    if first < second:
        raise LocalTimeProblem(
            f"{_said(local)} happens twice in London: the clocks go back from 02:00 to 01:00"
            " that night. Give it with its offset: +01:00 for the first, +00:00 for the second."
        )
    return first


def parse_instant(text: str) -> datetime:
    """`2026-12-18T15:00`, with seconds or an offset if wanted, as an instant in UTC.

    Without an offset it is London time. Raises LocalTimeProblem for anything else.
    """
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        raise LocalTimeProblem(
            "Give the date and time like 2026-12-18T15:00, with an offset if need be,"
            " like 2026-12-18T15:00+00:00."
        )
    day, clock, offset = found.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{clock}")
        given = datetime.fromisoformat(f"{day}T{clock}{offset.upper()}") if offset else None
        at = to_utc(given) if given else None
    except (ValueError, OverflowError):
        raise LocalTimeProblem("There is no such date and time. Check each part of it.") from None
    return at or london(local)


def offsets_on(day: date) -> tuple[timedelta, timedelta]:
    """How far London's clocks are ahead of UTC as a local day begins, and as it ends."""
    begins = datetime.combine(day, time(), LONDON)
    return _ahead(begins), _ahead(begins + timedelta(days=1))


def change_on(day: date) -> datetime:
    """The instant at which the clocks change, on a day on which they do."""
    return datetime.combine(day, _CHANGE_HOUR)


def _ahead(local: datetime) -> timedelta:
    ahead = local.utcoffset()
    return ahead if ahead is not None else timedelta()


def last_instant(day: date, clock: timedelta) -> datetime:
    """The last instant of `day` at which the clock shows `clock` after midnight."""
    first, second = _both_readings(datetime.combine(day, time()) + clock)
    return change_on(day) if second < first else second


def end_of_day(day: date, clock: time = LAST_SECOND) -> datetime:
    """The last instant at which London's clocks show `clock` on `day`."""
    if clock.hour == _CHANGE_HOUR.hour:
        return last_instant(
            day, timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        )
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def _both_readings(local: datetime) -> tuple[datetime, datetime]:
    """The instant by the offset before a clock change, and by the one after.

    The same on all but two nights a year; the second is earlier in an hour that does not exist.
    """
    return (
        local.replace(tzinfo=LONDON, fold=0).astimezone(UTC),
        local.replace(tzinfo=LONDON, fold=1).astimezone(UTC),
    )


def _said(local: datetime) -> str:
    return f"{local:%H:%M} on {local.day} {local:%B %Y}"
