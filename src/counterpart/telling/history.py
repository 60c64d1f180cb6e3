"""How a case came to where it is: one short line a stage, and the entries that brought it to somebody.

Made from facts alone, so that a list can say it without opening a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from counterpart.engine import events as e
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState, Visit
from counterpart.policy.model import Policy
from counterpart.telling.dates import day_short
from counterpart.telling.words import RESULT

PASSED = "Its time passed"


@dataclass(frozen=True, slots=True)
class StageLine:
    """A time the case spent at a stage. `left_at` is None while it is there."""

    stage: str
    from_at: datetime
    left_at: datetime | None
    came_of_it: str

    @property
    def words(self) -> str:
        """`Stage Two: Worker to worker, from 3 November 2026 to 5 November 2026. They could not speak.`"""
        end = f". {self.came_of_it}." if self.came_of_it else "."
        return f"{self.stage}, {_span(self.from_at, self.left_at)}{end}"


def history(policy: Policy, state: CaseState, record: Sequence[Recorded]) -> tuple[StageLine, ...]:
    """Every time the case spent at a stage, in order, with what came of it."""
    openers = [visit.opened_by for visit in state.visits]
    found = []
    for visit, onwards in zip(state.visits, [*openers[1:], None], strict=True):
        during = tuple(_during(record, visit, onwards))
        found.append(
            StageLine(
                stage=policy.stages[visit.stage].name,
                from_at=visit.opened_at,
                left_at=visit.left_at or state.ended_at,
                came_of_it=_came_of(policy, during),
            )
        )
    return tuple(found)


def brought_by(
    state: CaseState, record: Sequence[Recorded], posts: Collection[str]
) -> tuple[Recorded, ...]:
    """The entries that brought the case to whoever holds `posts`, oldest first.

    Letters to one of the posts, and the last step up by an agency. Where the partnership itself has
    taken it from one of its stages to the next, what brought it there still counts.
    """
    openers = {visit.opened_by for visit in state.visits}
    ways = [entry for entry in record if entry.id in openers]
    by_agency = [entry for entry in ways if entry.actor.agency is not None]
    last = (by_agency or ways)[-1]
    return tuple(entry for entry in record if entry is last or _letter_to(entry, posts))


def _letter_to(entry: Recorded, posts: Collection[str]) -> bool:
    return isinstance(entry.event, e.StepRecorded) and entry.event.letter_to in posts


def _during(record: Sequence[Recorded], visit: Visit, onwards: str | None) -> Iterator[Recorded]:
    is_here = False
    for entry in record:
        if entry.id == onwards:
            return
        is_here = is_here or entry.id == visit.opened_by
        if is_here:
            yield entry


def _came_of(policy: Policy, entries: Sequence[Recorded]) -> str:
    """What the last talk between the sides came to; else whether a time passed, or what a panel did."""
    said = ""
    for entry in entries:
        event = entry.event
        if isinstance(event, e.StepRecorded) and policy.steps[event.step].settles:
            said = RESULT[event.result]
        elif isinstance(event, e.LimitPassed) and not said:
            said = PASSED
        elif isinstance(event, e.PanelConvened):
            said = "A panel was called together"
        elif isinstance(event, e.PanelDecided):
            said = "The panel decided"
    return said


def _span(from_at: datetime, left_at: datetime | None) -> str:
    begins = day_short(from_at)
    if left_at is None:
        return f"since {begins}"
    ends = day_short(left_at)
    return f"on {begins}" if ends == begins else f"from {begins} to {ends}"
