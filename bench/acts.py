"""Figures of an act: how many a second, with the duties, notices and e-mails that follow from each.

Beside django-simple-history's saved record of the same change, on the same database in the same process, turn about.
On SQLite and on PostgreSQL (the server of DATABASE_URL, or one that the bench starts and throws away). What is
measured is `bench.acting`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, at_least, say
from bench.outbox import database_on
from tests import installation, postgresql

ROOT = Path(__file__).parents[1]
ACTS = 100
PEER = "django-simple-history, the same change saved"
KINDS = ("sqlite", "postgresql")


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    for kind in KINDS:
        names = {f"acts-{kind}": "", f"acts-cpu-{kind}": "_cpu"}
        wanted = {name: clock for name, clock in names.items() if name.startswith(only)}
        if wanted:
            say(f"Writing down {ACTS} discussions on {kind}, and saving as many plain records")
            found = _measured(kind, server)
            for name, clock in wanted.items():
                unit = "acts a second" + (" of processor time" if clock else "")
                mine, theirs = 1 / found[f"act{clock}"], 1 / found[f"plain{clock}"]
                yield at_least(name, mine, unit, PEER, theirs, 1)


def _measured(kind: str, server: str | None) -> dict[str, float]:
    with contextlib.ExitStack() as stack:
        address = None
        if kind == "postgresql":
            address = stack.enter_context(database_on(server) if server else postgresql.running())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="counterpart-bench-")))
        installation.make_keys(folder)
        environment = installation.environment_for(folder, database_url=address) | {
            "COUNTERPART_DEMO": "",
            "COUNTERPART_HOSTS": "localhost",
            "COUNTERPART_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "bench.plain.settings",
        }
        command = [sys.executable, "-m", "bench.acting", str(ACTS)]
        done = subprocess.run(
            command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found
