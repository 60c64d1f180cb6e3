"""The outcome statement in Word, for systems that keep nothing else.

Headings are headings, tables have a header row, and the language and title are set, so that a screen reader reads it
as it is meant. The same content gives the same bytes: every date in the file is the moment the case is shown at.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from counterpart.pack.characters import is_right_to_left
from counterpart.pack.content import Content, Outcome, Row
from counterpart.telling.unseen import shown

INK = RGBColor(0x0B, 0x3C, 0x44)
LANGUAGE = "en-GB"
FONT = "Arial"
OWN_WORDS = ("Action",)
"""The columns of tables that hold what people wrote; the others hold sentences of ours, and names."""

_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def draw(content: Content) -> bytes:
    """The document. Raises ValueError where the content has no outcome."""
    if content.outcome is None:
        raise ValueError("this content has no outcome statement")
    document = _blank(content)
    document.add_heading(f"Case {content.reference}: {content.part}", level=0)
    _say(document, "Confidential. It is about a child. Keep it on the record that it was made for.")
    _table(document, ("What", "As it stood"), content.facts)
    _outcome(document, content.outcome)
    document.add_heading("The concern", level=1)
    _labelled(document, content.concern)
    document.add_heading("The two sides", level=1)
    for side in content.sides:
        document.add_heading(f"{_clean(side.title)}: {_clean(side.agency)}", level=2)
        for line in side.lines:
            _paragraph(document.add_paragraph(), line, is_ours=True)
    if content.panel:
        document.add_heading("The panel", level=1)
        _labelled(document, content.panel)
    _not_here(document, content)
    return _packed(document, content)


def _outcome(document: Any, outcome: Outcome) -> None:
    document.add_heading("The outcome statement", level=1)
    _say(document, outcome.version)
    document.add_heading(outcome.title, level=2)
    _say(document, outcome.agreed)
    if outcome.actions:
        document.add_heading("Actions", level=2)
        rows = [(one.what, one.who, one.by_when, one.state) for one in outcome.actions]
        _table(document, ("Action", "Who", "By when", "State"), rows)
    if outcome.lead:
        document.add_heading("Who sees it through", level=2)
        _paragraph(document.add_paragraph(), outcome.lead, is_ours=True)
    if outcome.outstanding:
        document.add_heading("Still open", level=2)
        for one, how in outcome.outstanding:
            _paragraph(document.add_paragraph(style="List Bullet"), one)
            if how:
                followed = document.add_paragraph(style="List Continue")
                _paragraph(followed, f"How it is followed up: {how}")
    if outcome.still_disputed:
        document.add_heading("Still seen differently", level=2)
        _say(document, outcome.still_disputed)
    document.add_heading("Confirmed in writing", level=2)
    answers = [(one.agency, one.answer, one.who, one.when) for one in outcome.answers]
    _table(document, ("Agency", "Answer", "Who", "When"), answers)
    for answer in outcome.answers:
        if answer.words:
            document.add_heading(f"What {_clean(answer.agency)} said", level=3)
            _say(document, answer.words)


def _not_here(document: Any, content: Content) -> None:
    document.add_heading("What is not in this document", level=1)
    if content.left_out:
        _say(document, f"These were left out by {content.left_out_by}. Why: {content.left_out_why}")
        rows = [(one.mark, one.where) for one in content.left_out]
        _table(document, ("What stands in its place", "What was left out"), rows)
    else:
        _say(document, "Nothing was chosen to be left out.")
    for one in content.never_here:
        _say(document, one)


def _labelled(document: Any, rows: Iterable[Row]) -> None:
    for label, text in rows:
        document.add_heading(_clean(label), level=2)
        _say(document, text)


def _say(document: Any, text: str) -> None:
    """Paragraphs, with their lines."""
    for block in _clean(text).split("\n\n"):
        if block.strip():
            _paragraph(document.add_paragraph(), block.strip("\n"))


def _paragraph(paragraph: Any, text: str, *, is_ours: bool = False) -> None:
    """Fill a paragraph; one that begins from the right is set from the right, with its signs and numbers.

    `is_ours`: a sentence of ours that may begin with somebody's name, and so from the left whatever the name.
    """
    run = paragraph.add_run(_clean(text))
    if not is_ours and is_right_to_left(text):
        _add(paragraph.paragraph_format.element.get_or_add_pPr(), "w:bidi")
        run.font.rtl = True


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    first = table.rows[0]._tr  # noqa: SLF001 - it has no public name
    _add(first.get_or_add_trPr(), "w:tblHeader")
    for row in rows:
        added = table.add_row()
        _add(added._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - it has no public name
        for place, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            _paragraph(cell.paragraphs[0], text, is_ours=head[place] not in OWN_WORDS)
    document.add_paragraph()


def _blank(content: Content) -> Any:
    """An empty A4 document with its language, title, styles and footer."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        _style(document.styles[name], is_heading=name != "Normal")
    document.styles["Normal"].font.size = Pt(11)
    known = document.core_properties
    known.title, known.author, known.language = content.title, "Counterpart", LANGUAGE
    known.last_modified_by, known.comments, known.revision = "Counterpart", "", 1
    known.created = known.modified = content.at.replace(tzinfo=None)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"Case {content.reference}, as it stood on {content.as_at}. Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    document.styles["Footer"].font.size = Pt(9)
    return document


def _style(style: Any, *, is_heading: bool) -> None:
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:cs"), FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    _add(properties, "w:lang", val=LANGUAGE)
    if is_heading:
        style.font.color.rgb = INK


def _field(paragraph: Any, code: str) -> None:
    """A number that Word works out: the page, or how many there are."""
    run = paragraph.add_run().font.element
    _add(run, "w:fldChar", fldCharType="begin")
    _add(run, "w:instrText").text = code
    _add(run, "w:fldChar", fldCharType="end")


def _add(parent: Any, name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def _clean(text: str) -> str:
    """The text without what a document of XML cannot hold; unseen characters are written out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("[not a character]", shown(lines))


def _packed(document: Any, content: Content) -> bytes:
    """The file's parts in one order, all of one date."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    date = content.at.timetuple()[:6]
    with (
        zipfile.ZipFile(saved) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, date_time=date)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, parts.read(name))
    return packed.getvalue()
