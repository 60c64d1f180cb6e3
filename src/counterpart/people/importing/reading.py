"""From the bytes of a file to rows whose cells have been read, with everything that is wrong in them.

It looks nothing up in the directory. A file is at most `MOST_BYTES` long: larger ones are refused
before they are read.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from counterpart.people.importing.cells import BadCell, as_text
from counterpart.people.importing.columns import KINDS, Column, headings, needed
from counterpart.people.importing.hints import Hints, Nearest, nearest
from counterpart.people.importing.limits import MOST_BYTES, MOST_HEADINGS, MOST_ROWS, too_large
from counterpart.people.importing.problems import FileRefused, Problem

_LONGEST_CELL = 10_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Line:
    """One row whose every cell could be read. `cells` holds what is not empty, by heading."""

    file: str
    row: int
    cells: Mapping[str, Any]

    def problem(self, column: str, words: str) -> Problem:
        """Something wrong with this row."""
        return Problem(self.file, self.row, column, words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its kind ("" where it could not be told), its good rows, and what is wrong.

    `notes` say what was taken for granted. `count` is how many rows it has, good or not.
    """

    file: str
    kind: str
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    count: int = 0


def read_sheet(
    file: str,
    content: bytes,
    said: Callable[[int], None] = lambda _: None,
    *,
    nearest: Nearest = nearest,
) -> Sheet:
    """Everything in a file. Never raises for what is in it. `said` is told how many rows were read, and
    `nearest` asked what a word that is not known may have meant.
    """
    hints = Hints(nearest)
    try:
        text, encoding = decoded(content)
        rows = _rows(text)
        head = [cell.strip().lower().replace(" ", "_") for cell in next(rows, (0, []))[1]]
        kind, columns = _columns(head, hints)
        notes = _noted(file, encoding)
        return _sheet(file, kind, _Reading(head, columns, hints), rows, notes, said)
    except FileRefused as refused:
        return Sheet(file, "", problems=(Problem(file, 0, "", refused.words),))
    except HeadingsWrong as wrong:
        return Sheet(file, "", problems=tuple(Problem(file, 1, c, w) for c, w in wrong.faults))


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was in. Raises `FileRefused`."""
    if len(content) > MOST_BYTES:
        raise FileRefused(too_large(len(content)))
    if content.startswith(_SPREADSHEETS):
        raise FileRefused(
            "This is a spreadsheet. In your spreadsheet program, save each sheet as CSV."
        )
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), encoding
    if b"\0" in content:
        raise FileRefused("This is not text that can be read. Save it as CSV, in UTF-8.")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "windows-1252"), "windows-1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused(
            "Some of its letters cannot be read. Save it as CSV in UTF-8 (“CSV UTF-8” in your spreadsheet program)."
        ) from None
    if "\0" in text:
        raise FileRefused("This is not text that can be read. Save it as CSV, in UTF-8.")
    return text


def _noted(file: str, encoding: str) -> tuple[Problem, ...]:
    if encoding != "windows-1252":
        return ()
    words = "Read as Windows-1252, because it is not UTF-8. Look at names with accents before you go on."
    return (Problem(file, 0, "", words),)


class HeadingsWrong(ValueError):
    """The first row is not that of any kind of file, or names what we do not know: (heading, words)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("headings")
        self.faults = tuple(faults)


