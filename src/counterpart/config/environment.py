"""What an installation may set from outside, read from environment variables.

The one place that reads `os.environ`. It must not import Django, so that the command starts quickly, and must
not write anything. Every variable is listed in `VARIABLES` with what it means; the operator's guide prints it.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from counterpart.config import mail

VARIABLES = {
    "COUNTERPART_HOME": "folder for the database and the keys (default: var, in the folder you start from)",
    "DATABASE_URL": "the database; default: SQLite in COUNTERPART_HOME. PostgreSQL: postgresql://user@host/name",
    "COUNTERPART_SECRET_FILE": "file with the key that signs sessions (default: keys/secret.key in the home)",
    "COUNTERPART_KEY_FILE": "file with the key that wraps the data keys of the record (default: keys/vault.key)",
    "COUNTERPART_HOSTS": "names this installation answers to, with commas (for example counterpart.example.org)",
    "COUNTERPART_ADDRESS": "address for links in messages (default: https:// and the first of COUNTERPART_HOSTS)",
    "COUNTERPART_BEHIND_PROXY": "1 where your proxy ends TLS and itself sets X-Forwarded-Proto and X-Forwarded-For",
    "COUNTERPART_CONTACTS": "file with the local numbers of the public pages (default: national ones only)",
    "COUNTERPART_POLICIES": "folder of the policies that the public pages show (default: the ones that come with us)",
    "COUNTERPART_THREADS": "requests one web process works on at once, and so its database connections (default 4)",
    "COUNTERPART_LOG_LEVEL": "how much the log says: DEBUG, INFO, WARNING or ERROR (default INFO)",
    "COUNTERPART_MAIL_FROM": "who mail is from (default: counterpart@ and the first of COUNTERPART_HOSTS)",
    "COUNTERPART_SMTP_HOST": "mail server (default: localhost)",
    "COUNTERPART_SMTP_PORT": "its port (default: 25)",
    "COUNTERPART_SMTP_SECURITY": "none, starttls or tls (default: none on this machine, starttls elsewhere)",
    "COUNTERPART_SMTP_USER": "whom to sign in to it as (default: no sign-in)",
    "COUNTERPART_SMTP_PASSWORD_FILE": "file with the password for that",
    "COUNTERPART_READS_AN_HOUR": "cases one person may open in an hour before somebody is told (default 30)",
    "COUNTERPART_SECOND_STEP": "demanded (default): nobody goes on without one; offered: in the demonstration alone",
    "COUNTERPART_DEMO": "1 for the demonstration: plain http on this machine, mailbox page, made-up people",
}

DEMONSTRATION_CONTACTS = Path(__file__).parent.parent / "web" / "demonstration_contacts.yaml"
_SHIPPED = (
    Path(__file__).parent.parent / "policies"
)  # in the wheel; a checkout has them at its root
POLICIES = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[3] / "policies"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")


class BadEnvironment(ValueError):
    """A variable has a value that cannot be used. The message names it and says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """One installation's choices, checked. Paths are absolute."""

    home: Path
    database_url: str
    secret_file: Path
    key_file: Path
    hosts: tuple[str, ...]
    address: str
    mail_server: mail.MailServer
    is_behind_proxy: bool
    contacts_file: Path | None
    policies: Path
    threads: int
    log_level: str
    reads_an_hour: int
    is_second_step_demanded: bool
    is_demo: bool


def read() -> Environment:
    """Read the environment. Raises `BadEnvironment` for a value that cannot be used."""
    home = Path(os.environ.get("COUNTERPART_HOME") or "var").expanduser().absolute()
    is_demo = _flag("COUNTERPART_DEMO")
    hosts = _hosts() or (LOCAL_HOSTS if is_demo else ())
    return Environment(
        home=home,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'counterpart.sqlite3'}",
        secret_file=_path("COUNTERPART_SECRET_FILE", home / "keys" / "secret.key"),
        key_file=_path("COUNTERPART_KEY_FILE", home / "keys" / "vault.key"),
        hosts=hosts,
        address=_address(hosts, is_demo=is_demo),
        mail_server=_mail_server(hosts),
        is_behind_proxy=_flag("COUNTERPART_BEHIND_PROXY"),
        contacts_file=_contacts(is_demo=is_demo),
        policies=_path("COUNTERPART_POLICIES", POLICIES),
        threads=_number("COUNTERPART_THREADS", 4, lowest=1, highest=64),
        log_level=_choice("COUNTERPART_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        reads_an_hour=_number("COUNTERPART_READS_AN_HOUR", 30, lowest=1, highest=10_000),
        is_second_step_demanded=_second_step(is_demo=is_demo),
        is_demo=is_demo,
    )


def _path(name: str, default: Path) -> Path:
    value = os.environ.get(name)
    return Path(value).expanduser().absolute() if value else default


def _second_step(*, is_demo: bool) -> bool:
    """Only the demonstration may let people in by a password alone: it has no case of anybody's."""
    known = ("demanded", "offered") if is_demo else ("demanded",)
    return _choice("COUNTERPART_SECOND_STEP", known[-1], known) == "demanded"


def _contacts(*, is_demo: bool) -> Path | None:
    """The demonstration alone has numbers of its own, made up; an installation never falls back on them."""
    given = os.environ.get("COUNTERPART_CONTACTS")
    if given:
        return Path(given).expanduser().absolute()
    return DEMONSTRATION_CONTACTS if is_demo else None


def _hosts() -> tuple[str, ...]:
    names = os.environ.get("COUNTERPART_HOSTS", "").split(",")
    hosts = tuple(name.strip() for name in names if name.strip())
    if any("*" in host or "/" in host for host in hosts):
        raise BadEnvironment(
            "COUNTERPART_HOSTS: list plain host names with commas between, without * or https://"
        )
    return hosts


def _address(hosts: tuple[str, ...], *, is_demo: bool) -> str:
    here = "http://localhost:8000" if is_demo else f"https://{hosts[0]}" if hosts else ""
    address = os.environ.get("COUNTERPART_ADDRESS") or here
    if address and not _ADDRESS.fullmatch(address):
        raise BadEnvironment(
            "COUNTERPART_ADDRESS: expected http:// or https:// and a host name, without a path"
        )
    return address


def _mail_server(hosts: tuple[str, ...]) -> mail.MailServer:
    host = os.environ.get("COUNTERPART_SMTP_HOST") or "localhost"
    default = "none" if host in mail.LOOPBACK else "starttls"
    password = os.environ.get("COUNTERPART_SMTP_PASSWORD_FILE")
    return mail.MailServer(
        host=host,
        port=_number("COUNTERPART_SMTP_PORT", 25, lowest=1, highest=65535),
        security=_choice("COUNTERPART_SMTP_SECURITY", default, mail.SECURITIES),
        user=os.environ.get("COUNTERPART_SMTP_USER", ""),
        password_file=Path(password).expanduser().absolute() if password else None,
        sender=os.environ.get("COUNTERPART_MAIL_FROM")
        or f"counterpart@{hosts[0] if hosts else 'localhost'}",
    )


def _flag(name: str) -> bool:
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise BadEnvironment(f"{name}: expected 1 for yes or 0 for no")
    return value == "1"


def _number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
        raise BadEnvironment(f"{name}: expected a whole number from {lowest} to {highest}")
    return int(value)


def _choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    asked = (os.environ.get(name) or default).casefold()
    for value in allowed:
        if value.casefold() == asked:
            return value
    raise BadEnvironment(f"{name}: expected one of {', '.join(allowed)}")
