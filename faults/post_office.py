"""The mail server of an installation: up or down, always at the same port, and what it has accepted."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from tests import mailserver
from tests.mailserver import MailServer
from tests.site import free_port

_SUBJECT = re.compile(r"Counterpart (\w{4})-(\w{4}): (.+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was accepted: about which case, saying what, to whom; `at` orders them."""

    reference: str
    says: str
    to: str
    message_id: str
    at: int


class PostOffice:
    """A mail server in a process of its own, which can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._known: dict[str, Letter] = {}
        self._up = contextlib.ExitStack()
        self.open()

    def open(self) -> None:
        """Bring it up."""
        running = mailserver.running(self.folder, port=self.port)
        self._up.enter_context(running)

    def close(self) -> None:
        """Take it away, in the middle of whatever it is doing."""
        self._up.close()

    def do(self, mood: str) -> None:
        """Change what it does; see `tests.mailserver`."""
        MailServer(self.port, self.folder).do(mood)

    def letters(self) -> list[Letter]:
        """Every letter it has ever accepted, in the order of arrival."""
        for file in self.folder.glob("*.eml"):
            if file.name not in self._known:
                self._known[file.name] = read_letter(file)
        return sorted(self._known.values(), key=lambda one: one.at)

    def count(self) -> int:
        """How many letters it has accepted."""
        return sum(1 for _ in self.folder.glob("*.eml"))


def read_letter(file: Path) -> Letter:
    """One letter as the server kept it; without a reference where it is about no case."""
    letter = message_from_bytes(file.read_bytes())
    found = _SUBJECT.fullmatch(" ".join(str(letter["Subject"]).split()))
    reference, says = (found[1] + found[2], found[3]) if found else ("", "")
    at = file.stat().st_mtime_ns
    return Letter(reference, says, str(letter["To"]), str(letter["Message-ID"]), at)
