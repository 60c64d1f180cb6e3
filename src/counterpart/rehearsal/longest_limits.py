"""The last moment of a limit, where its policy leaves a choice."""

from __future__ import annotations

from datetime import datetime

from counterpart.policy.model import LimitRule
from counterpart.worktime import (
    AsSoonAsPossible,
    Calendar,
    CannotCompute,
    Counting,
    Limit,
    NotStated,
    due_at,
)


class CannotBeComputed(Exception):
    """A time runs past the bank holidays that are known, or there are too many ways."""


def longest(rule: LimitRule, start: datetime, calendar: Calendar) -> datetime:
    """The last moment of a limit: the shortest of its times; the longest of its bands."""
    if rule.by_band:
        return max(_one(limit, start, calendar, rule.counting) for limit in rule.by_band.values())
    timed = [limit for limit in rule.fixed if gives_time(limit)]
    return min(_one(limit, start, calendar, rule.counting) for limit in timed)


def _one(limit: Limit, start: datetime, calendar: Calendar, counting: Counting) -> datetime:
    at = due_at(limit, start, calendar, counting)
    if isinstance(at, CannotCompute):
        raise CannotBeComputed(at.words)
    if not isinstance(at, datetime):
        raise TypeError(f"{limit} gives no time")
    return at


def gives_time(limit: Limit) -> bool:
    """Whether it is a time at all: `as soon as possible` and `not stated` are none."""
    return not isinstance(limit, AsSoonAsPossible | NotStated)
