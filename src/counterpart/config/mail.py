"""How mail leaves this installation: the server, how it is spoken to, and who the mail is from.

Values only: nothing here connects to a server. A password is read from a file, never from the environment, where any
program that this one starts could see it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MAILBOX = "counterpart.web.mailbox.backend.MailboxBackend"
SECURITIES = ("none", "starttls", "tls")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 15  # seconds; the worker's hold on a message outlasts it


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The mail server of one installation. `security` is one of `SECURITIES`; `user` is "" for none."""

    host: str
    port: int
    security: str
    user: str
    password_file: Path | None
    sender: str


def settings(server: MailServer, *, is_demo: bool) -> dict[str, Any]:
    """Django's mail settings; the demonstration's mail goes to its mailbox page and nowhere else."""
    return {
        "EMAIL_BACKEND": MAILBOX if is_demo else SMTP,
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_USE_TLS": server.security == "starttls",
        "EMAIL_USE_SSL": server.security == "tls",
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": _password(server.password_file),
        "EMAIL_TIMEOUT": TIMEOUT,
        "DEFAULT_FROM_EMAIL": server.sender,
    }


def _password(path: Path | None) -> str:
    return path.read_text(encoding="utf-8").strip() if path else ""
