"""Figures of `counterpart directory import`: 20,000 posts, and a person in each, brought into an empty partnership.

The whole command is timed, from its being typed to its having answered, on SQLite and on PostgreSQL (the server of
DATABASE_URL, or one that the bench starts and throws away). Then the same files again, which change nothing.
"""

from __future__ import annotations

import contextlib
import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, at_most, say
from bench.outbox import database_on
from tests import installation, postgresql

ROOT = Path(__file__).parents[1]
AGENCIES, POSTS, WITHIN = 1_000, 20_000, 60.0
NAME, AGAIN = "directory-import", "directory-import-again"
TIERS = ("practitioner", "line_manager", "designated_safeguarding_lead", "operations_manager")


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    for kind in ("sqlite", "postgresql"):
        names = f"{NAME}-{kind}", f"{AGAIN}-{kind}"
        if not any(name.startswith(only) for name in names):
            continue
        say(f"Importing {POSTS:,} posts and as many people, on {kind}")
        with _partnership(kind, server) as environment:
            for name in names:
                figure = at_most(name, _import(environment), "seconds", "the limit", WITHIN, 1)
                if name.startswith(only):
                    yield figure


@contextlib.contextmanager
def _partnership(kind: str, server: str | None) -> Iterator[dict[str, str]]:
    """The environment of an installation with a partnership in it and nothing more, and the files beside it."""
    with contextlib.ExitStack() as stack:
        address = None
        if kind == "postgresql":
            address = stack.enter_context(database_on(server) if server else postgresql.running())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="counterpart-bench-")))
        installation.make_keys(folder)
        environment = installation.environment_for(folder, database_url=address) | {
            "BENCH_FILES": str(folder)
        }
        write_files(folder)
        _run(environment, "migrate")
        _run(
            environment, "partnership", "add", "bench", "--name", "Bench", "--policy",
            str(ROOT / "policies" / "brent"), "--business-manager", "Helen Marsh", "--email",
            "helen@bench.example",
        )  # fmt: skip
        yield environment


def write_files(folder: Path) -> None:
    """The three files, as a business manager's spreadsheet would write them."""
    _write(folder / "agencies.csv", ("agency", "name", "kind", "area", "safeguarding_inbox", "email_domains"), (
        (f"school-{n}", f"School number {n}", "school", "Northmere", f"safe@school{n}.example", f"school{n}.example")
        for n in range(AGENCIES)
    ))  # fmt: skip
    _write(folder / "posts.csv", ("agency", "post", "tier", "title", "telephone"), (
        (f"school-{n % AGENCIES}", f"post-{n}", TIERS[n % len(TIERS)], f"Post number {n}", "01632 960001")
        for n in range(POSTS)
    ))  # fmt: skip
    _write(folder / "people.csv", ("email", "name", "agency", "post", "first_day"), (
        (f"person{n}@school{n % AGENCIES}.example", f"Person Number {n}", f"school-{n % AGENCIES}", f"post-{n}",
         "2024-09-01")
        for n in range(POSTS)
    ))  # fmt: skip


def _write(path: Path, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        table.writerows(rows)


def _import(environment: dict[str, str]) -> float:
    folder = Path(environment["BENCH_FILES"])
    began = perf_counter()
    _run(environment, "directory", "import", *map(str, sorted(folder.glob("*.csv"))))
    return perf_counter() - began


def _run(environment: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "counterpart.cli", *words]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
