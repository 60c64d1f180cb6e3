"""The guide for policy authors promises nothing that does not run: every example in it is loaded."""

from __future__ import annotations

import re

import pytest

from counterpart.policy.explaining import explain
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.policy.schema import IN_LAYER, json_schema
from counterpart.rehearsal.examples import play, read_examples
from tests.casebook import POLICIES

PAGE = (POLICIES.parent / "docs" / "policy-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
FIRST, *OTHERS = BLOCKS
STORIES = OTHERS.pop()
HEAD = (
    "extends: ../b/policy.yaml\nformat: 1\nid: a\ntitle: A\narea: B\npublished_by: C\nedition: D\n"
)
NOT_WRITTEN = {("Policy", "layers")}
"""Keys that no author writes."""


def loaded(block: str) -> Policy:
    """An example as its author would have it: laid over the first policy of the page."""
    layer = block if block.startswith("extends:") else HEAD + block
    return load_policy(layer.encode(), name="a/policy.yaml", read=lambda _: FIRST.encode())


def test_the_first_policy_stands_alone_and_has_every_line_it_needs() -> None:
    policy = load_policy(FIRST.encode())
    assert [stage.id for stage in policy.stages.values()] == ["workers", "managers"]
    assert 10 < len(OTHERS) < 40


@pytest.mark.parametrize("block", OTHERS, ids=lambda block: block.split("\n", 1)[0])
def test_every_example_of_a_rule_loads_and_can_be_explained(block: str) -> None:
    policy = loaded(block)
    assert policy.layers
    assert explain(policy) != explain(load_policy(FIRST.encode()))


def test_the_example_of_a_layer_leaves_out_what_it_says() -> None:
    layer = next(block for block in OTHERS if block.startswith("extends:"))
    assert set(loaded(layer).ways_on) == {"head-takes-up"}


def test_the_stories_hold() -> None:
    policy = load_policy(FIRST.encode())
    played = [play(example, policy) for example in read_examples(STORIES.encode()).examples]
    assert played
    assert [one.failure for one in played] == [None] * len(played)


def test_there_is_an_example_of_every_key_there_is() -> None:
    """A key of the language that the page never writes would be one no author hears of."""
    written = set(re.findall(r"([a-z_]+):(?=\s)", "\n".join(BLOCKS)))
    keys = {
        (name, key)
        for name, model in json_schema()["$defs"].items()
        if not name.endswith(IN_LAYER) and name not in ("Layer", "LimitText", "Trigger")
        for key in model["properties"]
    }
    assert {(name, key) for name, key in keys if key not in written} == NOT_WRITTEN
