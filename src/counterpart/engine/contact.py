"""When the other side comes in.

A policy may begin inside the raiser's own agency, before anybody speaks to the other. Until the
case has come to a stage where the sides meet, the receiving side is told nothing and sees
nothing: first one is clear about what the disagreement is, then one speaks.
"""

from __future__ import annotations

from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy


def has_begun(policy: Policy, state: CaseState) -> bool:
    """Whether the case has ever been at a stage that is not inside the raising agency."""
    return any(policy.stages[visit.stage].inside is None for visit in state.visits)
