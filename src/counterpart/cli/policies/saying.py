"""How the policy commands print: answers on standard output in UTF-8, words about them on standard error.

It must not print anything as it came from outside without making it fit to be seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typer

from counterpart.policy.problems import Problem

HELD, NOT_HELD, NOT_READ = 0, 1, 2
"""Exit codes: nothing is wrong; something is; something could not be read."""


def say(text: str) -> None:
    """Print an answer in UTF-8, whatever the terminal is set to."""
    typer.echo(text.encode("utf-8", "backslashreplace"))


def say_json(answer: Any) -> None:
    """Print an answer as JSON, two spaces a level, its keys in the order they were given."""
    say(json.dumps(answer, ensure_ascii=False, indent=2))


def say_beside(words: str) -> None:
    """Print words about the answer, on standard error."""
    typer.echo(words.encode("utf-8", "backslashreplace"), err=True)


def as_line(problem: Problem, severity: str = "error") -> str:
    """`file:line:col CODE severity words`."""
    p = problem
    return f"{p.file}:{p.line}:{p.column} {p.code} {severity} {p.words}"


def as_lines(problems: Iterable[Problem]) -> str:
    """Each problem on a line of its own."""
    return "\n".join(as_line(problem) for problem in problems)


def counted(count: int, one: str, many: str = "") -> str:
    """`no errors`, `1 error`, `3 errors`."""
    if count == 1:
        return f"1 {one}"
    return f"{count or 'no'} {many or one + 's'}"
