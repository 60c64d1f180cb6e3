"""What people do without an account: they follow the link of a message, or come to raise a concern.

They are let in by a code sent to a mailbox, and act under the name they state. Whoever comes in anew
is added to the directory of their agency by an event of the capacity `stated`, and its lead is told.
It must not know a session, nor send anything: the caller sends the code.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from counterpart.access.alerts import make_alert
from counterpart.access.kinds import GUESSES
from counterpart.access.rules import LEAD_TIERS
from counterpart.access.visibility import is_open_to_post
from counterpart.access.visitors import Visitor
from counterpart.casework import directory
from counterpart.casework.actors import STATED, Acting
from counterpart.casework.directory_stream import write
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Id, Words
from counterpart.lists.models import DutyRow
from counterpart.messages import answering
from counterpart.messages.answering import Lead
from counterpart.messages.inviting import is_off
from counterpart.messages.owing import owe_of_visit
from counterpart.messages.recipients import POST_MAILBOX, Recipient
from counterpart.people import changes, mailcodes
from counterpart.people.days import day_of, open_on
from counterpart.people.finders import AgencyRecord, agencies_by_id, holders, posts_of
from counterpart.people.models import (
    Account,
    Agency,
    MailboxReader,
    Partnership,
    Person,
    Post,
)

PRACTITIONER = "practitioner"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Link:
    """The link of a message that goes to `to`. `is_good`: what it leads to is open, and it is not too old."""

    lead: Lead
    to: Recipient
    is_open: bool
    is_too_old: bool

    @property
    def is_good(self) -> bool:
        """Whether a code may be asked for by it."""
        return self.is_open and not self.is_too_old and not self.to.has_account


def link_of(token: str, now: datetime) -> Link | None:
    """What a link leads to; None where we did not make it, or the message would not go there any more."""
    lead = answering.lead_of(token)
    to = answering.recipient_of(lead, token, now) if lead else None
    if lead is None or to is None:
        return None
    return Link(lead, to, _is_open(lead, now), answering.is_too_old(lead.row, now))


def asked_for(message: str, address: str, now: datetime) -> Link | None:
    """The link of a message that a code was sent for, while the message would still go to that address."""
    return link_of(answering.answer_path(message, address).rpartition("/")[2], now)


def send_again(link: Link, now: datetime) -> None:
    """The same message once more, with a link that is good from now on. Once a day."""
    with transaction.atomic():
        answering.owe_again(link.lead, day_of(now).isoformat(), now)


def wrong_link(now: datetime) -> None:
    """Somebody came by a link that is not good."""
    _note(mailcodes.LINK, now)


def wrong_code(now: datetime) -> None:
    """Somebody typed a code that is not right."""
    _note(mailcodes.CODE, now)


def known_as(link: Link) -> tuple[str, str]:
    """The name and the post to put before whoever reads the mailbox, as far as the directory knows them."""
    post = Post.objects.filter(id=link.lead.post).first() if link.lead.post else None
    held = holders(post.id, link.lead.row.made_at) if post else ()
    return (held[0].name if len(held) == 1 else ""), (post.title if post else "")


def is_known(link: Link) -> bool:
    """Whether the address is one person's own, so that nobody has to say who they are."""
    return link.to.key != POST_MAILBOX


def begin_answer(link: Link, *, name: str = "", stated_post: str = "", now: datetime) -> Visitor:
    """Whoever has shown that they read the mailbox, under the name they state. Their lead is told.

    `name` and `stated_post` are for a mailbox that several may share; one person's own says who it is.
    """
    lead = link.lead
    with transaction.atomic():
        body = Post.objects.get(id=lead.post).agency_id if lead.post else None
        by_mailbox = not is_known(link)
        person = _reader(link, name, body, now) if by_mailbox else link.to.key
        _tell_leads(body, lead.message, now)
    return Visitor(
        person_id=person,
        name=Person.objects.get(id=person).name,
        message=lead.message,
        kind=lead.kind,
        address=link.to.address,
        case=lead.case,
        reference=lead.reference,
        post=lead.post,
        duty=lead.duty,
        about=lead.about,
        by_mailbox=by_mailbox,
        stated_post=stated_post,
    )


def agencies_at(address: str, at: datetime) -> tuple[AgencyRecord, ...]:
    """The agencies, not closed at `at`, whose people have addresses like this one, by name."""
    domain = address.rpartition("@")[2].lower()
    there = Agency.objects.filter(open_on(day_of(at)), domains__domain=domain)
    ids = there.values_list("id", flat=True)
    return tuple(sorted(agencies_by_id(ids).values(), key=lambda agency: agency.name))


def person_at(address: str) -> Person | None:
    """The person of the directory whose own address this is."""
    return Person.objects.filter(mail=address.lower()).first()


