"""Applying the end of a post, of an agency, or of an agency's part in a partnership; and the undoing of the first two.

A row stays where it is, so that history keeps its names: only the day from which it is there no more is
added. Like `changes`, it is called by `casework` inside its own transaction. It must not know a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from counterpart.people.changes import DirectoryFault, unknown
from counterpart.people.days import open_on
from counterpart.people.models import Agency, Cover, Holding, Membership, Post


def holdings_beyond(posts: Sequence[str], day: date) -> list[Holding]:
    """The appointments to these posts that would go on on `day` or begin later, in a stable order."""
    running = Q(until_on__isnull=True) | Q(until_on__gt=day)
    rows = Holding.objects.filter(running, post__in=posts)
    return list(rows.order_by("post", "from_on", "id"))


def open_posts(agency: str, day: date) -> list[Post]:
    """The posts of an agency that have not been closed, nor are about to be, by `day`."""
    return list(Post.objects.filter(open_on(day), agency=agency).order_by("id"))


def close_posts(*, posts: Sequence[str], closed_on: date) -> None:
    """From `closed_on` on these posts are there no more: nobody holds them, and nobody stands in."""
    for one in holdings_beyond(posts, closed_on):
        Holding.objects.filter(id=one.id).update(until_on=max(one.from_on, closed_on))
    covers = Cover.objects.filter(post__in=posts)
    covers.filter(from_on__gte=closed_on).delete()
    covers.filter(until_on__gt=closed_on).update(until_on=closed_on)
    Post.objects.filter(id__in=posts).update(closed_on=closed_on)


def close_agency(*, agency: str, closed_on: date) -> None:
    """From `closed_on` on an agency is there no more. Its posts are closed beside."""
    if not Agency.objects.filter(id=agency).update(closed_on=closed_on):
        raise unknown("agency")


def closed_with(agency: str, day: date) -> list[Post]:
    """The posts of an agency that were closed on the same day as it, in a stable order."""
    return list(Post.objects.filter(agency=agency, closed_on=day).order_by("id"))


def open_again(*, posts: Sequence[str], agency: str | None = None) -> None:
    """These posts, and the agency, are there as before. Nobody comes back to a post by it."""
    Post.objects.filter(id__in=posts).update(closed_on=None)
    if agency is not None:
        Agency.objects.filter(id=agency).update(closed_on=None)


def leave_partnership(*, agency: str, partnership: str) -> None:
    """An agency is of this partnership no more. Raises `DirectoryFault` where it is of no other."""
    mine = Membership.objects.filter(agency=agency)
    if not mine.filter(partnership=partnership).exists():
        raise unknown("agency")
    if not mine.exclude(partnership=partnership).exists():
        raise DirectoryFault(
            "only_here", "The agency is in no other partnership. Close it instead."
        )
    mine.filter(partnership=partnership).delete()
