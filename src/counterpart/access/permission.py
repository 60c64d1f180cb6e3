"""May this person do this, to this case, now? The one place where it is asked.

It must not look at the account that is signed in: a deny is about the person. What it answers
holds for this moment only; ask again at the next request.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from counterpart.access.answers import Allowed, Answer, Denied, judge
from counterpart.access.rules import ACTS, BELONGS, MANAGES, PARTNERSHIP_ACTS, WATCHES
from counterpart.access.ties import ties_of
from counterpart.people.kinds import DATA_PROTECTION_LEAD
from counterpart.people.models import Membership
from counterpart.people.standing import Standing, standing_of


def can(person: str, act: str, case: str, at: datetime) -> Answer:
    """Whether `person` may do `act` in `case` at `at`. KeyError for an act that is not in the
    table.

    Five queries; one or two more where the person stands in for somebody.
    """
    rule = ACTS[act]
    return judge(rule, ties_of(standing_of(person, at), case, at))


def can_by(person: str, act: str, case: str, at: datetime, *, post: str) -> Answer:
    """The same by one post alone, held or covered: nothing else that binds them to the case counts.

    As many queries as `can`.
    """
    standing = standing_of(person, at)
    footings = (
        replace(footing, person=None, posts=tuple(p for p in footing.posts if p.post == post))
        for footing in standing.footings
    )
    by_it = replace(standing, footings=tuple(one for one in footings if one.posts))
    return judge(ACTS[act], ties_of(by_it, case, at))


def acts_allowed(person: str, case: str, at: datetime) -> Mapping[str, Answer]:
    """The answer for every act in the table, for the same few queries as one."""
    ties = ties_of(standing_of(person, at), case, at)
    return {act: judge(rule, ties) for act, rule in ACTS.items()}


def can_in(person: str, act: str, partnership: str, at: datetime) -> Answer:
    """Whether `person` may do `act` in a partnership at `at`, no one case being meant."""
    open_to = PARTNERSHIP_ACTS[act]
    standing = standing_of(person, at)
    ways = {MANAGES: _managing, BELONGS: _belonging, WATCHES: _watching}
    for kind in open_to:
        if answer := ways[kind](standing, partnership):
            return answer
    return Denied("not_in_partnership", "You have no post in this partnership for that.")


def partnerships_watched_by(person: str, at: datetime) -> tuple[str, ...]:
    """The partnerships in which `person` is shown what is unusual about who looks at cases."""
    standing = standing_of(person, at)
    ways = (_watching, _managing)
    bodies = [p.body for one in standing.footings for p in one.posts if p.body_is_partnership]
    if standing.is_administrator:
        return ()
    return tuple(body for body in dict.fromkeys(bodies) if any(way(standing, body) for way in ways))


def _managing(standing: Standing, partnership: str) -> Allowed | None:
    for footing in standing.footings:
        for post in footing.posts:
            if post.body == partnership and partnership in footing.partnerships:
                return Allowed(MANAGES, post.post, post.acting_for)
    return None


def _watching(standing: Standing, partnership: str) -> Allowed | None:
    for footing in standing.footings:
        for post in footing.posts:
            if post.body == partnership and post.tier == DATA_PROTECTION_LEAD:
                return Allowed(WATCHES, post.post, post.acting_for)
    return None


def _belonging(standing: Standing, partnership: str) -> Allowed | None:
    posts = [post for footing in standing.footings for post in footing.posts]
    members = set(
        Membership.objects.filter(
            partnership=partnership, agency__in=[post.body for post in posts]
        ).values_list("agency_id", flat=True)
    )
    for post in posts:
        if post.body in members or post.body == partnership:
            return Allowed(BELONGS, post.post, post.acting_for)
    return None
