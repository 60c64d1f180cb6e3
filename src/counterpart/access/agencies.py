"""May this person keep the directory of this agency, or of this partnership's office, now?

A business manager keeps every agency of their partnership, and its office; an agency's own lead
keeps that agency. `rules.AGENCY_ACTS` says which may do what. No case is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from counterpart.access.answers import Allowed, Answer, Denied
from counterpart.access.rules import AGENCY_ACTS, LEAD_TIERS, LEADS, MANAGES
from counterpart.people.models import Membership
from counterpart.people.standing import Standing, standing_of

NOT_KEPT = Denied("not_kept", "You have no post by which you keep this part of the directory.")


def can_keep(person: str, act: str, body: str, at: datetime) -> Answer:
    """Whether `person` may do `act` in the directory of an agency or a partnership's office.

    KeyError for an act that is not in the table. Four to seven queries.
    """
    standing = standing_of(person, at)
    if standing.is_administrator:
        return NOT_KEPT
    ways = {MANAGES: _managing, LEADS: _leading}
    for kind in AGENCY_ACTS[act]:
        answer = ways[kind](standing, body)
        if answer:
            return answer
    return NOT_KEPT


def led_by(person: str, at: datetime) -> Mapping[str, Allowed]:
    """The agencies whose lead `person` is now, and by which post."""
    standing = standing_of(person, at)
    if standing.is_administrator:
        return {}
    posts = [post for footing in standing.footings for post in footing.posts]
    bodies = dict.fromkeys(post.body for post in posts if not post.body_is_partnership)
    found = {body: _leading(standing, body) for body in bodies}
    return {body: allowed for body, allowed in found.items() if allowed}


def _managing(standing: Standing, body: str) -> Allowed | None:
    """By the desk of the partnership itself, or of one that the agency belongs to."""
    member = Membership.objects.filter(agency=body).values_list("partnership", flat=True)
    desks = {body, *member}
    for footing in standing.footings:
        for post in footing.posts:
            if post.body in desks and post.body in footing.partnerships:
                return Allowed(MANAGES, post.post, post.acting_for)
    return None


def _leading(standing: Standing, body: str) -> Allowed | None:
    for footing in standing.footings:
        for post in footing.posts:
            is_lead = post.tier in LEAD_TIERS and not post.body_is_partnership
            if post.body == body and is_lead:
                return Allowed(LEADS, post.post, post.acting_for)
    return None
