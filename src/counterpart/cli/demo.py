"""The demonstration: Counterpart on this machine, with a made-up partnership, for anyone to try.

It keeps what was entered between runs. It must never be pointed at a real installation: it has a home of its own
and takes no database from outside.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from counterpart.cli import installation, processes
from counterpart.cli.faults import CannotGoOn

if TYPE_CHECKING:
    from counterpart.casework.demonstration import SignIn

ANSWERS_WITHIN = 60.0  # seconds
_OURS = ("DATABASE_URL", "COUNTERPART_")


def run(*, home: Path, port: int, reset: bool) -> None:
    """Set the demonstration up where needed, run it until Ctrl-C, and stop all of it."""
    with _alone_in(home), processes.stoppable():
        try:
            _require_free(port)
            _point_at(home, port)
            sign_ins = _set_up(home, reset=reset)
            _run_until_stopped(port, sign_ins)
        except processes.Stopped:
            typer.echo(
                "\nStopped. `make demo` goes on where you left off; `make demo-reset` starts again."
            )


@contextlib.contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / f"{home.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotGoOn(
                "The demonstration is running already. Stop it with Ctrl-C first."
            ) from None
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotGoOn(
                f"Something else answers on port {port}. Try another: make demo PORT={port + 1}"
            ) from None


def _point_at(home: Path, port: int) -> None:
    """Make this process, and those it starts, see the demonstration's installation and no other."""
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    os.environ["COUNTERPART_HOME"] = str(home)
    os.environ["COUNTERPART_DEMO"] = "1"
    os.environ["COUNTERPART_ADDRESS"] = f"http://localhost:{port}"
    os.environ["COUNTERPART_LOG_LEVEL"] = "WARNING"


def _set_up(home: Path, *, reset: bool) -> "Sequence[SignIn]":
    seeded = home / "seeded"
    if reset or not seeded.exists():  # a first run that was cut short has nothing worth keeping
        _make_anew(home)
    typer.echo("Preparing the database")
    installation.make_keys(quietly=True)
    installation.migrate(quietly=True)

    from django.db import connections

    from counterpart.casework import demonstration

    if not seeded.exists():
        typer.echo(
            "Making up a partnership: agencies, people, and a year of cases (about a minute)"
        )
        demonstration.seed(now=datetime.now(UTC))
        seeded.touch()
    sign_ins = demonstration.sign_ins()
    connections.close_all()
    return sign_ins


def _make_anew(home: Path) -> None:
    """An empty home. Refuses to throw away a folder that no demonstration made."""
    mark = home / "demonstration"
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise CannotGoOn(
            f"{home} holds something else. Choose a folder that is empty or not there."
        )
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    mark.touch()


def _run_until_stopped(port: int, sign_ins: "Sequence[SignIn]") -> None:
    counterpart = [sys.executable, "-m", "counterpart.cli"]
    commands = [[*counterpart, "serve", "--port", str(port)], [*counterpart, "worker"]]
    typer.echo("Starting the web server and the worker")
    with processes.together(commands, os.environ) as programs:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/", programs)
        _welcome(os.environ["COUNTERPART_ADDRESS"], sign_ins)
        ended = processes.wait_for_one_to_end(programs)
    raise CannotGoOn(f"A part of the demonstration ended by itself (code {ended.returncode}).")


def _wait_until_it_answers(address: str, programs: Sequence[processes.Program]) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline:
        if any(program.poll() is not None for program in programs):
            raise CannotGoOn("The demonstration could not start. What is above says why.")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own, on loopback
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise CannotGoOn(f"The web server did not answer within {ANSWERS_WITHIN:.0f} seconds.")


def _welcome(address: str, sign_ins: "Sequence[SignIn]") -> None:
    """The address, and whom to sign in as. One line each and never broken: they are there to be copied."""
    passwords = {sign_in.password for sign_in in sign_ins}
    is_shared = len(passwords) == 1
    rows = [
        (each.kind, each.name, each.email, "" if is_shared else each.password) for each in sign_ins
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    typer.echo("\nSign in as\n")
    for row in rows:
        typer.echo("  " + "  ".join(map(str.ljust, row, widths)).rstrip())
    if is_shared:
        typer.echo(f"\nEverybody's password is  {passwords.pop()}")
    typer.secho(f"\nCounterpart is at {address}", bold=True)
    typer.echo(f"Every message it sends is at {address}/mailbox")
    typer.echo("Everyone and everything in it is made up. Ctrl-C stops it.")
