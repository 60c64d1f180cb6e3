"""Acts on the directory: agencies, posts, people and cover. Each is an event, and a row changed.

Every agency has a stream of its own, and so has a partnership's office. A change that could
leave a duty with nobody, or give it somebody, makes the duties of that body anew at once.
`people.changes.DirectoryFault` goes up to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import STATED, Acting, by_command
from counterpart.casework.directory_stream import INSTALLATION, write, write_each
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Code, Id, Words
from counterpart.people import changes, upkeep
from counterpart.people.days import day_of
from counterpart.people.models import Account, Cover, Holding, Person, Post


def form_partnership(
    *, id: str, code: str, name: str, area: str, actor: Acting, now: datetime
) -> None:
    """Add a partnership to this installation."""
    with transaction.atomic():
        write(id, [d.PartnershipFormed(partnership=Id(id), name=Words(name))], actor, now)
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
    mail_domains: Sequence[str] = (),
    key: str = "",
) -> None:
    """Add an agency to one or more partnerships."""
    domains = tuple(dict.fromkeys(domain.lower() for domain in mail_domains))
    with transaction.atomic():
        for n, partnership in enumerate(partnerships):
            event = d.AgencyAdded(
                agency=Id(id),
                partnership=Id(partnership),
                kind=Code(kind),
                is_statutory=is_statutory,
                name=Words(name),
                area=Words(area),
                safeguarding_inbox=Words(safeguarding_inbox),
                mail_domains=tuple(map(Words, domains)),
            )
            write(id, [event], actor, now, key="" if n else key)
        changes.add_agency(
            id=id,
            partnerships=partnerships,
            name=name,
            kind=kind,
            area=area,
            safeguarding_inbox=safeguarding_inbox,
            is_statutory=is_statutory,
            mail_domains=domains,
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
    key: str = "",
) -> None:
    """Add a post to an agency or to a partnership's office."""
    with transaction.atomic():
        is_stated = actor.capacity == STATED
        event = d.PostAdded(
            post=Id(id), body=Id(body), tier=Code(tier), title=Words(title), phone=Words(phone),
            mail=Words(mail),
        )  # fmt: skip
        write(body, [event], actor, now, key=key)
        changes.add_post(
            id=id, body=body, tier=tier, title=title, phone=phone, mail=mail,
            last_confirmed_on=None if is_stated else day_of(now), is_stated=is_stated,
        )  # fmt: skip
        refresh_duties(now, bodies=[body])


def add_person(*, id: str, name: str, mail: str = "") -> None:
    """Add a person. They enter the record when they are appointed to a post."""
    changes.add_person(id=id, name=name, mail=mail)


def appoint_new(
    *, post: str, name: str, mail: str, from_on: date, actor: Acting, now: datetime, key: str = ""
) -> str:
    """Somebody whom the directory does not know comes into it, and holds a post. Returns their id."""
    person = uuid4().hex
    with transaction.atomic():
        body = Post.objects.get(id=post).body_id
        address = mail.strip().lower()
        event = d.PersonAdded(person=Id(person), name=Words(name), mail=Words(address))
        write(body, [event], actor, now, key=key)
        is_stated = actor.capacity == STATED
        changes.add_person(id=person, name=name, mail=address, is_stated=is_stated)
        appoint(post=post, person=person, from_on=from_on, actor=actor, now=now)
    return person


def appoint(
    *,
    post: str,
    person: str,
    from_on: date,
    actor: Acting,
    now: datetime,
    id: str | None = None,
    key: str = "",
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
        write(body, [event], actor, now, key=key)
        is_stated = actor.capacity == STATED
        changes.appoint(id=holding, post=post, person=person, from_on=from_on, is_stated=is_stated)
        refresh_duties(now, bodies=[body])
    return holding


def end_holding(
    *, holding: str, until_on: date, actor: Acting, now: datetime, key: str = ""
) -> None:
    """From a day on a person no longer holds a post."""
    with transaction.atomic():
        row = Holding.objects.select_related("post").get(id=holding)
        event = d.HolderLeft(
            holding=Id(holding),
            post=Id(row.post_id),
            person=Id(row.person_id),
            until_on=until_on,
        )
        write(row.post.body_id, [event], actor, now, key=key)
        changes.end_holding(holding=holding, until_on=until_on)
        refresh_duties(now, bodies=[row.post.body_id])


def arrange_cover(
    *,
    covering: str,
    from_on: date,
    until_on: date,
    actor: Acting,
    now: datetime,
    person: str | None = None,
    post: str | None = None,
    id: str | None = None,
    key: str = "",
) -> None:
    """Somebody stands in between two days: for `person` in all their posts, or in `post` alone.

    With both, it is in `post`, and `person` is who arranged to be away from it.

    Nothing is done twice for one `id`.
    """
    cover = id or uuid4().hex
    if id and Cover.objects.filter(id=id).exists():
        return
    with transaction.atomic():
        bodies = [Post.objects.get(id=post).body_id] if post else _bodies_of(person or "")
        event = d.CoverArranged(
            cover=Id(cover),
            covered=Id(person) if person else None,
            covering=Id(covering),
            from_on=from_on,
            until_on=until_on,
            post=Id(post) if post else None,
        )
        write_each(bodies, event, actor, now, key=key)
        changes.arrange_cover(
            id=cover,
            person=None if post else person,
            post=post,
            covering=covering,
            from_on=from_on,
            until_on=until_on,
        )
        refresh_duties(now, bodies=bodies)


def end_cover(*, cover: str, until_on: date, actor: Acting, now: datetime, key: str = "") -> None:
    """From a day on nobody stands in by this cover; from before its first day, nobody ever did."""
    with transaction.atomic():
        row = Cover.objects.select_related("post").get(id=cover)
        bodies = [row.post.body_id] if row.post else _bodies_of(row.person_id or "")
        event = d.CoverEnded(cover=Id(cover), until_on=until_on)
        write_each(bodies, event, actor, now, key=key)
        upkeep.end_cover(cover=cover, until_on=until_on)
        refresh_duties(now, bodies=bodies)


def _bodies_of(person: str) -> list[str]:
    held = Holding.objects.select_related("post").filter(person=person)
    return sorted({holding.post.body_id for holding in held})


def name_first_administrator(*, name: str, email: str, password: str, now: datetime) -> None:
    """The first administrator of an installation, in the record of the installation itself."""
    person = uuid4().hex
    with transaction.atomic():
        event = d.PersonAdded(person=Id(person), name=Words(name), mail=Words(email.lower()))
        write(INSTALLATION, [event, d.AdministratorNamed(person=Id(person))], by_command(), now)
        changes.add_person(id=person, name=name, mail=email)
        open_account(person=person, email=email, password=password, is_administrator=True)


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
