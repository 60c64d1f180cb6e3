"""What one cell of a file may hold, and what is said where it holds something else.

Each reader takes the trimmed text of a cell and gives its value, or raises `BadCell` with plain
words. It must not look anything up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from counterpart.people.codes import SHAPE
from counterpart.people.domains import NotADomain, read_domain
from counterpart.people.kinds import AGENCY_KINDS, TIERS

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for something to work out (OWASP, CSV injection)."""

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")
_MAIL = re.compile(r"[^\s@,;:<>()\"\\\[\]]{1,64}@[^\s@]{1,189}")
_PHONE = re.compile(
    r"\+?[0-9][0-9 ()./-]{2,30}(( ?x| ext\.?| extension) ?[0-9]{1,6})?", re.IGNORECASE
)
YEARS = range(1900, 2200)


class BadCell(ValueError):
    """A cell that does not hold what its column says. `word` is none of those that are `known`: one of them
    may have been meant.
    """

    def __init__(self, words: str, *, word: str = "", known: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.word = word
        self.known = known


Reader = Callable[[str], object]


def as_text(cell: str, may_begin: str = "") -> str:
    """A cell's text, without the apostrophe by which a spreadsheet is told that it is text.

    Raises `BadCell` for what a spreadsheet would take for a formula, unless it begins with one of `may_begin`.
    """
    text = unicodedata.normalize("NFC", cell.replace("\xa0", " ")).strip(" \n")
    if text.startswith("'") and text[1:].startswith(FORMULA_BEGINS):
        return text[1:]
    if text.startswith(FORMULA_BEGINS) and text[0] not in may_begin:
        raise BadCell(
            f"begins with “{_shown(text[0])}”, which a spreadsheet takes for a formula. Begin with a letter or a "
            "figure, or put an apostrophe before it"
        )
    return text


def guarded(text: str) -> str:
    """A value as it is written out, so that no spreadsheet takes it for a formula. `as_text` undoes it."""
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


def line(limit: int) -> Reader:
    """One line of text of at most `limit` characters."""

    def read(text: str) -> str:
        if not text.isprintable():
            raise BadCell("holds a line break or a character that cannot be seen. Take it out")
        if len(text) > limit:
            raise BadCell(f"has {len(text):,} characters. {limit} is the most")
        return text

    return read


def code(text: str) -> str:
    """A short name of an agency or post."""
    small = text.lower()
    if not SHAPE.fullmatch(small):
        raise BadCell(
            f"“{_shown(text)}” is not a short name. Use up to 60 letters, figures, dots and dashes, with no space"
        )
    return small


def one_of(known: Mapping[str, str], what: str) -> Reader:
    """One of a closed list, by its code or in words."""
    by_words = {words.lower(): code for code, words in known.items()}
    codes = tuple(known)

    def read(text: str) -> str:
        small = text.lower()
        found = small.replace(" ", "_").replace("-", "_")
        if found in known:
            return found
        if small.replace("’", "'") in by_words:
            return by_words[small.replace("’", "'")]
        raise BadCell(f"“{_shown(text)}” is not a {what} we know", word=found, known=codes)

    return read


kind = one_of(AGENCY_KINDS, "kind of agency")
tier = one_of(TIERS, "tier")


def mail(text: str) -> str:
    """An email address, in lower case."""
    small = text.lower()
    if not _MAIL.fullmatch(small) or small.startswith(FORMULA_BEGINS) or not small.isprintable():
        raise BadCell(f"“{_shown(text)}” is not an email address. Write it as name@example.org")
    try:
        read_domain(small.partition("@")[2], may_be_anyones=True)
    except NotADomain:
        raise BadCell(
            f"“{_shown(text)}” is not an email address. Write it as name@example.org"
        ) from None
    return small


def domains(text: str) -> tuple[str, ...]:
    """What stands after the @ in an agency's addresses; several with spaces between."""
    found = []
    for one in re.split(r"[\s,;]+", text.strip(" ,;")):
        try:
            found.append(read_domain(one))
        except NotADomain as no:
            raise BadCell(no.words) from None
    return tuple(dict.fromkeys(found))


def phone(text: str) -> str:
    """A telephone number."""
    if not _PHONE.fullmatch(text):
        raise BadCell(f"“{_shown(text)}” is not a telephone number. Use figures and spaces")
    return text


def yes_no(text: str) -> bool:
    """Yes or no."""
    answers = {"yes": True, "y": True, "true": True, "1": True}
    answers |= {"no": False, "n": False, "false": False, "0": False}
    if text.lower() not in answers:
        raise BadCell(f"“{_shown(text)}” is neither yes nor no")
    return answers[text.lower()]


def day(text: str) -> date:
    """A day: 2026-11-30, or 30/11/2026 as British spreadsheets write it."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, on = (
            (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        )
        read = date(int(year), int(month), int(on))
    except ValueError:
        raise BadCell(f"“{_shown(text)}” is not a date. Write it as 2026-11-30") from None
    if read.year not in YEARS:
        raise BadCell(f"“{_shown(text)}” is too far away to be meant. Check the year")
    return read


def _shown(text: str) -> str:
    """What was written, short and fit to be seen."""
    seen = "".join(c if c.isprintable() else "�" for c in text)
    return seen if len(seen) <= 40 else f"{seen[:40]}…"
