"""The short forms of a policy's words that a picture has room for."""

from __future__ import annotations

from counterpart.policy.conditions import missed_words
from counterpart.policy.model import Clock, LimitRule, Policy, Seat, Stage
from counterpart.policy.phrases import limit_words, listed, seat_words, small
from counterpart.worktime import NotStated

_SILENT = limit_words(LimitRule((NotStated(),))).rstrip(".")


def time_words(policy: Policy, clock: Clock) -> str:
    """How long, and what follows if it is missed, in sentences; empty where no time is given."""
    words = limit_words(clock.limit, policy)
    found = [] if words.startswith(_SILENT) else [words]
    if clock.urgent_limit:
        found.append(f"In an urgent case: {small(limit_words(clock.urgent_limit, policy))}")
    if clock.if_missed:
        found.append(missed_words(policy, clock.if_missed))
    return " ".join(found)


def who_does_it(policy: Policy, seat: Seat, stage: Stage | None = None) -> str:
    """A sentence to follow another, without its full stop."""
    return f". Who does it: {seat_words(policy, seat, stage)}"


def seats_told(policy: Policy, seats: tuple[Seat, ...], stage: Stage | None = None) -> str:
    """Several seats in one list."""
    return listed(tuple(seat_words(policy, seat, stage) for seat in seats))


def short_name(stage: Stage) -> str:
    """`Stage Two`, or the title in quotation marks where there is no number."""
    return f"Stage {stage.number}" if stage.number else f"“{stage.title}”"
