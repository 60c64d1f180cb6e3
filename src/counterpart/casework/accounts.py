"""Acts on a person's sign-in: inviting, opening, closing, and every change of what it takes to sign in.

Each is an event in a stream of the person's own, and most are told to the account by e-mail in the
same transaction. Nobody sets a password but the account's owner: who lost theirs, or their second
step, is invited again by whoever may invite them. It must not know a session or a passkey.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from counterpart.access.agencies import can_keep
from counterpart.access.answers import Allowed
from counterpart.casework.actors import Acting, by_post
from counterpart.engine import account_events as a
from counterpart.engine.kinds import Code, Id
from counterpart.journal.reading import head
from counterpart.journal.writing import New, append
from counterpart.messages.accounts import owe_account_news, owe_invitation
from counterpart.messages.kinds import INVITED_AGAIN, NEW_BROWSER, PASSWORD_CHANGED
from counterpart.people import changes
from counterpart.people.changes import DirectoryFault
from counterpart.people.finders import posts_of
from counterpart.people.invitations import is_open
from counterpart.people.models import Account, AccountInvitation, KnownBrowser

KIND = "account"
MOST_INVITATIONS = 100
"""So many in a day by one person (OWASP ASVS 5.0, 2.4.1); who needs more brings people in by command."""
_A_DAY = timedelta(days=1)


INVITE = "invite"


class InvitationOver(Exception):
    """The link was used, has been withdrawn or is too old; or its person has no post any more."""


def invite(
    *, person: str, email: str, actor: Acting, now: datetime, is_administrator: bool = False
) -> str:
    """Send somebody the link by which they open their account, or get back into it.

    A link sent before is good no more. `actor` without a person is whoever runs the installation.
    Raises `DirectoryFault` where that person may not be invited by this one, or not at this address.
    """
    address = email.strip().lower()
    with transaction.atomic():
        _require_may(actor, person, now, is_administrator=is_administrator)
        had = _require_free(person, address, actor)
        AccountInvitation.objects.filter(
            person=person, used_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=now)
        made = AccountInvitation.objects.create(
            id=uuid4().hex,
            person_id=person,
            email=address,
            is_administrator=is_administrator,
            invited_by=actor.person or "",
            made_at=now,
        )
        event = a.AccountInvited(
            person=Id(person), invitation=Id(made.id), is_administrator=is_administrator
        )
        _write(person, event, actor, now)
        owe_invitation(made.id, now)
        if had is not None:
            owe_account_news(person, INVITED_AGAIN, now, occasion=made.id)
    return str(made.id)


def may_invite(inviter: str, person: str, at: datetime) -> Allowed | None:
    """By what right `inviter` may send `person` the link at `at`, or None.

    Somebody's first link goes to an address that the inviter gives, so they must keep every body in
    which the person has a post: nobody comes by another agency's rights through it. Later ones go to
    the address of the account, and keeping one of the bodies is enough. Nobody invites themselves.
    """
    held = [post for post in posts_of(person, at) if post.acting_for is None]
    bodies = dict.fromkeys(post.body for post in held)
    if inviter == person or not bodies:
        return None
    answers = [can_keep(inviter, INVITE, body, at) for body in bodies]
    allowed = [answer for answer in answers if isinstance(answer, Allowed)]
    is_enough = len(allowed) == len(answers) or Account.objects.filter(person=person).exists()
    return allowed[0] if allowed and is_enough else None


def accept(*, invitation: str, password: str, now: datetime) -> Account:
    """Open the account an invitation is for, with this password; or open it again for its owner.

    Opened again, it has no second step: setting one up comes next. At most one of many who use the
    same link at once gets in. Raises `InvitationOver`, or `DirectoryFault` for a weak password.
    """
    with transaction.atomic():
        used = AccountInvitation.objects.filter(is_open(now), id=invitation).update(used_at=now)
        if not used:
            raise InvitationOver
        row = AccountInvitation.objects.get(id=invitation)
        if not (row.is_administrator or posts_of(row.person_id, now)):
            raise InvitationOver
        account = Account.objects.select_for_update().filter(person=row.person_id).first()
        if account is None:
            return _opened(row, password, now)
        return _opened_again(row, account, password, now)


def change_password(*, account: Account, password: str, now: datetime) -> None:
    """The account's owner chooses another password. Raises `DirectoryFault` for a weak one."""
    with transaction.atomic():
        changes.set_password(account=account, password=password)
        tell(account=account, what=PASSWORD_CHANGED, now=now)


