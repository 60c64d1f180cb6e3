"""Installations of many cases, made once and kept under `build/bench` until what made them changes.

One is called by how many cases it has, `seed` being the demonstration alone, which all others are copies of. On
SQLite an installation is its folder; with DATABASE_URL it is a folder with the keys and a database of its own on
that server. Measuring writes, so it is done on a copy that is thrown away.

It must not import Django: each installation is used by processes of its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench.figures import say

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "bench"
SEED = "seed"

MADE_BY = (
    "bench/filling.py",
    "policies/brent/policy.yaml",
    "src/counterpart/*/migrations/*.py",
    "src/counterpart/access/relations.py",
    "src/counterpart/casework/bulk.py",
    "src/counterpart/casework/demonstration/*.py",
    "src/counterpart/casework/relating.py",
    "src/counterpart/engine/*.py",
    "src/counterpart/journal/*.py",
    "src/counterpart/lists/writing.py",
    "src/counterpart/vault/*.py",
)
"""What a kept installation depends on: a change to any of these makes them all anew."""


class Installations:
    """The installations made by the present code, on one kind of database."""

    def __init__(self, server: str | None) -> None:
        self.server = server
        kind = "postgresql" if server else "sqlite"
        self.folder = KEPT / f"{kind}-{_fingerprint()}"
        self._throw_away_others(kind)

    def of(self, cases: int) -> str:
        """The name of the installation with so many cases, made now if it is not there."""
        name = str(cases)
        if not self._is_ready(name):
            self._make(SEED, self._fill_seed)
            self._make(name, lambda: self._fill(name, cases))
        return name

    def copied(self, name: str) -> str:
        """A copy to be measured in; call `drop` when done."""
        copy = f"{name}-measured"
        self._copy(name, copy)
        return copy

    def drop(self, name: str) -> None:
        """Throw an installation away."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        if self.server:
            self._sql(f'DROP DATABASE IF EXISTS "{self._database(name)}" WITH (FORCE)')

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a process that uses it; nothing of the caller's own installation shows through."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith("COUNTERPART_")
        }
        kept.pop("DATABASE_URL", None)
        ours = {
            "COUNTERPART_HOME": str(self.folder / name),
            "COUNTERPART_DEMO": "1",
            "COUNTERPART_LOG_LEVEL": "ERROR",
        }
        if self.server:
            ours["DATABASE_URL"] = self._address(name)
        return kept | ours

    # --- making -------------------------------------------------------------------------------

    def _make(self, name: str, fill: Callable[[], None]) -> None:
        if self._is_ready(name):
            return
        started = time.monotonic()
        self.drop(name)
        fill()
        (self.folder / name / "ready").touch()
        say(f"Made it in {time.monotonic() - started:.0f} seconds")

    def _fill_seed(self) -> None:
        say("Making the demonstration, whose cases are the patterns of all others")
        (self.folder / SEED).mkdir(parents=True)
        (self.folder / SEED / "now").write_text(datetime.now(UTC).isoformat(), encoding="ascii")
        if self.server:
            self._sql(f'CREATE DATABASE "{self._database(SEED)}"')
        self._run(SEED, "seed")

    def _fill(self, name: str, cases: int) -> None:
        say(f"Making {cases:,} cases")
        self._copy(SEED, name)
        (self.folder / name / "ready").unlink()
        self._run(name, "fill", str(cases))

    def _run(self, name: str, *arguments: str) -> None:
        """Run `bench.filling` on an installation; raises where it fails."""
        now = (self.folder / name / "now").read_text(encoding="ascii")
        command = [sys.executable, "-m", "bench.filling", now, *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=self.environment(name))

    def _is_ready(self, name: str) -> bool:
        is_there = (self.folder / name / "ready").exists()
        return is_there and (not self.server or self._database(name) in self._databases())

    def _throw_away_others(self, kind: str) -> None:
        for folder in KEPT.glob(f"{kind}-*"):
            if folder != self.folder:
                shutil.rmtree(folder)
        if self.server:
            prefix = f"{_name_in(self.server)}_bench_"
            mine = self._database("")
            for database in self._databases():
                if database.startswith(prefix) and not database.startswith(mine):
                    self._sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _copy(self, source: str, target: str) -> None:
        self.drop(target)
        shutil.copytree(self.folder / source, self.folder / target)
        if self.server:
            self._sql(
                f'CREATE DATABASE "{self._database(target)}" TEMPLATE "{self._database(source)}"'
            )

    # --- PostgreSQL ---------------------------------------------------------------------------

    def _database(self, name: str) -> str:
        part = self.folder.name.rpartition("-")[2]
        return f"{_name_in(self.server or '')}_bench_{part}_{name}"

    def _address(self, name: str) -> str:
        parts = urlsplit(self.server or "")
        return parts._replace(path=f"/{self._database(name)}").geturl()

    def _databases(self) -> set[str]:
        return {row[0] for row in self._sql("SELECT datname FROM pg_database")}

    def _sql(self, statement: str) -> list[tuple[str, ...]]:
        import psycopg  # only where the figures are of PostgreSQL

        with psycopg.connect(self.server or "", autocommit=True) as connection:
            answer = connection.execute(statement.encode())
            return answer.fetchall() if answer.description else []


def _name_in(server: str) -> str:
    return urlsplit(server).path.strip("/") or "postgres"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
