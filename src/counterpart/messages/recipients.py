"""Whose address a message goes to, as things stand now.

It is asked when a message is sent, never when it is written: a post may have changed hands, and a
person may no longer see the case. It must not send or change anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.visibility import visible
from counterpart.messages.kinds import DIGEST, NO_ACCESS, NO_ADDRESS, TO_PERSON, TO_POST
from counterpart.messages.models import OutboxRow
from counterpart.people.directory import posts_as_of
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


Found = tuple[Recipient, ...] | Nobody


def recipients_of(row: OutboxRow, at: datetime) -> Found:
    """Everyone one row goes to at `at`."""
    return recipients_of_all([row], at)[row.id]


def recipients_of_all(rows: Sequence[OutboxRow], at: datetime) -> Mapping[str, Found]:
    """Everyone each row goes to at `at`, by the row's id: the person, or all who may act for the
    post, standing in first.

    Only people who may see the case. A post with nobody who has an address falls back on its own
    mailbox, unless someone who reads it may be kept from the case. A row made later than `at`, by a
    clock since set back, is answered as of when it was made: before that, nobody had to do with it.
    Some queries for all rows together, and a few more for each person.
    """
    found: dict[str, Found] = {}
    for moment, some in _by_moment(rows, at).items():
        found |= _found(some, moment)
    return found


def _by_moment(rows: Sequence[OutboxRow], at: datetime) -> dict[datetime, list[OutboxRow]]:
    moments: dict[datetime, list[OutboxRow]] = {}
    for row in rows:
        moments.setdefault(max(at, row.made_at), []).append(row)
    return moments


def _found(rows: Sequence[OutboxRow], at: datetime) -> dict[str, Found]:
    people = _people(rows, at)
    wanted = {person for some in people.values() for person in some}
    accounts = Account.objects.filter(person__in=wanted, is_active=True)
    addresses = dict(accounts.values_list("person_id", "email"))
    seeing = _seeing(rows, people, at)
    mailboxes = dict(Post.objects.filter(id__in=_posts(rows)).values_list("id", "mail"))
    return {row.id: _answer(row, people[row.id], addresses, seeing, mailboxes) for row in rows}


def _answer(
    row: OutboxRow,
    people: Sequence[str],
    addresses: Mapping[str, str],
    seeing: Mapping[str, set[str]],
    mailboxes: Mapping[str, str],
) -> Found:
    if row.template == DIGEST and row.to_kind == TO_POST and people:
        return ()  # the post was vacant and has been filled: what waits is in the digest of its holder
    # What is about no case holds nothing of one: whoever acts for the post may have it. The lines of
    # a digest are looked through when it is composed.
    allowed = [person for person in people if not row.case or row.case in seeing[person]]
    found = tuple(Recipient(p, addresses[p]) for p in allowed if addresses.get(p))
    if found:
        return found
    if len(allowed) < len(people):
        return Nobody(NO_ACCESS)
    mailbox = mailboxes.get(row.to) if row.to_kind == TO_POST else ""
    return (Recipient(POST_MAILBOX, mailbox),) if mailbox else Nobody(NO_ADDRESS)


def _people(rows: Sequence[OutboxRow], at: datetime) -> dict[str, list[str]]:
    """Whom each row is for, before it is asked who of them may see its case."""
    directory = posts_as_of(at, _posts(rows))
    holders = {
        str(record.id): list(dict.fromkeys(str(holder.person) for holder in record.holders))
        for record in directory.all_posts()
    }
    return {
        row.id: [row.to] if row.to_kind == TO_PERSON else holders.get(row.to, []) for row in rows
    }


def _posts(rows: Sequence[OutboxRow]) -> set[str]:
    return {row.to for row in rows if row.to_kind == TO_POST}


def _seeing(
    rows: Sequence[OutboxRow], people: Mapping[str, Sequence[str]], at: datetime
) -> dict[str, set[str]]:
    """Which of the rows' cases each person may see."""
    cases: dict[str, set[str]] = {}
    for person, case in _pairs(rows, people):
        cases.setdefault(person, set()).add(case)
    return {
        person: set(visible(person, at).filter(case__in=wanted)) for person, wanted in cases.items()
    }


def _pairs(
    rows: Sequence[OutboxRow], people: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row.case:
            yield from ((person, row.case) for person in people[row.id])
