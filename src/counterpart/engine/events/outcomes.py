"""What came of it: texts and answers, panels, actions, and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.engine.events.parts import Action, Member
from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


def _nothing_was_followed(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 says how each open issue is followed up. That is words; the facts are as they were."""
    return facts


@event("outcome_proposed", version=2, upgrades={1: _nothing_was_followed})
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeProposed:
    """A text of the outcome both sides are asked to confirm in writing.

    `basis` is `agreement` or `decision` (of a panel). `number` counts the texts from 1. `lead` is
    the post of the lead manager, where the policy asks for one. The words of an action stand at
    the same place in `action_texts`, and how an issue that is `outstanding` will be followed up at
    the same place in `followed`, where it was said.
    """

    number: int
    basis: Code
    actions: tuple[Action, ...] = ()
    lead: Id | None = None
    agreed: Words = SEALED
    action_texts: tuple[Words, ...] = ()
    outstanding: tuple[Words, ...] = ()
    followed: tuple[Words, ...] = ()
    still_disputed: Words = SEALED


@event("outcome_confirmed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeConfirmed:
    """One agency confirmed text `number` of the outcome in writing."""

    number: int
    agency: Id
    comment: Words = SEALED


def _was_the_agencys(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 tells what one person says from what an agency answers: before, all were the agency’s."""
    return {**facts, "is_own": False}


@event("outcome_dissented", version=2, upgrades={1: _was_the_agencys})
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDissented:
    """One agency does not agree with text `number`; its reasons are kept.

    `is_own`: somebody of the agency who does not answer for it sees it differently.
    """

    number: int
    agency: Id
    is_own: bool = False
    reason: Words = SEALED


@event("action_done", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    """An agreed action was carried out."""

    action: Id
    what: Words = SEALED


def _papers_were_not_fixed(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 fixes the papers. Before, they were the record as it stood when the panel was convened."""
    return {**facts, "papers_at": 0}


def _nobody_was_asked(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 3 says whether its members declared that they have no conflict of interest."""
    return {**facts, "are_clear": False}


@event("panel_convened", version=3, upgrades={1: _papers_were_not_fixed, 2: _nobody_was_asked})
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelConvened:
    """A panel was called together, its composition checked against the policy.

    Its papers are the record as it stood at version `papers_at` of the case's stream; 0 where none was
    written down: then it is the version just before this entry. `are_clear`: each member has said that they
    have no conflict of interest.
    """

    panel: Code
    members: tuple[Member, ...]
    meets_at: datetime
    papers_at: int = 0
    are_clear: bool = False
    where: Words = SEALED
    why_parties_absent: Words = SEALED
    why_own_agency: Words = SEALED
    member_names: tuple[Words, ...] = ()


@event("representation_heard", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationHeard:
    """The panel heard one agency. `how` is `in_person`, `in_writing` or `declined`."""

    agency: Id
    how: Code
    said: Words = SEALED


def _not_asked_when_it_met(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 says when the panel met, where no meeting stood on the record. Before, nobody was asked."""
    return {**facts, "met_at": None}


@event("panel_decided", version=2, upgrades={1: _not_asked_when_it_met})
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelDecided:
    """The panel made its decision, with the authority the policy gives it.

    `met_at` is when it met, where that was said here; a meeting has an entry of its own. `why_early` is why it
    decided without any, or before the day that it was convened for.
    """

    panel: Code
    authority: Code
    met_at: datetime | None = None
    decision: Words = SEALED
    reasons: Words = SEALED
    next_course: Words = SEALED
    why_early: Words = SEALED


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
