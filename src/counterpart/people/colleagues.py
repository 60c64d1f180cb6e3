"""Who else is in somebody's own agencies, and the cover arranged for and by them.

A fixed number of queries each. It must not change anything, and must not know a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from counterpart.people.days import day_of, on
from counterpart.people.directory import Snapshot, snapshot_of
from counterpart.people.models import Cover, Holding, Post
from counterpart.people.standing import HeldPost, standing_of
from counterpart.people.stated import choosable_on


@dataclass(frozen=True, slots=True)
class CoverRecord:
    """Somebody stands in for another, from the first day until (not including) another.

    `posts` are titles with their agency. `is_whole`: in all posts of the person covered, else in those alone.
    """

    id: str
    covering: str
    covering_name: str
    covered_names: tuple[str, ...]
    posts: tuple[str, ...]
    is_whole: bool
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Arranged:
    """The cover that runs or is to come: by a person, and for them."""

    by_me: tuple[CoverRecord, ...]
    for_me: tuple[CoverRecord, ...]


def own_posts(person: str, at: datetime) -> tuple[HeldPost, ...]:
    """The posts a person holds themselves, without those they cover. As many queries as `standing_of`."""
    return standing_of(person, at).footings[0].posts


def posts_in(bodies: Collection[str], at: datetime) -> Snapshot:
    """Every post of these agencies and offices that can be chosen, by title, as they stand at `at`."""
    here = Q(agency__in=bodies) | Q(partnership__in=bodies)
    posts = Post.objects.filter(here & choosable_on(day_of(at)))
    return snapshot_of(list(posts.order_by("title", "id")), at)


def cover_about(person: str, at: datetime) -> Arranged:
    """The cover that a person gives and has, now or later, the soonest first. Three queries."""
    day = day_of(at)
    own = Holding.objects.filter(on(day), person=person).values("post")
    about = Q(covering=person) | Q(person=person) | Q(post__in=own)
    rows = Cover.objects.filter(about, until_on__gt=day).select_related("covering", "person")
    found = list(rows.order_by("from_on", "id"))
    held = _held(found, day)
    records = {row.id: _record(row, held) for row in found}
    return Arranged(
        by_me=tuple(records[row.id] for row in found if row.covering_id == person),
        for_me=tuple(records[row.id] for row in found if row.covering_id != person),
    )


def _held(covers: Iterable[Cover], day: date) -> list[Holding]:
    """Today's holdings of the people and posts covered."""
    rows = list(covers)
    wanted = Q(person__in={row.person_id for row in rows if row.person_id})
    wanted |= Q(post__in={row.post_id for row in rows if row.post_id})
    related = ("person", "post__agency", "post__partnership")
    held = Holding.objects.filter(on(day), wanted).select_related(*related)
    return list(held.order_by("from_on", "id"))


def _record(row: Cover, held: Iterable[Holding]) -> CoverRecord:
    theirs = [h for h in held if h.person_id == row.person_id or h.post_id == row.post_id]
    names = [row.person.name] if row.person else [h.person.name for h in theirs]
    return CoverRecord(
        id=row.id,
        covering=row.covering_id,
        covering_name=row.covering.name,
        covered_names=tuple(dict.fromkeys(names)),
        posts=tuple(dict.fromkeys(_title(h.post) for h in theirs)),
        is_whole=row.post_id is None,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _title(post: Post) -> str:
    body = post.agency or post.partnership
    return f"{post.title}, {body.name}" if body else post.title
