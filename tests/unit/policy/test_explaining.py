"""The policy in plain words: true to the file, cited, complete, and fit to be read aloud."""

from __future__ import annotations

import re

import pytest

from counterpart.policy.explaining import Rows, explain
from tests.casebook import brent
from tests.made_up import advice, one_talk
from tests.unit.policy.explained import POLICIES, of_block, section, texts
from tests.unit.policy.written_policies import written, written_policies

AN_ADDRESS = re.compile(r"\S+(://|@|\.co\.uk|\.org\.uk)\S*")
A_CODE_WORD = re.compile(r"[a-z]+[._][a-z]+|None$|\bNone[,)]|\.\.|\?\.|: \.|  ")


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
    *ours, clauses = explain(POLICIES[name])
    assert clauses.anchor == "clauses"  # of which the words are the text's own
    for text, _ in texts(tuple(ours)):
        assert text
        assert text == text.strip()
        assert not A_CODE_WORD.search(AN_ADDRESS.sub("X", text)), text
        assert len(text) < 400, text


@pytest.mark.parametrize("name", POLICIES)
def test_nothing_is_said_twice_in_one_place(name: str) -> None:
    for part in explain(POLICIES[name]):
        for block in part.blocks:
            if isinstance(block, Rows):
                said = [row.label for row in block.rows if row.label != "By when"]
            else:
                said = [text for text, _ in of_block(block)]
            if part.anchor != "opposite-numbers":
                assert len(said) == len(set(said)), part.anchor


@pytest.mark.parametrize("name", written_policies())
def test_every_clause_of_a_policy_is_explained_somewhere(name: str) -> None:
    policy = written(name)
    said = {c for s in explain(policy)[:-1] for _, clauses in texts((s,)) for c in clauses}
    assert said == set(policy.clauses)


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
    assert "no steps of its own for this" in section(one_talk(), "immediate-risk")
    assert "It may not be about anything else." in section(one_talk(), "grounds")


def test_a_panel_that_advises_says_that_the_agencies_decide() -> None:
    words = section(advice(), "panel-advisers")
    assert "It recommends. The agencies decide." in words
    assert "None of them is from an agency in the disagreement." in words
    assert "Its chair is independent." in words
