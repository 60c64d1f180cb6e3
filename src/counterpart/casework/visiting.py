"""What people do without an account who follow the link of a message.

They are let in by a code sent to a mailbox, and act under the name they state. Whoever comes in anew
is added to the directory of their agency as stated, and its lead is told; see `coming_in` for those who
raise a concern. It must not know a session, nor send anything: the caller sends the code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from counterpart.access.visibility import is_open_to_post
from counterpart.access.visitors import Visitor
from counterpart.casework.actors import Acting
from counterpart.casework.coming_in import add_stated, may_go_on, stating, tell_leads
from counterpart.lists.models import DutyRow
from counterpart.messages import answering
from counterpart.messages.answering import Lead
from counterpart.messages.inviting import is_off
from counterpart.messages.recipients import POST_MAILBOX, Recipient
from counterpart.people.days import day_of
from counterpart.people.finders import agencies_by_id, holders
from counterpart.people.mailboxes import is_shared, readers_of
from counterpart.people.models import Person, Post


class NotTheirs(LookupError):
    """A message is for somebody else of those who read the mailbox it came to."""


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


def known_as(link: Link) -> tuple[str, str]:
    """The name and the post to put before whoever reads the mailbox, as far as the directory knows them."""
    if link.to.key != POST_MAILBOX:
        return "", ""  # it is for one of those who read the mailbox: whoever it is says so
    post = Post.objects.filter(id=link.lead.post).first() if link.lead.post else None
    held = holders(post.id, link.lead.row.made_at) if post else ()
    return (held[0].name if len(held) == 1 else ""), (post.title if post else "")


def is_known(link: Link, now: datetime) -> bool:
    """Whether the address is one person's own, so that nobody has to say who they are."""
    return link.to.key != POST_MAILBOX and not is_shared(link.to.address, now)


def begin_answer(link: Link, *, name: str = "", stated_post: str = "", now: datetime) -> Visitor:
    """Whoever has shown that they read the mailbox, under the name they state. Their lead is told.

    `name` and `stated_post` are for a mailbox that several may share; one person's own says who it is.
    Raises `NotTheirs` where the message is for one of those who share it, by another name.
    """
    lead = link.lead
    by_mailbox = link.to.key == POST_MAILBOX
    with transaction.atomic():
        body = Post.objects.get(id=lead.post).agency_id if lead.post else None
        person = _reader(link, name, body, now) if by_mailbox else _addressee(link, name, now)
        tell_leads(body, lead.message, now)
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


def is_still_good(visitor: Visitor, now: datetime) -> bool:
    """Whether what a visitor came by still lets them in: asked anew at each request."""
    if not visitor.is_answering:
        return may_go_on(visitor, now)
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
    held = {one.name.casefold(): str(one.person) for one in holders(link.lead.post, now)}
    known = readers_of(link.to.address) | held
    if wanted in known:
        return known[wanted]
    actor = stating(name, "", body or "")
    return add_stated(address=link.to.address, body=body, actor=actor, mail="", now=now)


def _addressee(link: Link, name: str, now: datetime) -> str:
    """The person that a message is for; where several read their mailbox, only under their own name."""
    person = link.to.key
    if not is_known(link, now):
        own = Person.objects.values_list("name", flat=True).get(id=person)
        if own.casefold() != name.casefold():
            raise NotTheirs(person)
    return person
