"""The policies that the tests of the drawing draw, and the same with other texts in them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from counterpart.policy.model import Policy
from tests.made_up import advice, one_talk, up_the_line
from tests.unit.policy.drawing.everything import everything
from tests.unit.policy.written_policies import written_policies


@cache
def pictured() -> dict[str, Policy]:
    """Every policy there is a file of, and the made-up ones, each by its id."""
    made_up = (advice(), one_talk(), up_the_line(), everything())
    return {p.id: p for p in (*written_policies().values(), *made_up)}


NAMES = list(pictured())


def retold(policy: Policy, text: str) -> Policy:
    """The policy with one text in the place of every title that a picture shows."""
    ways = {w.id: replace(w, title=text) for w in policy.ways_on.values()}
    stages = {
        stage.id: replace(stage, title=text, ways_on=tuple(ways[w.id] for w in stage.ways_on))
        for stage in policy.stages.values()
    }
    exits = {e.id: replace(e, title=text, when=text, where=text) for e in policy.exits.values()}
    clocks = {c.id: replace(c, what=text) for c in policy.clocks.values()}
    closing = replace(policy.closing, outcome=text, confirm=text)
    return replace(
        policy,
        title=text,
        stages=stages,
        ways_on=ways,
        exits=exits,
        clocks=clocks,
        closing=closing,
    )
