"""Being away: whom a person asks to stand in for them, and coming back before the day that was said.

It must not say what a stand-in may do: `access` does, and never more than the person covered may.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction

from counterpart.casework.actors import Acting, by_post
from counterpart.casework.directory import arrange_cover, end_cover
from counterpart.people.colleagues import cover_about, own_posts
from counterpart.people.days import day_of
from counterpart.people.standing import HeldPost

CAPACITY = "holder"


def go_away(
    *,
    person: str,
    covering: Mapping[str, str],
    from_on: date,
    until_on: date,
    now: datetime,
    key: str,
) -> None:
    """Somebody stands in for a person, from a day until (not including) another.

    `covering` names, for each agency or office they have posts in, who does. Where that is all there
    is, the stand-in has the person's own part in cases too; else that of the posts there. The same
    `key` again arranges nothing twice. Raises `DirectoryFault`, `journal.errors.Conflict`.
    """
    posts = own_posts(person, now)
    actor = _themselves(person, posts)
    with transaction.atomic():
        for body, post in _covers(posts, covering):
            arrange_cover(
                person=person,
                post=post,
                covering=covering[body],
                from_on=from_on,
                until_on=until_on,
                actor=actor,
                now=now,
                id=_cover_id(key, person, post or body),
            )


def come_back(*, person: str, cover: str, now: datetime) -> bool:
    """From today on this cover is no more; False where it is not for this person.

    Raises `journal.errors.Conflict`.
    """
    if all(arranged.id != cover for arranged in cover_about(person, now).for_me):
        return False
    actor = _themselves(person, own_posts(person, now))
    end_cover(cover=cover, until_on=day_of(now), actor=actor, now=now)
    return True


def _covers(
    posts: tuple[HeldPost, ...], covering: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    bodies = {post.body for post in posts}
    if len(bodies) == 1:
        yield from ((body, None) for body in bodies if body in covering)
        return
    yield from ((post.body, post.post) for post in posts if post.body in covering)


def _themselves(person: str, posts: tuple[HeldPost, ...]) -> Acting:
    return by_post(person=person, post=posts[0].post if posts else None, capacity=CAPACITY)


def _cover_id(key: str, person: str, what: str) -> str:
    return hashlib.sha256(f"{person} {what} {key}".encode()).hexdigest()[:32]
