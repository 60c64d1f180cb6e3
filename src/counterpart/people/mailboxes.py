"""Whose a mailbox is: one person's own, or one that several read, so that each says who they are.

It must not change anything, and must not know what a mailbox is used for.
"""

from __future__ import annotations

from datetime import datetime

from counterpart.people.days import day_of, on, open_on
from counterpart.people.models import Agency, Holding, MailboxReader, Person, Post


def person_at(address: str) -> Person | None:
    """The person of the directory whose own address this is."""
    return Person.objects.filter(mail=address.lower()).first()


def readers_of(address: str) -> dict[str, str]:
    """The people who have stated who they are at a mailbox, and whose own address it is: the name in lower
    case, and the id. The first of a name where there are several. Two queries.
    """
    found: dict[str, str] = {}
    if owner := person_at(address):
        found[owner.name.casefold()] = owner.id
    rows = MailboxReader.objects.filter(address=address.lower()).select_related("person")
    for row in rows.order_by("id"):
        found.setdefault(row.person.name.casefold(), row.person_id)
    return found


def is_shared(address: str, at: datetime) -> bool:
    """Whether several read a mailbox, so that no code sent to it tells who somebody is.

    So it is with an agency's safeguarding inbox, with the mailbox of a post but where it is the own address of
    the only person there, and where more than one name was ever stated. At most five queries.
    """
    there = open_on(day_of(at))
    if Agency.objects.filter(there, safeguarding_inbox__iexact=address).exists():
        return True
    if len(readers_of(address)) > 1:
        return True
    posts = list(Post.objects.filter(there, mail__iexact=address).values_list("id", flat=True))
    if not posts:
        return False
    held = Holding.objects.filter(on(day_of(at)), post__in=posts)
    owner = person_at(address)
    return {str(one) for one in held.values_list("person", flat=True)} != {
        owner.id if owner else ""
    }
