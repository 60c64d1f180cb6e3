"""`counterpart policy check`: everything wrong or doubtful in some policies, each with its place.

It looks for nothing itself: the loader refuses what is no policy, and `checking` finds the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from counterpart.cli.policies.files import POLICY, Unreadable, every, load, named
from counterpart.cli.policies.saying import (
    HELD,
    NOT_HELD,
    NOT_READ,
    counted,
    say,
    say_beside,
    say_json,
)
from counterpart.policy.checking import check as findings_of
from counterpart.policy.loading import Loaded, PolicyRefused
from counterpart.worktime import in_london


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A finding with its place, ready to be printed."""

    file: str
    line: int
    column: int
    code: str
    severity: str
    clause: str | None = field(compare=False)
    words: str

    @property
    def as_line(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.code} {self.severity} {self.words}"

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def check(paths: Iterable[Path], *, today: str, is_strict: bool, as_json: bool) -> int:
    """Print every finding of every policy, sorted. Returns the exit code."""
    day = _day(today)
    files = every(paths, POLICY)
    unreadable = list(files.unreadable)
    checked: dict[str, tuple[Found, ...]] = {}
    for path in files.paths:
        try:
            checked[named(path)] = _of_policy(path, day)
        except Unreadable as no:
            unreadable.append(str(no))
    # What stands in a file that several extend is found with each of them, and told once.
    found = sorted({each for one in checked.values() for each in one})
    count = {kind: sum(f.severity == kind for f in found) for kind in ("error", "warning", "note")}
    if as_json:
        say_json(_as_json(checked, unreadable, count))
    elif found:
        say("\n".join(each.as_line for each in found))
    for words in unreadable:
        say_beside(words)
    say_beside(_in_all(len(checked), count))
    if unreadable:
        return NOT_READ
    return NOT_HELD if count["error"] or (is_strict and count["warning"]) else HELD


def _of_policy(path: Path, today: date) -> tuple[Found, ...]:
    try:
        loaded = load(path)
    except PolicyRefused as refused:
        return tuple(
            Found(p.file, p.line, p.column, p.code, "error", None, p.words)
            for p in refused.problems
        )
    return _findings(loaded, today)


def _findings(loaded: Loaded, today: date) -> tuple[Found, ...]:
    return tuple(
        sorted(
            Found(*loaded.places.at(f.where), f.code, f.severity, f.clause, f.words)
            for f in findings_of(loaded.policy, today=today)
        )
    )


def _day(today: str) -> date:
    try:
        return date.fromisoformat(today) if today else in_london(datetime.now(UTC)).date()
    except ValueError:
        raise typer.BadParameter("write a day like 2026-11-21", param_hint="--today") from None


def _as_json(
    checked: dict[str, tuple[Found, ...]], unreadable: list[str], count: dict[str, int]
) -> dict[str, Any]:
    return {
        "policies": [
            {"file": file, "findings": [each.as_json() for each in found]}
            for file, found in checked.items()
        ],
        "unreadable": unreadable,
        "errors": count["error"],
        "warnings": count["warning"],
        "notes": count["note"],
    }


def _in_all(policies: int, count: dict[str, int]) -> str:
    notes = f", {counted(count['note'], 'note')}" if count["note"] else ""
    return (
        f"{counted(policies, 'policy', 'policies')}: {counted(count['error'], 'error')}, "
        f"{counted(count['warning'], 'warning')}{notes}."
    )
