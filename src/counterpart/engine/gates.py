"""What must hold before the case may pass a gate: conditions, approvals, answers, exits, dates, bands.

State rules like those in `rules`, for what only some policies have. Each answers None, or a
`Refusal` saying what is wrong and what to do.
"""

from __future__ import annotations

from datetime import datetime

from counterpart.engine.asking import Refusal
from counterpart.engine.state import CaseState
from counterpart.policy.model import (
    Condition,
    MissedClock,
    PassedSince,
    Policy,
    RefusedWay,
    Unresolved,
)
from counterpart.worktime import Calendar, due_at

# --- ways on -------------------------------------------------------------------------------------


def way_is_of_this_track(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way = policy.ways_on.get(target)
    if way is None or not way.tracks or state.track in way.tracks:
        return None
    return Refusal("another_track", "This is for another kind of disagreement.")


def approval_was_given(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way = policy.ways_on.get(target)
    if way is None or way.approval is None:
        return None
    match state.approvals.get(target):
        case "given":
            return None
        case "asked":
            return Refusal("approval_awaited", "Approval was asked for. There is no answer yet.")
        case "refused":
            return Refusal("approval_refused", "Approval was refused. You can ask again.")
        case _:
            return Refusal("needs_approval", "This needs approval first. Ask for it.")


def way_is_not_barred(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if target not in state.barred:
        return None
    return Refusal("barred", "The policy gave a time for this, and the time has passed.")


def conditions_can_hold(
    policy: Policy, state: CaseState, target: str, now: datetime, calendar: Calendar
) -> Refusal | None:
    """Every group of conditions has one that holds, or that a person may yet say is so."""
    way = policy.ways_on.get(target)
    for group in way.when if way else ():
        refusals = [_unmet(policy, state, one, now, calendar) for one in group]
        if None not in refusals:
            return refusals[0]
    return None


def _unmet(
    policy: Policy, state: CaseState, condition: Condition, now: datetime, calendar: Calendar
) -> Refusal | None:
    """Why a condition does not hold. What a person says is so is held against what they say."""
    match condition:
        case Unresolved() if state.is_settled:
            return Refusal(
                "settled",
                "The record says the sides agree. Write down the outcome, or record that they "
                "no longer agree.",
            )
        case MissedClock(clock) if clock not in state.missed_here:
            what = policy.clocks[clock].what
            return Refusal("not_missed", f"This is for when the time for “{what}” has passed.")
        case RefusedWay(way) if state.approvals.get(way) != "refused":
            title = policy.ways_on[way].title
            return Refusal("not_refused", f"This is for when “{title}” was refused.")
        case PassedSince(limit, since):
            began_at = state.said.get(since)
            answer = due_at(limit, began_at, calendar, policy.counting) if began_at else None
            if answer is None or (isinstance(answer, datetime) and answer > now):
                return Refusal("too_soon", f"This is for when {limit} have passed.")
    return None


# --- approvals and answers -----------------------------------------------------------------------


def approval_can_be_asked(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way = policy.ways_on.get(target)
    if way is None or way.approval is None:
        return Refusal("no_approval", "This needs no approval.")
    if state.approvals.get(target) == "asked":
        return Refusal("approval_awaited", "Approval was asked for. There is no answer yet.")
    if state.approvals.get(target) == "given":
        return Refusal("approved", "Approval was given already.")
    return None


def approval_is_awaited(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.approvals.get(target) == "asked":
        return None
    return Refusal("not_asked", "Nobody has asked for this approval.")


def answer_is_awaited(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if target in state.awaiting or (not target and state.awaiting):
        return None
    return Refusal("not_awaited", "There is nothing agreed that waits for this answer.")


# --- exits, bands and dates ----------------------------------------------------------------------


def exit_is_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way_out = policy.exits.get(target)
    if way_out is None:
        return Refusal("no_such_exit", "The policy has no such way out.")
    if way_out.from_stages and state.stage not in way_out.from_stages:
        here = policy.stages[state.stage].name
        return Refusal("another_stage", f"This is not for a case at “{here}”.")
    return None


def policy_has_band(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if policy.bands is None:
        return Refusal("no_bands", "The policy has no bands of priority.")
    if target and target not in {band.id for band in policy.bands.bands}:
        return Refusal("no_such_band", "The policy has no such band.")
    if target and target == state.band:
        return Refusal("same_band", "The case is in this band already.")
    return None


def policy_has_date(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if target in policy.dates:
        return None
    return Refusal("no_such_date", "The policy has no such date.")


def time_was_offered(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if target in state.offers:
        return None
    return Refusal("no_offer", "No time has been put forward yet.")
