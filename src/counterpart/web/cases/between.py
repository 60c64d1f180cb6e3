"""What is open between the sides, as the case page shows it: questions, meetings, more time, and risk.

Words made from a case file for one person. What is over stands in the record alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.between import Extension, Meeting, Question, RemainingRisk
from counterpart.engine.duties import Duty
from counterpart.journal.reading import Whole
from counterpart.policy.phrases import listed
from counterpart.telling.dates import day, moment
from counterpart.telling.describing import who
from counterpart.telling.describing_gates import what
from counterpart.web.cases.doable import Doable, one

PLACED = (e.MeetingTimesProposed, e.MeetingArranged)
"""The entries that may say where people meet."""


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question that waits for its answer."""

    title: str
    what: str
    why: str
    asked_at: datetime
    wanted: str
    state: str
    acts: tuple[Doable, ...]


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """A meeting that is required and not over. `times` are those put forward, each with who can come."""

    title: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    times: tuple[tuple[str, str], ...]
    acts: tuple[Doable, ...]


@dataclass(frozen=True, slots=True)
class MoreTimeShown:
    """More time that is asked for, and that not every agency has agreed to."""

    title: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Doable, ...]


@dataclass(frozen=True, slots=True)
class RiskShown:
    """Somebody still believes that the child is at risk: who, why, and what will be done, if said."""

    who: str
    at: datetime
    after_what: str
    why: str
    answer: str
    answered_by: str
    act: Doable | None


@dataclass(frozen=True, slots=True)
class BetweenShown:
    """All that is open between the sides."""

    questions: tuple[QuestionShown, ...]
    meetings: tuple[MeetingShown, ...]
    more_time: tuple[MoreTimeShown, ...]
    risk: RiskShown | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show beside the risk, which stands at the top."""
        return not (self.questions or self.meetings or self.more_time)


def between(file: CaseFile, may: Mapping[str, Answer]) -> BetweenShown:
    """What is open between the sides, with what this person may do about it."""
    state = file.state
    known = state.between
    return BetweenShown(
        questions=tuple(
            _question(file, q, may) for q in known.questions if not q.answer and state.is_open
        ),
        meetings=tuple(_meeting(file, m, may) for m in known.meetings if m.is_open),
        more_time=tuple(
            _more_time(file, x, may)
            for x in known.extensions
            if x.waits_for(state.parties) and state.is_open
        ),
        risk=next((_risk(file, r, may) for r in reversed(known.risks) if _stands(r)), None),
    )


def entry_of(file: CaseFile, entry: str) -> Whole:
    """The entry with this id. Raises KeyError where the case has none."""
    found = next((whole for whole in file.entries if whole.recorded.id == entry), None)
    if found is None:
        raise KeyError(entry)
    return found


def written(file: CaseFile, entry: str) -> Any:
    """The entry with this id, with its words. Raises KeyError where the case has none."""
    return entry_of(file, entry).recorded.event


def where_it_is(file: CaseFile, meeting: str) -> str:
    """Where a meeting was last said to be, or ""."""
    events = [whole.recorded.event for whole in reversed(file.entries)]
    places = (ev.where for ev in events if isinstance(ev, PLACED) and ev.meeting == meeting)
    return next((place for place in places if place), "")


def extended(file: CaseFile, duty: Duty) -> str:
    """What was agreed of a duty's time, beside the time that the policy gives; else ""."""
    due = duty.due
    if due.extended_at is None:
        return ""
    key = (duty.clock, duty.opened_by, duty.about)
    agreed = next(
        (
            x
            for x in reversed(file.state.between.extensions)
            if x.key == key and x.until_at == due.extended_at
        ),
        None,
    )
    was = f"The policy’s time was {moment(due.outer_at)}. " if due.outer_at else ""
    on = _agreed_on(file, agreed) if agreed else None
    said = f" on {day(on)}" if on else ""
    why = f" Why: {written(file, agreed.id).reason}" if agreed else ""
    return f"{was}Both sides agreed{said} to more time, until {moment(due.extended_at)}.{why}"


def _agreed_on(file: CaseFile, extension: Extension) -> datetime | None:
    """When the last agency agreed."""
    return next(
        (
            whole.recorded.happened_at
            for whole in reversed(file.entries)
            if isinstance(whole.recorded.event, e.ExtensionAnswered)
            and whole.recorded.event.proposed == extension.id
        ),
        None,
    )


