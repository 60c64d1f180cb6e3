"""Everything that can happen to a case, as frozen records with a stable name and schema version.

Begin here to learn what a case is made of. A field's annotation says whether it is a fact or
words (see `kinds`); `tests/unit/engine/test_events.py` refuses any other type. An event's name
and fields are a promise to every journal already written: a changed shape is a new version
with an upgrade, never an edit.

This module must not decide anything and must not know the policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event

# --- small records inside events -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One agency in the disagreement and, if known, the post that speaks for it."""

    agency: Id
    post: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """Someone the concern is about: a child, an unborn child or an adult.

    `index` is a keyed hash of the reference the agencies use. It finds another case about the
    same child without holding the reference itself.
    """

    id: Id
    kind: Code
    index: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """A post named for a role of the policy in one agency (or in the partnership)."""

    body: Id
    role: Code
    post: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something agreed to be done, by whom and by when. Its text is in the event's words."""

    id: Id
    agency: Id
    post: Id | None
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a panel: the post they sit by, their agency, and `chair` or `member`."""

    post: Id
    agency: Id
    person: Id | None
    part: Code


# --- the case ----------------------------------------------------------------------------------


@event("concern_raised", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised:
    """A practitioner raised a concern; the case begins, under one edition of one policy."""

    reference: Code
    partnership: Id
    policy: Code
    edition: Code
    track: Code
    raising: Party
    receiving: tuple[Party, ...]
    children: tuple[Child, ...]
    grounds: tuple[Code, ...]
    is_urgent: bool
    has_asked_rationale: Code
    has_used_own_policy: Code
    supporter: Id | None = None
    child_references: tuple[Words, ...] = ()
    worker_names: tuple[Words, ...] = ()
    dispute: Words = SEALED
    why_unsafe: Words = SEALED
    immediate_risk: Words = SEALED
    desired_outcome: Words = SEALED
    already_tried: Words = SEALED


@event("immediate_risk_reported", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ImmediateRiskReported:
    """After the case began, someone thought the child to be at risk of immediate harm."""

    why: Words = SEALED


@event("step_recorded", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecorded:
    """A step of the present stage was carried out: a discussion, a meeting, a notice given.

    `result` is `agreed`, `partly` or `not_agreed` where the step can settle the matter, else
    `done`. `agencies` are the agencies that took part. When it happened is the entry's
    own `happened_at`.
    """

    step: Code
    how: Code
    result: Code
    agencies: tuple[Id, ...] = ()
    posts: tuple[Id, ...] = ()
    present: Words = SEALED
    said: Words = SEALED
    agreed: Words = SEALED
    next_step: Words = SEALED


@event("limit_set", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSet:
    """A person set, or tightened, the time that protects this child, with a reason."""

    clock: Code
    due_at: datetime
    reason: Words = SEALED


@event("moved_on", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOn:
    """The case went from one stage to another by a way on of the policy."""

    way: Code
    from_stage: Code
    to_stage: Code
    grounds: tuple[Code, ...] = ()
    seats: tuple[SeatTaken, ...] = ()
    reason: Words = SEALED


@event("seat_taken", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class SeatNamed:
    """A post was named for a role: found out, handed on, or reassigned.

    `cause` is `named`, `handed_on` or `reassigned`.
    """

    seat: SeatTaken
    cause: Code
    stated_name: Words = SEALED
    reason: Words = SEALED


@event("party_redirected", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRedirected:
    """An agency said "not us, it is …": another agency takes its place on the receiving side."""

    from_agency: Id
    to: Party
    reason: Words = SEALED


@event("outcome_proposed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeProposed:
    """A text of the outcome both sides are asked to confirm in writing.

    `basis` is `agreement` or `decision` (of a panel). `number` counts the texts from 1. The
    words of an action stand at the same place in `action_texts`.
    """

    number: int
    basis: Code
    actions: tuple[Action, ...] = ()
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


@event("policy_gap_reported", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyGapReported:
    """The process showed a gap in policies or procedures."""

    gap: Words = SEALED


@event("entry_corrected", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected:
    """A later entry puts an earlier one right; both stay on the record."""

    entry: Id
    correction: Words = SEALED
    reason: Words = SEALED


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


CaseEvent = (
    ConcernRaised
    | ImmediateRiskReported
    | StepRecorded
    | LimitSet
    | MovedOn
    | SeatNamed
    | PartyRedirected
    | OutcomeProposed
    | OutcomeConfirmed
    | OutcomeDissented
    | ActionDone
    | PanelConvened
    | RepresentationHeard
    | PanelDecided
    | PolicyGapReported
    | EntryCorrected
    | CaseWithdrawn
    | CaseClosed
    | CaseReopened
)
