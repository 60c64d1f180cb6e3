"""Several cases as their facts tell them, without a word of what anybody wrote: for lists of cases.

One query for the records, whatever their number; an edition of a policy is read once a process. Whether
the reader may see the cases was decided where they were asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from counterpart.casework.editions import policy_of
from counterpart.engine.fold import fold
from counterpart.engine.moving import edition_of
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.journal.reading import read_facts_of
from counterpart.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Facts:
    """One case: where it stands, under which policy, and its record with every word sealed."""

    policy: Policy
    state: CaseState
    record: tuple[Recorded, ...]


def facts_of(cases: Collection[str]) -> dict[str, Facts]:
    """The facts of each of these cases (a page of them), by the case's id."""
    return {case: _facts(record) for case, record in read_facts_of(cases).items() if record}


def _facts(record: tuple[Recorded, ...]) -> Facts:
    policy = policy_of(edition_of(record))
    return Facts(policy, fold(policy, record), record)
