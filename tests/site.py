"""Counterpart running as a user's own program, in other processes, for tests that go in through the front door.

Nothing here shares a database or a process with the tests: what they know, they see on a page.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import installation

ANSWERS_WITHIN = 600.0  # seconds; the first start of a demonstration makes up its cases, on a machine that may be busy
STOPS_WITHIN = 60.0
COUNTERPART = (sys.executable, "-m", "counterpart.cli")


class DidNotStart(RuntimeError):
    """The program ended, or did not answer in time. The message carries what it printed."""


@dataclass(frozen=True, slots=True)
class Site:
    """One running installation."""

    address: str
    """Such as http://localhost:41234, without a slash at the end."""
    home: Path


@contextlib.contextmanager
def demonstration(home: Path) -> Iterator[Site]:
    """`counterpart demo` in `home`: web server, worker, made-up people. What is in `home` already is kept."""
    port = free_port()
    command = [*COUNTERPART, "demo", "--home", str(home), "--port", str(port)]
    with _running(command, dict(os.environ), home.parent / f"{home.name}-{port}.log", port):
        yield Site(f"http://localhost:{port}", home)


@contextlib.contextmanager
def serving(home: Path, *, database_url: str | None = None) -> Iterator[Site]:
    """`counterpart serve` alone, with keys in `home`; a `database_url` that nothing answers is a database down."""
    if not (home / "keys").exists():
        installation.make_keys(home)
    port = free_port()
    environment = installation.environment_for(home, database_url=database_url)
    with _running(
        [*COUNTERPART, "serve", "--port", str(port)], environment, home / f"{port}.log", port
    ):
        yield Site(f"http://localhost:{port}", home)


@contextlib.contextmanager
def demanding(home: Path) -> Iterator[Site]:
    """The web server and the worker of a demonstration that is not running, but as an installation has it:
    nobody goes on without a second step.
    """
    port = free_port()
    environment = installation.environment_for(home) | {
        "COUNTERPART_SECOND_STEP": "demanded",
        "COUNTERPART_ADDRESS": f"http://localhost:{port}",
    }
    log = home.parent / f"{home.name}-{port}.log"
    with (
        _running([*COUNTERPART, "serve", "--port", str(port)], environment, log, port),
        (home / "worker.log").open("wb") as output,
    ):
        worker = subprocess.Popen(
            [*COUNTERPART, "worker"], env=environment, stdout=output, stderr=output
        )
        try:
            yield Site(f"http://localhost:{port}", home)
        finally:
            worker.send_signal(signal.SIGINT)
            worker.wait(timeout=STOPS_WITHIN)


def run(home: Path, *command: str) -> str:
    """What `counterpart` with these words prints, in the installation whose home it is."""
    done = subprocess.run(
        [*COUNTERPART, *command],
        env=installation.environment_for(home),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def migrate(home: Path) -> None:
    """`counterpart migrate` on the SQLite database in `home`."""
    if not (home / "keys").exists():
        installation.make_keys(home)
    environment = installation.environment_for(home)
    subprocess.run(
        [*COUNTERPART, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL
    )


def copied(home: Path, to: Path) -> Path:
    """A copy of the home of an installation that is not running."""
    shutil.copytree(home, to)
    return to


def free_port() -> int:
    """A port on loopback that nothing answers on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(
    command: Sequence[str], environment: dict[str, str], log: Path, port: int
) -> Iterator[None]:
    with log.open("wb") as output:
        program = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_for_an_answer(program, port, log)
        yield
    finally:
        program.send_signal(signal.SIGINT)
        try:
            program.wait(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
            raise


def _wait_for_an_answer(program: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while program.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
            except urllib.error.HTTPError as answer:
                answer.close()  # even "not found" is an answer
            return
        time.sleep(0.2)
    raise DidNotStart(log.read_text(encoding="utf-8", errors="replace")[-4000:])
