"""What may have been meant by a word that is not known: for so many different words of one file, each once.

Comparing words takes long. A file may hold any number of wrong ones, and must not keep anybody waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

Nearest = Callable[[str, Sequence[str]], str]
"""The known word nearest to another, or "" where none is near."""

MOST_ASKED = 200
"""Different words of one file. Whoever has put these right reads the file again."""
LONGEST = 60
"""Characters. Nothing we know is nearly as long."""


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word nearest to `word`, or ""."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")


@dataclass(slots=True)
class Hints:
    """What was asked of one file, and answered."""

    nearest: Nearest = nearest
    _found: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def of(self, word: str, known: Iterable[str]) -> str:
        """`Did you mean “school”?`, or "" where nothing is near, or too much has been asked already."""
        key = word, tuple(known)
        if key not in self._found:
            if len(self._found) >= MOST_ASKED or len(word) > LONGEST:
                return ""
            self._found[key] = self.nearest(*key)
        near = self._found[key]
        return f"Did you mean “{near}”?" if near else ""
