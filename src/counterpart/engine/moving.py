"""Moving an open case: to another edition of its policy, or to a later one of the bank holidays.

Nothing is moved here. A caller folds the case both ways, lists each deadline before and after,
and appends the event that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterpart.engine import events as e
from counterpart.engine.asking import Refusal
from counterpart.engine.duties import Duty
from counterpart.engine.kinds import Code
from counterpart.engine.registry import Recorded
from counterpart.policy.model import AT_THE_END, Policy


def edition_of(record: Sequence[Recorded]) -> Code:
    """The edition of its policy a case is under: the one it began with, or was last moved to."""
    for entry in reversed(record):
        if isinstance(entry.event, e.EditionMoved):
            return entry.event.to_edition
    raised: e.ConcernRaised = record[0].event
    return raised.edition


def cannot_move(policy: Policy, record: Iterable[Recorded]) -> Refusal | None:
    """Why the record of a case cannot be read under another edition of its policy, or None.

    Everything the record speaks of must still be there: a stage that was visited, a step that was
    taken, a way that was gone.
    """
    if missing := sorted({name for entry in record for name in _gone(policy, entry.event)}):
        listed = ", ".join(missing)
        return Refusal(
            "not_in_edition",
            f"This case has been through what the other edition does not have: {listed}. "
            "It stays under its own edition.",
        )
    return None


def deadlines_moved(before: Sequence[Duty], after: Sequence[Duty]) -> tuple[e.DeadlineMoved, ...]:
    """Each open deadline before and after, whether or not it changed."""
    was = {(d.clock, d.about): d.due.at for d in before}
    now = {(d.clock, d.about): d.due.at for d in after}
    return tuple(
        e.DeadlineMoved(
            clock=Code(clock), agency=agency, before_at=was.get(key), after_at=now.get(key)
        )
        for key in dict.fromkeys((*was, *now))
        for clock, agency in [key]
    )


def _gone(policy: Policy, event: object) -> Iterable[str]:
    known = {
        "track": policy.tracks,
        "step": policy.steps,
        "way": policy.ways_on,
        "clock": policy.clocks,
        "from_stage": policy.stages,
        "to_stage": policy.stages,
        "stage": policy.stages,
        "panel": policy.panels,
        "exit": policy.exits,
        "which": policy.dates,
    }
    for field, there in known.items():
        name = getattr(event, field, None)
        is_of_the_end = isinstance(event, e.RecordPlaced) and name == AT_THE_END
        if isinstance(name, str) and name not in there and not is_of_the_end:
            yield name
