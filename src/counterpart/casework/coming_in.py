"""Coming in to raise a concern without an account, by a code to a mailbox at a registered address.

Whoever the directory knows by a mailbox of their own is that person. Everybody else states who they are, at
each visit anew, and comes into the directory of their agency by an event of the capacity `stated`: nobody is
offered them to choose before the agency has confirmed them. Its lead is told. It must not know a session,
nor send anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from counterpart.access.rules import LEAD_TIERS
from counterpart.access.visitors import Visitor
from counterpart.casework import directory
from counterpart.casework.actors import STATED, Acting
from counterpart.casework.directory_stream import write
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Id, Words
from counterpart.messages.owing import owe_of_visit
from counterpart.people import changes
from counterpart.people.days import day_of, open_on
from counterpart.people.finders import AgencyRecord, agencies_by_id, posts_of
from counterpart.people.mailboxes import is_shared, person_at, readers_of
from counterpart.people.models import Account, Agency, MailboxReader, Person, Post

PRACTITIONER = "practitioner"


class HasLeft(LookupError):
    """Whoever states a name at a mailbox has held a post there, and has left it."""


class HasAccount(LookupError):
    """Whoever states a name at a mailbox has been given an account since, and signs in."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody stated the last time: their name, their post, and the agency it is in."""

    name: str
    title: str
    agency: str


def agencies_at(address: str, at: datetime) -> tuple[AgencyRecord, ...]:
    """The agencies, not closed at `at`, whose people have addresses like this one, by name."""
    domain = address.rpartition("@")[2].lower()
    there = Agency.objects.filter(open_on(day_of(at)), domains__domain=domain)
    ids = there.values_list("id", flat=True)
    return tuple(sorted(agencies_by_id(ids).values(), key=lambda agency: agency.name))


def has_account(address: str) -> bool:
    """Whether whoever reads this address signs in, and so is not let in by a code alone."""
    person = person_at(address)
    theirs = Account.objects.filter(email=address.lower())
    return theirs.exists() or Account.objects.filter(person=person).exists()


def may_raise(address: str, now: datetime) -> bool:
    """Whether a code lets whoever reads this address raise a concern: not one who has left every post."""
    if has_account(address):
        return False
    person = person_at(address)
    if person is None or is_shared(address, now):
        return bool(agencies_at(address, now))
    return bool(posts_of(person.id, now))


def may_go_on(visitor: Visitor, now: datetime) -> bool:
    """Whether somebody who came in to raise a concern may still: asked anew at each request."""
    address = visitor.address
    if has_account(address) or not posts_of(visitor.person_id, now):
        return False
    person = person_at(address)
    is_own = person is not None and person.id == visitor.person_id
    return is_own or bool(agencies_at(address, now))


def begin_raising(address: str, now: datetime) -> Visitor | None:
    """Somebody whom the directory knows by their address; None where they have to say who they are.

    Nobody vouches for a name that was only stated: it is asked again.
    """
    person = person_at(address)
    if person is None or person.is_stated or is_shared(address, now):
        return None
    with transaction.atomic():
        for body in {post.body for post in posts_of(person.id, now)}:
            tell_leads(body, f"{person.id}:{day_of(now)}", now)
    return Visitor(person_id=person.id, name=person.name, address=address)


def stated_before(address: str, now: datetime) -> Stated | None:
    """What was stated at a mailbox the last time, where only one name ever was; None where several read it."""
    person = person_at(address)
    if person is None or is_shared(address, now):
        return None
    held = next(iter(posts_of(person.id, now)), None)
    return Stated(person.name, held.title if held else "", held.body if held else "")


def come_in(*, address: str, agency: str, name: str, title: str, now: datetime) -> Visitor:
    """Whoever states this name at this mailbox, in the post they state. Their agency's lead is told.

    Raises `HasLeft` for a name whose posts have all ended, and `HasAccount` for one who signs in now.
    """
    actor = stating(name, title, agency)
    with transaction.atomic():
        known = readers_of(address).get(name.casefold())
        person = known or _new(address, agency, actor, now)
        held = posts_of(person, now)
        if known and not held:
            raise HasLeft(name)
        if Account.objects.filter(person=person).exists():
            raise HasAccount(name)
        if not any(post.title.casefold() == title.casefold() for post in held):
            _give_post(person, agency, title, actor, now)
        tell_leads(agency, f"{person}:{day_of(now)}", now)
        return Visitor(
            person_id=person,
            name=Person.objects.get(id=person).name,
            address=address,
            is_among_several=is_shared(address, now),
            visit=uuid4().hex,
        )


def stating(name: str, title: str, agency: str) -> Acting:
    """Whoever says of themselves who they are."""
    return Acting(
        person=None, post=None, agency=agency, capacity=STATED, name=name, post_title=title
    )


def add_stated(*, address: str, body: str | None, actor: Acting, mail: str, now: datetime) -> str:
    """A person whose name was stated at a mailbox comes into the directory. Returns their id.

    `mail` is the address where it is their own, "" where others read it too.
    """
    person = uuid4().hex
    if body:
        event = d.PersonAdded(person=Id(person), name=Words(actor.name), mail=Words(mail))
        write(body, [event], actor, now)
    changes.add_person(id=person, name=actor.name, mail=mail, is_stated=True)
    MailboxReader.objects.create(address=address.lower(), person_id=person)
    return person


def tell_leads(body: str | None, visit: str, now: datetime) -> None:
    """Word to an agency's leads that somebody of theirs came in by a code: not who, nor about what."""
    leads = Post.objects.filter(agency=body, tier__in=LEAD_TIERS) if body else Post.objects.none()
    owe_of_visit(list(leads.values_list("id", flat=True)), visit, now)


def _new(address: str, agency: str, actor: Acting, now: datetime) -> str:
    is_own = not is_shared(address, now) and person_at(address) is None
    mail = address.lower() if is_own else ""
    return add_stated(address=address, body=agency, actor=actor, mail=mail, now=now)


def _give_post(person: str, agency: str, title: str, actor: Acting, now: datetime) -> None:
    post = uuid4().hex
    directory.add_post(id=post, body=agency, tier=PRACTITIONER, title=title, actor=actor, now=now)
    directory.appoint(post=post, person=person, from_on=day_of(now), actor=actor, now=now)
