"""Packs made up for tests, and what stands in a PDF, read from the file itself. No assertions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from counterpart.pack import content as c

AT = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
WHEN = "Tuesday 24 November 2026 at 3:40pm"


def an_entry(number: int, body: str = "We spoke for half an hour.", **changed: Any) -> c.Entry:
    whole: dict[str, Any] = {
        "number": number,
        "title": f"Talk {number} between the two workers",
        "who": "Amara Osei, Class teacher, Oakfield Primary School",
        "happened": WHEN,
        "written": "down at once",
        "body": body,
        "facts": (("How", "By telephone"), ("What came of it", "Both sides agreed")),
        "corrections": (),
    }
    return c.Entry(**(whole | changed))


def an_outcome(**changed: Any) -> c.Outcome:
    whole: dict[str, Any] = {
        "title": "What was agreed",
        "version": "Version 2",
        "agreed": "They will visit.\n\nEvery week.",
        "actions": (c.ActionLine("Visit the home", "Nia Care, Line manager", WHEN, "To do"),),
        "lead": "Nia Care",
        "outstanding": (("Look again in four weeks.", "By telephone."),),
        "still_disputed": "Whether the threshold was met.",
        "answers": (
            c.Answer("Oakfield Primary School", "Confirmed in writing", "Amara Osei", WHEN, ""),
            c.Answer("Social Care", "Does not agree", "Nia", WHEN, "We cannot visit each week."),
        ),
    }
    return c.Outcome(**(whole | changed))


def a_pack(*, entries: int = 3, **changed: Any) -> c.Content:
    whole: dict[str, Any] = {
        "title": "Case 7F3K-92MQ: The whole case",
        "reference": "7F3K-92MQ",
        "part": "The whole case",
        "at": AT,
        "as_at": WHEN,
        "facts": (("Partnership", "Northmere"), ("Policy", "Escalation policy")),
        "stages": (c.Stage("Stage One", "done"), c.Stage("Stage Two", "here")),
        "concern": (("What is in dispute", "The referral was closed."),),
        "sides": (c.Side("Raising side", "Oakfield Primary School", ("Speaks now: Amara Osei",)),),
        "standing": (),
        "outcome": an_outcome(),
        "panel": (("Meets", WHEN),),
        "duties": (c.DutyLine("Convene the panel", "Business manager", WHEN, "4.2: Panel"),),
        "entries": tuple(an_entry(n) for n in range(1, entries + 1)),
        "left_out": (),
        "left_out_by": "",
        "left_out_why": "",
        "never_here": ("Nothing else.",),
    }
    return c.Content(**(whole | changed))


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of a PDF's structure: its name, how deep it stands, its alternative text, the text it holds."""

    name: str
    depth: int
    alternative: str


def text_of(pdf: bytes) -> str:
    """All the text of a PDF, as a program that copies text out of it gives it; lines are joined."""
    pages = pypdfium2.PdfDocument(pdf)
    whole = " ".join(page.get_textpage().get_text_range() for page in pages)
    return re.sub(r"\s+", " ", whole)


def tags_of(pdf: bytes) -> list[Tag]:
    """The structure of a PDF in its order, which is the order it is read in."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return list(_tags(document.Root.StructTreeRoot.K, 0))


def _tags(element: Any, depth: int) -> Iterator[Tag]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _tags(one, depth)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield Tag(str(element.S)[1:], depth, str(element.get("/Alt", "")))
        if "/K" in element:
            yield from _tags(element.K, depth + 1)


def marked_in_order(pdf: bytes) -> bool:
    """Whether the marked content of each page stands in the page in the order that the structure reads it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        read: dict[Any, list[int]] = {}
        for page, number in _marks(document.Root.StructTreeRoot.K, None):
            read.setdefault(page, []).append(number)
        for page in document.pages:
            drawn = [
                int(one.operands[1]["/MCID"])
                for one in pikepdf.parse_content_stream(page)
                if str(one.operator) == "BDC"
                and isinstance(one.operands[1], pikepdf.Dictionary)
                and "/MCID" in one.operands[1]
            ]
            if drawn != read.get(page.objgen, []):
                return False
    return True


def _marks(element: Any, page: Any) -> Iterator[tuple[Any, int]]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _marks(one, page)
    elif isinstance(element, pikepdf.Dictionary):
        page = element.Pg.objgen if "/Pg" in element else page
        if "/MCID" in element:
            yield page, int(element.MCID)
        elif "/K" in element:
            yield from _marks(element.K, page)
    elif isinstance(element, int):
        yield page, element


def every_byte(pdf: bytes) -> bytes:
    """Everything that is in a PDF, each stream unpacked: nothing can hide in it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = [pdf]
        for one in document.objects:
            if isinstance(one, pikepdf.Stream):
                found.append(one.read_bytes())
            found.append(repr(one).encode())
        return b"\n".join(found)
