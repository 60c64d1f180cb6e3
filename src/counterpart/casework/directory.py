"""Acts on the directory: agencies, posts, people and cover. Each is an event, and a row changed.

Every agency has a stream of its own, and so has a partnership's office. A change that could
leave a duty with nobody, or give it somebody, makes the duties of that body anew at once.
`people.changes.DirectoryFault` goes up to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Code, Id, Words
from counterpart.journal.reading import head
from counterpart.journal.writing import New, append
from counterpart.people import changes
from counterpart.people.models import Account, Holding, Person, Post

KIND = "directory"


def form_partnership(
    *, id: str, code: str, name: str, area: str, actor: Acting, now: datetime
) -> None:
    """Add a partnership to this installation."""
    with transaction.atomic():
        _write(id, d.PartnershipFormed(partnership=Id(id), name=Words(name)), actor, now)
        changes.add_partnership(id=id, code=code, name=name, area=area)


def add_agency(
    *,
    id: str,
    partnerships: Sequence[str],
    name: str,
    kind: str,
    actor: Acting,
    now: datetime,
    area: str = "",
    safeguarding_inbox: str = "",
    is_statutory: bool = False,
) -> None:
    """Add an agency to one or more partnerships."""
    with transaction.atomic():
        for partnership in partnerships:
            event = d.AgencyAdded(
                agency=Id(id),
                partnership=Id(partnership),
                kind=Code(kind),
                is_statutory=is_statutory,
                name=Words(name),
            )
            _write(id, event, actor, now)
        changes.add_agency(
            id=id,
            partnerships=partnerships,
            name=name,
            kind=kind,
            area=area,
            safeguarding_inbox=safeguarding_inbox,
            is_statutory=is_statutory,
        )


def add_post(
    *,
    id: str,
    body: str,
    tier: str,
    title: str,
    actor: Acting,
    now: datetime,
    phone: str = "",
    mail: str = "",
) -> None:
    """Add a post to an agency or to a partnership's office."""
    with transaction.atomic():
        event = d.PostAdded(post=Id(id), body=Id(body), tier=Code(tier), title=Words(title))
        _write(body, event, actor, now)
        changes.add_post(
            id=id, body=body, tier=tier, title=title, phone=phone, mail=mail,
            last_confirmed_on=now.date(),
        )  # fmt: skip
        refresh_duties(now, bodies=[body])


def add_person(*, id: str, name: str) -> None:
    """Add a person. They enter the record when they are appointed to a post."""
    changes.add_person(id=id, name=name)


def appoint(
    *, post: str, person: str, from_on: date, actor: Acting, now: datetime, id: str | None = None
) -> str:
    """A person holds a post from a day on. Returns the id of the holding."""
    holding = id or uuid4().hex
    with transaction.atomic():
        body = Post.objects.get(id=post).body_id
        event = d.HolderAppointed(
            holding=Id(holding),
            post=Id(post),
            person=Id(person),
            from_on=from_on,
            name=Words(Person.objects.get(id=person).name),
        )
        _write(body, event, actor, now)
        changes.appoint(id=holding, post=post, person=person, from_on=from_on)
        refresh_duties(now, bodies=[body])
    return holding


def end_holding(*, holding: str, until_on: date, actor: Acting, now: datetime) -> None:
    """From a day on a person no longer holds a post."""
    with transaction.atomic():
        row = Holding.objects.select_related("post").get(id=holding)
        event = d.HolderLeft(
            holding=Id(holding),
            post=Id(row.post_id),
            person=Id(row.person_id),
            until_on=until_on,
        )
        _write(row.post.body_id, event, actor, now)
        changes.end_holding(holding=holding, until_on=until_on)
        refresh_duties(now, bodies=[row.post.body_id])


def arrange_cover(
    *, person: str, covering: str, from_on: date, until_on: date, actor: Acting, now: datetime
) -> None:
    """Somebody stands in for a person, in all their posts, between two days."""
    cover = uuid4().hex
    with transaction.atomic():
        bodies = {
            h.post.body_id for h in Holding.objects.select_related("post").filter(person=person)
        }
        event = d.CoverArranged(
            cover=Id(cover),
            covered=Id(person),
            covering=Id(covering),
            from_on=from_on,
            until_on=until_on,
        )
        for body in sorted(bodies):
            _write(body, event, actor, now)
        changes.arrange_cover(
            id=cover, person=person, covering=covering, from_on=from_on, until_on=until_on
        )
        refresh_duties(now, bodies=bodies)


def open_account(
    *, person: str, email: str, password: str | None = None, is_administrator: bool = False
) -> Account:
    """Give a person a way to sign in."""
    return changes.open_account(
        id=uuid4().hex,
        person=person,
        email=email,
        password=password,
        is_administrator=is_administrator,
    )


def _write(body: str, event: Any, actor: Acting, now: datetime) -> None:
    stream = f"directory-{body}"
    was = head(stream)
    new = New(
        id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names, event=event
    )
    append(stream, KIND, was.version if was else 0, [new], written_at=now)
