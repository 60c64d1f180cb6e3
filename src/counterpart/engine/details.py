"""Whether what is written can be so: dates, agencies, results, panels, texts.

A rule here looks at the event proposed, after `rules` has found the case in a state for it. It
answers None, or a `Refusal` saying what is wrong and what to do.
"""

from __future__ import annotations

from datetime import timedelta

from counterpart.engine import events as e
from counterpart.engine.asking import Asked, Refusal
from counterpart.policy.model import FINAL, Affirmed, Unresolved
from counterpart.worktime import in_london

LONGEST_BEFORE_RAISING = timedelta(days=366)
LONGEST_AHEAD = timedelta(days=3 * 366)
TOLD = frozenset({"notice", "letter"})


def happened_already(asked: Asked) -> Refusal | None:
    if asked.happened_at <= asked.now:
        return None
    return Refusal("in_the_future", "The date and time must be in the past.")


def not_before_it_came_here(asked: Asked) -> Refusal | None:
    """What moves a case, or answers something on it, cannot have been before the last move."""
    last = asked.state.visits[-1]
    if asked.happened_at >= (last.left_at or last.opened_at):
        return None
    return Refusal(
        "before_this_stage", "That is before the case came to where it is now. Check the date."
    )


def happened_lately(asked: Asked) -> Refusal | None:
    if asked.happened_at >= asked.state.raised_at - LONGEST_BEFORE_RAISING:
        return None
    return Refusal(
        "too_long_ago", "That is more than a year before the concern was raised. Check the date."
    )


def agencies_are_parties(asked: Asked) -> Refusal | None:
    step = asked.policy.steps[asked.proposed.step]
    agencies = asked.proposed.agencies
    if step.settles and not set(agencies) & set(asked.state.receiving_agencies):
        return Refusal("nobody_spoken_to", "Choose the other agency this was with.")
    if set(agencies) - set(asked.state.parties):
        return Refusal("not_a_party", "One of the agencies is not part of this disagreement.")
    return None


def result_is_known(asked: Asked) -> Refusal | None:
    """A notice or a letter is owed until it is given: that it was not is no result."""
    step = asked.policy.steps[asked.proposed.step]
    known = {"agreed", "partly", "not_agreed", "not_held"} if step.settles else {"done", "not_held"}
    if step.kind == "consideration":
        known = {"needed", "not_needed", "not_held"}
    if step.kind in TOLD and asked.proposed.result == "not_held":
        return Refusal(
            "not_given_yet",
            "Record this once it has been done. If you cannot reach anyone, tell the person who "
            "runs the partnership’s office.",
        )
    if asked.proposed.result in known:
        return None
    return Refusal("no_such_result", "Say what came of it.")


def agency_is_party(asked: Asked) -> Refusal | None:
    if asked.proposed.agency in asked.state.parties:
        return None
    return Refusal("not_a_party", "That agency is not part of this disagreement.")


def text_is_the_next(asked: Asked) -> Refusal | None:
    """Each text of the outcome has a number of its own, so that an answer is to one text only."""
    if asked.proposed.number == asked.state.texts + 1:
        return None
    return Refusal(
        "older_text",
        "The text of the outcome has changed since you opened it. Read the new one first.",
    )


def basis_is_so(asked: Asked) -> Refusal | None:
    """A text rests on a decision only where a panel made one that stands."""
    panel = asked.state.panel
    is_decided = panel is not None and panel.decided_at is not None
    stands = is_decided and asked.policy.panels[panel.panel].authority in FINAL if panel else False
    if asked.proposed.basis == ("decision" if stands else "agreement"):
        return None
    return Refusal("another_basis", "This is not what the written outcome rests on.")


def answers_present_text(asked: Asked) -> Refusal | None:
    outcome = asked.state.outcome
    if outcome is None or asked.proposed.number == outcome.number:
        return None
    return Refusal(
        "older_text",
        "The text of the outcome has changed since you opened it. Read the new one first.",
    )


def has_not_answered(asked: Asked) -> Refusal | None:
    outcome = asked.state.outcome
    is_own = isinstance(asked.proposed, e.OutcomeDissented) and asked.proposed.is_own
    if outcome is None or is_own or asked.proposed.agency not in outcome.answers:
        return None
    return Refusal("already_answered", "This agency has already answered this text.")


def actions_are_by_parties(asked: Asked) -> Refusal | None:
    for action in asked.proposed.actions:
        if action.agency not in asked.state.parties:
            return Refusal("not_a_party", "An action must be for one of the agencies here.")
        if action.due_on < in_london(asked.now).date():
            return Refusal("action_past", "An action needs a date that is still to come.")
        if action.due_on > in_london(asked.now + LONGEST_AHEAD).date():
            return Refusal(
                "action_far", "An action's date is more than three years away. Check it."
            )
    return None