def _question(file: CaseFile, question: Question, may: Mapping[str, Answer]) -> QuestionShown:
    asked: e.InformationAsked = written(file, question.id)
    seen = question.acknowledged_at
    of = file.body_name(question.of)
    return QuestionShown(
        title=f"{file.body_name(question.by)} asked {of}",
        what=asked.what,
        why=asked.why,
        asked_at=question.asked_at,
        wanted=day(question.wanted_on) if question.wanted_on else "",
        state=f"{of} has it since {moment(seen)}"
        if seen
        else f"{of} has not said yet that it has it",
        acts=_acts(file, may, question.id, e.InformationAcknowledged, e.InformationAnswered),
    )


def _meeting(file: CaseFile, meeting: Meeting, may: Mapping[str, Answer]) -> MeetingShown:
    times = [(moment(at), _can_come(file, meeting, at)) for at in meeting.times]
    acts = _acts(
        file, may, meeting.id,
        e.MeetingTimesProposed, e.MeetingTimesAnswered, e.MeetingArranged, e.MeetingCalledOff,
    )  # fmt: skip
    facts = [
        ("Required by", file.body_name(meeting.by)),
        ("Asked to come", _names(file, meeting.agencies)),
        ("Arranged by", file.body_name(meeting.arranger)),
        ("When", moment(meeting.meets_at) if meeting.meets_at else "Not arranged yet"),
        ("Where", where_it_is(file, meeting.id)),
        ("Still to say when they can come", _names(file, meeting.unanswered)),
    ]
    return MeetingShown(
        title=file.policy.steps[meeting.step].what,
        reason=written(file, meeting.id).reason,
        facts=tuple(fact for fact in facts if fact[1]),
        times=tuple(times),
        acts=(*acts, *_acts(file, may, meeting.step, e.StepRecorded)),
    )


def _can_come(file: CaseFile, meeting: Meeting, at: datetime) -> str:
    can = [a for a, times in meeting.answers.items() if at in times]
    cannot = [a for a, times in meeting.answers.items() if at not in times]
    parts = (("can come", can), ("cannot come", cannot))
    return "; ".join(f"{_names(file, who)} {verb}" for verb, who in parts if who)


def _more_time(file: CaseFile, extension: Extension, may: Mapping[str, Answer]) -> MoreTimeShown:
    clock, _, about = extension.key
    waits = extension.waits_for(file.state.parties)
    facts = (
        ("Asked by", file.body_name(extension.by)),
        ("Until", moment(extension.until_at)),
        ("Still to answer", _names(file, waits)),
    )
    towards = f" ({file.body_name(about)})" if about else ""
    return MoreTimeShown(
        title=f"More time is asked for: {what(file, clock)}{towards}",
        reason=written(file, extension.id).reason,
        facts=facts,
        acts=_acts(file, may, extension.id, e.ExtensionAnswered),
    )


def after_what(risk: RemainingRisk) -> str:
    """What had happened to the case before it was said that risk remains, inside a sentence."""
    return "the concern had been withdrawn" if risk.is_withdrawn else "it had been called settled"


def _stands(risk: RemainingRisk) -> bool:
    """Whether it was said that the child is still at risk, and what was settled stands as it was."""
    return bool(risk.is_at_risk) and risk.ended_at is None


def _risk(file: CaseFile, risk: RemainingRisk, may: Mapping[str, Answer]) -> RiskShown:
    stated = entry_of(file, risk.stated_by or "")
    answers = (
        whole
        for whole in file.entries
        if isinstance(whole.recorded.event, e.RemainingRiskAnswered)
        and whole.recorded.event.stated == risk.stated_by
    )
    answer = next(answers, None)
    acts = _acts(file, may, risk.stated_by or "", e.RemainingRiskAnswered)
    return RiskShown(
        who=who(stated),
        at=stated.recorded.happened_at,
        after_what=after_what(risk),
        why=stated.recorded.event.why,
        answer=answer.recorded.event.said if answer else "",
        answered_by=who(answer) if answer else "",
        act=acts[0] if acts else None,
    )


def _acts(
    file: CaseFile, may: Mapping[str, Answer], target: str, *events: type
) -> tuple[Doable, ...]:
    """What this person may do about one thing now."""
    options = (
        o for event in events for o in file.options if (o.event, o.target) == (event, target)
    )
    found = (one(file, option, may) for option in options)
    return tuple(doable for doable in found if doable.href)


def _names(file: CaseFile, agencies: Iterable[str]) -> str:
    return listed(tuple(file.body_name(agency) for agency in agencies))
