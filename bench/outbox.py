"""Figures of what waits: 10,000 e-mails due in one minute, and finding what is due among 100,000 open duties.

Both are of PostgreSQL, where any number of workers work beside each other: on the server of DATABASE_URL, in a database
of the bench's own, or without it on one that the bench starts and throws away. What is measured is `bench.waiting`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.figures import Figure, at_most, say
from tests import installation, mailserver, postgresql

ROOT = Path(__file__).parents[1]
E_MAILS, WITHIN = 10_000, 60.0
DUTIES, FOUND_WITHIN, GROWTH = 100_000, 10.0, 1.25
DELIVERING, FINDING, GROWING = "outbox-delivered", "due-among-100000", "due-growth"


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    if not any(name.startswith(only) for name in (DELIVERING, FINDING, GROWING)):
        return
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(_installation(server))
        if DELIVERING.startswith(only):
            say(f"Delivering {E_MAILS:,} e-mails with two workers")
            found = _measured(environment, "deliver", E_MAILS)
            yield at_most(DELIVERING, found["seconds"], "seconds", "the limit", WITHIN, 1)
        if any(name.startswith(only) for name in (FINDING, GROWING)):
            say(f"Finding what is due among {DUTIES:,} open duties")
            found = _measured(environment, "find", DUTIES)
            alone, beside = found["alone"], found["beside"]
            figure = at_most(FINDING, beside, "ms", "the limit", FOUND_WITHIN, 1)
            growth = at_most(GROWING, beside, "ms", "the same with no closed case", alone, GROWTH)
            yield from (one for one in (figure, growth) if one.name.startswith(only))


def _measured(environment: dict[str, str], *what: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.waiting", *map(str, what)]
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextlib.contextmanager
def _installation(server: str | None) -> Iterator[dict[str, str]]:
    """The environment of a process in an empty installation, with a mail server that takes everything."""
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(database_on(server) if server else postgresql.running())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="counterpart-bench-")))
        mail = stack.enter_context(mailserver.running(folder / "mail"))
        installation.make_keys(folder)
        yield installation.environment_for(folder, database_url=address) | {
            "COUNTERPART_DEMO": "",
            "COUNTERPART_HOSTS": "localhost",
            "COUNTERPART_LOG_LEVEL": "ERROR",
            "COUNTERPART_SMTP_HOST": "127.0.0.1",
            "COUNTERPART_SMTP_PORT": str(mail.port),
            "DJANGO_SETTINGS_MODULE": "counterpart.config.settings",
            "BENCH_MAIL": str(mail.folder),
        }


@contextlib.contextmanager
def database_on(server: str) -> Iterator[str]:
    """A database of our own on somebody's server."""
    import psycopg  # only where there is one

    parts = urlsplit(server)
    name = f"{parts.path.strip('/') or 'postgres'}_bench_outbox_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
