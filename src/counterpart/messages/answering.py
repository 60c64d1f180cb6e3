"""The link in an e-mail about a duty that goes to a mailbox nobody signs in from, and back.

It is worked out from the message and the address it goes to, so that the same e-mail sent again is the
same, and nobody who reads the database can make one. It opens nothing by itself: whoever follows it
is sent a code, to that very address. It must not say whether the duty is still open.
"""

import uuid
from datetime import datetime, timedelta

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from counterpart.engine.notices import JUST_MISSED, NEW_DUTY
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import message_id
from counterpart.messages.recipients import Nobody, Recipient, recipients_of

VALID_FOR = timedelta(days=14)
ABOUT_A_DUTY = (NEW_DUTY, JUST_MISSED)
"""The e-mails that carry such a link."""


def answer_path(row: OutboxRow, address: str) -> str:
    """Where the link leads: the message's id and a signature, and nothing about anybody."""
    return f"/answer/{row.id}.{_signed(row.id, address)}"


def may_be_answered(row: OutboxRow, recipient: Recipient) -> bool:
    """Whether a recipient gets the link that needs no account."""
    return row.template in ABOUT_A_DUTY and not recipient.has_account


def row_of(token: str) -> OutboxRow | None:
    """The message a link was made for, by its id alone: ask `recipient_of` whether we made the link."""
    row, _, signature = token.partition(".")
    if not (signature and row.isascii() and row.isalnum() and len(row) == 32):
        return None
    return OutboxRow.objects.filter(id=row, template__in=ABOUT_A_DUTY).first()


def recipient_of(row: OutboxRow, token: str, at: datetime) -> Recipient | None:
    """Whom the link was sent to, if the message would still go there at `at`; None for any other."""
    signature = token.partition(".")[2]
    found = recipients_of(row, at)
    for one in () if isinstance(found, Nobody) else found:
        if constant_time_compare(signature, _signed(row.id, one.address)):
            return one
    return None


def is_too_old(row: OutboxRow, at: datetime) -> bool:
    """Whether the link's time is over."""
    return at - row.made_at >= VALID_FOR


def duty_of(row: OutboxRow) -> str:
    """The id of the duty a message is about: the second part of its key (see `owing.mail_for`)."""
    return row.key.split("|")[1]


def owe_again(row: OutboxRow, key: str, now: datetime) -> None:
    """Owe the same e-mail once more, under another key: its link is then good from `now` on."""
    made = uuid.uuid4().hex
    again = OutboxRow(
        id=made,
        key=key,
        case=row.case,
        reference=row.reference,
        template=row.template,
        what=row.what,
        due_at=row.due_at,
        path=row.path,
        message_id=message_id(made),
        to_kind=row.to_kind,
        to=row.to,
        is_urgent=row.is_urgent,
        made_at=now,
        next_try_at=now,
    )
    OutboxRow.objects.bulk_create([again], ignore_conflicts=True)


def _signed(row: str, address: str) -> str:
    return Signer(salt="counterpart.answer").signature(f"{row}:{address.lower()}")
