"""A pack as a PDF that a screen reader can read (PDF/UA-1) and an archive can keep (PDF/A-2a).

The page is a program of ours, `page.typ`; what people wrote goes to it as data and is never part of it. The same
content gives the same bytes: the date in the file is the moment the case is shown at.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import typst

from counterpart.pack.characters import FONTS, covered, is_right_to_left, printable
from counterpart.pack.content import Content

PAGE = FONTS.parent / "page.typ"
STANDARDS: list[Any] = ["ua-1", "a-2a"]


def draw(content: Content) -> bytes:
    """The PDF. Raises OSError where the fonts were not built, typst.TypstError for a fault in the page itself."""
    data = {"families": covered().families, **as_data(content)}
    drawn = typst.compile(
        PAGE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=content.at,
    )
    return bytes(drawn)


def as_data(value: Any) -> Any:
    """Records as JSON has them; each text as its paragraphs, a paragraph as its lines and its direction."""
    if isinstance(value, str):
        return _paragraphs(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_data(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: as_data(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [as_data(one) for one in value]
    return value if isinstance(value, int) or value is None else str(value)


def _paragraphs(text: str) -> list[dict[str, Any]]:
    blocks = (block.strip("\n") for block in printable(text.strip()).split("\n\n"))
    return [
        {"lines": block.split("\n"), "rtl": is_right_to_left(block)} for block in blocks if block
    ]


@cache
def _fonts() -> typst.Fonts:
    """Ours and no others: what a machine has must not change what is printed."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
