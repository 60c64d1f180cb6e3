"""Who is to be reminded this morning that posts wait to be confirmed: each of them once a year.

That is whoever has the desk, for all of a partnership, and an agency's own lead, for that agency: only who
can sign in to do it. It is a line of a digest, and makes one by itself once a week at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from counterpart.access.rules import LEAD_TIERS
from counterpart.casework.reminding import Reminder, weekly
from counterpart.engine.kinds import Id
from counterpart.messages.kinds import TO_CONFIRM
from counterpart.people.directory import posts_as_of
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Account, Membership, Post
from counterpart.people.overview import to_confirm_by_body


def reminders(now: datetime) -> Mapping[str, Reminder]:
    """The line for each person (id) who is to have it this morning. One query where nothing waits; else
    some, and one more for each hundred of them.
    """
    return weekly(TO_CONFIRM, {person: _words(n) for person, n in _waiting(now).items()}, now)


def _words(n: int) -> str:
    return "1 post waits to be confirmed" if n == 1 else f"{n} posts wait to be confirmed"


def _waiting(now: datetime) -> dict[str, int]:
    """How many posts wait for each person who can confirm them."""
    by_body = to_confirm_by_body(now)
    if not by_body:
        return {}
    here: defaultdict[str, set[str]] = defaultdict(set)
    for agency, partnership in Membership.objects.values_list("agency", "partnership"):
        here[partnership].add(agency)
    desks = Q(tier=BUSINESS_MANAGER, partnership__isnull=False)
    leads = Q(tier__in=LEAD_TIERS, agency__in=list(by_body))
    keepers = Post.objects.filter(desks | leads).values_list("id", flat=True)
    bodies: defaultdict[Id, set[str]] = defaultdict(set)
    for post in posts_as_of(now, list(keepers)).all_posts():
        for holder in post.holders:
            bodies[holder.person] |= {post.body, *here[post.body]} & by_body.keys()
    signing_in = Account.objects.filter(
        is_active=True, is_administrator=False, person__in=list(bodies)
    )
    return {
        person: sum(by_body[body] for body in bodies[Id(person)])
        for person in signing_in.order_by("person").values_list("person", flat=True)
        if bodies[Id(person)]
    }
