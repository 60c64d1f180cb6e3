"""What somebody has to do, as the case page shows it: whose turn it is, by when, and the button for it.

A button is there only for whoever may and whose it is; everybody else sees whose turn it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from counterpart.access.answers import Allowed, Answer
from counterpart.casework.casefile import CaseFile, working
from counterpart.engine import between_duties as owed
from counterpart.engine import events as e
from counterpart.engine.duties import Duty
from counterpart.policy.model import CONFIRM_OUTCOME, RECORD, WRITE_OUTCOME
from counterpart.telling.duties import (
    clause_words,
    duty_due_words,
    duty_words,
    state_word,
    with_whom,
)
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.between import extended
from counterpart.web.cases.doable import one
from counterpart.web.cases.whose import answer_for, body_of
from counterpart.web.raising.telephone import Call, calls

GATES = {
    "approve": (e.ApprovalAnswered, "Read it and answer"),
    "satisfied": (e.AnswerGiven, "Say whether it settles it"),
    "set": (e.LimitSet, "Set the time"),
    "offer": (e.LimitSet, "Put forward a time"),
    "agree": (e.LimitAgreed, "Agree to the time"),
    "band": (e.BandSet, "Say which it is"),
}
"""What carries out a duty that was made from a rule, and what its button says."""

BETWEEN = {
    owed.ACKNOWLEDGE: (e.InformationAcknowledged, "Say that you have it"),
    owed.ANSWER: (e.InformationAnswered, "Answer the question"),
    owed.TIMES: (e.MeetingTimesProposed, "Put forward times"),
    owed.TIMES_ANSWER: (e.MeetingTimesAnswered, "Say when you can come"),
    owed.ARRANGE: (e.MeetingArranged, "Arrange the meeting"),
    owed.EXTENSION: (e.ExtensionAnswered, "Read it and answer"),
    owed.REMAINING_RISK: (e.RemainingRiskStated, "Say whether the child is still at risk"),
    owed.RISK_ANSWER: (e.RemainingRiskAnswered, "Say what will be done"),
}
"""The same for what is owed between the sides."""

CHOOSE = "#acts"
"""Where the ways on are, for whoever has to choose one of them."""


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty on the page; `link` leads to recording it, where this person may.

    `is_yours` is whether it is for a post of this person. `asked_by` is the agency that asked, where no
    clause does; `extended` what time was agreed in the place of the policy's; `more_time` leads to asking
    for that.
    """

    what: str
    owner: str
    with_whom: tuple[Call, ...]
    due: str
    clause: str
    working: tuple[str, ...]
    state: str
    nobody: bool
    link: tuple[str, str] | None
    asked_by: str
    extended: str
    more_time: tuple[str, str] | None
    is_yours: bool


def shown(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> DutyShown:
    return DutyShown(
        what=duty_words(file, duty),
        owner=file.owner_words(duty),
        with_whom=calls(with_whom(file, duty), file.body_name),
        due=duty_due_words(file, duty),
        clause=clause_words(file.policy, duty.clause),
        working=working(duty, file),
        state=state_word(duty.due.at, file.now),
        nobody=duty.nobody is not None,
        link=_duty_link(file, duty, may),
        asked_by=file.body_name(duty.asked_by) if duty.asked_by else "",
        extended=extended(file, duty),
        more_time=_more_time(file, duty, may),
        is_yours=duty.post is not None and duty.post in _posts(may),
    )


def _posts(may: Mapping[str, Answer]) -> set[str | None]:
    """The posts by which this person may do something in the case."""
    return {answer.post for answer in may.values() if isinstance(answer, Allowed)}


def _more_time(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> tuple[str, str] | None:
    """Where this person asks for more time for a duty, if that may be asked."""
    option = file.option(e.ExtensionProposed, duty.id)
    if option is None or not option.is_allowed:
        return None
    act = one(file, replace(option, title="Ask for more time"), may)
    return (act.title, act.href) if act.href else None


def _duty_link(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> tuple[str, str] | None:
    """Where this person does what the duty asks, if it is theirs to do; else nothing."""
    for event, target, words in acts_of(file, duty):
        option = file.option(event, target)
        if option is None or not option.is_allowed:
            continue
        answer = answer_for(file, option, may)
        if not isinstance(answer, Allowed) or not _is_theirs(file, duty, answer):
            return None
        return words, ADDRESSES[event].href(file.reference, target)
    return _choice(file, duty, may)


def _choice(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> tuple[str, str] | None:
    """Where somebody who must choose what comes next finds what there is to choose from."""
    clock = file.policy.clocks.get(duty.clock)
    if clock is None or clock.act != "choose":
        return None
    answer = may[f"for_{duty.side}"]
    is_theirs = isinstance(answer, Allowed) and _is_theirs(file, duty, answer)
    return ("Choose what comes next", CHOOSE) if is_theirs else None


def acts_of(file: CaseFile, duty: Duty) -> Iterator[tuple[type, str, str]]:
    """The acts that carry a duty out, the last one first: event, target, what the button says."""
    yield from _gates(file, duty)
    if duty.entry and not duty.step:
        event, words = BETWEEN[duty.clock]
        yield event, duty.entry, words
    elif duty.step:
        yield e.StepRecorded, duty.step, "Record this"
    elif ending := _ending(file, duty):
        yield ending
    elif duty.way:
        yield e.MovedOn, duty.way, "Go on to this stage"
        if file.policy.ways_on[duty.way].approval:
            yield e.ApprovalAsked, duty.way, "Ask for approval"
    elif panel := file.policy.stages[file.state.stage].panel:
        if file.state.panel is None:
            yield e.PanelConvened, panel, "Convene the panel"
        yield e.PanelDecided, panel, "Record the decision"
        yield e.RepresentationHeard, "", "Record what an agency told the panel"


def _ending(file: CaseFile, duty: Duty) -> tuple[type, str, str] | None:
    """What is owed at the end of a case and after it: actions, learning, records, the written outcome."""
    clock = file.policy.clocks.get(duty.clock)
    if duty.action:
        return e.ActionDone, duty.action, "Record this"
    if duty.point:
        return e.LearningPointDone, duty.point, "Record that it is done"
    if clock is not None and clock.act == RECORD:
        return e.RecordPlaced, clock.target, "Record where it was placed"
    if duty.clock == WRITE_OUTCOME:
        return e.OutcomeProposed, "", "Write it down"
    if duty.clock == CONFIRM_OUTCOME:
        return e.OutcomeConfirmed, "", "Read it and answer"
    return None


def _gates(file: CaseFile, duty: Duty) -> Iterator[tuple[type, str, str]]:
    """The answers that are owed to an approval asked for, to something agreed, or for want of a time."""
    clock = file.policy.clocks.get(duty.clock)
    if clock is not None and clock.act in GATES:
        event, words = GATES[clock.act]
        yield event, clock.target, words


def _is_theirs(file: CaseFile, duty: Duty, allowed: Allowed) -> bool:
    """A talk between the sides either may record; what one agency must do, that agency.

    Where its record is, only whose it is can say; that something was learned, the office too.
    """
    step = file.policy.steps.get(duty.step or "")
    clock = file.policy.clocks.get(duty.clock)
    here = file.state.partnership
    if clock is not None and clock.act == RECORD:
        return duty.body == (body_of(file, allowed) or here)
    if duty.point:
        return (body_of(file, allowed) or here) in (duty.body, here)
    if duty.body not in file.state.parties or (step and step.settles):
        return True
    return duty.body == body_of(file, allowed)
