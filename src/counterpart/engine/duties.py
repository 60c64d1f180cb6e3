"""Who must do what by when: worked out from a case's state, its policy, a directory and a calendar.

A duty is a running clock with its owner and its due time, or an agreed action not yet done. It
is never stored as late: lateness is a question somebody asks of the clock on the wall. Where
the policy gives no time there is none, and the duty says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState, Running
from counterpart.policy.model import Clock, LimitRule, Policy, Seat
from counterpart.worktime import (
    LONDON,
    Answer,
    Calendar,
    CannotCompute,
    Due,
    NoDeadline,
    due,
    under,
)

ACTION = "action"
ACTION_WORDS = "Carry out an agreed action"
NO_POST = "no_post"
VACANT = "vacant"
NOT_NAMED = "not_named"
BAND, SETTING, AGREEMENT = "band", "setting", "agreement"


@dataclass(frozen=True, slots=True)
class DueTime:
    """When a duty is due, or in plain words why there is no time.

    `at` is the earliest of the policy's limits and of an instant a person set for this child.
    `sums` hold the working of each fixed limit, the earliest of which is `outer_at`. `cannot` says
    what could not be worked out. `awaits` is `band`, `setting` or `agreement` where there is no
    time until somebody has said which band it is, set one, or agreed to one.
    """

    at: datetime | None
    is_set_for_child: bool
    sums: tuple[Due, ...]
    without: tuple[NoDeadline, ...]
    cannot: tuple[CannotCompute, ...]
    outer_at: datetime | None = None
    awaits: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something one post must do.

    `id` is the same however often it is worked out: the event that opened it, the clock and
    the agency it is about. `acts_at` is when something follows of itself, if the policy says that
    something does (see `passing`). `body` is the agency or partnership of the owner; `post` is the
    owner. Where nobody can act, `nobody` says why: `no_post`, `vacant`, or `not_named` where
    several posts could and none was named. `about` is the agency the duty is towards.
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


def duties(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar
) -> tuple[Duty, ...]:
    """Every duty open now, the soonest due first and those without a time last."""
    found = [
        _duty(policy, state, directory, calendar, running)
        for running in state.clocks
        if running.stopped_at is None and _is_time_for(policy.clocks[running.clock], state)
    ]
    found += _actions(policy, state, directory)
    return tuple(sorted(found, key=_soonest))


def _is_time_for(clock: Clock, state: CaseState) -> bool:
    """What is for afterwards may be known of before, and is owed once the case has ended."""
    return not (clock.is_afterwards and state.is_open)


def due_time(state: CaseState, clock: Clock, started_at: datetime, calendar: Calendar) -> DueTime:
    """The due time of a clock that started then, with its working.

    It is counted by the edition of the bank holidays that the case counts by. Where a case came
    to a later edition, a time that had already passed stays as it was.
    """
    editions = state.calendars
    if not editions:
        return _due_time(state, clock, started_at, calendar)
    found = _due_time(state, clock, started_at, under(calendar, editions[0][0]))
    for edition, since_at in editions[1:]:
        if found.at is not None and found.at <= since_at:
            break
        found = _due_time(state, clock, started_at, under(calendar, edition))
    return found


def _due_time(state: CaseState, clock: Clock, started_at: datetime, calendar: Calendar) -> DueTime:
    answers = _answers(clock.limit, state.band, started_at, calendar)
    if clock.urgent_limit is not None and state.urgent_since is not None:
        since_at = max(started_at, state.urgent_since)
        answers += _answers(clock.urgent_limit, state.band, since_at, calendar)
    sums = tuple(a for a in answers if isinstance(a, Due))
    outer_at = min((a.at for a in sums), default=None)
    set_at = state.limits.get(clock.id) if clock.limit.is_for_people else None
    is_set = set_at is not None and (outer_at is None or set_at <= outer_at)
    return DueTime(
        at=set_at if is_set else outer_at,
        is_set_for_child=is_set,
        sums=sums,
        without=tuple(a for a in answers if isinstance(a, NoDeadline)),
        cannot=tuple(a for a in answers if isinstance(a, CannotCompute)),
        outer_at=outer_at,
        awaits=_awaits(clock.limit, state) if set_at is None else None,
    )


def _answers(
    limit: LimitRule, band: str | None, started_at: datetime, calendar: Calendar
) -> list[Answer]:
    by_band = limit.by_band.get(band) if band else None
    each = (*limit.fixed, by_band) if by_band else limit.fixed
    return [due(one, started_at, calendar, limit.counting) for one in each]


def _awaits(limit: LimitRule, state: CaseState) -> str | None:
    """What is wanting before there is a time: a band, a person who sets it, or an agreement."""
    if limit.by_band and state.band is None:
        return BAND
    if limit.set_by is not None:
        return SETTING
    return AGREEMENT if limit.is_agreed else None


def follows(clock: Clock, state: CaseState, running: Running) -> bool:
    """Whether something follows of itself from this clock's time, and has not followed yet."""
    key = (running.clock, running.opened_by, running.agency)
    return clock.acts_when_missed and state.is_open and key not in state.missed


