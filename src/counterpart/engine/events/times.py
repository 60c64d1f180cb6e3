"""How long this case has: times set and agreed, dates given, limits passed, and deadlines that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.events.parts import DeadlineMoved
from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("limit_set", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSet:
    """A person set, or tightened, the time that protects this child, with a reason."""

    clock: Code
    due_at: datetime
    reason: Words = SEALED


@event("limit_agreed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LimitAgreed:
    """One agency agreed to the time put to it. The time holds once every agency has."""

    clock: Code
    agency: Id


@event("limit_passed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LimitPassed:
    """A time passed, and the policy says what follows. Written by the clock, not by a person."""

    clock: Code
    opened_by: Id
    agency: Id | None
    due_at: datetime


@event("band_set", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class BandSet:
    """Somebody said which band of priority the case is in."""

    band: Code
    reason: Words = SEALED


@event("outside_date_given", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideDateGiven:
    """A date from outside the policy, such as a conference, was given or changed.

    `which` is the id the policy gives the date.
    """

    which: Code
    on: date
    source: Words = SEALED


@event("calendar_moved", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMoved:
    """The case counts by a later edition of the bank holidays. A time already passed stays."""

    from_edition: Code
    to_edition: Code
    deadlines: tuple[DeadlineMoved, ...] = ()
