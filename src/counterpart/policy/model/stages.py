"""Stages, the steps taken at them, and the ways on between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from counterpart.policy.model.clocks import Seat
from counterpart.worktime import Limit

Offered = Literal["stage", "urgent", "always", "afterwards", "panel"]
"""When a step is offered: at its stage, while risk is immediate, at any stage, after the end, once a panel decided."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Where a letter goes, for whose attention it is marked, and what it must say.

    For each point of `says`, `begins_with` tells what its writer is offered: `concern`, `record` or "".
    """

    to: str
    marked: str
    says: tuple[str, ...]
    begins_with: tuple[str, ...] = field(default=(), compare=False)  # a help to write, and no rule


@dataclass(frozen=True, slots=True)
class Step:
    """Something done inside a stage, or beside the stages, and written down.

    `satisfies` is the seat that must say it is satisfied before what was agreed here settles it.
    `required_by` says who may require a meeting: the agencies in the disagreement, or any statutory
    agency as well. `arranged_by` then arranges it; None: the agency that requires it.
    """

    id: str
    what: str
    kind: str
    by: Seat
    counterpart: Seat | None
    clause: str
    settles: bool = False
    purpose: str = ""
    stage: str | None = None
    offered: Offered = "stage"
    satisfies: Seat | None = None
    letter: Letter | None = None
    required_by: Literal["parties", "statutory"] | None = None
    arranged_by: Seat | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The matter is still open between the sides."""


@dataclass(frozen=True, slots=True)
class Affirmed:
    """Whoever moves the case on says that one of the policy's `conditions` is so."""

    condition: str


@dataclass(frozen=True, slots=True)
class PassedSince:
    """So much time has passed since a trigger was last said."""

    limit: Limit
    since: str


@dataclass(frozen=True, slots=True)
class MissedClock:
    """The time of a clock passed at this stage without its being done."""

    clock: str


@dataclass(frozen=True, slots=True)
class RefusedWay:
    """Approval for a way on was asked and refused."""

    way: str


Condition = Unresolved | Affirmed | PassedSince | MissedClock | RefusedWay


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """Something a person affirms when moving a case on, in the policy's words.

    `keeps_own_agency_out`: from then on the case is kept from everybody else of the raising agency.
    """

    id: str
    title: str
    clause: str
    keeps_own_agency_out: bool = False


@dataclass(frozen=True, slots=True)
class WayOn:
    """A declared route from one stage to another, forwards or backwards.

    `after` are steps that must have been tried. `when` holds what must be so: all of its groups,
    and of each group at least one. A jump has no `from_stage`: it is taken from any of
    `from_stages`, or from every stage where that is empty, and its reason is always written.
    """

    id: str
    title: str
    from_stage: str
    to_stage: str
    by: Seat
    after: tuple[str, ...]
    when: tuple[tuple[Condition, ...], ...]
    clause: str
    approval: Seat | None = None
    tracks: tuple[str, ...] = ()
    is_jump: bool = False
    from_stages: tuple[str, ...] = ()

    @property
    def unresolved(self) -> bool:
        """Whether the matter must still be open between the sides."""
        return (Unresolved(),) in self.when

    def leaves(self, stage: str) -> bool:
        """Whether it can be taken from a stage."""
        if self.is_jump:
            return stage != self.to_stage and (not self.from_stages or stage in self.from_stages)
        return stage == self.from_stage


@dataclass(frozen=True, slots=True)
class Stage:
    """A named part of the policy with its steps and its ways on.

    `inside` is `raising` where the whole stage happens within the raiser's own agency. `speaks`
    says by which role each side speaks while the case is here. `tells` are told when it comes here.
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
    band: Literal["informal", "formal"] | None = None
    tells: tuple[Seat, ...] = ()

    @property
    def name(self) -> str:
        """`Stage Two: Speak to the worker in the other agency`, or the title where unnumbered."""
        return f"Stage {self.number}: {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Track:
    """An order of stages for one kind of disagreement. `first` is where a case on it begins.

    It is for the grounds, the kinds of agency challenged and the opening roles named; where none
    is named, for any.
    """

    id: str
    stages: tuple[str, ...]
    title: str = ""
    when: str = ""
    clause: str | None = None
    grounds: tuple[str, ...] = ()
    challenged: tuple[str, ...] = ()
    opened_by: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        return self.stages[0]

    def between(self, here: str, there: str) -> tuple[str, ...]:
        """The stages that going straight from one to another leaves out; none going back."""
        if here not in self.stages or there not in self.stages:
            return ()
        return self.stages[self.stages.index(here) + 1 : self.stages.index(there)]