def has_account(address: str) -> bool:
    """Whether whoever reads this address signs in, and so is not let in by a code alone."""
    person = person_at(address)
    theirs = Account.objects.filter(email=address.lower())
    return theirs.exists() or Account.objects.filter(person=person).exists()


def may_raise(address: str, now: datetime) -> bool:
    """Whether a code lets whoever reads this address raise a concern: not one who has left every post."""
    person = person_at(address)
    if has_account(address):
        return False
    return bool(posts_of(person.id, now)) if person else bool(agencies_at(address, now))


def begin_raising(address: str, now: datetime) -> Visitor | None:
    """Somebody whom the directory knows by their address; None where they have to say who they are."""
    person = person_at(address)
    if person is None:
        return None
    with transaction.atomic():
        for body in {post.body for post in posts_of(person.id, now)}:
            _tell_leads(body, f"{person.id}:{day_of(now)}", now)
    return Visitor(person_id=person.id, name=person.name, address=address)


def come_in(*, address: str, agency: str, name: str, title: str, now: datetime) -> Visitor:
    """Somebody new comes into their agency's directory, in a post of their own. Their lead is told."""
    post = uuid4().hex
    actor = _stating(name, title, agency)
    with transaction.atomic():
        directory.add_post(
            id=post, body=agency, tier=PRACTITIONER, title=title, actor=actor, now=now
        )
        person = directory.appoint_new(
            post=post, name=name, mail=address, from_on=day_of(now), actor=actor, now=now
        )
        _tell_leads(agency, f"{person}:{day_of(now)}", now)
    return Visitor(person_id=person, name=name, address=address)


def is_still_good(visitor: Visitor, now: datetime) -> bool:
    """Whether what a visitor came by still lets them in: asked anew at each request."""
    if not visitor.is_answering:
        return may_raise(visitor.address, now)
    link = asked_for(visitor.message, visitor.address, now)
    return link is not None and not link.to.has_account


def as_stated(actor: Acting, visitor: Visitor) -> Acting:
    """The actor under the post they state, where a mailbox that several may share vouches for it."""
    if not visitor.by_mailbox:
        return actor
    agency = agencies_by_id([actor.agency]).get(actor.agency) if actor.agency else None
    where = f", {agency.name}" if agency else ""
    return replace(actor, post_title=f"{visitor.stated_post}{where} (as stated)")


def _is_open(lead: Lead, now: datetime) -> bool:
    """Whether the duty is still open and with the post that was written to; for a message that is to be
    read, whether whom it went to still has to do with the case, and the meeting is not off.
    """
    if lead.duty:
        duty = DutyRow.objects.filter(id=lead.duty)
        return duty.filter(post__in=(lead.post, "")).exists() if lead.post else duty.exists()
    if lead.gathering and is_off(lead.gathering, *lead.whom):
        return False
    return not lead.post or is_open_to_post(lead.case, lead.post, now)


def _reader(link: Link, name: str, body: str | None, now: datetime) -> str:
    """The person of that name who holds the post or read this mailbox before; else somebody new."""
    wanted = name.casefold()
    known = {one.name.casefold(): str(one.person) for one in holders(link.lead.post, now)}
    address = link.to.address.lower()
    for row in MailboxReader.objects.filter(address=address).select_related("person"):
        known.setdefault(row.person.name.casefold(), row.person_id)
    if wanted in known:
        return known[wanted]
    person = uuid4().hex
    if body:
        event = d.PersonAdded(person=Id(person), name=Words(name))
        write(body, [event], _stating(name, "", body), now)
    changes.add_person(id=person, name=name)
    MailboxReader.objects.create(address=address, person_id=person)
    return person


def _stating(name: str, title: str, agency: str) -> Acting:
    """Whoever says of themselves who they are."""
    return Acting(
        person=None, post=None, agency=agency, capacity=STATED, name=name, post_title=title
    )


def _tell_leads(body: str | None, visit: str, now: datetime) -> None:
    """Word to an agency's leads that somebody of theirs came in by a code: not who, nor about what."""
    leads = Post.objects.filter(agency=body, tier__in=LEAD_TIERS) if body else Post.objects.none()
    owe_of_visit(list(leads.values_list("id", flat=True)), visit, now)


def _note(kind: str, now: datetime) -> None:
    with transaction.atomic():
        n = mailcodes.note_wrong(kind, now)
        _log.warning("somebody without an account was refused: wrong %s", kind)
        if n < mailcodes.MANY_WRONG:
            return
        since_at = now.replace(minute=0, second=0, microsecond=0)
        for partnership in Partnership.objects.values_list("id", flat=True):
            make_alert(GUESSES, partnership, since_at=since_at, n=n, now=now)
