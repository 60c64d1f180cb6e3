"""How long a command takes from its being typed to its having answered: the whole process, by the clock on the wall.

Python keeps what it has compiled beside an installed program; a bench that is run from a checkout may not, so each
command is run once before it is measured, with a folder of its own for that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figures import Figure, at_most

ROUNDS = 9
LIMIT = 0.5
BRENT = Path(__file__).parents[1] / "policies" / "brent" / "policy.yaml"
COMMANDS = {
    "policy check starts": ("policy", "check", str(BRENT)),
    "due starts": (
        "due",
        *("--from", "2026-12-18T15:00", "--limit", "5 working days"),
        *("--calendar", "england-and-wales"),
    ),
}


def figures(only: str) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    for name, words in COMMANDS.items():
        if name.startswith(only):
            yield at_most(name, starting(*words), "seconds", "the limit", LIMIT, 1)


def starting(*words: str) -> float:
    """Seconds that a command takes, all of it: the median of some rounds."""
    with TemporaryDirectory() as compiled:
        own = {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        environment = {**os.environ, **own}
        _once(words, environment)
        return median(_once(words, environment) for _ in range(ROUNDS))


def _once(words: tuple[str, ...], environment: dict[str, str]) -> float:
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "counterpart.cli", *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - began
