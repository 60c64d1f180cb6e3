"""What came of it: texts and answers, panels, actions, and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.engine.events.parts import Action, Member
from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("outcome_proposed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeProposed:
    """A text of the outcome both sides are asked to confirm in writing.

    `basis` is `agreement` or `decision` (of a panel). `number` counts the texts from 1. `lead` is
    the post of the lead manager, where the policy asks for one. The words of an action stand at
    the same place in `action_texts`.
    """

    number: int
    basis: Code
    actions: tuple[Action, ...] = ()
    lead: Id | None = None
    agreed: Words = SEALED
    action_texts: tuple[Words, ...] = ()
    outstanding: tuple[Words, ...] = ()
    still_disputed: Words = SEALED


@event("outcome_confirmed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeConfirmed:
    """One agency confirmed text `number` of the outcome in writing."""

    number: int
    agency: Id
    comment: Words = SEALED


@event("outcome_dissented", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDissented:
    """One agency does not agree with text `number`; its reasons are kept."""

    number: int
    agency: Id
    reason: Words = SEALED


@event("action_done", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    """An agreed action was carried out."""

    action: Id
    what: Words = SEALED


@event("panel_convened", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelConvened:
    """A panel was called together, its composition checked against the policy."""

    panel: Code
    members: tuple[Member, ...]
    meets_at: datetime
    where: Words = SEALED
    why_parties_absent: Words = SEALED
    member_names: tuple[Words, ...] = ()


@event("representation_heard", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationHeard:
    """The panel heard one agency. `how` is `in_person`, `in_writing` or `declined`."""

    agency: Id
    how: Code
    said: Words = SEALED


@event("panel_decided", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelDecided:
    """The panel made its decision, with the authority the policy gives it."""

    panel: Code
    authority: Code
    decision: Words = SEALED
    reasons: Words = SEALED
    next_course: Words = SEALED


@event("case_withdrawn", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The raising side withdrew the concern, with a reason."""

    reason: Words = SEALED


@event("case_closed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """What the policy asks for closing was met. `ending` is `agreed` or `decided`."""

    ending: Code


@event("case_reopened", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """A closed or withdrawn case was opened again, at the stage where it ended."""

    stage: Code
    reason: Words = SEALED
