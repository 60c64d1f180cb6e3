"""Working out a deadline for a page: the question in, the due time and every day of it out.

The sum is `worktime`'s. This only chooses what is asked and lays the answer out; it must not count
a day itself, and asks nothing of a database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Clock, Policy
from counterpart.web.dates import day, day_short, moment, plural
from counterpart.worktime import (
    Answer,
    CannotCompute,
    Day,
    NoDeadline,
    due,
    in_london,
    in_words,
    shorter_of,
)
from counterpart.worktime.asking import Part, Problems, ask
from counterpart.worktime.localtime import LAST_SECOND

SHOWN_WHOLE = 120
"""Days shown one by one. Of a longer sum the first and the last are, which is where mistakes are."""
FIRST_AND_LAST = 40

FIELDS: Mapping[Part, str] = {"from": "start", "limit": "limit", "calendar": "nations"}


@dataclass(frozen=True, slots=True)
class Sum:
    """One limit worked out. `due` is "" where there is no due time, and `words` say why."""

    limit: str
    due: str
    due_at: datetime | None
    words: tuple[str, ...]
    counted: str
    days: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """What the page answers: when it is due, why, and the sum of each limit there is."""

    start: str
    due_at: datetime | None
    headline: str
    rule: str
    sums: tuple[Sum, ...]


def typed(start: datetime, limit: str, nations: Sequence[str]) -> Worked | Problems:
    """The answer to a limit that somebody wrote."""
    asked = ask(start.isoformat(), limit, nations)
    if isinstance(asked, Problems):
        return asked
    return _worked(asked.start_at, (asked.answer,), "")


def of_rule(start: datetime, policy: Policy, clock: Clock) -> Worked:
    """The answer to a limit of a policy's own, under the policy's calendar."""
    days = calendar_of(policy)
    answers = tuple(due(limit, start, days) for limit in clock.limit.fixed)
    return _worked(start, answers, f"{clock.what} ({policy.title}, clause {clock.clause})")


def said_of(asked: Problems) -> Iterator[tuple[str | None, str]]:
    """What is wrong with a question: the field it is about, and the words."""
    for problem in asked.each:
        yield FIELDS.get(problem.part), problem.words


def _worked(start: datetime, answers: Sequence[Answer], rule: str) -> Worked:
    shortest = shorter_of(*answers)
    return Worked(
        start=moment(start),
        due_at=shortest.at,
        headline=_headline(shortest.at, answers),
        rule=rule,
        sums=tuple(_sum(answer) for answer in answers),
    )


def _headline(at: datetime | None, answers: Sequence[Answer]) -> str:
    if at is not None and any(isinstance(answer, CannotCompute) for answer in answers):
        return f"At the latest {_due_words(at)}"
    if at is not None:
        return f"Due {_due_words(at)}"
    if any(isinstance(answer, CannotCompute) for answer in answers):
        return "This cannot be worked out"
    return "There is no deadline"


def _sum(answer: Answer) -> Sum:
    limit = in_words(answer.limit)
    if isinstance(answer, NoDeadline | CannotCompute):
        return Sum(limit, "", None, (answer.words,), "", ())
    days = answer.days
    counted = sum(day.counted for day in days)
    words = f"{plural(counted, 'day')} counted and {plural(len(days) - counted, 'day')} skipped"
    return Sum(limit, _due_words(answer.at), answer.at, answer.words, words, tuple(_rows(days)))


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
        "Some",
        f"{plural(counted, 'day')} counted and {len(middle) - counted:,} skipped",
    )
    yield from map(_row, days[-FIRST_AND_LAST:])


def _row(day: Day) -> tuple[str, str, str]:
    words = day.why[:1].upper() + day.why[1:]
    return f"{day.date:%a} {day_short(day.date)}", "Yes" if day.counted else "No", words


def _due_words(at: datetime) -> str:
    """An instant; one that is the last second of its day is the end of that day."""
    if in_london(at).time() == LAST_SECOND:
        return f"at the end of {day(at)} (11:59pm)"
    return moment(at)


def chosen(rule: str, policies: Mapping[str, Policy]) -> tuple[Policy, Clock]:
    """The policy and the clock that an answer of the form names."""
    policy, _, clock = rule.partition("/")
    return policies[policy], policies[policy].clocks[clock]


def answer(cleaned: Mapping[str, Any], policies: Mapping[str, Policy]) -> Worked | Problems:
    """What a form that is in shape asks."""
    if cleaned["rule"]:
        return of_rule(cleaned["start"], *chosen(cleaned["rule"], policies))
    return typed(cleaned["start"], cleaned["limit"], cleaned["nations"])
