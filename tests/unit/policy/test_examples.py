"""The examples beside each policy hold, line by line."""

from typing import Any

import pytest

from tests.casebook import POLICIES
from tests.examples import examples, happen, play

ALL = [
    pytest.param(story, policy, id=f"{folder.name}: {name}")
    for folder in sorted(POLICIES.iterdir())
    if (folder / "examples.yaml").exists()
    for name, story, policy in examples(folder)
]


@pytest.mark.parametrize(("story", "policy"), ALL)
def test_an_example_holds(story: list[dict[str, Any]], policy: Any) -> None:
    assert play(story, policy) >= 1


def test_brent_has_at_least_twelve_examples() -> None:
    assert len(ALL) >= 12


def test_every_stage_and_duty_of_brent_is_in_an_example() -> None:
    stories = [param.values[0] for param in ALL]
    policy: Any = ALL[0].values[1]
    checks = [line["then"] for story in stories for line in story if "then" in line]  # type: ignore[attr-defined]  # a story is a list of lines
    assert {check.get("stage") for check in checks} >= set(policy.stages)
    never_due_alone = {"way-to-seniors", "way-to-panel", "confirm-outcome"}
    assert {name for check in checks for name in check["due"]} >= set(
        policy.clocks
    ) - never_due_alone


def test_an_example_that_does_not_hold_fails() -> None:
    story, policy = ALL[0].values
    wrong: Any = [*story, {"then": {"due": {"consult-manager": {}}}}]  # type: ignore[misc]  # a story is a list of lines
    with pytest.raises(AssertionError):
        play(wrong, policy)
    with pytest.raises(StopIteration):
        happen(None, {"sang": "a song"})  # type: ignore[arg-type]  # no act is looked for in a case
