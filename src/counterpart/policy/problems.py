"""What can be wrong with a file that somebody wrote, and where: a place, a code, and plain words.

It must not know what a policy is; every reader of a written file says what is wrong in these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

MOST_PROBLEMS = 200


class Place(NamedTuple):
    """Where something stands: the file as it was named, its line and its column, both from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file: where (from 1), a stable code, and plain words."""

    file: str
    line: int
    column: int
    code: str
    words: str


class PolicyRefused(Exception):
    """A policy could not be loaded. `problems` holds what was found, in the order of the files.

    At most `MOST_PROBLEMS` are kept: nobody reads more, and a hostile file could have thousands.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))[:MOST_PROBLEMS]
        super().__init__(
            "; ".join(f"{p.file}:{p.line}:{p.column} {p.code} {p.words}" for p in self.problems)
        )


def problem(place: Place, code: str, words: str) -> Problem:
    """A problem at a place."""
    return Problem(*place, code, words)
