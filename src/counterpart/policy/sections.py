"""The shape of an explanation: sections of paragraphs, lists, labelled rows and tables, with clauses.

`explaining` fills it. A page gives it mark-up of its own; `as_markdown` does for the command.
Every text is plain: nothing in it is mark-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    kind: ClassVar[str] = "paragraph"
    text: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    text: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands beside it."""

    label: str
    text: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels, each with its text. The first row’s clauses are the block’s; a row may have more."""

    kind: ClassVar[str] = "rows"
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """What stands in each column; the clauses of the row are shown with the first."""

    cells: tuple[str, ...]
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are compared with one another, under the headings of their columns."""

    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


Block = Paragraph | Bullets | Rows | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `level` is 2, or 3 for a part of the one before."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    level: int = 2


def clause_anchor(clause: str) -> str:
    """Where a clause stands on the page: `clause-1-4-risk`."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in clause.lower())
    return "clause-" + "-".join(part for part in kept.split("-") if part)


def as_markdown(sections: Iterable[Section]) -> str:
    """The sections as a Markdown document, with the clauses in brackets."""
    return "\n".join(line for section in sections for line in _lines(section))


def _lines(section: Section) -> Iterator[str]:
    yield f"{'#' * section.level} {_escaped(section.heading)}"
    yield ""
    for block in section.blocks:
        match block:
            case Paragraph():
                yield _cited(block.text, block.clauses)
            case Bullets():
                for item in block.items:
                    yield f"- {_cited(item.text, item.clauses)}"
            case Rows():
                for row in block.rows:
                    yield f"- **{_escaped(row.label)}**: {_cited(row.text, row.clauses)}"
            case Table():
                yield from _table(block)
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield _line(table.head)
    yield _line(("---",) * len(table.head))
    for row in table.rows:
        first, *others = row.cells
        cells = (_cited(first, row.clauses), *map(_escaped, others))
        yield _line(tuple(cell.replace("|", "\\|") for cell in cells))


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cited(text: str, clauses: tuple[str, ...]) -> str:
    cited = f" ({', '.join(clauses)})" if clauses else ""
    return _escaped(text + cited)


def _escaped(text: str) -> str:
    """Text in which Markdown reads no mark-up."""
    kept = text.replace("\\", "\\\\")
    for sign in "`*_<>[]#":
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", " ")
