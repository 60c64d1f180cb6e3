"""Whom the ladders of a case's duties have brought into it, for as long as those duties are open.

Whoever is told that something is late has to see what they are told of. Once it is done, that ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.taking_part import Told
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty
from counterpart.engine.ladder import ladder_of, told_by
from counterpart.engine.state import CaseState
from counterpart.messages.kinds import TOLD
from counterpart.policy.model import Policy

Fired = Mapping[str, Mapping[str, str]]
"""By duty and rung, what became of it (`messages.climbing.fired`)."""


def told_by_ladder(
    policy: Policy, state: CaseState, directory: Directory, duties: Iterable[Duty], fired: Fired
) -> Iterator[Told]:
    """Everybody told by a rung of a duty that is still open, with their agency and since when."""
    usual = the_usual_ladder()
    for duty in duties:
        outcomes = fired.get(duty.id, {})
        for rung in ladder_of(policy, duty, usual) if outcomes else ():
            if outcomes.get(rung.id) == TOLD:
                for post in told_by(policy, state, directory, duty, rung, usual):
                    yield post.body, post.id, _since(duty, state)


def _since(duty: Duty, state: CaseState) -> datetime:
    """What they are told of begins no later than the duty, which they may read about whole."""
    return max(duty.opened_at, state.raised_at)