def _columns(head: Sequence[str], hints: Hints) -> tuple[str, dict[str, Column]]:
    """The kind of file by its headings, and its columns by name. Raises `HeadingsWrong`."""
    times = Counter(name for name in head if name)
    named = list(times)
    if not named:
        raise HeadingsWrong([("", "The file is empty. Its first row must be its headings.")])
    if times.total() > MOST_HEADINGS:
        words = (
            f"The first row has {times.total():,} headings, and {MOST_HEADINGS} is the most. "
            "Take out those that are not ours."
        )
        raise HeadingsWrong([("", words)])
    # Two of the three share “agency” and “post”: the kind is the one that most headings speak for.
    kind = max(
        KINDS,
        key=lambda kind: (
            len(set(named) & set(headings(kind))) - len(set(needed(kind)) - set(named))
        ),
    )
    known = {column.name: column for column in KINDS[kind]}
    if not set(named) & set(known):
        kinds = "; ".join(f"{kind}: {', '.join(needed(kind))}" for kind in KINDS)
        raise HeadingsWrong(
            [("", f"The first row is not one of ours. The headings must hold, for {kinds}.")]
        )
    faults = [
        (name, f"A file of {kind} needs a column headed “{name}”.")
        for name in needed(kind)
        if name not in named
    ]
    faults += [(name, _unknown(name, kind, hints)) for name in named if name not in known]
    faults += [
        (name, "This heading is there twice. Take one of the two columns out.")
        for name in named
        if times[name] > 1
    ]
    if faults:
        raise HeadingsWrong(faults)
    return kind, known


def _unknown(name: str, kind: str, hints: Hints) -> str:
    shown = name if len(name) <= 40 else f"{name[:40]}…"
    hint = hints.of(name, headings(kind)) or f"They are: {', '.join(headings(kind))}."
    return f"“{shown}” is not a heading of a file of {kind}. {hint}"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers; those with nothing in them are counted and left out."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            if row > MOST_ROWS + 1:
                raise FileRefused(
                    f"The file has more than {MOST_ROWS:,} rows. Divide it into several."
                )
            if any(cell.strip() for cell in cells):
                yield row, cells
    except csv.Error:
        raise FileRefused(
            f"Row {row + 1} cannot be read as CSV: look at its quotation marks. Nothing after it was read."
        ) from None


@dataclass(frozen=True, slots=True)
class _Reading:
    head: Sequence[str]
    columns: Mapping[str, Column]
    hints: Hints


def _sheet(
    file: str,
    kind: str,
    reading: _Reading,
    rows: Iterator[tuple[int, list[str]]],
    notes: tuple[Problem, ...],
    said: Callable[[int], None],
) -> Sheet:
    lines: list[Line] = []
    problems: list[Problem] = []
    count = 0
    for row, cells in rows:
        count += 1
        values, faults = _read(reading, cells)
        problems += [Problem(file, row, column, words) for column, words in faults]
        if not faults:
            lines.append(Line(file, row, values))
        if count % 1000 == 0:
            said(count)
    if not count:
        problems.append(Problem(file, 0, "", "There is nothing under the headings."))
    return Sheet(file, kind, tuple(lines), tuple(problems), notes, count)


def _read(reading: _Reading, cells: Sequence[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The values of one row by heading, and (heading, words) of what is wrong in it."""
    if any(cell.strip() for cell in cells[len(reading.head) :]):
        words = (
            f"The row has {len(cells)} cells and there are {len(reading.head)} headings. "
            "Is a comma inside a cell that has no quotation marks?"
        )
        return {}, [("", words)]
    values: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    found = dict(zip(reading.head, cells, strict=False))
    for name, column in reading.columns.items():
        try:
            value = _cell(column, found.get(name, ""))
        except BadCell as bad:
            hint = reading.hints.of(bad.word, bad.known) if bad.known else ""
            faults.append((name, f"{_sentence(str(bad))} {hint}".rstrip()))
            continue
        if value is not None:
            values[name] = value
    return values, faults


def _sentence(words: str) -> str:
    end = "" if words.endswith((".", "?")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _cell(column: Column, cell: str) -> object:
    """The value of a cell, or None where it is empty and may be. Raises `BadCell`."""
    if len(cell) > _LONGEST_CELL:
        raise BadCell(f"has {len(cell):,} characters. It cannot be meant")
    text = as_text(cell, column.may_begin)
    if text:
        return column.read(text)
    if column.must:
        raise BadCell("is empty. It must be filled in")
    return None
