"""The ways a message goes out, behind one small port: by SMTP, or into the demonstration's mailbox.

A channel sends one message to one address, and may keep a connection until it is told to close. It
must not know a case, a post or the outbox: whether and when to try again is for the outbox.
"""

import contextlib
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from counterpart.messages import mailbox
from counterpart.messages.calendars import PUBLISH, invitation, method, published
from counterpart.messages.composing import Message
from counterpart.messages.kinds import LATER, REFUSED, UNREACHABLE

_TEMPORARY = range(400, 500)
_CLOSING = 421  # "service not available, closing": about the server, not about this message


class NotTaken(Exception):
    """The message was not taken, or we cannot know that it was. `reason` is one of `kinds`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def is_of_the_channel(self) -> bool:
        """Whether no other message would have fared better."""
        return self.reason == UNREACHABLE


class Channel(Protocol):
    """A way for messages to go out."""

    def send(self, message: Message, to: str, now: datetime, /) -> None:
        """Send to one address. Returns once it was taken; raises `NotTaken`."""
        ...

    def close(self) -> None:
        """Give up what is kept open between messages. Never raises; sending again opens it again."""
        ...


@dataclass(slots=True)
class SmtpChannel:
    """Through the mail server in Django's settings, or whatever `connect` gives.

    Messages go one after another over one connection, for one worker; it is closed at the end, and
    after any fault but a plain refusal.
    """

    connect: Callable[[], BaseEmailBackend] = get_connection
    _opened: BaseEmailBackend | None = field(default=None, init=False)

    def send(self, message: Message, to: str, _now: datetime) -> None:
        """Send by SMTP, each wait bounded by EMAIL_TIMEOUT.

        Once more over a new connection, where the server has closed the one kept for it.
        """
        email = as_email(message, to)
        is_kept = self._opened is not None
        try:
            self._send(email)
        except NotTaken as fault:
            if not (is_kept and _was_closed(fault)):
                raise
            self._send(email)

    def close(self) -> None:
        """Say goodbye to the server, if we are connected to it."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                opened.close()

    def _send(self, email: EmailMultiAlternatives) -> None:
        try:
            self._connection().send_messages([email])
        except smtplib.SMTPRecipientsRefused as refused:
            code, _ = next(iter(refused.recipients.values()))
            raise self._not_taken(_reason(code)) from refused
        except smtplib.SMTPDataError as refused:
            raise self._not_taken(_reason(refused.smtp_code)) from refused
        except smtplib.SMTPNotSupportedError as refused:  # an address this server cannot write to
            raise self._not_taken(REFUSED) from refused
        except (smtplib.SMTPException, OSError) as fault:
            raise self._not_taken(UNREACHABLE) from fault

    def _connection(self) -> BaseEmailBackend:
        if self._opened is None:
            opened = self.connect()
            opened.open()
            self._opened = opened
        return self._opened

    def _not_taken(self, reason: str) -> NotTaken:
        if reason == UNREACHABLE:
            self._hang_up()
        return NotTaken(reason)

    def _hang_up(self) -> None:
        """Without a goodbye: a server that hangs would make us wait for its answer to that too."""
        opened, self._opened = self._opened, None
        spoken = getattr(opened, "connection", None)
        if spoken is not None:
            spoken.close()


@dataclass(frozen=True, slots=True)
class MailboxChannel:
    """Into a folder, for the demonstration: nothing leaves the machine."""

    folder: Path

    def send(self, message: Message, to: str, now: datetime) -> None:
        """Keep the message as a file."""
        try:
            mailbox.keep(self.folder, as_email(message, to).message().as_bytes(), now)
        except OSError as fault:
            raise NotTaken(UNREACHABLE) from fault

    def close(self) -> None:
        """Nothing is kept open."""


def channel() -> Channel:
    """The one this installation uses."""
    if settings.DEMO:
        return MailboxChannel(mailbox.folder(settings.HOME))
    return SmtpChannel()


def as_email(message: Message, to: str) -> EmailMultiAlternatives:
    """The e-mail as it goes out. A repeat has the same headers, date and Message-ID among them."""
    addressee = {"To": formataddr((message.addressee, to))} if message.addressee else {}
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[to],
        headers=addressee
        | {
            "Message-ID": message.message_id,
            "Date": format_datetime(message.written_at),
            "Auto-Submitted": "auto-generated",  # RFC 3834: an absence note must not answer
            "Content-Language": "en-GB",
        },
    )
    email.attach_alternative(message.html, "text/html")
    if message.entry:
        kind = f"text/calendar; method={method(message.entry)}"
        email.attach_alternative(invitation(message.entry, email.from_email, to), kind)
    for n, entry in enumerate(message.files, start=1):
        name = "meeting.ics" if len(message.files) == 1 else f"meeting-{n}.ics"
        kind = f"text/calendar; method={PUBLISH}"
        email.attach(name, published(entry, email.from_email), kind)
    return email


def _was_closed(fault: NotTaken) -> bool:
    """Whether the server closed the connection, as it may after some messages; not that it hangs."""
    cause = fault.__cause__
    if isinstance(cause, smtplib.SMTPServerDisconnected):
        return not isinstance(cause.__context__, TimeoutError)
    return getattr(cause, "smtp_code", None) == _CLOSING


def _reason(code: int) -> str:
    if code == _CLOSING:
        return UNREACHABLE
    return LATER if code in _TEMPORARY else REFUSED
