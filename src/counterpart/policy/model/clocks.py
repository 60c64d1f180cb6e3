"""Whose place, how long, and the clock that every rule becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from counterpart.worktime import DAY_ZERO, Counting, Limit

Force = Literal["must", "should", "may"]

WRITE_OUTCOME = "write-outcome"

CONFIRM_OUTCOME = "confirm-outcome"
"""The two duties every policy has at its end, whatever it calls them."""

BETWEEN = (
    "acknowledge",
    "answer",
    "times",
    "times_answer",
    "arrange",
    "extension",
    "remaining_risk",
    "risk_answer",
)
"""The duties between the sides that any case may have beside its policy's own, which may not be called so."""


RECORD, AT_THE_END = "record", "end"
"""The act of a duty to place the record of a stage, and what stands for the stage at the end of a case."""

REPORT = "report"
"""The act of a duty to make the report of a panel, which is owed whether or not the case has ended since."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose place: a side and, if the policy names one, a role.

    `side` is `raising`, `receiving`, `each`, `partnership`, `outside` (somebody who is no user) or
    `raiser` (the person who raised it); in a ladder also `owner`, `above` or `lead`. Without a role
    it is whoever speaks for that side at the present stage.
    """

    side: str
    role: str | None = None

    def __str__(self) -> str:
        return f"{self.side}.{self.role}" if self.role else self.side


@dataclass(frozen=True, slots=True)
class LimitRule:
    """How long: one or more fixed limits of which the shortest holds, and who may set another.

    `protective`: the policy says "or what protects the child, whichever is shorter", so a person
    may set an earlier instant for the case, with a reason, and tighten it. `by_band` looks the
    limit up by the case's band of priority. `set_by` is the seat that sets a time for each case;
    with `is_agreed` the sides agree it instead. `fixed` is then the outer limit, if there is one.
    """

    fixed: tuple[Limit, ...]
    protective: bool = False
    by_band: Mapping[str, Limit] = field(default_factory=dict)
    set_by: Seat | None = None
    is_agreed: bool = False
    counting: Counting = DAY_ZERO

    @property
    def is_for_people(self) -> bool:
        """Whether a person sets or agrees the time, case by case."""
        return self.protective or self.is_agreed or self.set_by is not None


@dataclass(frozen=True, slots=True)
class IfMissed:
    """What a missed time does: `tell`, `fail`, `move`, `choose` or `bar`."""

    then: Literal["tell", "fail", "move", "choose", "bar"]
    tells: tuple[Seat, ...]
    way: str | None
    by: Seat | None
    clause: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty with or without a time: who must do what, what starts it and what ends it.

    `starts`, `stops` and `resumes` are triggers (see `triggers`). `stage` is the stage it
    belongs to; leaving that stage ends it. `over` is the range of stages a cap covers; leaving
    the range ends it. `per_agency` gives one duty for each agency of the other side.
    `urgent_limit` takes the limit's place while a child is at risk of immediate harm.
    `is_afterwards`: it runs once the case has ended. `acts_when_missed`: something in the policy
    follows from its being missed, so that the passing of its time is put on the record.
    `act` and `target` say what a duty that was made from a rule asks, and of what: to `approve` a
    way, say whether a step has `satisfied`, `choose` after a clock, `set`, `offer` or `agree` its
    time, say the `band`, `convene` or `decide` a panel, make its `report`, place the `record` of a stage
    or of the `end`.
    """

    id: str
    what: str
    owner: Seat
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    limit: LimitRule
    force: Force
    clause: str
    resumes: tuple[str, ...] = ()
    stage: str | None = None
    over: tuple[str, ...] = ()
    per_agency: bool = False
    step: str | None = None
    way: str | None = None
    readings: tuple[str, ...] = ()
    urgent_limit: LimitRule | None = None
    if_missed: IfMissed | None = None
    is_afterwards: bool = False
    acts_when_missed: bool = False
    act: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a policy does when a trigger is said: the clocks it stops, resumes and starts.

    `is_watched`: something is counted from the last time it was said.
    """

    stops: frozenset[str]
    resumes: tuple[Clock, ...]
    starts: tuple[Clock, ...]
    is_watched: bool


@dataclass(frozen=True, slots=True)
class Band:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of priority, and who says which one a case is in."""

    title: str
    set_by: Seat
    bands: tuple[Band, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class OutsideDate:
    """A date from outside the policy, given for each case."""

    id: str
    title: str
    clause: str
    is_statutory: bool = False
