"""What is wrong in a file, and where. A row is counted as a spreadsheet counts it: headings are row 1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. `row` 0 is the file as a whole; `column` is a heading, or ""."""

    file: str
    row: int
    column: str
    words: str

    @property
    def where(self) -> str:
        """`people.csv, row 12, mail`."""
        row = f"row {self.row}" if self.row else ""
        return ", ".join(part for part in (self.file, row, self.column) if part)


class FileRefused(ValueError):
    """A file that cannot be read as a table at all. The words say why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
