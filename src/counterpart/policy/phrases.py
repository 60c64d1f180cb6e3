"""A policy's limits, seats and triggers as a person would say them.

`explaining` builds its sentences from these, and a page may use them by themselves. They add
nothing to what the policy says: where it gives no time, the words say that it gives none.
"""

from __future__ import annotations

from datetime import date

from counterpart.policy.model import LimitRule, Policy, Seat, Stage
from counterpart.worktime import (
    AsSoonAsPossible,
    Immediate,
    Limit,
    NotStated,
    SameWorkingDay,
    in_words,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HAPPENINGS = {
    "raised": "the concern is raised",
    "urgent": "someone reports that the child is at risk of immediate harm",
    "settled": "the sides say that they agree",
    "unsettled": "the sides no longer agree",
    "panel convened": "the panel is convened",
    "panel heard": "the panel has heard every agency",
    "panel decided": "the panel decides",
    "outcome proposed": "the outcome is written down",
    "confirmed": "the outcome is confirmed",
    "dissented": "an agency says that it does not agree with the written outcome",
    "gap reported": "a gap in policies or procedures is reported",
    "closed": "the case is closed",
    "withdrawn": "the concern is withdrawn",
    "reopened": "the case is opened again",
}


def number_words(n: int) -> str:
    """`three`, or the figures from eleven on."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def day_words(day: date) -> str:
    """`3 December 2014`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(parts: tuple[str, ...], last: str = "and") -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def small(text: str) -> str:
    """The text to follow a colon: its first letter small, unless it begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def limit_words(rule: LimitRule) -> str:
    """A limit as one or two whole sentences."""
    if len(rule.fixed) == 1:
        return _one_limit(rule.fixed[0], protective=rule.protective)
    if not rule.fixed:
        return "Within a time that protects the child. The policy gives no other limit."
    words = listed(tuple(in_words(limit) for limit in rule.fixed), "or")
    sooner = " It may be sooner, if that is what protects the child." if rule.protective else ""
    return f"Within {words}, whichever is shorter.{sooner}"


def _one_limit(limit: Limit, *, protective: bool) -> str:
    sooner = ", or sooner if that is what protects the child" if protective else ""
    match limit:
        case Immediate():
            return "At once."
        case AsSoonAsPossible():
            return f"As soon as possible{sooner}. The policy gives no deadline."
        case NotStated(reason=reason):
            why = f" ({reason})" if reason else ""
            if protective:
                return f"In a time that protects the child. The policy gives no other limit{why}."
            return f"The policy gives no time{why}."
        case SameWorkingDay():
            return f"By {in_words(limit)}{sooner}."
        case _:
            return f"Within {in_words(limit)}{sooner}."


def seat_words(policy: Policy, seat: Seat, stage: Stage | None = None) -> str:
    """Whose place a seat is, beginning with a capital letter and without a full stop.

    A seat without a role is whoever speaks for its side; at a known `stage` that is a role.
    """
    if seat.side == "raiser":
        return "The person who raised the concern"
    role = seat.role or (stage.speaks.get(seat.side) if stage else None)
    title = policy.roles[role].title if role else "Whoever speaks"
    if seat.side == "partnership":
        return title
    of = "in" if role else "for"
    bodies = {
        "raising": "the agency that raised the concern",
        "receiving": "the other agency",
        "each": "each agency",
    }
    return f"{title} {of} {bodies[seat.side]}"


def trigger_words(policy: Policy, trigger: str) -> str:
    """When a clock starts or stops, to follow "when"."""
    if trigger in _HAPPENINGS:
        return _HAPPENINGS[trigger]
    word, _, name = trigger.partition(" ")
    if word == "done":
        return f"this is on the record: “{policy.steps[name].what}”"
    stage = policy.stages[name].name
    match word:
        case "opened":
            return f"the case comes to “{stage}”"
        case "left":
            return f"the case leaves “{stage}”"
        case _:
            return f"“{stage}” was tried and did not settle it"
