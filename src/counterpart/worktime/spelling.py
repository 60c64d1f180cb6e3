"""The known word nearest to a mistyped one, for messages that end "did you mean …?".

It only ever suggests. Nothing in this room acts on a word that it had to guess.
"""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` most like `word`, or None when none is like it."""
    import difflib  # only a mistake needs it, and it is slow to load

    found = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def shown(text: str, most: int = 60) -> str:
    """`text` fit to be quoted in a message: one line, nothing that cannot be seen, not too long."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text[: most + 1])
    return f"{clean[:most]}…" if len(text) > most else clean
