"""Whether somebody sits where a policy says that something is to be done.

`access` has said that they may act for their side, or for the partnership. Where the policy names
a role as well, only whoever fills it may: nobody approves what they themselves have asked for.
"""

from __future__ import annotations

from counterpart.access.rules import OFFICE
from counterpart.casework.actors import Acting
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Id
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat

WHERE = {
    "raising": "in the agency that raised the concern",
    "receiving": "in the other agency",
    "each": "in one of the agencies",
    "partnership": "in the partnership",
}


def not_theirs(
    policy: Policy, state: CaseState, directory: Directory, seat: Seat, actor: Acting
) -> Refusal | None:
    """Why `actor` does not sit in a seat of the policy, or None. Where they write for somebody, that one.

    Whoever watches the case keeps things moving: they may act for any seat of the partnership.
    """
    return None if _sits(policy, state, directory, seat, actor) else whose_it_is(policy, seat)


def _sits(
    policy: Policy, state: CaseState, directory: Directory, seat: Seat, actor: Acting
) -> bool:
    post = actor.on_behalf_post or actor.post
    if seat.side == "outside":
        return True  # they are no users: whoever has to do with it writes it down
    if seat.side == "raiser":
        return state.raiser == (actor.on_behalf_of or actor.person)
    if seat.side == "partnership":
        if actor.agency is not None:
            return False
        return actor.capacity in OFFICE or _fills(
            policy, state, directory, state.partnership, seat.role, post
        )
    agency = Id(actor.agency) if actor.agency else None
    if agency is None or seat.side not in ("each", state.side_of(agency)):
        return False
    return agency in state.parties and _fills(policy, state, directory, agency, seat.role, post)


def _fills(
    policy: Policy,
    state: CaseState,
    directory: Directory,
    body: Id,
    role: str | None,
    post: str | None,
) -> bool:
    """Whether a post is the one named for a role, or of a tier that the role is filled from.

    Of an agency that the case is kept from, whoever raised it fills every role.
    """
    apart = state.keeping.apart
    if apart is not None and body == state.raising.agency:
        return post == apart.post
    if role is None or state.seats.get((body, role)) == post:
        return True
    record = directory.post(Id(post)) if post else None
    return record is not None and record.tier in policy.roles[role].tiers


def whose_it_is(policy: Policy, seat: Seat) -> Refusal:
    """The refusal of somebody who does not sit there: it says who does."""
    if seat.side == "raiser":
        return Refusal("not_theirs", "The policy gives this to the person who raised the concern.")
    where = WHERE.get(seat.side, WHERE["each"])
    if seat.role is None:
        return Refusal("not_theirs", f"The policy gives this to somebody {where}.")
    title = policy.roles[seat.role].title
    return Refusal("not_theirs", f"The policy gives this to one role {where}: {title}.")
