"""The outcome statement in Word, read back from the file."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from counterpart.pack import content as c
from counterpart.pack.word import draw
from tests.packs import AT, a_pack, an_outcome


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(BytesIO(draw(a_pack(entries=0, part="The outcome statement"))))


def text_of(document: Any) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_same_statement_is_the_same_bytes() -> None:
    assert draw(a_pack()) == draw(a_pack())


def test_it_has_a_title_a_language_and_the_date_it_shows_the_case_at(document: Any) -> None:
    known = document.core_properties
    assert known.title == "Case 7F3K-92MQ: The whole case"
    assert known.language == "en-GB"
    assert known.created.timestamp() == AT.timestamp()
    lang = document.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert lang.get(qn("w:val")) == "en-GB"


def test_headings_are_headings_in_order(document: Any) -> None:
    headings = [
        (one.style.name, one.text) for one in document.paragraphs if one.style.name != "Normal"
    ]
    assert headings[:9] == [
        ("Title", "Case 7F3K-92MQ: The outcome statement"),
        ("Heading 1", "The outcome statement"),
        ("Heading 2", "What was agreed"),
        ("Heading 2", "Actions"),
        ("Heading 2", "Who sees it through"),
        ("Heading 2", "Still open"),
        ("List Bullet", "Look again in four weeks."),
        ("List Continue", "How it is followed up: By telephone."),
        ("Heading 2", "Still seen differently"),
    ]


def test_each_table_has_a_header_row_that_is_repeated(document: Any) -> None:
    heads = [
        [cell.text for cell in table.rows[0].cells]
        for table in document.tables
        if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    ]
    assert heads == [
        ["What", "As it stood"],
        ["Action", "Who", "By when", "State"],
        ["Agency", "Answer", "Who", "When"],
    ]


def test_no_row_is_cut_in_two_by_the_end_of_a_page(document: Any) -> None:
    rows = [row for table in document.tables for row in table.rows[1:]]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_it_holds_who_confirmed_and_who_did_not_and_why(document: Any) -> None:
    text = text_of(document)
    for said in ("They will visit.", "Every week.", "Does not agree", "We cannot visit each week."):
        assert said in text


def test_what_was_left_out_is_said_with_who_and_why() -> None:
    left_out = a_pack(
        left_out=(c.LeftOut("[Left out: see note 1]", "Outcome written down: What was agreed"),),
        left_out_by="Amara Osei, Class teacher",
        left_out_why="It names a sibling.",
    )
    text = text_of(Document(BytesIO(draw(left_out))))
    assert "These were left out by Amara Osei, Class teacher. Why: It names a sibling." in text
    assert "Outcome written down: What was agreed" in text


def test_words_that_xml_cannot_hold_are_written_out() -> None:
    odd = replace(a_pack(), outcome=an_outcome(agreed="a\x00b \x0b \ufffe <w:p/> &amp; ]]>"))
    assert "a[U+0000]b [U+000B] [not a character] <w:p/> &amp; ]]>" in text_of(
        Document(BytesIO(draw(odd)))
    )


def is_from_the_right(paragraph: Any) -> bool:
    """Whether a paragraph, with its signs and numbers, is set from the right."""
    turned = paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert turned is any(run.font.rtl for run in paragraph.runs)
    return turned


def test_a_text_from_the_right_is_set_from_the_right_wherever_it_stands() -> None:
    words = "«שלום», 020 7946."
    written = an_outcome(
        agreed=words,
        actions=(c.ActionLine(words, "Nia", "today", "To do"),),
        outstanding=((words, words),),
    )
    packed = Document(BytesIO(draw(replace(a_pack(), outcome=written))))
    cells = [
        paragraph
        for table in packed.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    found = [one for one in (*packed.paragraphs, *cells) if one.text == words]
    assert len(found) == 3  # what was agreed, the action, the point that is open
    assert all(map(is_from_the_right, found))
    how = next(one for one in packed.paragraphs if one.text.startswith("How it is"))
    assert not is_from_the_right(how)


def test_a_name_from_the_right_turns_no_sentence_of_ours() -> None:
    who = "שרה כהן, Line manager"
    written = an_outcome(
        lead=who,
        actions=(c.ActionLine("Visit", who, "today", "To do"),),
        answers=(c.Answer("School", "Confirmed in writing", who, "today", ""),),
    )
    packed = Document(BytesIO(draw(replace(a_pack(), outcome=written))))
    cells = [row.cells for table in packed.tables for row in table.rows]
    named = [one for row in cells for cell in row for one in cell.paragraphs if one.text == who]
    named += [one for one in packed.paragraphs if one.text == who]
    assert len(named) == 3
    assert not any(map(is_from_the_right, named))


def test_nothing_in_the_file_is_dated_by_the_clock() -> None:
    with zipfile.ZipFile(BytesIO(draw(a_pack()))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(2026, 11, 24, 15, 40, 0)}


def test_a_pack_without_an_outcome_is_no_statement() -> None:
    with pytest.raises(ValueError, match="no outcome"):
        draw(a_pack(outcome=None))
