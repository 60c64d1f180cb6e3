"""When a way is open, and what follows where a time is missed, as a person would say it.

The counterpart of `phrases` for what turns on something: it adds nothing to what the policy says.
"""

from __future__ import annotations

from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    WRITE_OUTCOME,
    Affirmed,
    Clock,
    Condition,
    IfMissed,
    MissedClock,
    PassedSince,
    Policy,
    RefusedWay,
    Unresolved,
    WayOn,
)
from counterpart.policy.phrases import listed, seat_words, trigger_words
from counterpart.worktime import in_words

KEPT_FROM = "From then on nobody else of their own agency speaks for it in the case, hears of it or sees it."
"""What follows where somebody says that they do not feel safe in their own agency."""


def when_words(policy: Policy, way: WayOn) -> str:
    """What must be so before a way is taken, to follow "if"; empty where nothing must."""
    groups = (
        listed(tuple(condition_words(policy, condition) for condition in group), "or")
        for group in way.when
    )
    return listed(tuple(groups))


def affirmed(way: WayOn) -> tuple[str, ...]:
    """The conditions that somebody may have to say are so, to take a way."""
    return tuple(c.condition for group in way.when for c in group if isinstance(c, Affirmed))


def condition_words(
    policy: Policy, condition: Condition, *, unresolved: str = "they do not agree"
) -> str:
    """What must be so, to follow "if". `unresolved` is how that is said where it stands alone."""
    match condition:
        case Unresolved():
            return unresolved
        case Affirmed(condition=name):
            return f"this is so: “{policy.conditions[name].title}”"
        case PassedSince(limit=limit, since=since):
            from_when = trigger_words(policy, since)
            return f"this much time has passed, {in_words(limit)}, from when {from_when}"
        case MissedClock(clock=name):
            return f"the time for this has passed: “{policy.clocks[name].what}”"
        case RefusedWay(way=name):
            return f"approval for this was refused: “{policy.ways_on[name].title}”"


def missed_words(policy: Policy, missed: IfMissed) -> str:
    """What follows once a time has passed, as a sentence."""
    seats = listed(tuple(seat_words(policy, seat) for seat in missed.tells))
    way = policy.ways_on[missed.way].title if missed.way else ""
    by = f": {seat_words(policy, missed.by)}" if missed.by else ""
    then = {
        "tell": "",
        "fail": "it counts as not agreed",
        "move": f"the case goes on by itself: “{way}”",
        "choose": f"somebody must choose what comes next{by}",
        "bar": f"this is no longer open: “{way}”",
    }[missed.then]
    told = f"these are told: {seats}" if seats else ""
    return f"If that time passes, {listed(tuple(filter(None, (then, told)))) or 'it is shown'}."


def own_clocks(policy: Policy) -> tuple[Clock, ...]:
    """The clocks written as such, and not made from a step, a way on, a panel or the closing."""
    return tuple(clock for clock in policy.clocks.values() if _is_own(clock))


def _is_own(clock: Clock) -> bool:
    if clock.step or clock.way or clock.id in (WRITE_OUTCOME, CONFIRM_OUTCOME):
        return False
    return not clock.act
