"""What the guard knows of a table that it protects. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows stay as they were written.

    `unique` are the sets of columns by which a row could be replaced by another; `may_change` the
    columns an update may touch; `only_grows` those of them that may only become greater.
    """

    name: str
    columns: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    may_change: tuple[str, ...] = ()
    only_grows: tuple[str, ...] = ()

    @property
    def fixed(self) -> tuple[str, ...]:
        """The columns that no update may touch."""
        return tuple(column for column in self.columns if column not in self.may_change)

    @property
    def refusal(self) -> str:
        """What the database says when it refuses."""
        return f"{self.name} is append-only: what was written stays"
