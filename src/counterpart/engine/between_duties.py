"""Who owes what because of what passes between the sides: answers, times for a meeting, word of risk.

Each is owed by a seat, which `duties` turns into a post like every other. No time is made up: only
a question has one, if whoever asked named a day, and an answer to risk, if the policy gives one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from counterpart.engine import contact
from counterpart.engine.between import Extension, Meeting, Question, RemainingRisk
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Id
from counterpart.engine.owners import owner, place
from counterpart.engine.state import CaseState
from counterpart.policy.model import BETWEEN, Clock, Force, Policy, Seat, Step

(
    ACKNOWLEDGE,
    ANSWER,
    TIMES,
    TIMES_ANSWER,
    ARRANGE,
    EXTENSION,
    REMAINING_RISK,
    RISK_ANSWER,
) = BETWEEN
WORDS: Mapping[str, str] = MappingProxyType(
    {
        ACKNOWLEDGE: "Say that you have the question",
        ANSWER: "Answer what the other agency asked",
        TIMES: "Put forward times for the meeting",
        TIMES_ANSWER: "Say when you can come to the meeting",
        ARRANGE: "Say when the meeting is",
        EXTENSION: "Say whether you agree to more time",
        REMAINING_RISK: "Say whether you still believe the child is at risk",
        RISK_ANSWER: "Say what will be done about the risk that remains",
    }
)
"""What each of these duties is called."""
OFFICE = "business_manager"
"""The tier of whoever runs the partnership's own office: they are told where a policy names nobody."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty before it is known whose post it is.

    `seat` and `about` say whose. `wanted_on` is the day in London by whose end it is due; `answer` the
    policy's own rule for how long it may take.
    """

    clock: str
    opened_by: Id
    opened_at: datetime
    entry: Id
    seat: Seat
    about: Id | None = None
    force: Force = "should"
    wanted_on: date | None = None
    answer: Clock | None = None
    asked_by: Id | None = None
    clause: str = ""
    readings: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        return WORDS[self.clock]


def owed_between(policy: Policy, state: CaseState, directory: Directory) -> Iterator[Owed]:
    """Everything owed beside the policy's own clocks. What is asked of risk outlives the case."""
    between = state.between
    if state.is_open:
        for question in between.questions:
            yield from _of_question(state, question)
        for meeting in between.meetings:
            if meeting.is_open:
                yield from _of_meeting(policy, state, meeting)
    for extension in between.extensions:
        yield from _of_extension(policy, state, extension)
    for risk in between.risks:
        yield from _of_risk(policy, state, directory, risk)


def seat_of(state: CaseState, agency: Id) -> Seat:
    """The seat of whoever speaks for an agency in the case."""
    return Seat("raising" if agency == state.raising.agency else "receiving")


# --- questions -------------------------------------------------------------------------------------


def _of_question(state: CaseState, asked: Question) -> Iterator[Owed]:
    if asked.answer:
        return
    seat = seat_of(state, asked.of)
    if asked.acknowledged_at is None:
        yield Owed(
            ACKNOWLEDGE, asked.id, asked.asked_at, asked.id, seat, asked.of, asked_by=asked.by
        )
    yield Owed(
        *(ANSWER, asked.id, asked.asked_at, asked.id, seat, asked.of),
        wanted_on=asked.wanted_on,
        asked_by=asked.by,
    )


# --- meetings --------------------------------------------------------------------------------------


def arranger(policy: Policy, state: CaseState, step: str, by: Id) -> Id:
    """The agency or partnership that arranges a meeting which the agency `by` requires.

    As the policy says; else the agency that requires it, or for one that is no party the raising side.
    """
    seat = policy.steps[step].arranged_by
    if seat is None:
        return by if by in state.parties else state.raising.agency
    if seat.side == "partnership":
        return state.partnership
    if seat.side == "each" and by in state.parties:
        return by
    if seat.side == "receiving":
        return by if by in state.receiving_agencies else state.receiving[0].agency
    return state.raising.agency


