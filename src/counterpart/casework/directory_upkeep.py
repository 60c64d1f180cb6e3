"""Acts on what the directory holds already: details put right, posts confirmed, cover ended, ties.

As in `directory`, each is an event and a row changed, and duties that it could move are worked out
anew at once. `people.changes.DirectoryFault` goes up to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.directory_stream import write, write_each
from counterpart.casework.upkeep import refresh_duties, refresh_subjects
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Code, Id, Words
from counterpart.people import upkeep
from counterpart.people.changes import DirectoryFault, confirm_post, join_partnership
from counterpart.people.models import Holding, Membership, Post, Tie
from counterpart.people.upkeep import AgencyDetails, PostDetails


def change_agency(
    *, agency: str, details: AgencyDetails, actor: Acting, now: datetime, key: str = ""
) -> None:
    """How an agency stands from now on."""
    event = d.AgencyChanged(
        agency=Id(agency),
        kind=Code(details.kind),
        is_statutory=details.is_statutory,
        name=Words(details.name),
        area=Words(details.area),
        safeguarding_inbox=Words(details.safeguarding_inbox),
        mail_domains=tuple(map(Words, details.mail_domains)),
    )
    with transaction.atomic():
        write(agency, [event], actor, now, key=key)
        upkeep.change_agency(agency=agency, details=details)


def share_agency(
    *, agency: str, partnership: str, actor: Acting, now: datetime, key: str = ""
) -> None:
    """An agency comes into one more partnership, with its posts and people."""
    details = upkeep.agency_details(agency)
    event = d.AgencyAdded(
        agency=Id(agency),
        partnership=Id(partnership),
        kind=Code(details.kind),
        is_statutory=details.is_statutory,
        name=Words(details.name),
    )
    with transaction.atomic():
        if Membership.objects.filter(agency=agency, partnership=partnership).exists():
            raise DirectoryFault("shared_already", "The agency is in that partnership already.")
        write(agency, [event], actor, now, key=key)
        join_partnership(agency=agency, partnership=partnership, name=details.name)


def change_post(
    *, post: str, details: PostDetails, actor: Acting, now: datetime, key: str = ""
) -> None:
    """How a post stands from now on. One that comes to another tier may gain or lose duties."""
    with transaction.atomic():
        body = Post.objects.get(id=post).body_id
        event = d.PostChanged(
            post=Id(post),
            body=Id(body),
            tier=Code(details.tier),
            title=Words(details.title),
            phone=Words(details.phone),
            mail=Words(details.mail),
        )
        write(body, [event], actor, now, key=key)
        upkeep.change_post(post=post, details=details)
        refresh_duties(now, bodies=[body])


def confirm_posts(
    *, posts: Sequence[str], on: date, actor: Acting, now: datetime, key: str = ""
) -> None:
    """Somebody says that these posts, and who holds them, are right today."""
    with transaction.atomic():
        by_body: dict[str, list[d.PostConfirmed]] = {}
        for row in Post.objects.filter(id__in=list(posts)).order_by("id"):
            event = d.PostConfirmed(post=Id(row.id), on=on)
            by_body.setdefault(row.body_id, []).append(event)
        for n, (body, events) in enumerate(by_body.items()):
            write(body, events, actor, now, key="" if n else key)
            for event in events:
                confirm_post(post=event.post, on=on)


def change_person(
    *, person: str, name: str, mail: str, actor: Acting, now: datetime, key: str = ""
) -> None:
    """What a person is called from now on. What they did before keeps the name they had."""
    with transaction.atomic():
        address = mail.strip().lower()
        event = d.PersonChanged(person=Id(person), name=Words(name), mail=Words(address))
        write_each(_bodies_of(person), event, actor, now, key=key)
        upkeep.change_person(person=person, name=name, mail=address)


def declare_tie(
    *,
    people: Sequence[str],
    partnership: str,
    from_on: date,
    actor: Acting,
    now: datetime,
    key: str = "",
) -> str:
    """Two people belong to one household or family, as the partnership's office knows. Returns its id."""
    tie = uuid4().hex
    one, other = sorted(people)
    with transaction.atomic():
        event = d.TieDeclared(tie=Id(tie), one=Id(one), other=Id(other), from_on=from_on)
        write(partnership, [event], actor, now, key=key)
        upkeep.declare_tie(id=tie, people=[one, other], from_on=from_on)
        refresh_subjects([one, other], now)
    return tie


def end_tie(
    *, tie: str, partnership: str, until_on: date, actor: Acting, now: datetime, key: str = ""
) -> None:
    """From a day on two people are no longer tied."""
    with transaction.atomic():
        row = Tie.objects.get(id=tie)
        write(partnership, [d.TieEnded(tie=Id(tie), until_on=until_on)], actor, now, key=key)
        upkeep.end_tie(tie=tie, until_on=until_on)
        refresh_subjects([row.one_id, row.other_id], now)


def _bodies_of(person: str) -> list[str]:
    held = Holding.objects.select_related("post").filter(person=person)
    return sorted({holding.post.body_id for holding in held})
