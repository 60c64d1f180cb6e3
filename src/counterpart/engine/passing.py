"""Times that have passed, where the policy says that something follows.

Nobody acts when a time passes, so the worker asks here, and proposes what it is told to. Asked
twice, the second answer is empty: what was put on the record is not put there again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.duties import due_time, follows
from counterpart.engine.kinds import Code
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy
from counterpart.worktime import Calendar


def passed(
    policy: Policy, state: CaseState, *, now: datetime, calendar: Calendar
) -> tuple[e.LimitPassed, ...]:
    """Each time that has passed and is not yet on the record, the earliest first."""
    found = []
    for running in state.clocks:
        clock = policy.clocks[running.clock]
        if running.stopped_at is not None or not follows(clock, state, running):
            continue
        at = due_time(state, clock, running, calendar).at
        if at is not None and at < now:
            found.append(
                e.LimitPassed(
                    clock=Code(running.clock),
                    opened_by=running.opened_by,
                    agency=running.agency,
                    due_at=at,
                )
            )
    return tuple(sorted(found, key=lambda ev: (ev.due_at, ev.clock, ev.agency or "")))


def moves_on(policy: Policy, state: CaseState, ev: e.LimitPassed) -> tuple[Any, ...]:
    """The case goes on by itself, where the policy says that it does."""
    rule = policy.clocks[ev.clock].if_missed
    if rule is None or rule.then != "move" or rule.way is None or state.is_settled:
        return ()
    way = policy.ways_on[rule.way]
    if not way.leaves(state.stage):
        return ()
    return (e.MovedOn(way=Code(way.id), from_stage=state.stage, to_stage=Code(way.to_stage)),)
