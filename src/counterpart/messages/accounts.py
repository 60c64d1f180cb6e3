"""Writing down what word is owed to people about their sign-in: an invitation, or that something changed.

It is about no case. Call it inside the use case's transaction. It must not send anything; the link of
an invitation is not in the row, but worked out when the e-mail is written.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from counterpart.journal.errors import OutsideTransaction
from counterpart.messages.kinds import (
    ACCOUNT,
    ACCOUNT_NEWS,
    INVITATION,
    REASON_WORDS,
    TO_INVITED,
    TO_PERSON,
)
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import message_id

ACCOUNT_PATH = "/account"


def owe_invitation(invitation: str, now: datetime) -> None:
    """Owe the e-mail with the link of an invitation, to its address. Raises `OutsideTransaction`."""
    owe_of_no_case(INVITATION, f"{INVITATION}|{invitation}", TO_INVITED, invitation, now)


def owe_account_news(person: str, what: str, now: datetime, *, occasion: str) -> None:
    """Owe a person word of what happened to their sign-in: `what` is one of `ACCOUNT_NEWS`.

    On one occasion once. Raises `OutsideTransaction`, or KeyError for what there are no words for.
    """
    key = f"{ACCOUNT}|{what}|{occasion}|{person}"
    owe_of_no_case(ACCOUNT, key, TO_PERSON, person, now, what=ACCOUNT_NEWS[what], path=ACCOUNT_PATH)


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why an e-mail has not gone, in words. `is_fault`: something is to be done about it."""

    words: str
    is_fault: bool


def why_not_sent(invitation: str) -> NotSent | None:
    """Why the e-mail of an invitation has not gone; None once it has."""
    row = OutboxRow.objects.filter(key=f"{INVITATION}|{invitation}").first()
    if row is None or row.sent_at is not None:
        return None
    words = REASON_WORDS[row.reason] if row.reason else "The email has not been sent yet."
    return NotSent(words, is_fault=row.failed_at is not None)


def owe_of_no_case(
    template: str, key: str, to_kind: str, to: str, now: datetime, *, what: str = "", path: str = ""
) -> None:
    """Owe one e-mail that is about no case; the same `key` once. Raises `OutsideTransaction`."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("word would be owed of something that may not stand")
    mail = uuid.uuid4().hex
    row = OutboxRow(
        id=mail,
        key=key,
        case="",
        reference="",
        template=template,
        what=what,
        path=path,
        message_id=message_id(mail),
        to_kind=to_kind,
        to=to,
        is_urgent=False,
        made_at=now,
        next_try_at=now,
    )
    OutboxRow.objects.bulk_create([row], ignore_conflicts=True)
