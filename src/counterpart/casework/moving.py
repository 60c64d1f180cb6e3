"""Moving an open case to another edition of its policy, or to later bank holidays: each deadline before and after.

Under another edition of the policy the whole record is read as if the case had begun under it. A
case that has been through something that edition does not have stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.editions import policy_of
from counterpart.casework.writing import (
    TRIES,
    Done,
    Loaded,
    directory_for,
    load,
    made_before,
    own_key,
    settle,
)
from counterpart.engine import events as e
from counterpart.engine.deciding import decide
from counterpart.engine.duties import Duty, duties
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Words
from counterpart.engine.moving import cannot_move, deadlines_moved
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict, Repeated
from counterpart.journal.writing import refuse_repeated
from counterpart.people.directory import Snapshot
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy

CHANGED = Refusal(
    "changed_since",
    "The record has changed since you opened this page. What you wrote is still here. Look at each "
    "time before and after, then send it again.",
)
ANOTHER_POLICY = Refusal(
    "another_policy",
    "The policy in force is another one, not a new edition of this case’s. The case stays under its own.",
)
ALREADY_COUNTED = Refusal("same_calendar", "The case counts by this edition already.")


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a case would do: both editions, and each open deadline before and after."""

    before: Policy
    after: Policy
    deadlines: tuple[e.DeadlineMoved, ...]

    def what(self, deadline: e.DeadlineMoved) -> str:
        """What has to be done by a deadline, in the words of the edition that has it."""
        clock = self.after.clocks.get(deadline.clock) or self.before.clocks.get(deadline.clock)
        return clock.what if clock else "Carry out an agreed action"


def look_ahead(*, case: str, edition: str, now: datetime) -> Move | Refusal:
    """What moving the case to this edition would do, or why it cannot be moved. Nothing is written."""
    loaded = load(case)
    return _move(loaded, policy_of(edition), directory_for(loaded.state, now))


def move_edition(
    *,
    case: str,
    edition: str,
    reason: str,
    actor: Acting,
    now: datetime,
    key: str,
    seen: int | None = None,
) -> Done | Refusal:
    """Put the case under this edition, for good, with a reason; its deadlines are worked out anew.

    `seen` is the version of the record the page showed. A second call with the same `key` returns
    what the first made. Raises `journal.errors.Conflict`.
    """
    key = own_key(key, actor.person, case)
    for left in range(TRIES, 0, -1):
        try:
            with transaction.atomic():
                refuse_repeated(key)
                return _once(case, edition, reason, actor, now, key, seen)
        except Repeated as again:
            return made_before(again.submission)
        except Conflict:
            if left == 1:
                raise
    raise AssertionError("unreachable")


def calendar_move(loaded: Loaded, edition: str, now: datetime) -> e.CalendarMoved | Refusal:
    """The event that has a case count by a later edition of the bank holidays. Nothing is written."""
    state = loaded.state
    counted = state.calendars or ((loaded.calendar.edition, state.raised_at),)
    if counted[-1][0] >= edition:
        return ALREADY_COUNTED
    later = replace(state, calendars=(*counted, (edition, now)))
    directory = directory_for(state, now)
    before, after = (
        duties(loaded.policy, each, directory, loaded.calendar) for each in (state, later)
    )
    return e.CalendarMoved(
        from_edition=Code(counted[-1][0]),
        to_edition=Code(edition),
        deadlines=deadlines_moved(before, after),
    )


def _once(
    case: str, edition: str, reason: str, actor: Acting, now: datetime, key: str, seen: int | None
) -> Done | Refusal:
    loaded, there = load(case), policy_of(edition)
    if seen is not None and seen != loaded.state.version:
        return CHANGED
    directory = directory_for(loaded.state, now)
    move = _move(loaded, there, directory)
    if isinstance(move, Refusal):
        return move
    event = e.EditionMoved(
        from_edition=Code(loaded.policy.edition),
        to_edition=Code(edition),
        deadlines=move.deadlines,
        reason=Words(reason),
    )
    decided = decide(
        loaded.policy, loaded.state, event, happened_at=now, now=now, calendar=loaded.calendar
    )
    if isinstance(decided, Refusal):
        return decided
    made = settle(
        case,
        there,
        loaded.record,
        decided,
        actor=actor,
        now=now,
        key=key,
        happened_at=now,
        was=loaded.state,
        before=_open(loaded.policy, loaded, directory),
        directory=directory,
    )
    return Done(case, loaded.state.reference, made)


def _move(loaded: Loaded, there: Policy, directory: Snapshot) -> Move | Refusal:
    if there.id != loaded.policy.id:
        return ANOTHER_POLICY
    if refusal := cannot_move(there, loaded.record):
        return refusal
    before, after = (_open(policy, loaded, directory) for policy in (loaded.policy, there))
    return Move(loaded.policy, there, deadlines_moved(before, after))


def _open(policy: Policy, loaded: Loaded, directory: Snapshot) -> tuple[Duty, ...]:
    """The duties that would be open if the case's record were read under a policy."""
    return duties(policy, fold(policy, loaded.record), directory, calendar_of(policy))
