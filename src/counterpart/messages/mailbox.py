"""The demonstration's mailbox: a folder with a file for every e-mail it would have sent.

A file appears whole or not at all. It must not be used by a real installation, whose e-mail is
nobody's to read here.
"""

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}", re.ASCII)  # sorts by time


@dataclass(frozen=True, slots=True)
class Letter:
    """One kept e-mail. `headers` in their order; `html` is mark-up, to be shown as text only."""

    id: str
    kept_at: datetime
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str

    def header(self, name: str) -> str:
        """The value of a header, "" where it has none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Letters, newest first. `next` is what to give as `after` for older ones; "" for none."""

    letters: tuple[Letter, ...]
    next: str


def folder(home: Path) -> Path:
    """Where an installation at `home` keeps its mailbox."""
    return home / "mailbox"


def keep(place: Path, raw: bytes, now: datetime) -> str:
    """Keep one e-mail and give its id. Raises OSError where it cannot be written."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    unfinished = place / f".{name}"
    with unfinished.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(place / f"{name}.eml")
    return name


def letters(place: Path, *, after: str = "", limit: int = 50) -> Shelf:
    """A page of letters, newest first, older than the one with the id `after`."""
    names = sorted((name for name in _names(place) if not after or name < after), reverse=True)
    shown = names[:limit]
    found = (read(place, name) for name in shown)
    more = shown[-1] if len(names) > limit else ""
    return Shelf(tuple(letter for letter in found if letter), more)


def read(place: Path, name: str) -> Letter | None:
    """The letter with this id, or None. Any other text than an id finds nothing."""
    if not _NAME.fullmatch(name):
        return None
    try:
        raw = (place / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    parsed = message_from_bytes(raw, _class=EmailMessage, policy=modern)
    stamp = name.partition("-")[0]
    return Letter(
        id=name,
        kept_at=datetime.strptime(f"{stamp}+0000", "%Y%m%dT%H%M%S%f%z"),
        headers=tuple((key, str(value)) for key, value in parsed.items()),
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
    )


def _names(place: Path) -> Iterable[str]:
    return (file.stem for file in place.glob("*.eml") if _NAME.fullmatch(file.stem))


def _body(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""
