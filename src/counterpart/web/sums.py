"""One limit worked out, as a page shows it: when it is due, and every day counted or skipped and why.

One way of saying it, for the public page and for a case. The sum is `worktime`'s; nothing is
counted here but how many days were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from counterpart.telling.dates import day, day_short, moment, plural
from counterpart.worktime import (
    Answer,
    CannotCompute,
    Day,
    NoDeadline,
    in_london,
    in_words,
)
from counterpart.worktime.localtime import LAST_SECOND

SHOWN_WHOLE = 120
"""Days shown one by one. Of a longer sum the first and the last are, which is where mistakes are."""
FIRST_AND_LAST = 40


@dataclass(frozen=True, slots=True)
class Sum:
    """One limit worked out. `due` is "" where there is no due time, and `words` say why."""

    limit: str
    due: str
    due_at: datetime | None
    words: tuple[str, ...]
    counted: str
    days: tuple[tuple[str, str, str], ...]


def sum_of(answer: Answer) -> Sum:
    """The sum behind an answer of `worktime`."""
    limit = in_words(answer.limit)
    if isinstance(answer, NoDeadline | CannotCompute):
        return Sum(limit, "", None, (answer.words,), "", ())
    days = answer.days
    counted = sum(day.counted for day in days)
    words = f"{plural(counted, 'day')} counted and {plural(len(days) - counted, 'day')} skipped"
    return Sum(limit, end_words(answer.at), answer.at, answer.words, words, tuple(_rows(days)))


def _rows(days: Sequence[Day]) -> Iterator[tuple[str, str, str]]:
    """Each day as a page shows it; the middle of a long sum in one line."""
    if len(days) <= SHOWN_WHOLE:
        yield from map(_row, days)
        return
    middle = days[FIRST_AND_LAST:-FIRST_AND_LAST]
    counted = sum(day.counted for day in middle)
    yield from map(_row, days[:FIRST_AND_LAST])
    yield (
        f"{day_short(middle[0].date)} to {day_short(middle[-1].date)}",
        "Some of them",
        f"{plural(counted, 'day')} counted and {len(middle) - counted:,} skipped",
    )
    yield from map(_row, days[-FIRST_AND_LAST:])


def _row(day: Day) -> tuple[str, str, str]:
    words = day.why[:1].upper() + day.why[1:]
    return f"{day.date:%a} {day_short(day.date)}", "Yes" if day.counted else "No", words


def end_words(at: datetime) -> str:
    """An instant; one that is the last second of its day is the end of that day."""
    if in_london(at).time() == LAST_SECOND:
        return f"at the end of {day(at)} (11:59pm)"
    return moment(at)
