"""How wide text is, and where to break it: the letters of Arial and Helvetica, near enough.

A drawing must know the room a text takes before any browser sees it. Widths are those printed
in the fonts' own tables, with something to spare for a font that stands in.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    278: " !,./:;I[\\]ft",
    333: "()-`r“”",
    389: '*"{|}',
    500: "Jcksvxyz",
    556: "#$?0123456789L_abdeghnopqu–",
    611: "FTZ+<=>~^",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W%",
    1015: "@—…",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER_LETTER = 640
_SQUARE = 1370  # Chinese characters, and pictures, of which some fonts draw wide ones
_TO_SPARE = 1.05
_BOLD = 1.07
_FROM_SQUARE = 0x2E80
_JOINER = "\u200d"
_MARKS = ("Mn", "Mc", "Me", "Cf", "Sk")
_TURNING = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def clean(text: str) -> str:
    """The text on one line, without what XML cannot hold and without marks that turn its order."""
    kept = "".join(_kept(c) for c in text)
    return " ".join(kept.split())


def _kept(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter in _TURNING:
        return ""
    if unicodedata.category(letter) in ("Cc", "Cs") or letter in "\ufffe\uffff":
        return "\ufffd"
    return letter


def width(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a text is at that size, in the same units, rather too much than too little."""
    thousandths = sum(_letter(letter) for letter in text)
    return thousandths * size / 1000 * _TO_SPARE * (_BOLD if bold else 1)


@cache
def _letter(letter: str) -> int:
    known = _WIDTH.get(letter)
    if known is not None:
        return known
    return _SQUARE if ord(letter) >= _FROM_SQUARE else _OTHER_LETTER


def wrap(text: str, size: int, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `room`. A word that is too long by itself is broken."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, size, room, bold=bold)
        lines += whole
    return (*lines, line) if line else tuple(lines)


def _broken(word: str, size: int, room: float, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        fits = width(parts[-1] + letter, size, bold=bold) <= room
        if fits or not parts[-1] or _belongs(letter, parts[-1]):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _belongs(letter: str, before: str) -> bool:
    """Whether a letter is drawn together with the one before it, so that no line may part them."""
    return unicodedata.category(letter) in _MARKS or before.endswith(_JOINER)
