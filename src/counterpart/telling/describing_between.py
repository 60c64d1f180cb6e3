"""How the entries between the sides read: questions, meetings, more time, and risk that remains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.policy.phrases import listed
from counterpart.telling.dates import day, moment
from counterpart.telling.describing_gates import Body, Fact, what
from counterpart.telling.words import PART


def between_title(file: CaseFile, event: Any) -> str:
    """The title of an entry that says more than its kind, or ""."""
    match event:
        case e.InformationAsked():
            return f"{file.body_name(event.by)} asked {file.body_name(event.of)}"
        case e.InformationAnswered():
            return (
                "A question was answered" if event.is_given else "A question could not be answered"
            )
        case e.ExtensionAnswered():
            return "More time was agreed to" if event.is_agreed else "More time was not agreed to"
        case e.RemainingRiskStated():
            return (
                "The child is believed to be still at risk"
                if event.is_at_risk
                else "The child is no longer believed to be at risk"
            )
    return ""


def about(file: CaseFile, entry: str) -> Any:
    """The entry that a later one is about, with its words; None where it is not here."""
    found = (whole.recorded.event for whole in file.entries if whole.recorded.id == entry)
    return next(found, None)


def _asked(_: CaseFile, ev: e.InformationAsked) -> Body:
    wanted = day(ev.wanted_on) if ev.wanted_on else ""
    return ev.what, [("What it is for", ev.why), ("Wanted by", wanted)]


def _question(file: CaseFile, entry: str) -> Fact:
    question = about(file, entry)
    return "The question", question.what if question else ""


def _required(file: CaseFile, ev: e.MeetingRequired) -> Body:
    step = file.policy.steps.get(ev.step)
    return ev.reason, [
        ("Which", step.what if step else ""),
        ("Required by", file.body_name(ev.by)),
        ("Asked to come", listed(tuple(file.body_name(a) for a in ev.agencies))),
        ("Arranged by", file.body_name(ev.arranger)),
    ]


def _times(_: CaseFile, ev: e.MeetingTimesProposed) -> Body:
    times = [(f"Time {i}", moment(at)) for i, at in enumerate(ev.times, start=1)]
    return "", [*times, ("Where", ev.where)]


def _can_come(file: CaseFile, ev: e.MeetingTimesAnswered) -> Body:
    times = [("Can come", moment(at)) for at in ev.times] or [("Can come", "At none of the times")]
    return ev.says, [("Agency", file.body_name(ev.agency)), *times]


def _attended(file: CaseFile, ev: e.MeetingAttended) -> Body:
    return "", [(file.body_name(one.agency), PART.get(one.part, one.part)) for one in ev.attendance]


def _more_time(file: CaseFile, ev: e.ExtensionProposed) -> Body:
    towards = file.body_name(ev.about) if ev.about else ""
    return ev.reason, [
        ("For", what(file, ev.clock)),
        ("Agency", towards),
        ("Until", moment(ev.until_at)),
        ("Asked by", file.body_name(ev.by)),
    ]


def _more_time_answered(file: CaseFile, ev: e.ExtensionAnswered) -> Body:
    asked = about(file, ev.proposed)
    until = moment(asked.until_at) if asked else ""
    return ev.reason, [("Agency", file.body_name(ev.agency)), ("Until", until)]


def _risk_answered(file: CaseFile, ev: e.RemainingRiskAnswered) -> Body:
    stated = about(file, ev.stated)
    return ev.said, [("What was said", stated.why if stated else "")]


BETWEEN: dict[type, Callable[[CaseFile, Any], Body]] = {
    e.InformationAsked: _asked,
    e.InformationAcknowledged: lambda file, ev: (ev.says, [_question(file, ev.asked)]),
    e.InformationAnswered: lambda file, ev: (ev.said, [_question(file, ev.asked)]),
    e.MeetingRequired: _required,
    e.MeetingTimesProposed: _times,
    e.MeetingTimesAnswered: _can_come,
    e.MeetingArranged: lambda _, ev: ("", [("When", moment(ev.meets_at)), ("Where", ev.where)]),
    e.MeetingAttended: _attended,
    e.MeetingCalledOff: lambda _, ev: (ev.reason, []),
    e.ExtensionProposed: _more_time,
    e.ExtensionAnswered: _more_time_answered,
    e.RemainingRiskStated: lambda _, ev: (ev.why, []),
    e.RemainingRiskAnswered: _risk_answered,
}
