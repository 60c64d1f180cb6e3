"""Who is owed word of what has just happened, by post or by person.

Worked out from the state before and after, never sent from here. A notice says that there is
something to see and what kind it is; it never carries names or narrative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterpart.engine import contact
from counterpart.engine import events as e
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty, candidates, owner, place
from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, RecordRule, Seat

URGENT = "urgent"
NEW_DUTY = "new_duty"
NEW_ENTRY = "new_entry"
ON_PANEL = "on_panel"
POLICY_GAP = "policy_gap"
ENDED = "ended"
CAME_HERE = "came_here"
TIME_PASSED = "time_passed"
DUE_SOON = "due_soon"
JUST_MISSED = "just_missed"
LATE = "late"


@dataclass(frozen=True, slots=True)
class Notice:
    """Word owed to one post or one person. `about` is the entry or the duty it is about."""

    kind: str
    about: str
    post: Id | None = None
    person: Id | None = None
    clock: str = ""


def notices(
    policy: Policy,
    state: CaseState,
    new: Sequence[Recorded],
    before: Sequence[Duty],
    after: Sequence[Duty],
    directory: Directory,
) -> tuple[Notice, ...]:
    """Every notice owed for the new entries, each once, urgent ones first."""
    found: list[Notice] = []
    entry = new[0].id
    if state.urgent_by in {r.id for r in new} and policy.urgent:
        for seat in policy.urgent.tells:
            found += _to_seat(policy, state, directory, seat, Notice(URGENT, entry))
    had = {(d.id, d.post) for d in before}
    found += [
        Notice(NEW_DUTY, d.id, post=d.post, clock=d.clock)
        for d in after
        if d.post is not None and (d.id, d.post) not in had
    ]
    for recorded in new:
        if isinstance(recorded.event, e.PanelConvened):
            found += [_to_member(recorded.id, member) for member in recorded.event.members]
        if isinstance(recorded.event, e.PolicyGapReported) and policy.gaps:
            seat = policy.gaps.tell
            found += _to_seat(policy, state, directory, seat, Notice(POLICY_GAP, recorded.id))
        found += _of_the_stage(policy, state, directory, recorded)
        found += _of_a_missed_time(policy, state, directory, recorded)
    kind = ENDED if not state.is_open else NEW_ENTRY
    for rule in policy.records:
        if not _is_for_now(rule, state):
            continue
        for seat in rule.shared_with:
            found += _to_seat(policy, state, directory, seat, Notice(kind, entry))
    actor = new[0].actor
    return tuple(
        n
        for n in dict.fromkeys(found)
        if n.kind in (URGENT, NEW_DUTY, ON_PANEL, CAME_HERE, TIME_PASSED)
        or (n.person != actor.person if n.person else n.post != actor.post)
    )


def untold(policy: Policy, state: CaseState, directory: Directory) -> bool:
    """Whether somebody the policy tells of immediate risk cannot be: no post, or nobody in it.

    The caller then tells the partnership's own office instead.
    """
    if policy.urgent is None:
        return False
    for seat in policy.urgent.tells:
        if seat.side in ("outside", "raiser"):
            continue
        body, role = place(policy, state, seat, None)
        _, nobody = owner(policy, state, directory, body, role)
        if nobody is not None and not candidates(policy, directory, body, role):
            return True
    return False


def _is_for_now(rule: RecordRule, state: CaseState) -> bool:
    if rule.at_end:
        return not state.is_open
    return not rule.stages or state.stage in rule.stages


def _of_the_stage(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word to those whom the policy tells when a case comes to a stage."""
    if not isinstance(recorded.event, e.ConcernRaised | e.MovedOn | e.CaseReopened):
        return []
    seats = policy.stages[state.stage].tells
    told = Notice(CAME_HERE, recorded.id)
    return [n for seat in seats for n in _to_seat(policy, state, directory, seat, told)]


def _of_a_missed_time(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word to those whom the policy tells when a time has passed."""
    if not isinstance(recorded.event, e.LimitPassed):
        return []
    rule = policy.clocks[recorded.event.clock].if_missed
    told = Notice(TIME_PASSED, recorded.id, clock=recorded.event.clock)
    seats = rule.tells if rule else ()
    return [n for seat in seats for n in _to_seat(policy, state, directory, seat, told)]


def _to_member(entry: Id, member: e.Member) -> Notice:
    """A member sits as a person where one was named, else by their post."""
    if member.person:
        return Notice(ON_PANEL, entry, person=member.person)
    return Notice(ON_PANEL, entry, post=member.post)


def _to_seat(
    policy: Policy, state: CaseState, directory: Directory, seat: Seat, notice: Notice
) -> list[Notice]:
    if seat.side == "outside":
        return []  # they are no users: telling them is a step that somebody takes
    if seat.side == "raiser":
        if state.raiser is None:
            return []
        return [replace(notice, person=state.raiser)]
    if seat.side == "receiving" and not contact.has_begun(policy, state):
        return []
    abouts = state.receiving_agencies if seat.side == "receiving" else (None,)
    if seat.side == "each":
        abouts = state.parties
    found = []
    for about in abouts:
        body, role = place(policy, state, seat, about)
        post, _ = owner(policy, state, directory, body, role)
        posts = [post] if post else [p.id for p in candidates(policy, directory, body, role)]
        if notice.kind == URGENT or len(posts) == 1:
            found += [replace(notice, post=p) for p in posts]
    return found
