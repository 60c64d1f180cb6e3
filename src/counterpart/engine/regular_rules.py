"""Whether an entry about a regular duty can be made: it is asked for, it can have been, nobody has written it yet.

Who may make it is not asked here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.engine.regular import Book, Owed, owed_at, regular_duties
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
    RegularEntryWithdrawn,
)
from counterpart.engine.rules import Refusal
from counterpart.policy.model import Policy

NOT_ASKED = Refusal(
    "not_asked", "The policy in force does not ask for this, or not for this period."
)
NOTHING_SAID = Refusal("nothing_said", "Write what was done.")
NOTHING_ANSWERED = Refusal(
    "nothing_said", "Write what there was, or say that there was nothing to report."
)
TO_COME = Refusal("to_come", "The day must be today or in the past.")
TOO_EARLY = Refusal("too_early", "It cannot have been done before the period began.")
BEFORE_IT_HAPPENED = Refusal("too_early", "It cannot have been done before what it is about.")
WRITTEN = Refusal(
    "written_since",
    "Somebody has written this down since you opened this page. What you wrote is still here.",
)
NOT_THERE = Refusal("not_there", "This entry has been put right or withdrawn already.")
ANOTHER_PLACE = Refusal("another_place", "An entry can only be put right in its own place.")


def refused(
    event: Any, policy: Policy, found: tuple[Owed, ...], book: Book, today: date
) -> Refusal | None:
    """Why this entry cannot be made now, or None. `found` is what `regular.owed` says."""
    if isinstance(event, RegularEntryWithdrawn):
        return None if book.entry(event.entry) else NOT_THERE
    was = book.entry(event.corrects) if event.corrects else None
    if event.corrects and (was is None or type(was.event) is not type(event)):
        return NOT_THERE
    if isinstance(event, RegularDutyFellDue):
        return _fell_due(event, was, policy, today)
    return _written(event, was, found, today)


def _fell_due(
    event: RegularDutyFellDue, was: Recorded | None, policy: Policy, today: date
) -> Refusal | None:
    duty = next((d for d in regular_duties(policy) if d.id == event.duty), None)
    if duty is None or not 0 <= event.which < len(duty.on):
        return NOT_ASKED
    if was and (was.event.duty, was.event.occasion) != (event.duty, event.occasion):
        return ANOTHER_PLACE
    return TO_COME if event.happened_on > today else None


def _written(
    event: RegularDutyDone | AgencyReturnGiven,
    was: Recorded | None,
    found: tuple[Owed, ...],
    today: date,
) -> Refusal | None:
    one = owed_at(found, event.duty, event.agency, event.period, event.occasion)
    if one is None or one.is_return != isinstance(event, AgencyReturnGiven):
        return NOT_ASKED
    if was and replace(was.event, **_own(event)) != event:
        return ANOTHER_PLACE
    if one.because != "any_time" and one.entry is not None and one.entry.id != event.corrects:
        return WRITTEN
    if isinstance(event, AgencyReturnGiven):
        return None if event.has_nothing or event.what else NOTHING_ANSWERED
    return _done(event, one, today)


def _done(event: RegularDutyDone, one: Owed, today: date) -> Refusal | None:
    if not event.what:
        return NOTHING_SAID
    if event.done_on > today:
        return TO_COME
    if one.period and event.done_on < one.period.begins_on:
        return TOO_EARLY
    if one.occasion and event.done_on < one.occasion.event.happened_on:
        return BEFORE_IT_HAPPENED
    return None


def _own(event: RegularDutyDone | AgencyReturnGiven) -> dict[str, object]:
    """What an entry may say otherwise than the one it puts right."""
    own: dict[str, object] = {
        "edition": event.edition,
        "corrects": Id(event.corrects or ""),
        "what": event.what,
        "told_by": event.told_by,
    }
    if isinstance(event, AgencyReturnGiven):
        return own | {"has_nothing": event.has_nothing}
    return own | {"done_on": event.done_on}
