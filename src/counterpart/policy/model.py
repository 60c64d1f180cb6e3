"""A policy as the engine runs it: small frozen records, every reference already resolved.

`loading` makes these from a file. A `Policy` is only values: it can be shared between threads
and kept for as long as any case runs under its edition. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterpart.worktime import Limit

Force = Literal["must", "should", "may"]
Body = Literal["agency", "partnership"]

FINAL = frozenset({"binding", "arbitration"})
"""The authorities of a panel whose decision stands even where a side does not agree."""

WRITE_OUTCOME = "write-outcome"
CONFIRM_OUTCOME = "confirm-outcome"
"""The two duties every policy has at its end, whatever it calls them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the policy's text, with a short quotation that finds it."""

    id: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Which meaning was chosen where the text is silent or ambiguous, and why."""

    id: str
    clause: str
    question: str
    reading: str
    why: str


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody the policy speaks of: filled by the directory's first tier that has a post."""

    id: str
    title: str
    at: Body
    tiers: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose place: a side and, if the policy names one, a role.

    `side` is `raising`, `receiving`, `each`, `partnership` or `raiser` (the person who raised
    it). Without a role it is whoever speaks for that side at the present stage.
    """

    side: str
    role: str | None = None

    def __str__(self) -> str:
        return f"{self.side}.{self.role}" if self.role else self.side


@dataclass(frozen=True, slots=True)
class LimitRule:
    """How long: one or more fixed limits of which the shortest holds, and who may set another.

    `protective` is set where the policy says "or what protects the child, whichever is
    shorter": a person may set an earlier instant for the case, with a reason, and tighten it.
    """

    fixed: tuple[Limit, ...]
    protective: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty with or without a time: who must do what, what starts it and what ends it.

    `starts`, `stops` and `resumes` are triggers (see `triggers`). `stage` is the stage it
    belongs to; leaving that stage ends it. `over` is the range of stages a cap covers; leaving
    the range ends it. `per_agency` gives one duty for each agency of the other side.
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


@dataclass(frozen=True, slots=True)
class Step:
    """Something done inside a stage, or at any stage, and written down."""

    id: str
    what: str
    kind: str
    by: Seat
    counterpart: Seat | None
    clause: str
    settles: bool = False
    purpose: str = ""
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class WayOn:
    """A declared route from one stage to another, forwards or backwards.

    `after` are steps that must have been tried; `unresolved` means that the matter must still
    be open between the sides.
    """

    id: str
    title: str
    from_stage: str
    to_stage: str
    by: Seat
    after: tuple[str, ...]
    unresolved: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A named part of the policy with its steps and its ways on.

    `inside` is `raising` where the whole stage happens within the raiser's own agency. `speaks`
    says by which role each side speaks while the case is here.
    """

    id: str
    number: str
    title: str
    clause: str
    speaks: Mapping[str, str]
    inside: str | None
    steps: tuple[Step, ...]
    ways_on: tuple[WayOn, ...]
    panel: str | None

    @property
    def name(self) -> str:
        """`Stage Two: Speak to the worker in the other agency`, or the title where unnumbered."""
        return f"Stage {self.number}: {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Composition:
    """Who must sit on a panel."""

    at_least_agencies: int
    parties: Literal["required", "where possible", "excluded", "not stated"]
    drawn_from: str | None
    is_chair_independent: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A body that hears both sides and decides, with the authority the policy gives it."""

    id: str
    title: str
    convened_by: Seat
    composition: Composition
    hears: Seat
    authority: Literal["binding", "recommendation", "mediation", "arbitration"]
    clause: str
    decision_clause: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a disagreement may be about."""

    id: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Track:
    """An order of stages. `first` is where a case on this track begins."""

    id: str
    stages: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.stages[0]


@dataclass(frozen=True, slots=True)
class Urgent:
    """What goes on beside the stages when a child is at risk of immediate harm."""

    when: str
    clause: str
    steps: tuple[Step, ...]
    tells: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What must be in writing before a case may close, and who confirms it."""

    outcome: str
    confirm: str
    confirmed_by: Seat
    clause: str


@dataclass(frozen=True, slots=True)
class RecordRule:
    """What is to be written, when, and with whom it is shared."""

    at: str
    what: str
    shared_with: tuple[Seat, ...]
    force: Force
    clause: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty with no case: a report, a return, an audit, a review."""

    id: str
    what: str
    owner: Seat
    every: str
    clause: str


@dataclass(frozen=True, slots=True)
class Principle:
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """To whom a gap in policies or procedures is brought."""

    tell: Seat
    clause: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of a policy. `edition` is the hash of its content; `label` is its printed one."""

    id: str
    edition: str
    label: str
    title: str
    area: str
    published_by: str
    in_force_from: date | None
    calendar: str
    clause: str
    review_due: date | None
    review_clause: str | None
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    principles: tuple[Principle, ...]
    roles: Mapping[str, Role]
    grounds: tuple[Ground, ...]
    are_grounds_open: bool
    grounds_clause: str
    tracks: Mapping[str, Track]
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    ways_on: Mapping[str, WayOn]
    panels: Mapping[str, Panel]
    clocks: Mapping[str, Clock]
    urgent: Urgent | None
    closing: Closing
    records: tuple[RecordRule, ...]
    support: Principle | None
    gaps: Gaps | None
    standing: tuple[Standing, ...]
    starting: Mapping[str, tuple[Clock, ...]]
    stopping: Mapping[str, tuple[Clock, ...]]
    resuming: Mapping[str, tuple[Clock, ...]]

    def stage_of_panel(self, panel: str) -> Stage:
        """The stage at which a panel sits."""
        return next(s for s in self.stages.values() if s.panel == panel)
