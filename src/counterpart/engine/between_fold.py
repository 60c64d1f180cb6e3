"""Fold what passes between the sides: questions, required meetings, more time, and risk that remains.

One function an event, called by `fold` like its own. What a stage, an end or another party does to
it is here too. It reads facts only and never refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from counterpart.engine import events as e
from counterpart.engine.between import (
    NOTHING,
    Between,
    Extension,
    Meeting,
    Question,
    RemainingRisk,
    RunningKey,
)
from counterpart.engine.draft import Draft
from counterpart.engine.kinds import Id
from counterpart.policy import triggers

K = TypeVar("K")
V = TypeVar("V")


def _with(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**mapping, key: value})


def _without(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    return MappingProxyType({k: v for k, v in mapping.items() if k != key})


# --- asking for information ------------------------------------------------------------------------


def _asked(d: Draft, ev: e.InformationAsked) -> None:
    question = Question(d.entry.id, ev.by, ev.of, d.entry.happened_at, ev.wanted_on)
    d.between = replace(d.between, questions=(*d.between.questions, question))


def _acknowledged(d: Draft, ev: e.InformationAcknowledged) -> None:
    _question(d, ev.asked, acknowledged_at=d.entry.happened_at)


def _answered(d: Draft, ev: e.InformationAnswered) -> None:
    _question(d, ev.asked, answer="given" if ev.is_given else "refused")


def _question(d: Draft, id: Id, **changes: Any) -> None:
    questions = (replace(q, **changes) if q.id == id else q for q in d.between.questions)
    d.between = replace(d.between, questions=tuple(questions))


# --- a meeting that was required -------------------------------------------------------------------


def _required(d: Draft, ev: e.MeetingRequired) -> None:
    """The step of the meeting is owed from now on, by whoever arranges it if that can be its duty."""
    at = d.entry.happened_at
    meeting = Meeting(d.entry.id, ev.step, ev.by, ev.agencies, ev.arranger, at)
    d.between = replace(d.between, meetings=(*d.between.meetings, meeting))
    is_theirs = ev.arranger in d.agencies_for(d.policy.clocks[ev.step])
    d.say(triggers.required(ev.step), (ev.arranger,) if is_theirs else ev.agencies)


def _times(d: Draft, ev: e.MeetingTimesProposed) -> None:
    _meeting(
        d,
        ev.meeting,
        times=ev.times,
        proposed_by=d.entry.id,
        proposed_at=d.entry.happened_at,
        answers=MappingProxyType({}),
    )


def _times_answered(d: Draft, ev: e.MeetingTimesAnswered) -> None:
    meeting = d.between.meeting(ev.meeting)
    if meeting is not None:
        answers = _with(meeting.answers, ev.agency, ev.times)
        _meeting(d, ev.meeting, answers=answers, answered_at=d.entry.happened_at)


def _arranged(d: Draft, ev: e.MeetingArranged) -> None:
    meeting = d.between.meeting(ev.meeting)
    if meeting is not None:
        again = 0 if meeting.meets_at is None else 1
        _meeting(d, ev.meeting, meets_at=ev.meets_at, sequence=meeting.sequence + again, times=())


def _attended(d: Draft, ev: e.MeetingAttended) -> None:
    """The meeting is held: what was owed because it was required is done, whoever came."""
    _meeting(d, ev.meeting, status="held", attendance=ev.attendance)
    stop_opened_by(d, ev.meeting)


def _called_off(d: Draft, ev: e.MeetingCalledOff) -> None:
    _meeting(d, ev.meeting, status="off")
    stop_opened_by(d, ev.meeting)


def _meeting(d: Draft, id: Id, **changes: Any) -> None:
    meetings = (replace(m, **changes) if m.id == id else m for m in d.between.meetings)
    d.between = replace(d.between, meetings=tuple(meetings))


def stop_opened_by(d: Draft, entry: Id) -> None:
    """Stop the clocks that this entry started, and those alone."""
    for name in list(d.running):
        opened = [a for a, i in d.running[name].items() if d.clocks[i].opened_by == entry]
        if opened:
            d.stop({name}, tuple(agency for agency in opened if agency is not None))


# --- more time -------------------------------------------------------------------------------------


def _extension_asked(d: Draft, ev: e.ExtensionProposed) -> None:
    key = (ev.clock, ev.opened_by, ev.about)
    answers = MappingProxyType({ev.by: True})
    asked = Extension(d.entry.id, ev.by, key, ev.until_at, d.entry.happened_at, answers)
    d.between = replace(d.between, extensions=(*d.between.extensions, asked))


def _extension_answered(d: Draft, ev: e.ExtensionAnswered) -> None:
    """It is in force once every agency in the case has agreed to it."""
    was = d.between.extension(ev.proposed)
    if was is None:
        return
    asked = replace(was, answers=_with(was.answers, ev.agency, ev.is_agreed))
    between = _changed(d.between, asked)
    is_agreed = all(asked.answers.get(agency) for agency in (d.raising, *d.others))
    if is_agreed and not asked.is_overtaken:
        between = replace(
            between,
            extended=_with(between.extended, asked.key, asked.until_at),
            overtaken=_without(between.overtaken, asked.key),
        )
    d.between = between


def _changed(between: Between, asked: Extension) -> Between:
    extensions = tuple(asked if x.id == asked.id else x for x in between.extensions)
    return replace(between, extensions=extensions)


def time_was_set(d: Draft, clock: str) -> None:
    """A person set a time for a clock: it takes the place of what was agreed, or asked, before."""
    was = d.between
    if was is NOTHING:
        return
    moved = {key: at for key, at in was.extended.items() if key[0] == clock}
    d.between = replace(
        was,
        extensions=tuple(
            replace(x, is_overtaken=True) if x.key[0] == clock else x for x in was.extensions
        ),
        extended=MappingProxyType({k: at for k, at in was.extended.items() if k not in moved}),
        overtaken=MappingProxyType({**was.overtaken, **moved}),
    )


# --- risk that remains -----------------------------------------------------------------------------


def called_settled(d: Draft, *, is_withdrawn: bool = False) -> None:
    """Somebody called it settled, or withdrew it. Unless it was the one who raised it, they are asked
    whether risk remains.
    """
    if d.raiser is None or d.entry.actor.whose == d.raiser:
        return
    risk = RemainingRisk(d.entry.id, d.entry.happened_at, is_withdrawn=is_withdrawn)
    d.between = replace(d.between, risks=(*_ended(d.between, d.entry.happened_at), risk))


def confirmed(d: Draft, agency: Id) -> None:
    """Whoever raised it confirmed the outcome for their agency: they are not asked beside it what they think."""
    if d.raiser is None or d.entry.actor.whose != d.raiser or agency != d.raising:
        return
    if any(risk.is_asked for risk in d.between.risks):
        risks = (replace(r, is_confirmed=True) if r.is_asked else r for r in d.between.risks)
        d.between = replace(d.between, risks=tuple(risks))


def no_longer_settled(d: Draft) -> None:
    """What was called settled goes on after all: there is nothing left to ask or to answer."""
    if d.between is not NOTHING:
        d.between = replace(d.between, risks=_ended(d.between, d.entry.happened_at))


def _ended(between: Between, at: datetime) -> tuple[RemainingRisk, ...]:
    return tuple(
        replace(risk, ended_at=at) if risk.may_be_said or risk.is_unanswered else risk
        for risk in between.risks
    )


def _stated(d: Draft, ev: e.RemainingRiskStated) -> None:
    by, at = d.entry.id, d.entry.happened_at
    d.between = replace(
        d.between,
        risks=tuple(
            replace(risk, is_at_risk=ev.is_at_risk, stated_by=by, stated_at=at)
            if risk.settled_by == ev.settled_by
            else risk
            for risk in d.between.risks
        ),
    )


def _risk_answered(d: Draft, ev: e.RemainingRiskAnswered) -> None:
    at = d.entry.happened_at
    risks = (replace(r, answered_at=at) if r.stated_by == ev.stated else r for r in d.between.risks)
    d.between = replace(d.between, risks=tuple(risks))


# --- what the course of the case does to it --------------------------------------------------------


def came_to_a_stage(d: Draft) -> None:
    """A meeting of the stage the case has left is off, and nothing is settled."""
    if d.between is not NOTHING:
        _off(d, lambda meeting: d.policy.steps[meeting.step].stage in (None, d.stage))
        no_longer_settled(d)


def case_ended(d: Draft) -> None:
    """Meetings that were not held are off. Risk that remains is asked about all the same."""
    if d.between is not NOTHING:
        _off(d, lambda _: False)


def _off(d: Draft, is_kept: Callable[[Meeting], bool]) -> None:
    meetings = (
        replace(m, status="off") if m.is_open and not is_kept(m) else m for m in d.between.meetings
    )
    d.between = replace(d.between, meetings=tuple(meetings))


def handed_over(d: Draft, old: Id, new: Id) -> None:
    """Another agency is in the place of one that was: what was asked of it is asked of the other.

    An agreement that holds goes on holding; one that is still awaited is awaited from the other.
    """
    was = d.between
    if was is NOTHING:
        return
    before = (d.raising, *(old if agency == new else agency for agency in d.others))

    def of(agency: Id) -> Id:
        return new if agency == old else agency

    def key_of(key: RunningKey) -> RunningKey:
        clock, opened_by, about = key
        return clock, opened_by, of(about) if about else None

    def question_of(q: Question) -> Question:
        if q.answer:
            return q
        acknowledged_at = None if q.of == old else q.acknowledged_at
        return replace(q, by=of(q.by), of=of(q.of), acknowledged_at=acknowledged_at)

    def meeting_of(m: Meeting) -> Meeting:
        if not m.is_open:
            return m
        agencies, answers = tuple(map(of, m.agencies)), _without(m.answers, old)
        return replace(m, by=of(m.by), arranger=of(m.arranger), agencies=agencies, answers=answers)

    def extension_of(x: Extension) -> Extension:
        answers = _without(x.answers, old) if x.waits_for(before) else x.answers
        return replace(x, key=key_of(x.key), answers=answers)

    d.between = replace(
        was,
        questions=tuple(map(question_of, was.questions)),
        meetings=tuple(map(meeting_of, was.meetings)),
        extensions=tuple(map(extension_of, was.extensions)),
        extended=MappingProxyType({key_of(k): at for k, at in was.extended.items()}),
        overtaken=MappingProxyType({key_of(k): at for k, at in was.overtaken.items()}),
    )


HOW: dict[type, Callable[[Draft, Any], None]] = {
    e.InformationAsked: _asked,
    e.InformationAcknowledged: _acknowledged,
    e.InformationAnswered: _answered,
    e.MeetingRequired: _required,
    e.MeetingTimesProposed: _times,
    e.MeetingTimesAnswered: _times_answered,
    e.MeetingArranged: _arranged,
    e.MeetingAttended: _attended,
    e.MeetingCalledOff: _called_off,
    e.ExtensionProposed: _extension_asked,
    e.ExtensionAnswered: _extension_answered,
    e.RemainingRiskStated: _stated,
    e.RemainingRiskAnswered: _risk_answered,
}
