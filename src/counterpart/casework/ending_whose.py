"""Who answers the written outcome for an agency, and who says that an agreed action is done.

`access` has said that they take part in the case. An answer for an agency is its speaker's, and theirs who speak for
it further up; what was to be done, whoever had to do it says that they have.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.access.rules import OFFICE
from counterpart.casework.actors import Acting
from counterpart.engine.agreeing import action_of
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Id
from counterpart.engine.owners import candidates, owner, place
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy

NOT_DONE_BY_THEM = Refusal(
    "not_theirs",
    "Only the agency that has to do this, the lead manager or the partnership’s office can say that it is done. "
    "You can ask them about it.",
)
ANSWERS_FOR_IT = Refusal(
    "answers_for_agency", "You answer the written outcome for your agency. Say it in that answer."
)


def not_theirs_to_finish(state: CaseState, action: str, actor: Acting) -> Refusal | None:
    """Why `actor` cannot say that an action is done, or None. Whether there is such an action is not asked here."""
    found = action_of(state, Id(action))
    if found is None or actor.capacity in OFFICE:
        return None
    agreed, lead = found
    if actor.agency == agreed.agency:
        return None
    post = actor.on_behalf_post or actor.post
    return None if lead is not None and post == lead else NOT_DONE_BY_THEM


def not_their_answer(
    policy: Policy, state: CaseState, directory: Directory, agency: str, actor: Acting
) -> Refusal | None:
    """Why `actor` does not answer the written outcome for `agency`, or None."""
    if answers_for(policy, state, directory, agency, actor):
        return None
    _, role = place(policy, state, policy.closing.confirmed_by, Id(agency))
    title = policy.roles[role].title
    return Refusal(
        "not_speaker",
        f"Your agency answers by whoever speaks for it here: {title}. If you see it differently, you can say so. "
        "It is kept as yours.",
    )


def answers_for(
    policy: Policy, state: CaseState, directory: Directory, agency: str, actor: Acting
) -> bool:
    """Whether `actor` answers for `agency`: as its speaker at this stage, or as one who speaks for it further up."""
    if actor.agency != agency or agency not in state.parties:
        return False
    mine = {actor.on_behalf_post or actor.post} - {None}
    if state.raiser is not None and state.raiser == (actor.on_behalf_of or actor.person):
        mine |= {state.raising.post} - {None}
    if not mine:
        return False
    apart = state.keeping.apart
    if apart is not None and agency == state.raising.agency:
        return apart.post in mine
    body, role = place(policy, state, policy.closing.confirmed_by, Id(agency))
    return any(
        not mine.isdisjoint(_posts(policy, state, directory, body, one))
        for one in (role, *_further_up(policy, state, Id(agency)))
    )


def _posts(
    policy: Policy, state: CaseState, directory: Directory, body: Id, role: str
) -> frozenset[Id]:
    """The post that has a role in this case; where nobody is named for it, everybody who could be."""
    post, _ = owner(policy, state, directory, body, role)
    if post is not None:
        return frozenset({post})
    return frozenset(one.id for one in candidates(policy, directory, body, role))


def _further_up(policy: Policy, state: CaseState, agency: Id) -> Iterator[str]:
    """The roles that speak for a side at a later stage, and at none until here."""
    stages = policy.tracks[state.track].stages
    side = state.side_of(agency)
    if state.stage not in stages or side is None:
        return
    here = stages.index(state.stage) + 1
    below = {policy.stages[stage].speaks[side] for stage in stages[:here]}
    for stage in stages[here:]:
        role = policy.stages[stage].speaks[side]
        if role not in below:
            yield role