def change_second_step(*, account: Account, what: str, now: datetime) -> None:
    """A second step came to an account or went from it: every session that began before has ended."""
    with transaction.atomic():
        changes.count_second_step(account=account)
        tell(account=account, what=what, now=now)


def tell(*, account: Account, what: str, now: datetime) -> None:
    """Write down that what it takes to sign in is another, and tell the owner. `what`: ACCOUNT_NEWS."""
    with transaction.atomic():
        event = a.SignInChanged(account=Id(account.id), what=Code(what))
        occasion = _write(account.person_id, event, _themselves(account), now)
        owe_account_news(account.person_id, what, now, occasion=occasion)


def close(*, account: Account, actor: Acting, now: datetime) -> None:
    """The account signs in no more; whoever is signed in with it is out at their next request."""
    with transaction.atomic():
        _write(account.person_id, a.AccountClosed(account=Id(account.id)), actor, now)
        AccountInvitation.objects.filter(is_open(now), person=account.person_id).update(
            withdrawn_at=now
        )
        changes.close_account(account=account.id)


def signed_in_from(*, account: Account, browser: str, now: datetime) -> None:
    """An account was signed in to from a browser, known by a hash. A new one is told by e-mail.

    The very first is not: its owner has just opened the account there.
    """
    with transaction.atomic():
        is_first = not KnownBrowser.objects.filter(account=account).exists()
        _, is_new = KnownBrowser.objects.get_or_create(
            account=account, mark=browser, defaults={"first_at": now}
        )
        if is_new and not is_first:
            owe_account_news(account.person_id, NEW_BROWSER, now, occasion=browser)


def _require_may(actor: Acting, person: str, now: datetime, *, is_administrator: bool) -> None:
    if not (is_administrator or posts_of(person, now)):
        raise DirectoryFault("no_post", "Only somebody who holds a post can be invited.")
    if actor.person is None:
        return
    if is_administrator or may_invite(actor.person, person, now) is None:
        raise DirectoryFault("may_not", "You cannot invite this person.")
    lately = AccountInvitation.objects.filter(invited_by=actor.person, made_at__gt=now - _A_DAY)
    if lately.count() >= MOST_INVITATIONS:
        raise DirectoryFault(
            "too_many", "You have sent too many invitations today. Go on tomorrow."
        )


def _require_free(person: str, address: str, actor: Acting) -> Account | None:
    """The account the person has, if any.

    Raises where the address is another person's, and where it is not the one of the account: who may
    send the link must not get it themselves.
    """
    if Account.objects.filter(email=address).exclude(person=person).exists():
        raise DirectoryFault("address_taken", "This address already belongs to an account.")
    had = Account.objects.filter(person=person).first()
    if had is not None and actor.person is not None and address != had.email:
        raise DirectoryFault(
            "other_address",
            "They have an account, and the link can only go to the address of that. Whoever runs the"
            " installation can send it elsewhere.",
        )
    return had


def _opened(row: AccountInvitation, password: str, now: datetime) -> Account:
    account = changes.open_account(
        id=uuid4().hex,
        person=row.person_id,
        email=row.email,
        password=password,
        is_administrator=row.is_administrator,
    )
    event = a.AccountOpened(person=Id(row.person_id), account=Id(account.id), invitation=Id(row.id))
    _write(row.person_id, event, _themselves(account), now)
    return account


def _opened_again(
    row: AccountInvitation, account: Account, password: str, now: datetime
) -> Account:
    changes.open_account_again(account=account, email=row.email, password=password)
    event = a.AccountOpenedAgain(
        person=Id(row.person_id), account=Id(account.id), invitation=Id(row.id)
    )
    _write(row.person_id, event, _themselves(account), now)
    owe_account_news(row.person_id, PASSWORD_CHANGED, now, occasion=row.id)
    return account


def _themselves(account: Account) -> Acting:
    return by_post(person=account.person_id, post=None, capacity="account")


def _write(person: str, event: Any, actor: Acting, now: datetime) -> str:
    stream = f"account-{person}"
    was = head(stream)
    new = New(
        id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names, event=event
    )
    append(stream, KIND, was.version if was else 0, [new], written_at=now)
    return str(new.id)
