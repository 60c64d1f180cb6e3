"""The partnership's own ladder, for duties to which a policy gives none: a file, read once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from counterpart.policy.explaining import explain
from counterpart.policy.explaining.ladder import with_usual_ladder
from counterpart.policy.model import Policy, UsualLadder
from counterpart.policy.sections import Section
from counterpart.policy.usual import read_usual_ladder

FILE = Path(__file__).with_name("usual_ladder.yaml")


@cache
def the_usual_ladder() -> UsualLadder:
    """The ladder that comes with the program. ValueError where the file cannot be used."""
    return read_usual_ladder(FILE.read_bytes(), name=FILE.name)


def explained(policy: Policy) -> Sequence[Section]:
    """A policy in plain English, and what the partnership does where it sets no ladder."""
    return with_usual_ladder(explain(policy), policy, the_usual_ladder())
