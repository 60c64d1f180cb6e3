"""What can happen of a partnership's regular duties, those with no case, as events of a stream of its own.

An entry put right is written anew, with `corrects` the one before it. The fold of a case never sees these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("regular_duty_done", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RegularDutyDone:
    """A regular duty was done: for a period ("" for none), or for something that happened (`occasion`).

    `agency` is the one that did it, None for the partnership's office. `told_by` is who in the agency said
    so, where the office wrote it down for them.
    """

    partnership: Id
    edition: Code
    duty: Code
    period: Code
    agency: Id | None
    occasion: Id | None
    done_on: date
    corrects: Id | None = None
    what: Words = SEALED
    told_by: Words = SEALED


@event("agency_return_given", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReturnGiven:
    """An agency answered what every agency is asked for a period. `has_nothing`: it had nothing to report."""

    partnership: Id
    edition: Code
    duty: Code
    period: Code
    agency: Id
    occasion: Id | None
    has_nothing: bool
    corrects: Id | None = None
    what: Words = SEALED
    told_by: Words = SEALED


@event("regular_duty_fell_due", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RegularDutyFellDue:
    """Something happened on which a duty falls due: `which` of the texts of the duty in that edition, from 0.

    `occasion` is its own id, which stays when the entry is put right. `agency` None: it is for whoever has the duty.
    """

    partnership: Id
    edition: Code
    duty: Code
    occasion: Id
    agency: Id | None
    which: int
    happened_on: date
    corrects: Id | None = None
    what: Words = SEALED


@event("regular_entry_withdrawn", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RegularEntryWithdrawn:
    """An entry was made by mistake. It is kept, and counts for nothing."""

    partnership: Id
    entry: Id
    why: Words = SEALED
