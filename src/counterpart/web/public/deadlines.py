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
from counterpart.telling.dates import moment
from counterpart.web.sums import Sum, end_words, sum_of
from counterpart.worktime import (
    Answer,
    CannotCompute,
    due,
    shorter_of,
)
from counterpart.worktime.asking import Part, Problems, ask

FIELDS: Mapping[Part, str] = {"from": "start", "limit": "limit", "calendar": "nations"}


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
    days, counting = calendar_of(policy), clock.limit.counting
    answers = tuple(due(limit, start, days, counting) for limit in clock.limit.fixed)
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
        sums=tuple(sum_of(answer) for answer in answers),
    )


def _headline(at: datetime | None, answers: Sequence[Answer]) -> str:
    if at is not None and any(isinstance(answer, CannotCompute) for answer in answers):
        return f"At the latest {end_words(at)}"
    if at is not None:
        return f"Due {end_words(at)}"
    if any(isinstance(answer, CannotCompute) for answer in answers):
        return "This cannot be worked out"
    return "There is no deadline"


def chosen(rule: str, policies: Mapping[str, Policy]) -> tuple[Policy, Clock]:
    """The policy and the clock that an answer of the form names."""
    policy, _, clock = rule.partition("/")
    return policies[policy], policies[policy].clocks[clock]


def answer(cleaned: Mapping[str, Any], policies: Mapping[str, Policy]) -> Worked | Problems:
    """What a form that is in shape asks."""
    if cleaned["rule"]:
        return of_rule(cleaned["start"], *chosen(cleaned["rule"], policies))
    return typed(cleaned["start"], cleaned["limit"], cleaned["nations"])
