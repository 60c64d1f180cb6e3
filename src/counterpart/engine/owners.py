"""Whose place a seat is, and which post has it now: found on the case, or in a directory.

Nobody is picked by chance. It must not know of duties or times.
"""

from __future__ import annotations

from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat

NO_POST = "no_post"
VACANT = "vacant"
NOT_NAMED = "not_named"
KEPT_OUT = "kept_out"


def place(
    policy: Policy, state: CaseState, seat: Seat, about: Id | None, *, at: str = ""
) -> tuple[Id, str]:
    """The agency or partnership, and the role, that a seat means at the stage `at`: the present one, if none.

    Of an agency that the case is kept from, it is always the place of whoever raised it.
    """
    if seat.side == "partnership":
        return state.partnership, seat.role or ""
    speaks = policy.stages[at or state.stage].speaks
    if seat.side == "raising" or about == state.raising.agency:
        if state.keeping.apart is not None:
            return state.raising.agency, role_of_raiser(policy, state)
        return state.raising.agency, seat.role or speaks["raising"]
    body = about if about is not None else state.receiving[0].agency
    return body, seat.role or speaks["receiving"]


def role_of_raiser(policy: Policy, state: CaseState) -> str:
    """The role that speaks for the raising side where a case of this kind begins."""
    return policy.stages[policy.tracks[state.track].first].speaks["raising"]


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
        return named, nobody_in(post)
    held = candidates(policy, directory, body, role)
    if len(held) == 1:
        return held[0].id, None
    if held:
        return None, NOT_NAMED
    posts = directory.posts(body, policy.roles[role].tiers)
    return (posts[0].id, nobody_in(posts[0])) if posts else (None, NO_POST)


def nobody_in(post: PostRecord | None) -> str | None:
    """Why nobody can act in a post, or None."""
    if post is None:
        return VACANT
    if post.holders:
        return None
    return KEPT_OUT if post.is_kept_out else VACANT


def candidates(policy: Policy, directory: Directory, body: Id, role: str) -> tuple[PostRecord, ...]:
    """The held posts at the first tier of the role that has any, in the directory's order."""
    held = [p for p in directory.posts(body, policy.roles[role].tiers) if p.holders]
    return tuple(p for p in held if p.tier == held[0].tier)
