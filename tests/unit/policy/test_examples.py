"""Every example beside a policy holds, line by line, and there are enough of them."""

from pathlib import Path

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.rehearsal.examples import Example, Examples, play, read_examples
from counterpart.rehearsal.stories import THEN
from tests.casebook import POLICIES

ENOUGH = 12
FOLDERS = [path.parent for path in sorted(POLICIES.glob("*/examples.yaml"))]


def written(folder: Path) -> Examples:
    return read_examples((folder / "examples.yaml").read_bytes())


def policy_of(folder: Path, examples: Examples) -> Policy:
    file = folder / examples.policy
    return load_policy(file.read_bytes(), read=lambda path: (folder / path).read_bytes())


def cases() -> list[object]:
    found: list[object] = []
    for folder in FOLDERS:
        examples = written(folder)
        policy = policy_of(folder, examples)
        found += [
            pytest.param(example, policy, id=f"{folder.name}: {example.name}")
            for example in examples.examples
        ]
    return found


@pytest.mark.parametrize(("example", "policy"), cases())
def test_an_example_holds(example: Example, policy: Policy) -> None:
    played = play(example, policy)
    assert played.failure is None
    assert played.held >= 1


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_policy_has_enough_examples_each_with_a_name_of_its_own(folder: Path) -> None:
    names = [example.name for example in written(folder).examples]
    assert len(names) >= ENOUGH
    assert len(set(names)) == len(names)


def test_every_stage_and_duty_of_brent_is_in_an_example() -> None:
    folder = POLICIES / "brent"
    policy = policy_of(folder, written(folder))
    checks = [
        line.read["itself"]
        for example in written(folder).examples
        for line in example.story
        if line.act == THEN
    ]
    assert {check.get("stage") for check in checks} >= set(policy.stages)
    never_due_alone = {"way-to-seniors", "way-to-panel", "confirm-outcome"}
    named = {duty.clock for check in checks for duty in check.get("due", ())}
    assert named >= set(policy.clocks) - never_due_alone
