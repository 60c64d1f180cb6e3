"""What belongs to how a case ends, as it is offered: by whom, on what. Whether it may be done now is `deciding`'s."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.engine import events as e
from counterpart.engine.offering_between import EACH, Offer
from counterpart.engine.state import CaseState
from counterpart.policy.model import AT_THE_END, Policy

ACTION = "Record that an agreed action is done"
LEARN = "Write down something to learn from this case"
LEARNED = "Record that a learning point has been seen to"
REFER = "Pass a learning point on"
DEBRIEF = "Offer to talk it over with somebody"
DEBRIEFED = "Record what became of the offer to talk it over"


def offered_endings(policy: Policy, state: CaseState) -> Iterator[Offer]:
    """Actions, records, advice, learning and talking it over: everything open, and what may be begun."""
    for action in state.outcome.actions if state.outcome else ():
        yield e.ActionDone, action.id, ACTION, EACH
    for kept in state.endings.kept:
        yield e.ActionDone, kept.action.id, ACTION, EACH
    for stage in dict.fromkeys(visit.stage for visit in state.visits):
        yield _record(policy, stage)
    if not state.is_open:
        yield _record(policy, AT_THE_END)
    yield e.AdviceRecorded, "", "Record advice that was taken", EACH
    yield e.LearningPointRecorded, "", LEARN, EACH
    for point in state.endings.points:
        if point.done_at is None:
            yield e.LearningPointDone, point.id, LEARNED, EACH
        yield e.LearningPointReferred, point.id, REFER, EACH
    if not state.is_open:
        yield e.DebriefOffered, "", DEBRIEF, EACH
    for debrief in state.endings.debriefs:
        if debrief.held is None:
            yield e.DebriefAnswered, debrief.id, DEBRIEFED, EACH


def endings_before(policy: Policy, state: CaseState, kind: type, target: str) -> Offer | None:
    """Something of it that was open once, or is for another stage, and is known here by this target."""
    if kind is e.RecordPlaced and (target in policy.stages or target == AT_THE_END):
        return _record(policy, target)
    if kind is e.LearningPointDone and state.endings.point(target):
        return kind, target, LEARNED, EACH
    if kind is e.DebriefAnswered and state.endings.debrief(target):
        return kind, target, DEBRIEFED, EACH
    if kind is e.DebriefOffered:
        return kind, target, DEBRIEF, EACH
    return None


def _record(policy: Policy, stage: str) -> Offer:
    """Any agency may place a record, whether or not the policy asks it to."""
    where = "how it ended" if stage == AT_THE_END else f"“{policy.stages[stage].name}”"
    return e.RecordPlaced, stage, f"Record where the record of {where} was placed", EACH
