"""Somebody leaves: one act that ends everything they had, and says who takes their posts on.

Nothing of theirs is changed in any case's record: what they did keeps their name. A post that is
left with nobody shows on the desk at once, because its duties are worked out anew here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from counterpart.casework.actors import Acting
from counterpart.casework.directory import appoint, end_cover
from counterpart.casework.directory_stream import write
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Id
from counterpart.people import changes, upkeep
from counterpart.people.days import day_of
from counterpart.people.models import Cover, Holding


@dataclass(frozen=True, slots=True)
class Left:
    """What came of it: the posts nobody holds now, and whether the sign-in went too."""

    vacant: tuple[str, ...]
    is_closed: bool


def leave(
    *,
    person: str,
    bodies: Collection[str],
    takes_on: Mapping[str, str],
    actor: Acting,
    now: datetime,
    key: str = "",
) -> Left:
    """A person leaves every post they have, or were to have, in `bodies`, from now on.

    `takes_on` says who holds which of their posts from today: the id of a person for that of a
    post. Their sign-in closes with their last post anywhere, and whatever they stood in for ends.
    """
    today = day_of(now)
    with transaction.atomic():
        held = _held(person, today).filter(
            Q(post__agency__in=bodies) | Q(post__partnership__in=bodies)
        )
        mine = list(held.select_related("post"))
        is_closed = not _held(person, today).exclude(id__in=[one.id for one in mine]).exists()
        by_body: dict[str, list[Holding]] = {}
        for one in mine:
            by_body.setdefault(one.post.body_id, []).append(one)
        if is_closed:
            _end_covers(person, today, actor, now)
        for n, (body, ends) in enumerate(sorted(by_body.items())):
            events = _ended(person, ends, today, is_closed=is_closed)
            write(body, events, actor, now, key="" if n else key)
            for one in ends:
                changes.end_holding(holding=one.id, until_on=_until(one, today))
        if is_closed and (account := upkeep.account_of(person)):
            changes.close_account(account=account.id)
        for post, follower in takes_on.items():
            if post in {one.post_id for one in mine} and not _holds(follower, post, today):
                appoint(post=post, person=follower, from_on=today, actor=actor, now=now)
        refresh_duties(now, bodies=by_body)
    return Left(_vacant({one.post_id for one in mine}, today), is_closed)


def _ended(person: str, ends: list[Holding], today: date, *, is_closed: bool) -> list[object]:
    """What is written in the record of one body."""
    left = [
        d.HolderLeft(
            holding=Id(one.id), post=Id(one.post_id), person=Id(person), until_on=_until(one, today)
        )
        for one in ends
    ]
    return [*left, d.PersonLeft(person=Id(person), until_on=today, is_closed=is_closed)]


def _until(holding: Holding, today: date) -> date:
    """Today; for a post they were to have later, the day it would have begun: so never."""
    return max(holding.from_on, today)


def _end_covers(person: str, today: date, actor: Acting, now: datetime) -> None:
    """They stand in for nobody any more, and nobody for them."""
    covers = Cover.objects.filter(Q(covering=person) | Q(person=person), until_on__gt=today)
    for cover in covers.order_by("id"):
        end_cover(cover=cover.id, until_on=today, actor=actor, now=now)


def _held(person: str, today: date) -> QuerySet[Holding]:
    return Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=today), person=person)


def _holds(person: str, post: str, today: date) -> bool:
    return _held(person, today).filter(post=post, from_on__lte=today).exists()


def _vacant(posts: Collection[str], today: date) -> tuple[str, ...]:
    running = Q(until_on__isnull=True) | Q(until_on__gt=today)
    held = Holding.objects.filter(running, post__in=posts, from_on__lte=today)
    return tuple(sorted(set(posts) - set(held.values_list("post", flat=True))))
