"""A case is raised, steps are taken, it moves on, and people find out whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterpart.engine.events.parts import Child, DeadlineMoved, Party, SeatTaken
from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("concern_raised", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised:
    """A practitioner raised a concern; the case begins, under one edition of one policy.

    `checked` are what the policy asks to check first, each with `:yes`, `:no` or `:not_needed`
    after it. `calendar` is the edition of the bank holidays the case counts by.
    """

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
    checked: tuple[Code, ...] = ()
    calendar: Code | None = None
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


def _nothing_was_sent(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knows of letters sent from here; before it none were, and the facts are as they were."""
    return facts


@event("step_recorded", version=2, upgrades={1: _nothing_was_sent})
@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecorded:
    """A step of the present stage was carried out: a discussion, a meeting, a notice given.

    `result` is `agreed`, `partly` or `not_agreed` where the step can settle the matter, else
    `done`. `agencies` are the agencies that took part. When it happened is the entry's
    own `happened_at`. `letter_to` is the post that Counterpart itself sent a letter to; `says` are
    then the letter's texts, one for each point of the policy's `says`, in its order.
    """

    step: Code
    how: Code
    result: Code
    agencies: tuple[Id, ...] = ()
    posts: tuple[Id, ...] = ()
    letter_to: Id | None = None
    says: tuple[Words, ...] = ()
    present: Words = SEALED
    said: Words = SEALED
    agreed: Words = SEALED
    next_step: Words = SEALED


@event("moved_on", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOn:
    """The case went from one stage to another by a way on of the policy.

    `grounds` are the policy's conditions that whoever moved it on said are so.
    """

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


@event("approval_asked", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked:
    """Approval was asked for a way on that needs it."""

    way: Code
    reason: Words = SEALED


@event("approval_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAnswered:
    """Approval for a way on was given or refused."""

    way: Code
    is_given: bool
    reason: Words = SEALED


@event("answer_given", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """Someone who must be satisfied said whether what was agreed in a step settles it."""

    step: Code
    is_satisfied: bool
    reason: Words = SEALED


@event("exit_taken", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExitTaken:
    """A way out of the policy was taken: to another service or procedure. It may end the case."""

    exit: Code
    what: Words = SEALED


@event("edition_moved", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMoved:
    """The case goes on under another edition of its policy, read as if from its beginning."""

    from_edition: Code
    to_edition: Code
    deadlines: tuple[DeadlineMoved, ...] = ()
    reason: Words = SEALED
