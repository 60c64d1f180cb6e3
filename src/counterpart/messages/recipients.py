"""Whose address a message goes to, as things stand now.

It is asked when a message is sent, never when it is written: a post may have changed hands, and a
person may no longer see the case. It must not send or change anything.
"""

from dataclasses import dataclass
from datetime import datetime

from counterpart.access.permission import can
from counterpart.messages.kinds import NO_ACCESS, NO_ADDRESS, TO_PERSON
from counterpart.messages.models import OutboxRow
from counterpart.people.finders import holders
from counterpart.people.models import Account, Post

POST_MAILBOX = "post"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address. `key` is the person's id, or `POST_MAILBOX` for the post's own mailbox."""

    key: str
    address: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is no address to send to. `reason` is one of `kinds`."""

    reason: str


def recipients_of(row: OutboxRow, at: datetime) -> tuple[Recipient, ...] | Nobody:
    """Everyone `row` goes to at `at`: the person, or all who may act for the post, standing in first.

    Only people who may see the case. A post with nobody who has an address falls back on its own
    mailbox, unless someone who reads it may be kept from the case.
    """
    people = _people(row, at)
    # What is about no case holds nothing of one: whoever acts for the post may have it.
    allowed = [p for p in people if not row.case or can(p, "see_case", row.case, at).is_allowed]
    accounts = Account.objects.filter(person__in=allowed, is_active=True)
    addresses = dict(accounts.values_list("person_id", "email"))
    found = tuple(Recipient(p, addresses[p]) for p in allowed if addresses.get(p))
    if found:
        return found
    if len(allowed) < len(people):
        return Nobody(NO_ACCESS)
    mailbox = _mailbox(row)
    return (Recipient(POST_MAILBOX, mailbox),) if mailbox else Nobody(NO_ADDRESS)


def _people(row: OutboxRow, at: datetime) -> list[str]:
    if row.to_kind == TO_PERSON:
        return [row.to]
    return list(dict.fromkeys(str(holder.person) for holder in holders(row.to, at)))


def _mailbox(row: OutboxRow) -> str:
    if row.to_kind == TO_PERSON:
        return ""
    return Post.objects.filter(id=row.to).values_list("mail", flat=True).first() or ""
