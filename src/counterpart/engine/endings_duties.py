"""What is owed at and after the end of a case: agreed actions, learning points, and records to place.

Each is owed by a post that the record names, or by whoever spoke for an agency. A record is a clock of the
policy; what is different about it is said here. No time is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.agreeing import is_agreed
from counterpart.engine.events import Action
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import AT_THE_END, RECORD, Clock, Policy

ACTION = "action"
ACTION_WORDS = "Carry out an agreed action"
LEARNING = "learning_point"
LEARNING_WORDS = "See to a learning point"
WORDS = {ACTION: ACTION_WORDS, LEARNING: LEARNING_WORDS}
"""What each duty is called that is owed by a post named for it. A policy cannot call a duty so."""


@dataclass(frozen=True, slots=True)
class Named:
    """A duty of one post that the record names, due with the end of a day in London."""

    clock: str
    opened_by: Id
    opened_at: datetime
    thing: Id
    body: Id
    post: Id | None
    due_on: date
    clause: str
    lead: Id | None = None
    asked_by: Id | None = None

    @property
    def id(self) -> str:
        return f"{self.opened_by}:{self.clock}:{self.thing}"


def owed_by_name(policy: Policy, state: CaseState) -> Iterator[Named]:
    """Agreed actions from when the outcome is agreed until each is done, and learning points likewise."""
    text = state.outcome
    if text is not None and is_agreed(policy, state):
        for action in text.actions:
            if action.id not in state.actions_done:
                yield _action(policy, action, text.proposed_by, text.proposed_at, text.lead)
    for kept in state.endings.kept:
        if kept.action.id not in state.actions_done:
            yield _action(policy, kept.action, kept.proposed_by, kept.proposed_at, kept.lead)
    for point in state.endings.points:
        if point.done_at is None:
            yield Named(
                *(LEARNING, point.entry, point.recorded_at, point.id, point.body, point.owner),
                due_on=point.due_on,
                clause="",
                asked_by=point.by,
            )


def _action(policy: Policy, action: Action, by: Id, at: datetime, lead: Id | None) -> Named:
    return Named(
        *(ACTION, by, at, action.id, action.agency, action.post, action.due_on),
        clause=policy.closing.clause,
        lead=lead,
    )


# --- records ---------------------------------------------------------------------------------------


def as_it_ended(policy: Policy, state: CaseState, clock: Clock) -> Clock:
    """The duty to place the record of the end is of the stage at which the case ended."""
    if clock.act != RECORD or clock.target != AT_THE_END:
        return clock
    return policy.placing_at_end[state.stage].clock


def stage_of(clock: Clock, state: CaseState) -> str:
    """The stage whose speakers have a duty: the present one, but for the record of an earlier one."""
    if clock.act != RECORD or clock.target == AT_THE_END:
        return state.stage
    return clock.target
