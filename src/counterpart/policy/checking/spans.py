"""Compare two limits without a calendar: is one longer than the other, whenever they start?

Units are never turned into one another. Where they differ, each limit is taken as the least and
the most hours it can be, with weekends and more bank holidays than any nation has in a row; only
what is so at every start is said.
"""

from __future__ import annotations

from counterpart.policy.model import LimitRule
from counterpart.worktime import (
    AsSoonAsPossible,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    NotStated,
    SameWorkingDay,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
)

_DAY = 24
_CLOSED_IN_A_ROW = 12  # a weekend, Christmas, and another weekend, with room to spare


def is_open_ended(limit: Limit) -> bool:
    """Whether it gives no time at all."""
    return isinstance(limit, AsSoonAsPossible | NotStated)


def has_time(rule: LimitRule) -> bool:
    """Whether the policy itself gives a time, in any band."""
    return any(not is_open_ended(limit) for limit in (*rule.fixed, *rule.by_band.values()))


def may_be_missed(rule: LimitRule) -> bool:
    """Whether a time can pass at all: one the policy gives, or one that somebody sets."""
    return has_time(rule) or rule.is_for_people


def unit(limit: Limit) -> str:
    """In what it counts: `hours`, `calendar days` or `working days`; "" where it does not matter."""
    match limit:
        case Hours():
            return "hours"
        case CalendarDays():
            return "calendar days"
        case WorkingDays() | WorkingWeeks():
            return "working days"
        case _:
            return ""


def is_longer(one: Limit, other: Limit) -> bool:
    """Whether `one` ends later than `other` whenever both start, counted in the same way."""
    if _in_days(one, other):
        return _count(one) > _count(other)
    return _comparable(one, other) and _least(one) > _most(other)


def is_never_shorter(one: Limit, other: Limit) -> bool:
    """Whether `one` never ends before `other`, counted in the same way."""
    if _in_days(one, other):
        return _count(one) >= _count(other)
    return _comparable(one, other) and _least(one) >= _most(other)


def _in_days(one: Limit, other: Limit) -> bool:
    """Whether so many of one are at least as long as so many of the other."""
    units = (unit(one), unit(other))
    return (units[0] == units[1] != "") or units == ("working days", "calendar days")


def _comparable(one: Limit, other: Limit) -> bool:
    return not any(
        is_open_ended(limit) or isinstance(limit, ServiceHours) for limit in (one, other)
    )


def _count(limit: Limit) -> int:
    n: int = getattr(limit, "n", 0)
    return n * 5 if isinstance(limit, WorkingWeeks) else n


def _least(limit: Limit) -> int:
    """The fewest hours that can pass: the first day may be counted, and may be nearly over."""
    match limit:
        case Hours(n=n):
            return n
        case Immediate() | SameWorkingDay():
            return 0
        case _:
            return (_count(limit) - 1) * _DAY


def _most(limit: Limit) -> int:
    """The most hours that can pass: what starts on a closed day may count from the next open one."""
    match limit:
        case Hours(n=n):
            return n
        case Immediate():
            return 0
        case SameWorkingDay():
            return (1 + _CLOSED_IN_A_ROW) * _DAY
        case CalendarDays(n=n):
            return (n + 1 + _CLOSED_IN_A_ROW) * _DAY
        case _:
            n = _count(limit)
            return (n + 1 + 2 * (n // 5) + _CLOSED_IN_A_ROW * (1 + n // 60)) * _DAY
