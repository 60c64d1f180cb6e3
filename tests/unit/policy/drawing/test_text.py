"""The picture in words, and as Mermaid text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.policy.drawing import as_mermaid, diagram, in_words
from counterpart.policy.drawing.mermaid import quoted
from tests.casebook import brent
from tests.unit.policy.drawing.everything import everything
from tests.unit.policy.drawing.pictured import NAMES, pictured, retold

LABEL = r'"[^"\n]*"'
BOX = re.compile(rf"  n\d+(\[{LABEL}\]|\(\[{LABEL}\]\))")
LINE = re.compile(rf"  n\d+ (-->|-\.->)(\|{LABEL}\|)? n\d+")


def words(name: str) -> list[str]:
    return [line.words for line in in_words(diagram(pictured()[name]))]


def test_brent_in_words_goes_from_a_concern_to_a_decision() -> None:
    said = words("brent")
    assert said.index("A concern is raised.") < said.index("Stage One: Talk to your own manager.")
    assert (
        "If they do not agree: ask your manager to speak to their manager. This should be done. "
        "It goes on to “Stage Three: Manager to manager”."
    ) in said
    assert "Its decision is binding." in said
    assert said[-2].startswith("Write down what was agreed")


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_and_every_way_is_said_with_its_clause(name: str) -> None:
    policy = pictured()[name]
    lines = in_words(diagram(policy))
    said = {(line.words, line.clause) for line in lines}
    for stage in policy.stages.values():
        assert (f"{stage.name}.", stage.clause) in said
    for way in policy.ways_on.values():
        title = way.title[1:]
        assert any(title in text and clause == way.clause for text, clause in said)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_whole_sentences_and_knows_its_stage(name: str) -> None:
    lines = in_words(diagram(pictured()[name]))
    assert all(re.fullmatch(r"[A-Z“0-9].*[.!?]", line.words) for line in lines)
    assert not [line.words for line in lines if ".." in line.words or "  " in line.words]
    assert {line.stage for line in lines} - {None} == set(pictured()[name].stages)
    assert lines[0].level == 1


def test_a_way_back_a_loop_and_a_choice_are_said() -> None:
    said = " ".join(words("somerset"))
    assert "It goes back to “Board representatives”." in said
    assert "It comes to “Up the line” again, each time with the next person." in said
    assert "refer it straight to your line manager. This may be done." in said


def test_a_time_what_follows_if_it_is_missed_and_the_urgent_one_are_said_together() -> None:
    assert (
        "Must: Talk. It must satisfy: Worker in the agency that raised the concern. Within 2 "
        "working days. In an urgent case: within 4 hours. If that time passes, these are told: "
        "Coordinator."
    ) in words("everything")


def test_conditions_and_approval_are_said() -> None:
    said = " ".join(words("everything"))
    assert "they do not agree and this is so: “The child is still at risk” or the time" in said
    assert "with approval (Manager in the agency that raised the concern)" in said
    assert (
        "this much time has passed, 10 working days, from when the case comes to “Stage 2: Managers”"
        in said
    )


def test_ways_out_say_where_they_lead() -> None:
    assert words("everything")[-1] == (
        "An allegation: Somebody who works with children may have harmed one. "
        "It leads to: The designated officer. The case ends there."
    )


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_has_a_line_for_every_box_and_every_way(name: str) -> None:
    drawn = diagram(pictured()[name])
    head, *rest = as_mermaid(drawn).splitlines()
    assert head == "flowchart TD"
    assert len([line for line in rest if BOX.fullmatch(line)]) == len(drawn.nodes)
    ways = [edge for edge in drawn.edges if edge.kind != "covers"]
    assert len([line for line in rest if LINE.fullmatch(line)]) == len(ways)
    assert len(rest) == len(drawn.nodes) + len(ways)


def test_mermaid_draws_what_may_be_done_with_dots() -> None:
    text = as_mermaid(diagram(pictured()["somerset"]))
    give_back = (
        "If they do not agree<br/>May: Give it back to the representatives<br/>Board coordinator"
    )
    assert f'-.->|"{give_back}"|' in text
    assert "-.->" not in as_mermaid(diagram(brent()))


@given(st.text(min_size=1, max_size=100))
def test_whatever_is_written_mermaid_reads_it_as_text(text: str) -> None:
    lines = as_mermaid(diagram(retold(everything(), text))).splitlines()[1:]
    assert all(BOX.fullmatch(line) or LINE.fullmatch(line) for line in lines)


def test_signs_that_mean_something_to_mermaid_are_written_as_numbers() -> None:
    assert quoted("one\\nline") == "one#92;\u200bnline"
    assert quoted('a "b" <i> `c` #1; 1. [d]') == (
        "a #34;b#34; #60;i#62; #96;c#96; #35;1#59; 1#46; #91;d#93;"
    )
