"""Whoever has come to a post, or stands in there: in the digest of that morning they hear what waits.

What was there before them was told to somebody else. It is a line of their digest, which then lists all
that is open and carries the meetings still to come. It must not tell anybody twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from counterpart.access.visibility import is_visible
from counterpart.lists.models import DutyRow
from counterpart.messages.kinds import TAKEN_UP, TO_POST
from counterpart.messages.models import MeetingInvitation, Notice
from counterpart.messages.owing import owe_of_taking_up
from counterpart.messages.recipients import read_by_mailbox
from counterpart.messages.unheard import unheard_duties, unheard_meetings
from counterpart.people.days import day_of, on
from counterpart.people.finders import holders
from counterpart.people.models import Cover, Holding
from counterpart.people.standing import standing_of

LATELY = timedelta(days=14)
"""How far back a beginning is looked for: it may be entered some days late."""

_Came = tuple[str, str, list[str]]
"""(the appointment or the cover, the person, the posts that it gives them)."""


def owe_to_newcomers(now: datetime) -> int:
    """Owe word to whoever came to a post lately and has not heard what it has to do, and say how often.

    Two queries, and some for each who came to a post that has something and was not told yet.
    """
    n = 0
    for occasion, person, posts in (*_appointed(now), *_standing_in(now)):
        with transaction.atomic():
            for post in posts:
                if _has_unheard(person, post, now):
                    owe_of_taking_up(person, post, occasion, now)
                    n += 1
    return n


def with_meetings(person: str, news: Sequence[Notice], now: datetime) -> list[Notice]:
    """The news of a digest; for whoever has come to a post, with the meetings it was asked to before."""
    posts = [notice.about for notice in news if notice.kind == TAKEN_UP]
    there = {notice.pk for notice in news}
    meetings = unheard_meetings(person, posts, now) if posts else []
    return [*news, *(notice for notice in meetings if notice.pk not in there)]


def _appointed(now: datetime) -> Iterator[_Came]:
    has_duties = DutyRow.objects.filter(post=OuterRef("post"))
    asked = MeetingInvitation.objects.filter(
        to_kind=TO_POST, to=OuterRef("post"), is_off=False, meets_at__gt=now
    )
    came = Holding.objects.filter(Exists(has_duties) | Exists(asked), _lately(now, "person"))
    for holding in came.order_by("from_on", "id"):
        yield holding.id, holding.person_id, [holding.post_id]


def _standing_in(now: datetime) -> Iterator[_Came]:
    for cover in Cover.objects.filter(_lately(now, "covering")).order_by("from_on", "id"):
        yield cover.id, cover.covering_id, list(dict.fromkeys(_posts_by(cover, now)))


def _posts_by(cover: Cover, now: datetime) -> Iterable[str]:
    """The posts that whoever stands in may act in by this cover, chains followed."""
    for footing in standing_of(cover.covering_id, now).footings:
        is_by_it = cover.person_id is None or cover.person_id in footing.chain[1:]
        yield from (
            post.post for post in footing.posts if is_by_it and cover.post_id in (None, post.post)
        )


def _lately(now: datetime, who: str) -> Q:
    """What began lately, runs today, and was not yet told of."""
    day = day_of(now)
    told = Notice.objects.filter(to=OuterRef(who), kind=TAKEN_UP, occasion=OuterRef("id"))
    return on(day) & Q(~Exists(told), from_on__gt=day - LATELY)


def _has_unheard(person: str, post: str, now: datetime) -> bool:
    if read_by_mailbox({post: [str(one.person) for one in holders(post, now)]}):
        return False  # what waits has been told there
    duties = DutyRow.objects.filter(is_visible(person, now, "case"), post=post)
    ids = set(duties.values_list("id", flat=True))
    return bool(
        (ids and unheard_duties(person, post, ids)) or unheard_meetings(person, [post], now)
    )
