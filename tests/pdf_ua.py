"""What of PDF/UA-1 a machine can look for in a file, by a library that did not write it. No assertions.

The numbers are the failure conditions of the Matterhorn Protocol 1.1, so that whoever has a validator can compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf

DRAWING = frozenset(
    {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "S", "s", "b", "b*", "Do", "sh"}
)
PARENTS = {
    "LI": {"L"}, "Lbl": {"LI", "Note"}, "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TOCI": {"TOC"},
}  # fmt: skip


def faults_of(pdf: bytes) -> list[str]:
    """Every failure that was found, each with its number."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [*_of_document(document), *_of_pages(document), *_of_structure(document)]


def artifacts_of(pdf: bytes) -> list[str]:
    """What stands on the pages and is of the page and not of the text, in order: its headers and footers."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = []
        for page in document.pages:
            for one in pikepdf.parse_content_stream(page):
                if _is_artifact(one) and (kind := one.operands[1].get("/Subtype")) is not None:
                    words = str(kind)[1:]
                    found.append(words)
        return found


def _is_artifact(one: Any) -> bool:
    return str(one.operator) == "BDC" and str(one.operands[0]) == "/Artifact"


def _of_document(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "06-001: not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "11-006: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "07-001: the title is not what the window shows"
    if root.get("/StructTreeRoot", {}).get("/ParentTree") is None:
        yield "01: no way from the page to its tags"
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0":
            kept = one.DescendantFonts[0].FontDescriptor
            if "/ToUnicode" not in one:
                yield "10-001: letters that cannot be copied out"
            if not {"/FontFile2", "/FontFile3"} & set(kept.keys()):
                yield "31-009: a font that is not in the file"


def _of_pages(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        notes = list(page.get("/Annots", []))
        if notes and page.get("/Tabs") != "/S":
            yield "28-008: the tab key does not follow the tags"
        for note in notes:
            if not str(note.get("/Contents", "")).strip():
                yield "28-005: a link without words"
            if "/StructParent" not in note:
                yield "28-002: a link outside the tags"
        depth = 0
        for one in pikepdf.parse_content_stream(page):
            name = str(one.operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in DRAWING and not depth:
                yield "01-003: something drawn that has no tag and is no artifact"


def _of_structure(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root.StructTreeRoot
    meant = {str(name): str(to) for name, to in root.get("/RoleMap", {}).items()}
    found = [
        (meant.get(str(tag.S), str(tag.S))[1:], tag, above) for tag, above in _tags(root.K, "")
    ]
    levels = [0, *(int(name[1]) for name, _, _ in found if re.fullmatch(r"H\d", name))]
    if any(below > above + 1 for above, below in pairwise(levels)):
        yield "14-003: a level of headings is left out"
    for name, tag, above in found:
        if name == "Figure" and not str(tag.get("/Alt", "")):
            yield "13-004: a picture without words"
        if name == "TH" and not any("/Scope" in one for one in _attributes(tag)):
            yield "15-003: a heading of a table that does not say what it heads"
        if above not in PARENTS.get(name, {above}):
            yield f"09: {name} in {above}"
        if name == "Table" and len({len(list(_cells(row))) for row in _rows(tag)}) > 1:
            yield "15: rows of a table that do not match"


def _tags(element: Any, above: str) -> Iterator[tuple[Any, str]]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _tags(one, above)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield element, above
            above = str(element.S)[1:]
        if "/K" in element:
            yield from _tags(element.K, above)


def _attributes(tag: Any) -> list[Any]:
    given = tag.get("/A", [])
    return list(given) if isinstance(given, pikepdf.Array) else [given]


def _rows(table: Any) -> Iterator[Any]:
    return (tag for tag, _ in _tags(table.K, "Table") if tag.S == "/TR")


def _cells(row: Any) -> Iterator[Any]:
    return (tag for tag, _ in _tags(row.K, "TR") if tag.S in ("/TH", "/TD"))
