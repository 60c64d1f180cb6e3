"""Whether the agencies and posts somebody names are in the directory, and where they say.

What a form offers is only an offer: a request can name anything. A post of one agency can
never be put in a seat of another, nor an agency of another partnership into a case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from counterpart.engine.apart import NOT_THEIR_LEAD, is_kept_from
from counterpart.engine.kinds import Id
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.people.finders import agencies_in
from counterpart.people.models import Post

NO_SUCH_POST = Refusal("no_such_post", "One of the posts is not in the directory. Choose another.")
NO_SUCH_AGENCY = Refusal("no_such_agency", "One of the agencies is not in this partnership.")


def misplaced(seats: Iterable[tuple[str, str | None]]) -> Refusal | None:
    """Why these (agency or partnership, post) pairs cannot be, or None. One query."""
    wanted = {(body, post) for body, post in seats if post}
    if not wanted:
        return None
    rows = Post.objects.filter(id__in=[post for _, post in wanted])
    there = {(row.body_id, row.id) for row in rows}
    return NO_SUCH_POST if wanted - there else None


def lead_is_kept_out(state: CaseState, lead: str | None) -> Refusal | None:
    """Why somebody cannot see an outcome through who is of an agency that the case is kept from, or None. At most
    one query.
    """
    if state.keeping.apart is None or lead is None:
        return None
    body = Post.objects.filter(id=lead).values_list("agency", flat=True).first()
    return NOT_THEIR_LEAD if body and is_kept_from(state, Id(body), Id(lead)) else None


def outside(partnership: str, agencies: Iterable[str], at: datetime) -> Refusal | None:
    """Why these agencies cannot take part in a case of the partnership, or None. One query."""
    known = {agency.id for agency in agencies_in(partnership, at)}
    return NO_SUCH_AGENCY if set(agencies) - known else None


def unknown_in(partnership: str, posts: Iterable[str | None]) -> Refusal | None:
    """Why these posts, of whichever agency of the partnership, cannot be, or None. One query."""
    wanted = {post for post in posts if post}
    if not wanted:
        return None
    here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    found = set(Post.objects.filter(here, id__in=wanted).values_list("id", flat=True))
    return NO_SUCH_POST if wanted - found else None
