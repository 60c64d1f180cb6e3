"""Whom a policy brings into a case beside those who have a duty in it.

Somebody whom the policy gives something that they may do now has to see the case to do it, and
whoever is told of it has to see what they are told of. Values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from counterpart.engine import events as e
from counterpart.engine.directory import Directory
from counterpart.engine.duties import candidates, owner, place
from counterpart.engine.kinds import Id
from counterpart.engine.offering import offered
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat

OF_ONE_SEAT = (e.BandSet, e.LimitSet, e.MovedOn, e.ApprovalAsked)
"""What the seat named may do, whether or not it is owed."""

Told = tuple[Id, Id, datetime]
"""(agency or partnership, post, since when)."""


def given_something(
    policy: Policy, state: CaseState, directory: Directory
) -> Iterator[tuple[Id, Id]]:
    """The agency or partnership, and the post, of each seat with a role that may act in an open case."""
    if not state.is_open:
        return
    running = {c.clock for c in state.clocks if c.is_running}
    seats: dict[Seat, None] = {}
    for event, target, _, by in offered(policy, state):
        is_for_it = event in OF_ONE_SEAT or (event is e.StepRecorded and by.side == "partnership")
        if by.role and is_for_it and (event is not e.LimitSet or target in running):
            seats[by] = None
    for seat in seats:
        for body, role in places(policy, state, seat):
            post, _ = owner(policy, state, directory, body, role)
            if post is not None:
                yield body, post


def told(policy: Policy, state: CaseState, directory: Directory) -> Iterator[Told]:
    """Those whom the policy has told: of immediate risk, of a gap, by letter, of a stage, of a missed time.

    Of risk and of gaps everybody is told who could be meant; else nobody is picked by chance.
    """
    since = state.urgent_since or state.raised_at
    at_once = [*(policy.urgent.tells if policy.urgent and state.urgent_since else ())]
    at_once += [policy.gaps.tell] if policy.gaps and state.gap_at else []
    if policy.still_at_risk and any(risk.is_at_risk for risk in state.between.risks):
        at_once += policy.still_at_risk.tells
    for body, role in _all_places(policy, state, at_once):
        post, _ = owner(policy, state, directory, body, role)
        posts = [post] if post else [p.id for p in candidates(policy, directory, body, role)]
        yield from ((body, one, since) for one in posts)
    for addressed, sent_at in state.letters.items():
        record = directory.post(addressed)
        if record is not None:
            yield record.body, addressed, sent_at
    for body, role in _all_places(policy, state, _in_their_turn(policy, state)):
        post, _ = owner(policy, state, directory, body, role)
        if post is not None:
            yield body, post, state.raised_at


def _in_their_turn(policy: Policy, state: CaseState) -> Iterator[Seat]:
    """Those told of a stage the case came to, of a time that passed, and those the record is shared with.

    And those of the partnership to whom the policy has it reported, once it was.
    """
    for visit in state.visits:
        yield from policy.stages[visit.stage].tells
    for clock, _, _ in state.missed:
        rule = policy.clocks[clock].if_missed
        yield from rule.tells if rule else ()
    for name in sorted(state.done):
        step = policy.steps[name]
        if step.kind == "notice" and step.counterpart and step.counterpart.side == "partnership":
            yield step.counterpart
    visited = {visit.stage for visit in state.visits}
    for record in policy.records:
        is_for_now = not state.is_open if record.at_end else visited & set(record.stages)
        if is_for_now or not (record.at_end or record.stages):
            yield from (seat for seat in record.shared_with if seat.role)


def _all_places(
    policy: Policy, state: CaseState, seats: Iterable[Seat]
) -> Iterator[tuple[Id, str]]:
    for seat in dict.fromkeys(seats):
        yield from places(policy, state, seat)


def places(policy: Policy, state: CaseState, seat: Seat) -> list[tuple[Id, str]]:
    """Every place a seat means: for `each`, in each agency. None for those who are no users."""
    if seat.side in ("outside", "raiser"):
        return []
    abouts: dict[str, tuple[Id | None, ...]] = {
        "receiving": state.receiving_agencies,
        "each": state.parties,
    }
    return [place(policy, state, seat, about) for about in abouts.get(seat.side, (None,))]