def place(policy: Policy, state: CaseState, seat: Seat, about: Id | None) -> tuple[Id, str]:
    """The agency or partnership, and the role, that a seat means at the present stage."""
    if seat.side == "partnership":
        return state.partnership, seat.role or ""
    speaks = policy.stages[state.stage].speaks
    if seat.side == "raising" or about == state.raising.agency:
        return state.raising.agency, seat.role or speaks["raising"]
    body = about if about is not None else state.receiving[0].agency
    return body, seat.role or speaks["receiving"]


def owner(
    policy: Policy, state: CaseState, directory: Directory, body: Id, role: str
) -> tuple[Id | None, str | None]:
    """The post that owns a duty, and if nobody can be found the reason.

    The post named on the case comes first. Else it is the one held post at the first of the
    role's tiers that has any. Several there are nobody until one is named: a child's case is
    not put in front of a person picked by chance.
    """
    named = state.seats.get((body, role))
    if named is not None:
        post = directory.post(named)
        return named, None if post is not None and post.holders else VACANT
    held = candidates(policy, directory, body, role)
    if len(held) == 1:
        return held[0].id, None
    if held:
        return None, NOT_NAMED
    posts = directory.posts(body, policy.roles[role].tiers)
    return (posts[0].id, VACANT) if posts else (None, NO_POST)


def candidates(policy: Policy, directory: Directory, body: Id, role: str) -> tuple[PostRecord, ...]:
    """The held posts at the first tier of the role that has any, in the directory's order."""
    held = [p for p in directory.posts(body, policy.roles[role].tiers) if p.holders]
    return tuple(p for p in held if p.tier == held[0].tier)


def _duty(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar, running: Running
) -> Duty:
    clock = policy.clocks[running.clock]
    body, role = place(policy, state, clock.owner, running.agency)
    if clock.owner.side == "raising":
        body, role = place(policy, state, clock.owner, None)
    post, nobody = owner(policy, state, directory, body, role)
    about = f":{running.agency}" if running.agency else ""
    owed = due_time(state, clock, running.started_at, calendar)
    return Duty(
        id=f"{running.opened_by}:{clock.id}{about}",
        clock=clock.id,
        what=clock.what,
        side=clock.owner.side,
        body=body,
        role=role,
        post=post,
        nobody=nobody,
        about=running.agency,
        due=owed,
        force=clock.force,
        clause=clock.clause,
        readings=clock.readings,
        opened_by=running.opened_by,
        opened_at=running.started_at,
        step=clock.step,
        way=clock.way,
        acts_at=owed.at if follows(clock, state, running) else None,
    )


def _actions(policy: Policy, state: CaseState, directory: Directory) -> list[Duty]:
    """Agreed actions are duties from when the outcome is closed on until each is done."""
    outcome = state.outcome
    if outcome is None or state.status != "closed":
        return []
    found = []
    for action in outcome.actions:
        if action.id in state.actions_done:
            continue
        side = state.side_of(action.agency) or "each"
        post = directory.post(action.post) if action.post else None
        at = datetime.combine(action.due_on + timedelta(days=1), time(), LONDON)
        due_at = at.astimezone(state.raised_at.tzinfo) - timedelta(seconds=1)
        nobody = None if post and post.holders else VACANT if action.post else NO_POST
        found.append(
            Duty(
                id=f"{outcome.proposed_by}:{ACTION}:{action.id}",
                clock=ACTION,
                what=ACTION_WORDS,
                side=side,
                body=action.agency,
                role="",
                post=action.post,
                nobody=nobody,
                about=action.agency,
                due=DueTime(due_at, is_set_for_child=False, sums=(), without=(), cannot=()),
                force="must",
                clause=policy.closing.clause,
                readings=(),
                opened_by=outcome.proposed_by,
                opened_at=outcome.proposed_at,
                action=action.id,
            )
        )
    return found


def _soonest(duty: Duty) -> tuple[bool, float, datetime, str]:
    at = duty.due.at
    return (at is None, at.timestamp() if at else 0.0, duty.opened_at, duty.id)
