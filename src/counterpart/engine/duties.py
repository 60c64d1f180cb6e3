"""Who must do what by when: worked out from a case's state, its policy, a directory and a calendar.

A duty is a running clock with its owner and its due time, or an agreed action not yet done. It
is never stored as late: lateness is a question somebody asks of the clock on the wall. Where
the policy gives no time there is none, and the duty says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from counterpart.engine.between import NOTHING
from counterpart.engine.between_duties import Owed, owed_between
from counterpart.engine.directory import Directory
from counterpart.engine.due_times import AGREEMENT, BAND, SETTING, DueTime, due_time
from counterpart.engine.endings_duties import (
    ACTION,
    LEARNING,
    WORDS,
    Named,
    as_it_ended,
    owed_by_name,
    stage_of,
)
from counterpart.engine.kinds import Id
from counterpart.engine.owners import (
    KEPT_OUT,
    NO_POST,
    NOT_NAMED,
    VACANT,
    candidates,
    nobody_in,
    owner,
    place,
)
from counterpart.engine.state import CaseState, Running
from counterpart.policy.model import Clock, Policy
from counterpart.worktime import LONDON, Calendar

__all__ = [
    "ACTION",
    "AGREEMENT",
    "BAND",
    "KEPT_OUT",
    "NOT_NAMED",
    "NO_POST",
    "SETTING",
    "VACANT",
    "DueTime",
    "Duty",
    "candidates",
    "due_time",
    "duties",
    "follows",
    "owner",
    "place",
]

NO_TIME = DueTime(None, is_set_for_child=False, sums=(), without=(), cannot=())


@dataclass(frozen=True, slots=True)
class Duty:
    """Something one post must do.

    `id` is the same however often it is worked out: the event that opened it, the clock and
    the agency it is about. `acts_at` is when something follows of itself, if the policy says that
    something does (see `passing`). `body` is the agency or partnership of the owner; `post` is the
    owner. Where nobody can act, `nobody` says why: `no_post`, `vacant`, `kept_out` where whoever
    holds it is kept from the case, or `not_named` where several posts could and none was named. `about` is the agency
    the duty is towards. `asked_by` is the agency that asked for it, where one did, and `entry` the
    question, meeting, request or statement it is about. `action` and `point` are the agreed action or the
    learning point; `lead` is who sees the action through, if anybody does. `clause` is "" where no policy asks for it.
    """

    id: str
    clock: str
    what: str
    side: str
    body: Id
    role: str
    post: Id | None
    nobody: str | None
    about: Id | None
    due: DueTime
    force: str
    clause: str
    readings: tuple[str, ...]
    opened_by: Id
    opened_at: datetime
    step: str | None = None
    way: str | None = None
    action: Id | None = None
    acts_at: datetime | None = None
    asked_by: Id | None = None
    entry: Id | None = None
    lead: Id | None = None
    point: Id | None = None


def duties(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar
) -> tuple[Duty, ...]:
    """Every duty open now, the soonest due first and those without a time last."""
    found = [
        _duty(policy, state, directory, calendar, running)
        for running in state.clocks
        if running.stopped_at is None and _is_time_for(policy.clocks[running.clock], state)
    ]
    found += [_named(state, directory, one) for one in owed_by_name(policy, state)]
    if state.between is not NOTHING:
        owed = owed_between(policy, state, directory)
        found += [_between(policy, state, directory, calendar, one) for one in owed]
    return tuple(sorted(found, key=_soonest))


def _is_time_for(clock: Clock, state: CaseState) -> bool:
    """What is for afterwards may be known of before, and is owed once the case has ended."""
    return not (clock.is_afterwards and state.is_open)


def follows(clock: Clock, state: CaseState, running: Running) -> bool:
    """Whether something follows of itself from this clock's time, and has not followed yet."""
    return clock.acts_when_missed and state.is_open and running.key not in state.missed


def _duty(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar, running: Running
) -> Duty:
    clock = as_it_ended(policy, state, policy.clocks[running.clock])
    about = None if clock.owner.side == "raising" else running.agency
    body, role = place(policy, state, clock.owner, about, at=stage_of(clock, state))
    post, nobody = owner(policy, state, directory, body, role)
    owed = due_time(state, clock, running, calendar)
    is_asked = clock.step is not None and state.between is not NOTHING
    meeting = state.between.meeting(running.opened_by) if is_asked else None
    return Duty(
        id=running.duty_id,
        clock=clock.id,
        what=clock.what,
        side=clock.owner.side,
        body=body,
        role=role,
        post=post,
        nobody=nobody,
        about=running.agency,
        due=owed,
        force="must" if meeting else clock.force,
        clause=clock.clause,
        readings=clock.readings,
        opened_by=running.opened_by,
        opened_at=running.started_at,
        step=clock.step,
        way=clock.way,
        acts_at=owed.at if follows(clock, state, running) else None,
        asked_by=meeting.by if meeting else None,
        entry=meeting.id if meeting else None,
    )


def _between(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar, owed: Owed
) -> Duty:
    """Something owed because of what passes between the sides."""
    body, role = place(policy, state, owed.seat, owed.about)
    post, nobody = owner(policy, state, directory, body, role)
    if owed.answer is not None:
        running = Running(owed.clock, owed.opened_by, owed.opened_at)
        found = due_time(state, owed.answer, running, calendar)
    else:
        found = _by_the_end_of(owed.wanted_on) if owed.wanted_on else NO_TIME
    return Duty(
        id=f"{owed.opened_by}:{owed.clock}:{body}",
        clock=owed.clock,
        what=owed.what,
        side=state.side_of(body) or "partnership",
        body=body,
        role=role,
        post=post,
        nobody=nobody,
        about=owed.about,
        due=found,
        force=owed.force,
        clause=owed.clause,
        readings=owed.readings,
        opened_by=owed.opened_by,
        opened_at=owed.opened_at,
        asked_by=owed.asked_by,
        entry=owed.entry,
    )


def _by_the_end_of(day: date) -> DueTime:
    """Due with the last second of a day in London."""
    at = datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)
    return replace(NO_TIME, at=at - timedelta(seconds=1))


def _named(state: CaseState, directory: Directory, owed: Named) -> Duty:
    """What the record gives to one post: an agreed action, a learning point."""
    post = directory.post(owed.post) if owed.post else None
    return Duty(
        id=owed.id,
        clock=owed.clock,
        what=WORDS[owed.clock],
        side=state.side_of(owed.body) or ("each" if owed.clock == ACTION else "partnership"),
        body=owed.body,
        role="",
        post=owed.post,
        nobody=nobody_in(post) if owed.post else NO_POST,
        about=owed.body if owed.clock == ACTION else None,
        due=_by_the_end_of(owed.due_on),
        force="must" if owed.clock == ACTION else "should",
        clause=owed.clause,
        readings=(),
        opened_by=owed.opened_by,
        opened_at=owed.opened_at,
        action=owed.thing if owed.clock == ACTION else None,
        asked_by=owed.asked_by,
        lead=owed.lead,
        point=owed.thing if owed.clock == LEARNING else None,
    )


def _soonest(duty: Duty) -> tuple[bool, float, datetime, str]:
    at = duty.due.at
    return (at is None, at.timestamp() if at else 0.0, duty.opened_at, duty.id)
