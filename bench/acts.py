"""Figures of an act: how many a second, with the duties, notices and e-mails that follow from each.

Beside django-simple-history, on the same database in the same process, turn about. Twice: beside the same change,
in which the entry, the duties, the notices and the e-mails are saved with it, as many as ours are; and beside the
case's own row alone, in which nothing follows and nobody is told: less is done there, and the figure says how much that
costs. On SQLite and on PostgreSQL (the server of DATABASE_URL, or one that the bench starts and throws away). What is
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

from bench.figures import Figure, at_least, beside, say
from bench.outbox import database_on
from tests import installation, postgresql

ROOT = Path(__file__).parents[1]
ACTS = 100
SAME = "django-simple-history, the same change: the case, {}, each saved with its history"
ALONE = "django-simple-history, the case's row alone, with nothing that follows"
KINDS = ("sqlite", "postgresql")


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    for kind in KINDS:
        names = {
            f"acts{cpu}{alone}-{kind}": (clock, peer)
            for cpu, clock in (("", ""), ("-cpu", "_cpu"))
            for alone, peer in (("", "same"), ("-row", "plain"))
        }
        wanted = {name: of for name, of in names.items() if name.startswith(only)}
        if wanted:
            say(
                f"Writing down {ACTS} discussions on {kind}, and saving as many with django-simple-history"
            )
            found = _measured(kind, server)
            for name, (clock, peer) in wanted.items():
                unit = "acts a second" + (" of processor time" if clock else "")
                mine, theirs = 1 / found[f"act{clock}"], 1 / found[f"{peer}{clock}"]
                if peer == "same":
                    yield at_least(name, mine, unit, SAME.format(_rows(found)), theirs, 1)
                else:
                    yield beside(name, mine, unit, ALONE, theirs)


def _rows(found: dict[str, float]) -> str:
    """What is saved with the case, in words."""
    kinds = {
        "duties ended": "ended", "duties opened": "opened", "notices": "notices", "e-mails": "mails"
    }  # fmt: skip
    return ", ".join(["1 entry", *(f"{found[key]:g} {words}" for words, key in kinds.items())])


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
