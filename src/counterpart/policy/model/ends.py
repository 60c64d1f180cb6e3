"""What a disagreement may be about, and where it ends: urgency, exits, panels, closing, records, standing duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterpart.policy.model.clocks import Clock, Force, LimitRule, Seat
from counterpart.policy.model.stages import Step

FINAL = frozenset({"binding", "arbitration"})
"""The authorities of a panel whose decision stands even where a side does not agree."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a disagreement may be about."""

    id: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """What goes on beside the stages when a child is at risk of immediate harm."""

    when: str
    clause: str
    steps: tuple[Step, ...]
    tells: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of the policy to something else; the case ends there only if `ends`.

    `meanwhile` is what becomes of the case meanwhile, where the policy says more than that.
    """

    id: str
    title: str
    kind: str
    when: str
    where: str
    clause: str
    stage: str = ""
    from_stages: tuple[str, ...] = ()
    ends: bool = False
    meanwhile: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """Who must sit on a panel. `is_stated` is false where the policy says nothing of it."""

    at_least_agencies: int
    parties: Literal["required", "where possible", "excluded", "not stated"]
    drawn_from: str | None
    is_chair_independent: bool
    clause: str
    drawn: Literal["in turn", "by lot"] | None = None
    declares_conflicts: bool = False
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A report that a panel makes of its work: `step` is the making of it, by whoever convened the panel."""

    what: str
    to: Seat
    limit: LimitRule
    clause: str
    step: Step


@dataclass(frozen=True, slots=True)
class Panel:
    """A body that hears both sides and decides, with the authority the policy gives it."""

    id: str
    title: str
    convened_by: Seat
    composition: Composition
    hears: Seat
    authority: Literal["binding", "recommendation", "mediation", "arbitration", "not stated"]
    clause: str
    decision_clause: str
    chaired_by: Seat | None = None
    evidence: str = ""
    must_decide: bool = False
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead manager who sees the outcome through."""

    title: str
    of: Seat
    clause: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What must be in writing before a case may close, and who confirms it.

    `allows_open_actions`: it closes once everybody has confirmed, whatever is still to be done.
    """

    outcome: str
    confirm: str
    confirmed_by: Seat
    clause: str
    lead: Lead | None = None
    allows_open_actions: bool = True


@dataclass(frozen=True, slots=True)
class RecordRule:
    """What is to be written, when, and with whom it is shared.

    `stages` are those it is for; none means every stage, and `at_end` that it is for the end.
    """

    what: str
    shared_with: tuple[Seat, ...]
    force: Force
    clause: str
    stages: tuple[str, ...] = ()
    at_end: bool = False
    kept_on: tuple[str, ...] = ()
    by: Seat | None = None
    limit: LimitRule | None = None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the record of one stage, or of the end, is put: the rules for it, merged into one duty.

    `on` are `child`, `agency` and `partnership`, as an entry has them. `clauses` are those of all the rules.
    """

    clock: Clock
    on: tuple[str, ...]
    what: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extending:
    """Whether the agencies may agree to more time than the policy gives."""

    is_allowed: bool
    clause: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StillAtRisk:
    """What follows when whoever raised it still believes the child at risk, once it is called settled.

    `tells` are told at once. `by` says what will be done, in the time that `answer` gives, if any.
    """

    tells: tuple[Seat, ...]
    by: Seat
    answer: Clock
    clause: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """To whom a gap in policies or procedures is brought."""

    tell: Seat
    clause: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty with no case: a report, a return, an audit, a review."""

    id: str
    what: str
    owner: Seat
    every: str
    clause: str
    kind: str = "other"
    on: tuple[str, ...] = ()
    from_each: bool = False
