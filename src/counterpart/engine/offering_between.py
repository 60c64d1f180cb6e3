"""What may be done between the sides on a case, by whom. Whether it may be done now is `deciding`'s."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.engine import events as e
from counterpart.engine.between import Meeting, Question, RemainingRisk
from counterpart.engine.between_duties import raisers_seat, seat_of, waits
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat, Step

Offer = tuple[type, str, str, Seat]
"""(event, target, title, by whom)."""

EACH = Seat("each")
REQUIRE, EXTEND = "Require this meeting", "Ask for more time for"
ACKNOWLEDGE = "Say that you have the question"
AGREE = "Say whether you agree to more time"
STATE_RISK = "Say whether you still believe the child is at risk"
ANSWER_RISK = "Say what will be done about the risk that remains"


def offered_between(policy: Policy, state: CaseState) -> Iterator[Offer]:
    """Questions, meetings, more time and risk that remains: everything open, and what may be begun."""
    between = state.between
    yield e.InformationAsked, "", "Ask for information", EACH
    for question in between.questions:
        yield from _question(state, question) if not question.answer else ()
    for step in policy.steps.values():
        if step.required_by is not None and _is_here(step, state):
            yield e.MeetingRequired, step.id, f"{REQUIRE}: {step.what}", EACH
    for meeting in between.meetings:
        yield from _meeting(state, meeting) if meeting.is_open else ()
    yield from _more_time(policy, state)
    for risk in between.risks:
        yield from _risk(policy, state, risk)


def offered_before(policy: Policy, state: CaseState, kind: type, target: str) -> Offer | None:
    """Something that was open between the sides once, and is known here by this target."""
    between = state.between
    found: list[Offer] = []
    if question := between.question(target):
        by = seat_of(state, question.of)
        found += [*_question(state, question), (e.InformationAcknowledged, target, ACKNOWLEDGE, by)]
    if meeting := between.meeting(target):
        found += _meeting(state, meeting)
    if between.extension(target):
        found.append((e.ExtensionAnswered, target, AGREE, EACH))
    if between.risk_of(target):
        found.append((e.RemainingRiskStated, target, STATE_RISK, raisers_seat(policy, state)))
    if between.risk_stated_by(target):
        found.append((e.RemainingRiskAnswered, target, ANSWER_RISK, _who_answers(policy)))
    for running in state.clocks:
        if running.duty_id == target:
            what = policy.clocks[running.clock].what
            found.append((e.ExtensionProposed, target, f"{EXTEND}: {what}", EACH))
    if (step := policy.steps.get(target)) and step.required_by:
        found.append((e.MeetingRequired, target, f"{REQUIRE}: {step.what}", EACH))
    return next((offer for offer in found if offer[0] is kind), None)


def _is_here(step: Step, state: CaseState) -> bool:
    if step.offered == "urgent":
        return state.urgent_since is not None
    return step.offered == "always" or step.stage == state.stage


def _question(state: CaseState, question: Question) -> Iterator[Offer]:
    by = seat_of(state, question.of)
    if question.acknowledged_at is None:
        yield e.InformationAcknowledged, question.id, ACKNOWLEDGE, by
    yield e.InformationAnswered, question.id, "Answer what the other agency asked", by


def _meeting(state: CaseState, meeting: Meeting) -> Iterator[Offer]:
    by = EACH
    if meeting.arranger in state.parties:
        by = seat_of(state, meeting.arranger)
    yield e.MeetingTimesProposed, meeting.id, "Put forward times for the meeting", by
    yield e.MeetingTimesAnswered, meeting.id, "Say when you can come to the meeting", EACH
    yield e.MeetingArranged, meeting.id, "Say when the meeting is", by
    yield e.MeetingCalledOff, meeting.id, "Call the meeting off", EACH


def _more_time(policy: Policy, state: CaseState) -> Iterator[Offer]:
    for running in state.clocks:
        if running.is_running:
            what = policy.clocks[running.clock].what
            yield e.ExtensionProposed, running.duty_id, f"{EXTEND}: {what}", EACH
    for extension in state.between.extensions:
        if waits(state, extension):
            yield e.ExtensionAnswered, extension.id, AGREE, EACH


def _risk(policy: Policy, state: CaseState, risk: RemainingRisk) -> Iterator[Offer]:
    if risk.may_be_said:
        yield e.RemainingRiskStated, risk.settled_by, STATE_RISK, raisers_seat(policy, state)
    if risk.is_unanswered and risk.stated_by:
        yield e.RemainingRiskAnswered, risk.stated_by, ANSWER_RISK, _who_answers(policy)


def _who_answers(policy: Policy) -> Seat:
    """Who says what will be done; where the policy is silent, whoever was told."""
    return policy.still_at_risk.by if policy.still_at_risk else EACH
