"""A made-up policy with most kinds of rule in it runs as its author would expect, with every tool."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from counterpart.policy.checking import check
from counterpart.policy.comparing import compare
from counterpart.policy.drawing import diagram, in_words
from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import load_policy
from counterpart.rehearsal.examples import Example, play, read_examples
from tests.casebook import brent

HERE = Path(__file__).parent / "northshire"
NORTHSHIRE = load_policy((HERE / "policy.yaml").read_bytes())
STORIES = read_examples((HERE / "examples.yaml").read_bytes()).examples


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_holds(story: Example) -> None:
    assert play(story, NORTHSHIRE).failure is None


def test_only_what_a_partnership_should_mend_is_found() -> None:
    found = {f.code for f in check(NORTHSHIRE, today=date(2026, 11, 21))}
    assert found == {
        "clock-never-stops",
        "different-levels",
        "no-stand-in",
        "no-time",
        "not-used",
        "panel-without-report",
    }


def test_every_stage_is_explained_and_drawn() -> None:
    told = as_markdown(explain(NORTHSHIRE))
    drawn = "\n".join(line.words for line in in_words(diagram(NORTHSHIRE)))
    for stage in NORTHSHIRE.stages.values():
        assert stage.name in told
        assert stage.name in drawn


def test_what_changes_for_a_child_who_moves_to_brent_is_said() -> None:
    said = " ".join(d.words for d in compare(NORTHSHIRE, brent()))
    assert "binding" in said