def redirect_makes_sense(asked: Asked) -> Refusal | None:
    ev: e.PartyRedirected = asked.proposed
    if ev.from_agency not in asked.state.receiving_agencies:
        return Refusal("not_receiving", "Only the other side can say that it is not for them.")
    if ev.to.agency in asked.state.parties:
        return Refusal("already_party", "That agency is already part of this disagreement.")
    return None


def panel_is_the_policys(asked: Asked) -> Refusal | None:
    if asked.proposed.panel == asked.policy.stages[asked.state.stage].panel:
        return None
    return Refusal("no_panel_here", "The policy has no such panel at this stage.")


def authority_is_the_policys(asked: Asked) -> Refusal | None:
    if asked.proposed.authority == asked.policy.panels[asked.proposed.panel].authority:
        return None
    return Refusal("not_its_authority", "The policy gives this panel another authority.")


def panel_meets_soon(asked: Asked) -> Refusal | None:
    if asked.proposed.meets_at <= asked.now + LONGEST_AHEAD:
        return None
    return Refusal("too_far", "That is more than three years away. Check the date.")


def entry_is_here(asked: Asked) -> Refusal | None:
    if asked.proposed.entry in asked.state.entries:
        return None
    return Refusal("no_such_entry", "There is no such entry on this record.")


def seat_is_the_policys(asked: Asked) -> Refusal | None:
    seat = asked.proposed.seat
    role = asked.policy.roles.get(seat.role)
    at_partnership = role is not None and role.at == "partnership"
    bodies = (asked.state.partnership,) if at_partnership else asked.state.parties
    if seat.body in bodies and (role is not None or seat.role == "supporter"):
        return None
    return Refusal("no_such_role", "The policy has no such role in that agency.")


def seats_are_the_policys(asked: Asked) -> Refusal | None:
    """The posts that speak at the next stage are for roles that the policy has there."""
    for seat in asked.proposed.seats:
        role = asked.policy.roles.get(seat.role)
        if role is None or role.at != "agency" or seat.body not in asked.state.parties:
            return Refusal("no_such_role", "The policy has no such role in that agency.")
    return None


def goes_where_the_way_leads(asked: Asked) -> Refusal | None:
    ev: e.MovedOn = asked.proposed
    way = asked.policy.ways_on[ev.way]
    if ev.from_stage == asked.state.stage and ev.to_stage == way.to_stage:
        return None
    return Refusal("another_way", "That way on leads to another stage.")


def conditions_are_affirmed(asked: Asked) -> Refusal | None:
    """What only a person can know, whoever moves the case on must say; and nothing else."""
    ev: e.MovedOn = asked.proposed
    way = asked.policy.ways_on[ev.way]
    named = {c.condition for group in way.when for c in group if isinstance(c, Affirmed)}
    if set(ev.grounds) - named:
        return Refusal("no_such_condition", "The policy does not ask this here.")
    for group in way.when:
        asks = [c.condition for c in group if isinstance(c, Affirmed)]
        is_settled = Unresolved() in group and asked.state.is_settled
        needed = len(asks) == len(group) or (is_settled and len(asks) == len(group) - 1)
        if needed and not set(asks) & set(ev.grounds):
            words = " or ".join(f"“{asked.policy.conditions[name].title}”" for name in asks)
            return Refusal("not_affirmed", f"The policy asks for this to be so: {words}.")
    return None


def band_is_the_policys(asked: Asked) -> Refusal | None:
    bands = asked.policy.bands.bands if asked.policy.bands else ()
    if asked.proposed.band in {band.id for band in bands}:
        return None
    return Refusal("no_such_band", "The policy has no such band.")


def answers_what_is_awaited(asked: Asked) -> Refusal | None:
    if asked.proposed.step in asked.state.awaiting:
        return None
    return Refusal("not_awaited", "There is nothing agreed that waits for this answer.")


def jump_says_why(asked: Asked) -> Refusal | None:
    ev: e.MovedOn = asked.proposed
    if ev.reason or not asked.policy.ways_on[ev.way].is_jump:
        return None
    return Refusal("no_reason", "Say why the stages between are left out.")


def lead_is_named(asked: Asked) -> Refusal | None:
    if asked.policy.closing.lead is None or asked.proposed.lead is not None:
        return None
    title = asked.policy.closing.lead.title
    return Refusal("no_lead", f"The policy asks who will see this through: {title}.")


def reopens_where_it_ended(asked: Asked) -> Refusal | None:
    if asked.proposed.stage == asked.state.stage:
        return None
    return Refusal("another_stage", "A case is reopened at the stage where it ended.")
