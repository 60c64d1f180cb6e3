"""What follows where somebody took a way that says that they do not feel safe in their own agency.

From then on the raising agency is, in the case, whoever raised it and nobody else: they speak for it at every
stage, and nobody of their own managers is put in a seat or given something to do. The policy says which of its
conditions means this; the record says that it was affirmed. Who works for an agency is not known here.
"""

from __future__ import annotations

from typing import Any

from counterpart.engine import events as e
from counterpart.engine.asking import Asked, Refusal
from counterpart.engine.draft import Draft
from counterpart.engine.keeping import Apart
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState

SUPPORTER = "supporter"
KEPT = Refusal(
    "own_agency_kept_out",
    "The person who raised this did not feel safe raising it in their own agency. Nobody else of that agency "
    "can be given a part in the case.",
)
NOT_THEIR_LEAD = Refusal(
    "own_agency_kept_out",
    "The person who raised this did not feel safe raising it in their own agency. Choose a lead manager "
    "of another agency.",
)
WHY_OWN_AGENCY = Refusal(
    "own_agency_on_panel",
    "The person who raised this did not feel safe raising it in their own agency, and somebody of that agency "
    "is on the panel. Choose somebody else, or write why it must be them.",
)


# --- how it comes about ----------------------------------------------------------------------------


def went_past_own_agency(d: Draft, ev: e.MovedOn) -> None:
    """Whoever raised it, and a colleague who was given it and takes such a way themselves, are all that is left
    of their agency.
    """
    named = (d.policy.conditions.get(ground) for ground in ev.grounds)
    if not any(one.keeps_own_agency_out for one in named if one) or d.raised is None:
        return
    role = raisers_role(d)
    actor = d.entry.actor
    mine = actor.on_behalf_post or actor.post
    speaks = d.seats.get((d.raising, role))
    has_it = speaks is not None and speaks == mine and actor.agency == d.raising
    post = speaks if has_it else d.raised.raising.post
    stay = {d.raiser, actor.whose if has_it else None} - {None}
    was = d.keeping.apart
    since = was.since if was else d.entry.happened_at
    d.keeping = d.keeping.set_apart(Apart(since, frozenset(stay), post))  # type: ignore[arg-type]  # None is taken out
    if post is not None:
        d.seat(d.raising, role, post)


def raisers_role(d: Draft) -> str:
    """The role that speaks for the raising side where a case of this kind begins."""
    first = d.policy.tracks[d.raised.track].first if d.raised else d.stage
    return d.policy.stages[first].speaks["raising"]


# --- what it forbids ---------------------------------------------------------------------------------


def is_kept_from(state: CaseState, body: Id | None, post: Id | None) -> bool:
    """Whether a post of a body is one that the raising side is to be kept apart from."""
    apart = state.keeping.apart
    return apart is not None and body == state.raising.agency and post not in (None, apart.post)


def gives_nothing_to_own_agency(asked: Asked) -> Refusal | None:
    """No seat, action, learning point or talk is given to another post of the raiser's own agency."""
    if asked.state.keeping.apart is None:
        return None
    given = _given(asked.proposed)
    return KEPT if any(is_kept_from(asked.state, *one) for one in given) else None


def _given(ev: Any) -> list[tuple[Id | None, Id | None]]:
    """(agency, post) of everybody that an event gives a part to."""
    match ev:
        case e.MovedOn():
            return [(seat.body, seat.post) for seat in ev.seats]
        case e.SeatNamed():
            return [] if ev.seat.role == SUPPORTER else [(ev.seat.body, ev.seat.post)]
        case e.OutcomeProposed():
            return [(action.agency, action.post) for action in ev.actions]
        case e.LearningPointRecorded():
            return [(ev.body, ev.owner)]
        case e.DebriefOffered():
            return [(ev.body, ev.to)]
        case _:
            return []
