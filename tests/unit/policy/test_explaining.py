"""The policy in plain words: true to the file, cited, complete, and fit to be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from counterpart.policy.explaining import (
    Paragraph,
    Rows,
    Section,
    as_markdown,
    clause_anchor,
    explain,
    limit_words,
    seat_words,
)
from counterpart.policy.model import LimitRule, Policy, Seat
from counterpart.policy.phrases import listed, number_words, small, trigger_words
from counterpart.policy.sections import Bullets, Item, Row
from counterpart.worktime import parse_limit
from tests.casebook import brent
from tests.made_up import advice, one_talk, up_the_line

POLICIES = {p.id: p for p in (brent(), one_talk(), up_the_line(), advice())}


def texts(sections: tuple[Section, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text, block.clauses
                case Bullets():
                    yield from ((item.text, item.clauses) for item in block.items)
                case Rows():
                    yield from ((row.text, row.clauses) for row in block.rows)


def section(policy: Policy, anchor: str) -> str:
    return as_markdown([s for s in explain(policy) if s.anchor == anchor])


@pytest.mark.parametrize("name", POLICIES)
def test_every_part_has_its_own_place_on_the_page(name: str) -> None:
    sections = explain(POLICIES[name])
    anchors = [s.anchor for s in sections]
    assert len(anchors) == len(set(anchors))
    assert anchors[0] == "about"
    assert anchors[-1] == "clauses"
    assert all(s.heading and s.blocks and s.level in (2, 3) for s in sections)
    for stage in POLICIES[name].stages:
        assert f"stage-{stage}" in anchors


@pytest.mark.parametrize("name", POLICIES)
def test_every_clause_named_is_a_clause_and_every_clause_is_listed(name: str) -> None:
    policy = POLICIES[name]
    sections = explain(policy)
    assert {c for _, clauses in texts(sections) for c in clauses} <= set(policy.clauses)
    (listing,) = sections[-1].blocks
    assert isinstance(listing, Rows)
    assert [row.label for row in listing.rows] == list(policy.clauses)


@pytest.mark.parametrize("name", POLICIES)
def test_it_reads_as_sentences_without_code_words(name: str) -> None:
    for text, _ in texts(explain(POLICIES[name])):
        assert text
        assert text == text.strip()
        assert not re.search(r"[a-z]+[._][a-z]+|None$|\bNone[,)]|\.\.", text), text
        assert len(text) < 400


def test_every_clause_of_brent_is_explained_somewhere() -> None:
    said = {c for s in explain(brent())[:-1] for _, clauses in texts((s,)) for c in clauses}
    assert said == set(brent().clauses)


def test_what_brent_says_of_time_panel_and_risk() -> None:
    policy = brent()
    assert "Within 1 working week (5 working days), or sooner if that is what protects" in section(
        policy, "limits"
    )
    panel = section(policy, "panel-resolution-panel")
    assert "People from at least three agencies" in panel
    assert "binding on every agency concerned" in panel
    risk = section(policy, "immediate-risk")
    assert "call 999" in risk
    assert "At once." in risk
    assert "As soon as possible. The policy gives no deadline." in section(
        policy, "stage-other-worker"
    )
    assert "The policy gives no time." in section(policy, "stage-managers")


def test_every_reading_says_the_question_the_meaning_and_why() -> None:
    words = section(brent(), "readings")
    for reading in brent().readings.values():
        assert reading.question in words.replace("\\", "")
    assert words.count("Why") == len(brent().readings)


def test_a_policy_with_little_to_say_says_little() -> None:
    anchors = {s.anchor for s in explain(one_talk())}
    assert not anchors & {"principles", "panels", "records", "gaps", "support", "standing"}
    assert "no numbered stages" in section(one_talk(), "stages")
    assert "The policy says nothing more." in section(one_talk(), "immediate-risk")
    assert "It may not be about anything else." in section(one_talk(), "grounds")


def test_a_panel_that_advises_says_that_the_agencies_decide() -> None:
    words = section(advice(), "panel-advisers")
    assert "It recommends. The agencies decide." in words
    assert "None of them is from an agency in the disagreement." in words
    assert "Its chair is independent." in words


@pytest.mark.parametrize(
    ("limits", "is_protective", "words"),
    [
        (["5 working days"], False, "Within 5 working days."),
        (["48 hours"], False, "Within 48 hours."),
        (["immediate"], False, "At once."),
        (["same working day"], False, "By the end of the same working day."),
        (["as soon as possible"], False, "As soon as possible. The policy gives no deadline."),
        (["not stated"], False, "The policy gives no time."),
        (["not stated: source not held"], False, "The policy gives no time (source not held)."),
        (
            ["1 working week"],
            True,
            "Within 1 working week (5 working days), or sooner if that is what protects the child.",
        ),
        (
            ["not stated"],
            True,
            "In a time that protects the child. The policy gives no other limit.",
        ),
        ([], True, "Within a time that protects the child. The policy gives no other limit."),
        (
            ["24 hours", "2 working days"],
            False,
            "Within 24 hours or 2 working days, whichever is shorter.",
        ),
        (
            ["24 hours", "2 working days", "3 calendar days"],
            True,
            (
                "Within 24 hours, 2 working days or 3 calendar days, whichever is shorter. "
                "It may be sooner, if that is what protects the child."
            ),
        ),
    ],
)
def test_a_limit_in_whole_sentences(limits: list[str], is_protective: bool, words: str) -> None:
    rule = LimitRule(tuple(parse_limit(text) for text in limits), is_protective)
    assert limit_words(rule) == words


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        (Seat("raiser"), "The person who raised the concern"),
        (Seat("raising", "worker"), "Worker in the agency that raised the concern"),
        (Seat("receiving", "worker"), "Worker in the other agency"),
        (Seat("each", "line-manager"), "Supervisor or line manager in each agency"),
        (Seat("partnership", "chair"), "Chair of the Board"),
        (Seat("raising"), "Whoever speaks for the agency that raised the concern"),
        (Seat("each"), "Whoever speaks for each agency"),
    ],
)
def test_whose_place_a_seat_is(seat: Seat, words: str) -> None:
    assert seat_words(brent(), seat) == words


def test_at_a_stage_whoever_speaks_has_a_role() -> None:
    stage = brent().stages["managers"]
    words = seat_words(brent(), Seat("raising"), stage)
    assert words == "Supervisor or line manager in the agency that raised the concern"


@pytest.mark.parametrize("name", POLICIES)
def test_every_trigger_of_a_policy_can_be_said(name: str) -> None:
    policy = POLICIES[name]
    for trigger in policy.hearing:
        assert " " in trigger_words(policy, trigger)


def test_where_a_clause_stands_on_the_page() -> None:
    assert clause_anchor("1.4 risk") == "clause-1-4-risk"
    assert clause_anchor("Ünïcode (b)") == "clause-n-code-b"
    anchors = [clause_anchor(c) for c in brent().clauses]
    assert len(anchors) == len(set(anchors))


def test_markdown_shows_what_was_written_and_reads_no_mark_up_in_it() -> None:
    page = as_markdown(
        [
            Section(
                "A *heading*",
                "a",
                (
                    Paragraph("One <b>bold</b> `tick`", ("1",)),
                    Bullets((Item("an_item"),)),
                    Rows((Row("Label", "# text", ("2", "3")),)),
                ),
                level=3,
            )
        ]
    )
    assert page == (
        "### A \\*heading\\*\n"
        "\n"
        "One \\<b\\>bold\\</b\\> \\`tick\\` (1)\n"
        "\n"
        "- an\\_item\n"
        "\n"
        "- **Label**: \\# text (2, 3)\n"
    )


def test_small_things() -> None:
    assert listed(()) == ""
    assert listed(("a", "b", "c"), "or") == "a, b or c"
    assert (number_words(3), number_words(12)) == ("three", "12")
    assert (small("The end"), small("GP or nurse")) == ("the end", "GP or nurse")
