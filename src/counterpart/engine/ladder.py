"""The ladder a duty climbs: when it comes to each rung, and who is told then.

Worked out from the duty, its policy, a directory and a calendar, like everything else here. What
has been told already is not known here: a caller keeps that, so that each rung is told once. A
duty without a time has no rungs, and none is ever made up for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counterpart.engine import contact
from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.duties import Duty, owner, place
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.engine.watching import is_kept_from_somebody, may_hear, watchers
from counterpart.policy.model import AFTER, Gap, Policy, Rung, Seat, UsualLadder
from counterpart.worktime import (
    Calendar,
    CalendarDays,
    Hours,
    WorkingWeeks,
    due_at,
    in_london,
    london,
    under,
)
from counterpart.worktime.calendars import OutsideEdition
from counterpart.worktime.limits import DAYS_IN_A_WORKING_WEEK

NEVER_OWED = "may"
LEAD = "lead"


@dataclass(frozen=True, slots=True)
class RungDue:
    """A rung of one duty, and the instant at which the duty comes to it."""

    rung: Rung
    at: datetime

    @property
    def id(self) -> str:
        """What the rung is called in its ladder."""
        return self.rung.id


@dataclass(frozen=True, slots=True)
class Climb:
    """What a list keeps of a duty's ladder: a mark that changes with its times, and the first."""

    mark: str
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about a duty now, of which no rung that was told before is a part.

    `told` is the rung to tell, with the posts; None where nobody is left who could be told.
    `overtaken` are rungs that later ones have passed by; `nobody` those with nobody to tell.
    """

    told: tuple[RungDue, tuple[PostRecord, ...]] | None
    overtaken: tuple[RungDue, ...]
    nobody: tuple[RungDue, ...]


def ladder_of(policy: Policy, duty: Duty, usual: UsualLadder) -> tuple[Rung, ...]:
    """The rungs that the policy sets for this duty; where it sets none, the usual ones."""
    ours = tuple(r for r in policy.ladder if _is_for(r, duty))
    return ours or tuple(r for r in usual.rungs if _is_for(r, duty))


def _is_for(rung: Rung, duty: Duty) -> bool:
    """Whether a rung is for this duty. One that tells only who sees it through needs there to be somebody."""
    if rung.clocks and duty.clock not in rung.clocks:
        return False
    return duty.lead is not None or any(seat.side != LEAD for seat in rung.tells)


def rungs(
    policy: Policy, state: CaseState, duty: Duty, calendar: Calendar, usual: UsualLadder
) -> tuple[RungDue, ...]:
    """The rungs of a duty, the soonest first: those of its policy, or where it sets none the usual.

    None for a duty without a time, and none at or before the moment it was opened: that it is
    there was told then. A rung whose day the bank holidays we hold do not reach is left out.
    """
    if duty.due.at is None or duty.force == NEVER_OWED:
        return ()
    days = under(calendar, state.calendars[-1][0]) if state.calendars else calendar
    found = []
    for rung in ladder_of(policy, duty, usual):
        at = _moment(rung, duty.due.at, days)
        if at is not None and at > duty.opened_at:
            found.append(RungDue(rung, at))
    return tuple(sorted(found, key=lambda one: one.at))


def climbs(
    policy: Policy,
    state: CaseState,
    duties: Iterable[Duty],
    calendar: Calendar,
    usual: UsualLadder,
) -> dict[str, Climb]:
    """The ladder of each duty that has one, by the id of the duty."""
    found = {}
    for duty in duties:
        if ladder := rungs(policy, state, duty, calendar, usual):
            said = " ".join(f"{one.id}@{one.at.isoformat()}" for one in ladder)
            mark = hashlib.sha256(said.encode()).hexdigest()[:16]
            found[duty.id] = Climb(mark, ladder[0].at)
    return found


def passed_rungs(climbed: Iterable[RungDue], now: datetime) -> tuple[RungDue, ...]:
    """Those that the duty has come to at `now`."""
    return tuple(one for one in climbed if one.at <= now)


def next_step(
    ladder: Sequence[RungDue],
    fired: Collection[str],
    tells: Mapping[str, tuple[PostRecord, ...]],
    now: datetime,
) -> Step | None:
    """What is to be done at `now`, given the rungs that have `fired`; None for nothing.

    Of several rungs passed at once only the latest is told. Where a rung has nobody to tell
    (`tells` has the posts of each), the next one up is told at once, though its time has not come.
    """
    left = [one for one in ladder if one.id not in fired]
    waiting = passed_rungs(left, now)
    if not waiting:
        return None
    latest, overtaken = waiting[-1], waiting[:-1]
    # Those above the next one that has nobody either keep their own time: a post may be filled.
    for one in left[len(overtaken) :]:
        if tells[one.id]:
            nobody = () if one is latest else (latest,)
            return Step((one, tells[one.id]), overtaken, nobody)
    return Step(None, overtaken, (latest,))


def next_at(ladder: Iterable[RungDue], fired: Collection[str]) -> datetime | None:
    """When the duty comes to the first rung that has not fired; None when there is none left."""
    return min((one.at for one in ladder if one.id not in fired), default=None)


def told_by(
    policy: Policy,
    state: CaseState,
    directory: Directory,
    duty: Duty,
    rung: Rung,
    usual: UsualLadder,
) -> tuple[PostRecord, ...]:
    """The held posts that a rung of a duty tells, each once. Nobody is picked by chance.

    What is for a desk that may not see the case is for those who watch it.
    """
    found: dict[Id, PostRecord] = {}
    for seat in rung.tells:
        posts = _posts(policy, state, directory, duty, rung, seat, usual)
        there = [p for p in posts if p and p.holders and _may_hear(policy, state, duty, p)]
        if not there and _is_of_desk(policy, state, directory, duty, rung, seat, usual):
            there = list(watchers(state, directory, usual.watches))
        found |= {post.id: found.get(post.id, post) for post in there}
    return tuple(found.values())


# --- when -----------------------------------------------------------------------------------------


def _moment(rung: Rung, due: datetime, calendar: Calendar) -> datetime | None:
    if rung.gap is None:
        return due
    if rung.side == AFTER:
        at = due_at(rung.gap, due, calendar)
        return at if isinstance(at, datetime) else None
    if isinstance(rung.gap, Hours):
        return due - timedelta(hours=rung.gap.n)
    day = _day_before(rung.gap, in_london(due).date(), calendar)
    return london(datetime.combine(day, time())) if day else None


def _day_before(gap: Gap, day: date, calendar: Calendar) -> date | None:
    """The day that is so many before; it is reached as that day begins, in time for its morning."""
    if isinstance(gap, CalendarDays):
        return day - timedelta(days=gap.n)
    left = gap.n * (DAYS_IN_A_WORKING_WEEK if isinstance(gap, WorkingWeeks) else 1)
    try:
        while left:
            day -= timedelta(days=1)
            left -= calendar.is_working_day(day)
    except OutsideEdition:
        return None
    return day


# --- who ------------------------------------------------------------------------------------------


def _posts(
    policy: Policy,
    state: CaseState,
    directory: Directory,
    duty: Duty,
    rung: Rung,
    seat: Seat,
    usual: UsualLadder,
) -> list[PostRecord | None]:
    """The posts a seat means for this duty. The role is the policy's, or the usual ladder's own."""
    if seat.side == "above":
        return [_above(policy, state, directory, duty, usual)]
    if seat.side == LEAD:
        return [directory.post(duty.lead)] if duty.lead else []
    if seat.side == "owner" and seat.role is None:
        return [directory.post(duty.post)] if duty.post else []
    if not rung.clause:
        role = usual.roles[seat.role or ""]
        body = state.partnership if role.at == "partnership" else duty.body
        return [_one_at(state, directory, body, role.tiers)]
    if seat.side == "owner":
        return [_holder(policy, state, directory, duty.body, seat.role or "")]
    abouts: tuple[Id | None, ...] = {
        "receiving": state.receiving_agencies,
        "each": state.parties,
    }.get(seat.side, (None,))
    places = (place(policy, state, seat, about) for about in abouts)
    return [_holder(policy, state, directory, body, role) for body, role in places]


def _holder(
    policy: Policy, state: CaseState, directory: Directory, body: Id, role: str
) -> PostRecord | None:
    post, _ = owner(policy, state, directory, body, role)
    return directory.post(post) if post else None


def _above(
    policy: Policy, state: CaseState, directory: Directory, duty: Duty, usual: UsualLadder
) -> PostRecord | None:
    """The next one up from the owner. A tier with several, none of them named, is passed over."""
    mine = directory.post(duty.post) if duty.post else None
    tiers = (mine.tier,) if mine else policy.roles[duty.role].tiers if duty.role else ()
    for tier in usual.above.get(tiers[0], ()) if tiers else ():
        found = _one_at(state, directory, duty.body, (tier,))
        if found is not None:
            return found
    return None


def _one_at(
    state: CaseState, directory: Directory, body: Id, tiers: Sequence[str]
) -> PostRecord | None:
    """The one held post at the first of these tiers that has any; of several, the one named."""
    held = [post for post in directory.posts(body, tiers) if post.holders]
    first = [post for post in held if post.tier == held[0].tier]
    seated = {post for (where, _), post in state.seats.items() if where == body}
    named = [post for post in first if post.id in seated]
    chosen = named or first
    return chosen[0] if len(chosen) == 1 else None


def _is_of_desk(
    policy: Policy,
    state: CaseState,
    directory: Directory,
    duty: Duty,
    rung: Rung,
    seat: Seat,
    usual: UsualLadder,
) -> bool:
    """Whether a seat means whoever has the desk, in a case that somebody is kept from."""
    if not is_kept_from_somebody(state):
        return False
    if seat.side == "above":
        mine = directory.post(duty.post) if duty.post else None
        above = usual.above.get(mine.tier, ()) if mine else ()
        return duty.body == state.partnership and usual.watches[0] in above
    role = (policy.roles if rung.clause else usual.roles).get(seat.role or "")
    return seat.side == "partnership" and role is not None and usual.watches[0] in role.tiers


def _may_hear(policy: Policy, state: CaseState, duty: Duty, post: PostRecord) -> bool:
    """The other side hears of nothing before it has been spoken to; of the office, only who may see the case."""
    if post.body in state.receiving_agencies:
        return contact.has_begun(policy, state)
    return post.id == duty.post or may_hear(state, post)
