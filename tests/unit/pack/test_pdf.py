"""The PDF of a pack, judged from the file itself by libraries that did not write it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdf
import pypdfium2
import pytest

from counterpart.pack import content as c
from counterpart.pack.pdf import draw
from tests import pdf_ua as ua
from tests.packs import (
    AT,
    a_pack,
    an_entry,
    an_outcome,
    every_byte,
    marked_in_order,
    tags_of,
    text_of,
)

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
ARCHIVE = "{http://www.aiim.org/pdfa/ns/id/}"
SCRIPTS = {
    "Polish": "Łukasz Świątek",
    "Vietnamese": "Nguyễn Thị Hằng",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Жанна Ќосева",
    "Arabic": "محمد علي حسن",
    "Urdu": "عائشہ خان گڑیا",
    "Hebrew": "שרה כהן",
    "Gurmukhi": "ਪੰਜਾਬੀ",
    "Gujarati": "ગુજરાત",
    "Ethiopic": "አማርኛ",
    "Korean": "김민준",
    "simplified Chinese": "张伟",
    "traditional Chinese": "張偉",
    "Japanese": "山田たろう",
}
SHAPED = {"Devanagari": "देवनागरी", "Bengali": "বাংলা", "Tamil": "தமிழ்", "Thai": "สมชาย"}
"""Scripts in which one shape stands for several letters: copied out, the letters may come in another order."""

HOSTILE = (
    '#eval("1+1")', "#read(\"/etc/passwd\")", "$x^2$", "\\u{41} \\ \\#", "*bold* _thin_ `raw`", "= A heading",
    "@label <label>", "// gone", "/* gone */", "{{ 7*7 }} ${7}", "<script>alert(1)</script>", '"] #panic("x")',
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return draw(a_pack())


def test_it_says_that_it_is_accessible_and_fit_to_keep(drawn: bytes) -> None:
    with pikepdf.open(BytesIO(drawn)) as document, document.open_metadata() as known:
        assert known[UA] == "1"
        assert (known[f"{ARCHIVE}part"], known[f"{ARCHIVE}conformance"]) == ("2", "A")
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert known["{http://purl.org/dc/elements/1.1/}title"] == "Case 7F3K-92MQ: The whole case"


def test_its_dates_are_the_moment_it_shows_the_case_at(drawn: bytes) -> None:
    known = pypdf.PdfReader(BytesIO(drawn)).metadata
    assert known is not None
    assert known.creation_date == known.modification_date == AT


def test_the_same_pack_is_the_same_bytes(drawn: bytes) -> None:
    assert draw(a_pack()) == drawn


def test_what_is_read_first_stands_first(drawn: bytes) -> None:
    assert marked_in_order(drawn)


def test_headings_are_nested_and_none_is_skipped(drawn: bytes) -> None:
    levels = [int(tag.name[1]) for tag in tags_of(drawn) if re.fullmatch(r"H\d", tag.name)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert {1, 2, 3} == set(levels)


def test_every_picture_says_in_words_what_it_shows(drawn: bytes) -> None:
    pictures = [tag for tag in tags_of(drawn) if tag.name == "Figure"]
    assert [one.alternative for one in pictures] == [
        "The stages of the policy in order. Stage One: done; Stage Two: the case is here."
    ]


def test_every_table_has_a_row_that_names_its_columns(drawn: bytes) -> None:
    tags = [tag.name for tag in tags_of(drawn)]
    assert tags.count("Table") == tags.count("THead") == 4
    assert tags.count("TH") == 2 + 4 + 4 + 4


def test_it_keeps_the_rules_that_a_screen_reader_relies_on() -> None:
    left_out = (c.LeftOut("[Left out: see note 1]", "Concern raised: What is in dispute"),)
    pdf = draw(a_pack(entries=9, left_out=left_out, concern=(("Who", "שרה כהן 12"),)))
    assert ua.faults_of(pdf) == []


def test_the_number_of_the_page_and_what_stands_over_it_are_not_read_out(drawn: bytes) -> None:
    assert ua.artifacts_of(drawn) == ["Header", "Footer"] * 3


def test_a_reader_finds_its_parts_by_bookmarks(drawn: bytes) -> None:
    outline = pypdf.PdfReader(BytesIO(drawn)).outline
    assert [one.title for one in outline if not isinstance(one, list)][:3] == [
        "The outcome statement", "The concern", "The two sides",
    ]  # fmt: skip


def test_its_text_comes_out_in_order(drawn: bytes) -> None:
    text = text_of(drawn)
    told = ("Case 7F3K-92MQ", "In this document", "They will visit.", "Visit the home", "Look again in four weeks.",
            "How it is followed up: By telephone.", "Does not agree",
            "We cannot visit each week.", "The referral was closed.", "Speaks now: Amara Osei",
            "Convene the panel", "1. Talk 1", "3. Talk 3", "Nothing else.")  # fmt: skip
    places = [text.index(words) for words in told]
    assert places == sorted(places)


def test_each_page_has_its_number_the_reference_and_the_date(drawn: bytes) -> None:
    pages = pypdf.PdfReader(BytesIO(drawn)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert "Case 7F3K-92MQ, as it stood on Tuesday 24 November 2026" in text


def test_it_is_a4(drawn: bytes) -> None:
    box = pypdf.PdfReader(BytesIO(drawn)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_in_any_script_is_printed_and_can_be_copied_out(script: str) -> None:
    name = SCRIPTS[script]
    assert name in text_of(draw(a_pack(concern=(("Who it is about", f"{name}\n\nborn 2019"),))))


@pytest.mark.parametrize("script", SHAPED)
def test_a_name_in_a_script_of_joined_shapes_is_printed(script: str) -> None:
    text = text_of(draw(a_pack(concern=(("Who it is about", SHAPED[script]),))))
    assert set(SHAPED[script]) <= set(text)


def test_a_name_from_the_right_stands_at_the_right() -> None:
    pdf = draw(a_pack(concern=(("Who", "שרה כהן"),)))
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        found = words.search("שרה").get_next()
        if found:
            left, _, _, _ = words.get_charbox(found[0])
            assert left > page.get_width() / 2
            return
    pytest.fail("the name is nowhere")


def test_a_name_from_the_right_turns_no_sentence_of_ours() -> None:
    who = "שרה כהן, Line manager, Northmere"
    named = an_outcome(lead=who, answers=(c.Answer("School", "Confirmed", who, "today", ""),))
    pdf = draw(a_pack(facts=(("Made for", who),), outcome=named, entries=0, concern=()))
    places = []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        for name in (words.search("שרה"),):
            while found := name.get_next():
                left, bottom, _, _ = words.get_charbox(found[0])
                places.append((left, bottom, words))
    assert len(places) == 3
    for left, bottom, words in places:
        post = words.search("Line manager")
        beside = []
        while found := post.get_next():
            at = words.get_charbox(found[0])
            beside.append((abs(at[1] - bottom) < 12, at[0] > left))
        assert (True, True) in beside


def test_a_character_that_no_font_has_is_named_in_words() -> None:
    text = text_of(draw(a_pack(concern=(("Who", "Sam \U0001f600 \ue000 \x07 \u202e"),))))
    assert "Sam [grinning face] [U+E000] [U+0007] [U+202E]" in text


@pytest.mark.parametrize("words", HOSTILE)
def test_nobodys_words_run_as_a_program(words: str) -> None:
    everywhere = a_pack(
        title=f"Case {words}",
        part=words,
        concern=((words, words),),
        entries=0,
        outcome=None,
        duties=(c.DutyLine(words, words, words, words),),
    )
    text = text_of(draw(everywhere)).replace("\u200b", "")
    assert text.count(words) >= 6


def test_a_very_long_word_stays_on_the_page() -> None:
    pdf = draw(a_pack(duties=(c.DutyLine("x" * 5_000, "y" * 200, "z" * 200, "w" * 200),)))
    for page in pypdfium2.PdfDocument(pdf):
        words, width = page.get_textpage(), page.get_width()
        boxes = (words.get_charbox(n) for n in range(words.count_chars()))
        assert all(box[0] >= 0 and box[2] <= width - 40 for box in boxes if box[2] > box[0])
    assert text_of(pdf).count("x") >= 5_000


def test_a_hundred_kilobytes_in_one_entry_are_printed() -> None:
    body = "\n\n".join(f"Paragraph {n} of what was said. " + "word " * 40 for n in range(450))
    assert len(body) > 100_000
    text = text_of(draw(replace(a_pack(), entries=(an_entry(1, body),))))
    assert "Paragraph 0 of" in text
    assert "Paragraph 449 of" in text


def test_a_case_of_five_thousand_entries_is_printed() -> None:
    pdf = draw(a_pack(entries=5_000))
    pages = pypdfium2.PdfDocument(pdf)
    assert "5000. Talk 5000" in re.sub(
        r"\s+", " ", pages[len(pages) - 1].get_textpage().get_text_range()
    )
    assert (
        f"Page {len(pages)} of {len(pages)}"
        in pages[len(pages) - 1].get_textpage().get_text_range()
    )


def test_no_font_and_nothing_else_of_this_machine_is_in_the_file(drawn: bytes) -> None:
    with pikepdf.open(BytesIO(drawn)) as document:
        fonts = {
            str(one.BaseFont).partition("+")[2]
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
        }
    assert all(name.startswith("NotoSans") for name in fonts)
    assert b"fonts/" not in every_byte(drawn)


def test_a_correction_stands_before_what_it_corrects() -> None:
    corrected = an_entry(
        1,
        "It was Tuesday.",
        corrections=(
            c.Correction("It was Wednesday.", "I looked wrongly.", "Amara Osei", "today"),
        ),
    )
    text = text_of(draw(replace(a_pack(), entries=(corrected,))))
    order = [text.index(words) for words in ("It was Wednesday.", "Why: I looked wrongly.",
             "What was first written:", "It was Tuesday.")]  # fmt: skip
    assert order == sorted(order)
