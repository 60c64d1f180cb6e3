"""Which characters the fonts of the pack can show, and what stands on the page in the place of the others.

A character that no font here has would be printed as an empty box. It is written out by its name instead.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from counterpart.telling.unseen import shown

FONTS = Path(str(files("counterpart.pack"))) / "fonts"

LONGEST_RUN = 20
"""Characters without a space that are left whole; a longer run may be broken, or it would leave its column."""
BREAKS = 10
"""After so many characters of a long run it may be broken: so many of the widest letter fit in the narrowest column."""

_ORDINARY = re.compile(r"[\n -~\u00a0-\u017f‘’“”–—…·]*")
_RUN = re.compile(
    rf"[^\s\u200b\u0e00-\u0eff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7a3]{{{LONGEST_RUN + 1},}}"
)
_DRAWS_NOTHING = frozenset(
    {"\u200b", "\u200c", "\u200d", "\u2060", "\ufe0e", "\ufe0f", "\u00ad", "\n"}
)
_NO_BREAK_BEFORE = frozenset({"Mn", "Mc", "Me", "Cf"})
_MARKS = frozenset({"Mn", "Mc", "Me"})
_NOBODYS = frozenset({"Co", "Cn", "Cs"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = frozenset({"L"})


class Covered(NamedTuple):
    """The families, first the one that all else is set in, and the ranges of the characters each shows."""

    families: tuple[str, ...]
    starts: tuple[tuple[int, ...], ...]
    ends: tuple[tuple[int, ...], ...]

    def shows(self, point: int, family: int) -> bool:
        """Whether a family has a character, by its code point."""
        place = bisect_right(self.starts[family], point) - 1
        return place >= 0 and point <= self.ends[family][place]

    def first(self, point: int) -> int | None:
        """The first family that has a character, or None."""
        return next((n for n in range(len(self.families)) if self.shows(point, n)), None)


@cache
def covered() -> Covered:
    """What `make env` wrote down of the fonts."""
    known: Mapping[str, list[list[list[int]]]] = json.loads(
        (FONTS / "covered.json").read_text("utf-8")
    )
    ranges = known["ranges"]
    return Covered(
        tuple(map(str, known["families"])),
        tuple(tuple(first for first, _ in some) for some in ranges),
        tuple(tuple(last for _, last in some) for some in ranges),
    )


def printable(text: str) -> str:
    """The text as the page can show it: no control characters, none without a glyph, no run that leaves the page."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _ORDINARY.fullmatch(text):
        text = _with_names(shown(unicodedata.normalize("NFC", text)))
    return _RUN.sub(_breakable, text)


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph begins, by its first strong character, from the right."""
    if text.isascii():
        return False
    for one in text:
        direction = unicodedata.bidirectional(one)
        if direction in _LEFT_TO_RIGHT:
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def _with_names(text: str) -> str:
    """The text with each character that no font has written out by its name; a mark needs the font of its letter."""
    found, family = list[str](), 0
    for one in text:
        if one.isspace() and one != "\n":
            found.append(" ")
        elif one in _DRAWS_NOTHING:
            found.append(one)
        elif (having := _family(one, family)) is None:
            found.append(f"[{unicodedata.name(one, '').lower() or f'U+{ord(one):04X}'}]")
        else:
            found.append(one)
            family = having
    return "".join(found)


def _family(one: str, before: int) -> int | None:
    """The family that shows a character after another, or None."""
    category = unicodedata.category(one)
    if category in _NOBODYS:
        return None
    if category in _MARKS:
        return before if covered().shows(ord(one), before) else None
    return covered().first(ord(one))


def _breakable(found: re.Match[str]) -> str:
    """A long run with places to break it, never within what is read as one character."""
    text, parts, since = found[0], list[str](), 0
    for one in text:
        if since >= BREAKS and unicodedata.category(one) not in _NO_BREAK_BEFORE:
            parts.append("\u200b")
            since = 0
        parts.append(one)
        since += 1
    return "".join(parts)
