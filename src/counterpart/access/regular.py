"""May this person write down what a policy asks for with no case, of this agency or of the partnership's office, now?

`rules.REGULAR_ACTS` says who. An agency's own people do it for that agency alone, and the desk for any of its
partnership. It must not know what a policy asks for: the caller brings the tiers of the role it names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from counterpart.access.answers import Allowed, Answer, Denied
from counterpart.access.rules import FILLS, LEAD_TIERS, LEADS, MANAGES, REGULAR_ACTS
from counterpart.people.models import Membership
from counterpart.people.standing import Footing, HeldPost, standing_of

NOT_THEIRS = Denied("not_theirs", "You have no post by which you write this down.")


def can_regular(
    person: str, act: str, partnership: str, body: str, tiers: Collection[str], at: datetime
) -> Answer:
    """Whether `person` may do `act` for `body`: an agency of the partnership, or (the same id) its office.

    `tiers` are those of the role that the policy gives it to, none where it names no role. KeyError for an
    act that is not in the table. Four to seven queries.
    """
    standing = standing_of(person, at)
    is_here = body == partnership or _is_member(body, partnership)
    if standing.is_administrator or not is_here:
        return NOT_THEIRS
    ways: dict[str, Callable[[Footing, HeldPost], bool]] = {
        MANAGES: lambda footing, post: post.body == partnership and _is_desk(footing, partnership),
        LEADS: lambda _, post: post.body == body != partnership and post.tier in LEAD_TIERS,
        FILLS: lambda _, post: post.body == body and post.tier in tiers,
    }
    for kind in REGULAR_ACTS[act]:
        for footing in standing.footings:
            for post in footing.posts:
                if ways[kind](footing, post):
                    return Allowed(kind, post.post, post.acting_for)
    return NOT_THEIRS


def _is_desk(footing: Footing, partnership: str) -> bool:
    return partnership in footing.partnerships


def _is_member(agency: str, partnership: str) -> bool:
    return Membership.objects.filter(agency=agency, partnership=partnership).exists()