def _of_meeting(policy: Policy, state: CaseState, meeting: Meeting) -> Iterator[Owed]:
    step = policy.steps[meeting.step]
    clause = step.clause
    first = (meeting.id, meeting.required_at, meeting.id)
    seat, about = arranging(state, step, meeting)
    if not meeting.times and meeting.meets_at is None:
        yield Owed(TIMES, *first, seat, about, "must", asked_by=meeting.by, clause=clause)
    opened_by, opened_at = meeting.proposed_by, meeting.proposed_at
    if not meeting.times or opened_by is None or opened_at is None:
        return
    for agency in meeting.unanswered:
        yield Owed(
            *(TIMES_ANSWER, opened_by, opened_at, meeting.id, seat_of(state, agency), agency),
            force="must",
            asked_by=meeting.by,
            clause=clause,
        )
    if not meeting.unanswered:
        since = meeting.answered_at or opened_at
        yield Owed(
            *(ARRANGE, meeting.id, since, meeting.id, seat, about),
            force="must",
            asked_by=meeting.by,
            clause=clause,
        )


def arranging(state: CaseState, step: Step, meeting: Meeting) -> tuple[Seat, Id | None]:
    """The seat of whoever arranges a meeting, in the role that the policy names if it names one."""
    seat = step.arranged_by
    if meeting.arranger == state.partnership and seat is not None:
        return seat, None
    side = seat_of(state, meeting.arranger).side
    role = seat.role if seat is not None and seat.side in (side, "each") else None
    return Seat(side, role), meeting.arranger


# --- more time -------------------------------------------------------------------------------------


def waits(state: CaseState, extension: Extension) -> tuple[Id, ...]:
    """The agencies that have yet to say whether they agree to more time, while its duty is open."""
    is_running = any(c.key == extension.key and c.is_running for c in state.clocks)
    return extension.waits_for(state.parties) if is_running else ()


def _of_extension(policy: Policy, state: CaseState, asked: Extension) -> Iterator[Owed]:
    rule = policy.extending
    for agency in waits(state, asked):
        yield Owed(
            *(EXTENSION, asked.id, asked.asked_at, asked.id, seat_of(state, agency), agency),
            asked_by=asked.by,
            clause=rule.clause if rule else "",
            readings=rule.readings if rule else (),
        )


# --- risk that remains -----------------------------------------------------------------------------


def raisers_seat(policy: Policy, state: CaseState) -> Seat:
    """The seat by which the concern was raised: who spoke for the agency at the first stage."""
    first = policy.stages[policy.tracks[state.track].first]
    return Seat("raising", first.speaks["raising"])


def told_of_risk(
    policy: Policy, state: CaseState, directory: Directory, risk: RemainingRisk
) -> tuple[Seat, ...]:
    """The seats that are told that risk remains: the policy's. It may be silent, and then it is
    whoever speaks for the raising side now, if that is not the raiser's own post; else, and where that
    side itself withdrew the concern, the office.
    """
    if policy.still_at_risk is not None:
        seats = policy.still_at_risk.tells
        return seats if contact.has_begun(policy, state) else _own(seats)
    speaks = place(policy, state, Seat("raising"), None)
    raised = place(policy, state, raisers_seat(policy, state), None)
    mine, _ = owner(policy, state, directory, *raised)
    theirs, _ = owner(policy, state, directory, *speaks)
    has_another = speaks != raised and theirs is not None and theirs != mine
    if has_another and not risk.is_withdrawn:
        return (Seat("raising"),)
    office = (r.id for r in policy.roles.values() if r.at == "partnership" and OFFICE in r.tiers)
    return tuple(Seat("partnership", role) for role in office)[:1]


def _own(seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    return tuple(seat for seat in seats if seat.side != "receiving")


def _of_risk(
    policy: Policy, state: CaseState, directory: Directory, risk: RemainingRisk
) -> Iterator[Owed]:
    rule = policy.still_at_risk
    force: Force = "must" if rule else "should"
    clause, readings = (rule.clause, rule.readings) if rule else ("", ())
    if risk.is_asked:
        yield Owed(
            *(REMAINING_RISK, risk.settled_by, risk.settled_at, risk.settled_by),
            raisers_seat(policy, state),
            force=force,
            clause=clause,
            readings=readings,
        )
    if risk.is_unanswered and risk.stated_by and risk.stated_at:
        seat = rule.by if rule else next(iter(told_of_risk(policy, state, directory, risk)), None)
        if seat is not None:
            yield Owed(
                *(RISK_ANSWER, risk.stated_by, risk.stated_at, risk.stated_by),
                Seat("raising", seat.role) if seat.side == "each" else seat,
                force=force,
                answer=rule.answer if rule else None,
                asked_by=state.raising.agency,
                clause=clause,
                readings=readings,
            )
