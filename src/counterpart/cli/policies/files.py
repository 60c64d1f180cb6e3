"""Finds and reads policy files for the commands, and says in plain words what cannot be read.

It writes only the file that was asked for, and nothing in a file is followed but the one path it
may extend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counterpart.cli.faults import CannotGoOn
from counterpart.cli.policies.saying import as_line, as_lines
from counterpart.policy.loading import MOST_BYTES, Loaded, PolicyRefused, Read, read_policy

POLICY = "policy.yaml"
EXAMPLES = "examples.yaml"
NEVER_TEXT = frozenset({"not-utf8", "too-large"})
"""Problems that mean a file could not be read as text at all."""


class Unreadable(CannotGoOn):
    """A file that cannot be read. The message says which and why; the command leaves with 2."""

    code = 2


@dataclass(frozen=True, slots=True)
class Files:
    """The files that were asked for, in order, and in words each path where there is none."""

    paths: tuple[Path, ...]
    unreadable: tuple[str, ...]


def named(path: Path) -> str:
    """A path as it is shown and kept in a place: nothing in it that cannot be seen."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path.as_posix())


def every(paths: Iterable[Path], name: str) -> Files:
    """The files meant by some paths: a file is itself; a folder is every file of that name under it."""
    found: dict[Path, None] = {}
    unreadable: list[str] = []
    for path in paths:
        try:
            with readable(path):
                found.update(dict.fromkeys(_meant(path, name)))
        except Unreadable as no:
            unreadable.append(str(no))
    return Files(tuple(found), tuple(unreadable))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Says in plain words, as `Unreadable`, what the system says of a path that cannot be read."""
    try:
        yield
    except (OSError, ValueError) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else None) or "its name is no name"
        raise Unreadable(f"{named(path)} cannot be read: {why}.") from None


def read(path: Path) -> bytes:
    """The bytes of a file, or a little more than the most a policy may have. Raises `Unreadable`."""
    with readable(path):
        if not path.is_file():
            why = "it is no ordinary file" if path.exists() else "there is no such file or folder"
            raise Unreadable(f"{named(path)} cannot be read: {why}.")
        return _bytes(path)


def load(path: Path) -> Loaded:
    """The policy in a file, with what it extends. Raises `Unreadable`, or `PolicyRefused`."""
    try:
        return read_policy(read(path), name=named(path), read=beside(path))
    except PolicyRefused as refused:
        for problem in refused.problems:
            if problem.code in NEVER_TEXT:
                raise Unreadable(as_line(problem)) from None
        raise


def load_one(path: Path) -> Loaded:
    """The one policy meant by a path: a file is itself; a folder is the policy in it.

    Raises `CannotGoOn` with everything that is wrong, a line each.
    """
    try:
        return load(meant_by(path))
    except PolicyRefused as refused:
        raise CannotGoOn(as_lines(refused.problems)) from None


def meant_by(path: Path) -> Path:
    """The one file meant by a path: itself, or the policy in a folder. Raises `Unreadable`."""
    with readable(path):
        return path / POLICY if path.is_dir() else path


def write(output: Path, content: bytes) -> None:
    """Write a file that was asked for. Raises `CannotGoOn`."""
    try:
        output.write_bytes(content)
    except (OSError, ValueError) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else None) or "its name is no name"
        raise CannotGoOn(f"{named(output)} cannot be written: {why}.") from None


def _meant(path: Path, name: str) -> list[Path]:
    """The path itself, or if it is a folder every file of that name under it; hidden folders are left."""
    if not path.is_dir():
        return [path]
    found = [
        file
        for file in path.rglob(name)
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
    if not found:
        raise Unreadable(f"There is no {name} in {named(path)}, or in a folder inside it.")
    return sorted(found)


def beside(path: Path) -> Read:
    """Reads a file by its path from the folder of another, which is how one file extends another."""

    def read_it(relative: str) -> bytes:
        other = path.parent / relative
        if not other.is_file():
            raise FileNotFoundError(relative)
        return _bytes(other)

    return read_it


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
