"""What stands on the page for what somebody wrote: the same characters, or the names of those no font has."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpart.pack.characters import BREAKS, covered, is_right_to_left, printable
from counterpart.pack.pdf import draw
from tests.packs import a_pack

BREAK = "\u200b"


def test_ordinary_words_are_left_alone() -> None:
    said = "Zoë said “no” – ça va; £20 at 3:40pm.\nShe’ll write."
    assert printable(said) == said


def test_lines_end_in_one_way() -> None:
    assert printable("one\r\ntwo\rthree") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("\U0001f600", "[grinning face]"),
        ("\u16a0", "[runic letter fehu feoh fe f]"),
        ("\ue000", "[U+E000]"),
        ("a\x00b", "a[U+0000]b"),
        ("\u202eabc", "[U+202E]abc"),
        ("中\u05b0", "中[hebrew point sheva]"),
        ("a\tb", "a b"),
    ],
)
def test_what_cannot_be_shown_is_said(written: str, stands: str) -> None:
    assert printable(written) == stands


def test_a_letter_and_its_mark_become_one_where_there_is_one() -> None:
    assert printable("e\u0301") == "é"


def test_a_long_run_may_be_broken_but_not_within_a_letter() -> None:
    broken = printable("q\u0303" * 40)
    assert broken.replace(BREAK, "") == "q\u0303" * 40
    assert BREAK in broken
    assert f"{BREAK}\u0303" not in broken
    assert max(map(len, broken.split(BREAK))) <= BREAKS + 1


@pytest.mark.parametrize(
    ("text", "is_from_the_right"),
    [
        ("", False),
        ("abc", False),
        ("123", False),
        ("שרה", True),
        ("(علي)", True),
        ("Ali علي", False),
    ],
)
def test_a_paragraph_runs_the_way_of_its_first_letter(text: str, is_from_the_right: bool) -> None:
    assert is_right_to_left(text) is is_from_the_right


def test_the_fonts_cover_the_scripts_they_are_there_for() -> None:
    for one in "aŁế Ωж عپڑ ש अ অ ਪ અ த አ ก 한 张張 あア".replace(" ", ""):
        assert covered().first(ord(one)) is not None, unicodedata.name(one)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_somebody_writes_can_be_printed(text: str) -> None:
    draw(a_pack(entries=0, outcome=None, concern=(("What is in dispute", f"{text} and more"),)))
