"""What people wrote is shown as the text they wrote."""

from datetime import date

from markupsafe import Markup

from counterpart.web.narrative import as_sent, finalise, narrative, time_tag


def test_mark_up_is_shown_as_text() -> None:
    drawn = narrative("<script>alert('x')</script> & <b>bold</b>")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_paragraphs_and_line_breaks_are_kept() -> None:
    drawn = narrative("First line\r\nsecond line\n\n\nNext paragraph")
    assert drawn.count("<p ") == 2
    assert "First line<br>\nsecond line" in drawn


def test_nothing_written_draws_nothing() -> None:
    assert narrative("  \n ") == ""


def test_what_a_template_prints_is_made_visible_and_mark_up_of_ours_is_not_touched() -> None:
    assert finalise("x\x00y") == "x[U+0000]y"
    assert finalise(Markup("<b>\x00</b>")) == Markup("<b>\x00</b>")
    assert finalise("two\nlines") == "two\nlines"
    assert finalise(7) == 7


def test_what_will_be_sent_again_is_escaped_and_otherwise_untouched() -> None:
    assert as_sent('a\x07\r\n"<b>') == "a\x07\r\n&#34;&lt;b&gt;"


def test_a_time_element_is_for_machines_too() -> None:
    assert (
        time_tag(date(2026, 2, 3)) == '<time datetime="2026-02-03">Tuesday 3 February 2026</time>'
    )
