"""What is in the picture: every stage and every way on, and how it begins and ends."""

from __future__ import annotations

import pytest

from counterpart.policy.drawing import Diagram, Edge, diagram
from tests.unit.policy.drawing.pictured import NAMES, pictured


def edge(drawn: Diagram, id: str) -> Edge:
    return next(e for e in drawn.edges if e.id == id)


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_is_one_box_and_every_way_on_is_one_line(name: str) -> None:
    policy = pictured()[name]
    drawn = diagram(policy)
    assert [n.stage for n in drawn.nodes if n.stage] == list(policy.stages)
    ways = [e.id for e in drawn.edges if e.id.startswith("way-")]
    assert sorted(ways) == sorted(f"way-{way}" for way in policy.ways_on)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_boxes_or_lines_have_one_name_and_every_line_has_both_its_ends(name: str) -> None:
    drawn = diagram(pictured()[name])
    boxes, lines = [n.id for n in drawn.nodes], [e.id for e in drawn.edges]
    assert len(set(boxes)) == len(boxes)
    assert len(set(lines)) == len(lines)
    assert {e.source for e in drawn.edges} | {e.target for e in drawn.edges} <= set(boxes)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_in_the_picture_is_one_of_the_policys(name: str) -> None:
    policy = pictured()[name]
    drawn = diagram(policy)
    cited = {n.clause for n in drawn.nodes} | {e.clause for e in drawn.edges}
    cited |= {fact.clause for n in drawn.nodes for fact in n.facts}
    assert cited - {None} <= set(policy.clauses)


def test_brents_ladder_goes_one_stage_at_a_time_and_its_panel_ends_it() -> None:
    drawn = diagram(pictured()["brent"])
    ways = [e for e in drawn.edges if e.kind == "on"]
    assert [e.clause for e in ways] == ["2.3", "2.4", "2.5", "2.6"]
    assert [e.force for e in ways] == ["should", "should", "must", "must"]
    assert edge(drawn, "settled-panel").words == "When the panel has decided"
    assert drawn.node("end").title == "Agreed or decided, in writing"
    assert [e.source for e in drawn.edges if e.kind == "settled"] == [
        "stage-other-worker",
        "stage-managers",
        "stage-seniors",
        "stage-panel",
    ]


def test_brents_week_covers_four_stages() -> None:
    drawn = diagram(pictured()["brent"])
    covered = [e.target for e in drawn.edges if e.kind == "covers"]
    assert covered == ["stage-own-manager", "stage-other-worker", "stage-managers", "stage-seniors"]


def test_a_way_back_a_loop_and_a_choice_are_told_apart() -> None:
    drawn = diagram(pictured()["somerset"])
    assert edge(drawn, "way-further-up").kind == "again"
    assert edge(drawn, "way-back-to-representatives").kind == "back"
    assert edge(drawn, "way-back-to-representatives").is_choice
    assert edge(drawn, "way-up-the-line").kind == "on"
    assert not edge(drawn, "way-up-the-line").is_choice


def test_where_a_panel_only_recommends_the_sides_have_still_to_agree() -> None:
    drawn = diagram(pictured()["advice"])
    assert edge(drawn, "settled-panel").words == "If they agree after the panel"
    assert drawn.node("end").title == "Agreed in writing"


def test_tracks_begin_where_they_begin() -> None:
    drawn = diagram(pictured()["everything"])
    starts = {e.target: e.words for e in drawn.edges if e.kind == "start"}
    assert starts == {
        "stage-talk": "Track: About a plan (The disagreement is about a plan)",
        "stage-managers": "Track: Anything else",
    }


def test_a_jump_leaves_from_beside_the_stages_with_what_must_be_so() -> None:
    drawn = diagram(pictured()["everything"])
    jumps = [e for e in drawn.edges if e.kind == "jump"]
    assert {e.target for e in jumps} == {"stage-panel", "stage-managers"}
    assert {e.source for e in jumps} == {"any"}
    assert {e.when for e in jumps} == {
        "from any stage, if this is so: “The child is still at risk”"
    }


def test_what_is_beside_the_stages_and_after_the_end_has_boxes_of_its_own() -> None:
    kinds = [n.kind for n in diagram(pictured()["everything"]).nodes]
    assert kinds == [
        *("beside", "any", "limit", "limit", "start"),
        *("stage", "stage", "stage", "end", "after", "exits"),
    ]


def test_a_box_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        diagram(pictured()["brent"]).node("stage-six")
