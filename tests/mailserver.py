"""A real mail server in another process, on loopback, that does what a test tells it: accept, refuse, hang.

Run as a program it is the server; imported, it gives `running`. Letters it accepts are files in its folder, so that a
test still sees what was accepted just before a worker was killed.
"""

import asyncio
import contextlib
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

ACCEPT = "accept"
REFUSE = "refuse"  # this address does not exist; "refuse a@b": that one alone does not
LATER = "later"  # try again later
HANG = "hang"  # takes the letter's text and never answers, nor keeps it
SLOW = "slow"  # takes a moment before it keeps the letter, and another before it says so
SWALLOW = "swallow"  # keeps the letter and never answers: nobody can know that it was accepted

_NEVER = 3_600.0  # seconds
_A_MOMENT = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class MailServer:
    """One running server."""

    port: int
    folder: Path

    def do(self, mood: str) -> None:
        """Change what it does from the next letter on."""
        _change(self.folder, mood)

    def letters(self) -> list[Message]:
        """Every letter it has accepted, in the order of arrival."""
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes()) for file in files]


@contextlib.contextmanager
def running(folder: Path, mood: str = ACCEPT, port: int = 0) -> Iterator[MailServer]:
    """A server that keeps its letters in `folder`, on that port or on any that is free."""
    folder.mkdir(exist_ok=True)
    _change(folder, mood)
    command = [sys.executable, "-m", "tests.mailserver", str(folder), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield MailServer(int(server.stdout.readline()), folder)
        finally:
            server.kill()


def _change(folder: Path, mood: str) -> None:
    unfinished = folder / ".mood"
    unfinished.write_text(mood, encoding="ascii")
    unfinished.rename(folder / "mood")


class _Handler:
    """What aiosmtpd asks at each step of a conversation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def mood(self) -> str:
        return (self.folder / "mood").read_text(encoding="ascii")

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        mood, _, whom = self.mood.partition(" ")
        if mood == REFUSE and whom in ("", address):
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mood = self.mood
        if mood == LATER:
            return "451 4.3.0 Try again later"
        await asyncio.sleep({HANG: _NEVER, SLOW: _A_MOMENT}.get(mood, 0.0))
        unfinished = self.folder / f".{uuid.uuid4().hex}"
        unfinished.write_bytes(envelope.content)
        unfinished.rename(unfinished.with_name(f"{unfinished.name[1:]}.eml"))
        await asyncio.sleep({SWALLOW: _NEVER, SLOW: _A_MOMENT}.get(mood, 0.0))
        return "250 OK"


async def _serve(folder: Path, port: int) -> None:
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(_Handler(folder), hostname="localhost", loop=loop), "127.0.0.1", port
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - read by `running`
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
