"""`counterpart policy test`: plays the examples beside some policies, and says what does not hold.

It must not judge: `rehearsal` plays the examples by the engine's own rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterpart.cli.policies.files import (
    EXAMPLES,
    NEVER_TEXT,
    POLICY,
    Unreadable,
    every,
    load,
    named,
    read,
)
from counterpart.cli.policies.saying import (
    HELD,
    NOT_HELD,
    NOT_READ,
    as_line,
    counted,
    say,
    say_beside,
    say_json,
)
from counterpart.policy.model import Policy
from counterpart.policy.problems import PolicyRefused, Problem
from counterpart.rehearsal.examples import Examples, ExamplesRefused, Played, play, read_examples


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file of examples: each that was played, or why none could be."""

    file: str
    played: tuple[Played, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> tuple[Played, ...]:
        return tuple(one for one in self.played if one.failure)

    @property
    def lines(self) -> list[str]:
        """A line for each thing amiss: `file:line: the example: why`."""
        failures = [(one.name, one.failure) for one in self.failed if one.failure]
        return [
            *(as_line(problem) for problem in self.problems),
            *(f"{self.file}:{failure.line}: {name}: {failure.words}" for name, failure in failures),
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "examples": [
                {
                    "name": one.name,
                    "held": one.held,
                    "failure": {"line": one.failure.line, "words": one.failure.words}
                    if one.failure
                    else None,
                }
                for one in self.played
            ],
            "problems": [
                {
                    "file": p.file,
                    "line": p.line,
                    "column": p.column,
                    "code": p.code,
                    "words": p.words,
                }
                for p in self.problems
            ],
        }


def play_all(paths: Iterable[Path], *, as_json: bool) -> int:
    """Play every example of every file. Returns the exit code."""
    files = every((_beside(path) for path in paths), EXAMPLES)
    unreadable, results = list(files.unreadable), []
    for path in files.paths:
        try:
            results.append(_of_file(path))
        except Unreadable as no:
            unreadable.append(str(no))
    lines = [line for result in results for line in result.lines]
    if as_json:
        say_json({"files": [result.as_json() for result in results], "unreadable": unreadable})
    elif lines:
        say("\n".join(lines))
    for words in unreadable:
        say_beside(words)
    say_beside(_in_all(results))
    if unreadable:
        return NOT_READ
    return NOT_HELD if lines else HELD


def _beside(path: Path) -> Path:
    """A policy file stands for the examples beside it."""
    return path.with_name(EXAMPLES) if path.name == POLICY else path


def _of_file(path: Path) -> Result:
    try:
        examples = read_examples(read(path), name=named(path))
    except ExamplesRefused as refused:
        _refuse_what_is_no_text(refused)
        return Result(named(path), problems=refused.problems)
    try:
        policy = load(path.parent / examples.policy).policy
    except PolicyRefused as refused:
        return Result(named(path), problems=refused.problems)
    return Result(named(path), _played(examples, policy))


def _played(examples: Examples, policy: Policy) -> tuple[Played, ...]:
    return tuple(play(example, policy) for example in examples.examples)


def _refuse_what_is_no_text(refused: ExamplesRefused) -> None:
    for problem in refused.problems:
        if problem.code in NEVER_TEXT:
            raise Unreadable(as_line(problem))


def _in_all(results: list[Result]) -> str:
    """`13 examples of 1 file: all hold.`, or how many do not, and what was not played."""
    count = sum(len(result.played) for result in results)
    failed = sum(len(result.failed) for result in results)
    not_played = sum(bool(result.problems) for result in results)
    said = []
    if failed:
        said.append(f"{failed} of them {'does' if failed == 1 else 'do'} not hold")
    elif count:
        said.append("all hold")
    if not_played:
        said.append(f"{counted(not_played, 'file')} could not be played")
    of = f"{counted(count, 'example')} of {counted(len(results), 'file')}"
    return f"{of}: {', '.join(said)}." if said else f"{of}."
