"""Whose address a message goes to, as things stand now.

It is asked when a message is sent, never when it is written: a post may have changed hands, and a
person may no longer see the case. It must not send or change anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counterpart.access.models import Denial
from counterpart.access.visibility import visible
from counterpart.messages.kinds import (
    CALLED_OFF,
    DIGEST,
    NO_ACCESS,
    NO_ADDRESS,
    TO_INVITED,
    TO_PERSON,
    TO_POST,
)
from counterpart.messages.models import DigestLine, OutboxRow
from counterpart.people.days import day_of, on
from counterpart.people.directory import posts_as_of
from counterpart.people.invitations import is_open
from counterpart.people.models import AccountInvitation, Holding, MailboxReader, Person, Post
from counterpart.people.standing import asked_together

POST_MAILBOX = "post"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address. `key` is the person's id, or `POST_MAILBOX` for the post's own mailbox.

    `has_account`: whoever reads it signs in with it. `may_see`: they may see the case it is about.
    """

    key: str
    address: str
    has_account: bool = True
    may_see: bool = True


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

    Only people who may see the case, but for word that a panel is off. A post with nobody who has an
    address falls back on its own mailbox, unless someone who reads it may be kept from the case. A row
    made later than `at`, by a clock since set back, is answered as of when it was made: before that,
    nobody had to do with it.
    Some queries for all rows together, and one more for each person.
    """
    found: dict[str, Found] = {}
    for moment, some in _by_moment(rows, at).items():
        found |= _found(some, moment)
    return found


def read_by_mailbox(posts: Mapping[str, Sequence[str]]) -> set[str]:
    """Of these posts, those with a mailbox and with nobody among their people (given) who has an address.

    Three queries at most.
    """
    own = set(Post.objects.filter(id__in=posts).exclude(mail="").values_list("id", flat=True))
    known = _addresses({one for post in own for one in posts[post]}) if own else {}
    return {post for post in own if not known.keys() & set(posts[post])}


def _by_moment(rows: Sequence[OutboxRow], at: datetime) -> dict[datetime, list[OutboxRow]]:
    moments: dict[datetime, list[OutboxRow]] = {}
    for row in rows:
        moments.setdefault(max(at, row.made_at), []).append(row)
    return moments


def _found(rows: Sequence[OutboxRow], at: datetime) -> dict[str, Found]:
    people = _people(rows, at)
    wanted = {person for some in people.values() for person in some}
    addresses = _addresses(wanted)
    about = _about(rows)
    seeing = _seeing(about, people, at)
    mailboxes = dict(Post.objects.filter(id__in=_posts(rows)).values_list("id", "mail"))
    found = {row.id: _answer(row, people[row.id], addresses, seeing, mailboxes) for row in rows}
    found |= _let_go([row for row in rows if found[row.id] == ()], addresses, at)
    for row in rows:
        if _is_digest_of_post(row) and people[row.id]:
            is_shared = bool(mailboxes.get(row.to)) and not addresses.keys() & set(people[row.id])
            mailbox = mailboxes[row.to] if is_shared else ""
            found[row.id] = _held(about[row.id], people[row.id], seeing, mailbox)
    return found | _invited([row for row in rows if row.to_kind == TO_INVITED], at)


def _addresses(people: Iterable[str]) -> dict[str, Recipient]:
    """Where each person is written to: by their account, or where they have none, at work; else at the mailbox
    that they read with others. One query, and one more where somebody has no address of their own.

    Whose account was closed is not written to at all.
    """
    rows = Person.objects.filter(id__in=set(people))
    # Nothing stands in the account's columns where there is none.
    known: Iterable[tuple[str, str, str | None, bool | None]] = rows.values_list(
        "id", "mail", "account__email", "account__is_active"
    )
    found: dict[str, Recipient] = {}
    without: list[str] = []
    for person, mail, email, is_active in known:
        if email is not None and is_active:
            found[person] = Recipient(person, email)
        elif email is None and mail:
            found[person] = Recipient(person, mail, has_account=False)
        elif email is None:
            without.append(person)
    readers = MailboxReader.objects.filter(person__in=without).order_by("-id") if without else ()
    found |= {one.person_id: Recipient(one.person_id, one.address, False) for one in readers}
    return found


def _let_go(
    rows: Sequence[OutboxRow], addresses: Mapping[str, Recipient], at: datetime
) -> dict[str, Found]:
    """Who was asked to a panel and is on it no longer has it taken out of their calendar.

    It says nothing that they were not told before: the reference, and the time that they had. Not to
    whoever is kept from the case, or has left. Two queries, where there is somebody.
    """
    off = [row for row in rows if row.template in CALLED_OFF and row.to_kind == TO_PERSON]
    if not off:
        return {}
    people = {row.to for row in off}
    denied = Denial.objects.filter(person__in=people, case__in={row.case for row in off})
    kept = set(denied.values_list("person", "case"))
    here = set(
        Holding.objects.filter(on(day_of(at)), person__in=people).values_list(
            "person_id", flat=True
        )
    )
    return {
        row.id: (replace(addresses[row.to], may_see=False),)
        for row in off
        if row.to in addresses and row.to in here and (row.to, row.case) not in kept
    }


def _is_digest_of_post(row: OutboxRow) -> bool:
    return row.template == DIGEST and row.to_kind == TO_POST


def _held(
    cases: set[str], people: Sequence[str], seeing: Mapping[str, set[str]], mailbox: str
) -> Found:
    """A digest to a post that these people hold: what waits is in their own, but for what none may see.

    Where none of them has an address, it goes to the post's `mailbox`, with what they all may see.
    """
    each = [seeing.get(one, set()) for one in people]
    if not mailbox:
        return Nobody(NO_ACCESS) if cases - each[0].union(*each) else ()
    if cases - each[0].intersection(*each):
        return Nobody(NO_ACCESS)
    return (Recipient(POST_MAILBOX, mailbox, has_account=False),)


def _about(rows: Sequence[OutboxRow]) -> dict[str, set[str]]:
    """The cases of each row: its own, or those of the lines of a digest to a post. One query at most."""
    found = {row.id: {row.case} - {""} for row in rows}
    digests = [row.id for row in rows if _is_digest_of_post(row)]
    if digests:
        lines = DigestLine.objects.filter(row__in=digests).exclude(case="")
        for row, case in lines.values_list("row_id", "case"):
            found[row].add(case)
    return found


def _invited(rows: Sequence[OutboxRow], at: datetime) -> dict[str, Found]:
    """Nobody gets the link of an invitation that is over: it counts as sent."""
    if not rows:
        return {}
    good = AccountInvitation.objects.filter(is_open(at), id__in=[row.to for row in rows])
    addresses = dict(good.values_list("id", "email"))
    return {
        row.id: (Recipient(row.to, addresses[row.to]),) if row.to in addresses else ()
        for row in rows
    }


def _answer(
    row: OutboxRow,
    people: Sequence[str],
    addresses: Mapping[str, Recipient],
    seeing: Mapping[str, set[str]],
    mailboxes: Mapping[str, str],
) -> Found:
    # What is about no case holds nothing of one: whoever acts for the post may have it. The lines of
    # a digest are looked through when it is composed.
    allowed = [person for person in people if not row.case or row.case in seeing[person]]
    found = tuple(addresses[p] for p in allowed if p in addresses)
    is_somebody_kept_out = len(allowed) < len(people)
    mailbox = mailboxes.get(row.to, "") if row.to_kind == TO_POST else ""
    is_own = mailbox and not is_somebody_kept_out
    own = (Recipient(POST_MAILBOX, mailbox, has_account=False),) if is_own else ()
    if found:
        # Where a policy sends its letters to the very mailbox of the post, they go there as well.
        is_asked = mailbox.casefold() == row.policy_address.casefold()
        had = {one.address.casefold() for one in found}
        return (*found, *own) if is_asked and mailbox.casefold() not in had else found
    if is_somebody_kept_out:
        # Whoever may not see the case any more hears nothing further of it; but see `_let_go`.
        return () if row.template in CALLED_OFF else Nobody(NO_ACCESS)
    return own or Nobody(NO_ADDRESS)


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
    about: Mapping[str, set[str]], people: Mapping[str, Sequence[str]], at: datetime
) -> dict[str, set[str]]:
    """Which of the rows' cases each person may see. One query a person, and a few for all of them."""
    cases: dict[str, set[str]] = {}
    for row, some in about.items():
        for person in people[row] if some else ():
            cases.setdefault(person, set()).update(some)
    with asked_together(list(cases), at):
        return {
            person: set(visible(person, at).filter(case__in=wanted))
            for person, wanted in cases.items()
        }
