"""The sketches in docs/policy-language.md are in today's language, and run to an end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from tests.casebook import Case
from tests.fakes import HEALTH, SOCIAL_CARE
from tests.playing import act_upwards, finish

PAGE = Path(__file__).parents[3] / "docs" / "policy-language.md"
HEAD = """
format: 1
title: A sketch
area: A place
published_by: A partnership
edition: A sketch
calendar: england-and-wales
clause: {first}
closing:
  outcome: Write it down
  write_clause: {first}
  confirm: Confirm it
  confirmed_by: each
  confirm_limit: not stated
  clause: {first}
"""


def sketches() -> dict[str, Policy]:
    """Each sketch with the head that every file has, by the id it gives itself."""
    found = {}
    for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        first = re.search(r"- \{id: (.*?), title", block)
        assert first is not None
        policy = load_policy((HEAD.format(first=first.group(1)) + block).encode())
        found[policy.id] = policy
    return found


SKETCHES = sketches()


def test_there_is_a_sketch_of_each_seed_that_has_no_file_yet() -> None:
    assert list(SKETCHES) == ["bexley", "somerset", "west-berkshire", "ready-steady-grow"]


@pytest.mark.parametrize("name", SKETCHES)
def test_a_sketch_can_be_explained(name: str) -> None:
    assert len(as_markdown(explain(SKETCHES[name]))) > 1000


@pytest.mark.parametrize("name", SKETCHES)
@pytest.mark.parametrize("far", range(0, 40, 3))
def test_a_sketch_runs_from_a_worry_to_an_end_wherever_it_had_got_to(name: str, far: int) -> None:
    case = Case(SKETCHES[name], receiving=(SOCIAL_CARE, HEALTH), grounds=())
    for _ in range(far):
        case.does(act_upwards(case))
        assert case.duties(), case.state.stage
    finish(case)
    assert case.state.ending == "agreed"


def test_somerset_goes_up_the_line_as_often_as_it_takes() -> None:
    case = Case(SKETCHES["somerset"], grounds=())
    case.records("discuss", "not_agreed", SOCIAL_CARE).moves("to-line")
    for _ in range(4):
        case.records("managers", "not_agreed", SOCIAL_CARE).moves("further-up")
    assert len(case.state.visits) == 6


def test_bexleys_chair_is_reached_by_letter_and_only_then_owes_help() -> None:
    case = Case(SKETCHES["bexley"], grounds=())
    case.records("settle", "not_agreed", SOCIAL_CARE).moves("to-chair")
    assert case.owed() == ["email"]
    case.records("email")
    assert case.owed() == ["mediate"]
    assert case.duty("mediate").post == "partnership-independent_chair"


def test_bexleys_meeting_may_settle_it_and_is_owed_by_nobody() -> None:
    case = Case(SKETCHES["bexley"], grounds=())
    assert case.owed() == ["settle"]
    case.records("settle", "not_agreed", SOCIAL_CARE).records("meeting", "agreed", SOCIAL_CARE)
    assert case.state.is_settled
