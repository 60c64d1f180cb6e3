"""The questions that `counterpart due` is asked: from its options, or from lines of JSON in a file.

It says what is wrong with the shape of a line. It must not judge the words in it: `worktime.asking` reads those.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from counterpart.worktime.asking import PARTS_OF_A_READING
from counterpart.worktime.spelling import nearest, shown

LONGEST_LINE = 65_536  # bytes
_KEYS = ("from", "limit", "calendar", "working_in", "edition", "counting", "services")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, in the words it was asked in. Each part is as `worktime.ask` takes it."""

    start: str = ""
    limit: str = ""
    calendars: tuple[str, ...] = ()
    edition: str = ""
    working_in: str = "all"
    reading: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no question, and why."""

    words: str


class _Bad(ValueError):
    """What is wrong with a line."""


def questions(file: BinaryIO, usual: Question) -> Iterator[Question | BadLine]:
    """The question on each line. What a line leaves out, or gives as null, is as in `usual`."""
    for line in _lines(file):
        try:
            yield _question(_mapping(line), usual)
        except _Bad as bad:
            yield BadLine(str(bad))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Each line, cut off where it is too long to be read."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def _mapping(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _Bad(f"A line has at most {LONGEST_LINE:,} bytes.")
    try:
        found = _DECODER.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Bad("This line is not UTF-8.") from None
    except json.JSONDecodeError as problem:
        raise _Bad(f"This line is not JSON: {problem.msg} at column {problem.colno}.") from None
    except (RecursionError, ValueError) as problem:
        raise _Bad(f"This line cannot be read: {problem}.") from None
    if not isinstance(found, dict):
        raise _Bad('A line is one question, like {"from": …, "limit": …, "calendar": …}.')
    for key in found.keys() - _KEYS:
        near = nearest(key, _KEYS)
        instead = f' Did you mean "{near}"?' if near else ""
        raise _Bad(f'A question has no "{shown(key)}".{instead}')
    return {key: value for key, value in found.items() if value is not None}


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_without_repeats)


def _question(given: dict[str, Any], usual: Question) -> Question:
    return replace(
        usual,
        start=_text(given, "from", usual.start),
        limit=_text(given, "limit", usual.limit),
        calendars=_texts(given, "calendar", usual.calendars),
        edition=_text(given, "edition", usual.edition),
        working_in=_text(given, "working_in", usual.working_in),
        reading=_reading(given, usual.reading),
        services=_texts(given, "services", usual.services),
    )


def _text(given: dict[str, Any], key: str, usual: str) -> str:
    value = given.get(key, usual)
    if not isinstance(value, str):
        raise _Bad(f'"{key}" must be text.')
    return value


def _texts(given: dict[str, Any], key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(key, usual)
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise _Bad(f'"{key}" must be text, or a list of texts.')
    return tuple(value)


def _reading(given: dict[str, Any], usual: Mapping[str, str]) -> Mapping[str, str]:
    """`"day-one"`, or each part by its name."""
    value = given.get("counting", {})
    if isinstance(value, str):
        return {**usual, "start_day": value}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise _Bad('"counting" must be text, or texts by name.')
    for name in value.keys() - PARTS_OF_A_READING:
        known = ", ".join(PARTS_OF_A_READING)
        raise _Bad(f'"counting" has no "{shown(name)}". It may have {known}.')
    return {**usual, **value}
