"""What people wrote is shown as the text they wrote."""

from markupsafe import Markup

from counterpart.web.narrative import as_sent, finalise, narrative, shown


def test_mark_up_is_shown_as_text() -> None:
    drawn = narrative("<script>alert('x')</script> & <b>bold</b>")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_paragraphs_and_line_breaks_are_kept() -> None:
    drawn = narrative("First line\r\nsecond line\n\n\nNext paragraph")
    assert drawn.count("<p ") == 2
    assert "First line<br>\nsecond line" in drawn


def test_unseen_characters_are_written_out() -> None:
    assert shown("a\x07b\u202ec") == "a[U+0007]b[U+202E]c"


def test_ordinary_text_in_any_language_is_left_alone() -> None:
    said = "Zoë said “no” – ça va, привет, مرحبا"
    assert shown(said) == said


def test_nothing_written_draws_nothing() -> None:
    assert narrative("  \n ") == ""


def test_what_a_template_prints_is_made_visible_and_mark_up_of_ours_is_not_touched() -> None:
    assert finalise("x\x00y") == "x[U+0000]y"
    assert finalise(Markup("<b>\x00</b>")) == Markup("<b>\x00</b>")
    assert finalise("two\nlines") == "two\nlines"
    assert finalise(7) == 7


def test_what_will_be_sent_again_is_escaped_and_otherwise_untouched() -> None:
    assert as_sent('a\x07\r\n"<b>') == "a\x07\r\n&#34;&lt;b&gt;"
