"""A mail server that cannot be reached."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses every letter as a closed port does."""

    def send_messages(self, _: Sequence[EmailMessage]) -> int:
        """Nobody is there."""
        raise ConnectionRefusedError
