"""Django's own e-mail (the codes to sign in) into the demonstration's mailbox, beside the worker's.

It must not be named in the settings of a real installation.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from counterpart.messages import mailbox


class MailboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps each message as a file and sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them all and say how many there were."""
        place = mailbox.folder(settings.HOME)
        for message in email_messages:
            mailbox.keep(place, message.message().as_bytes(), datetime.now(UTC))
        return len(email_messages)
