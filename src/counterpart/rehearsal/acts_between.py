"""The acts between the sides: asking for information, required meetings, more time, risk that remains.

A story names a meeting by its step and a duty by its name, and means the one that is open. Where
there is none, what is proposed is about nothing, and the engine refuses it in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.between_duties import arranger, raisers_seat, told_of_risk
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.state import Running
from counterpart.policy.model import Seat
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.act import ITSELF, RAISING, Act, Make, Read
from counterpart.rehearsal.naming import known
from counterpart.rehearsal.playing import Rehearsal

NONE = Id("none")
"""What stands for an entry that is not there."""
BECAUSE = Words("There is a reason.")


# --- information -----------------------------------------------------------------------------------


def _asked(case: Rehearsal, read: Read) -> Iterable[Any]:
    by = read["by"].body if "by" in read else case.state.raising.agency
    yield e.InformationAsked(by=Id(by), of=Id(read[ITSELF]), wanted_on=read.get("wanted by"))


def _question(case: Rehearsal, of: str) -> Id:
    """The newest question to an agency that has no answer yet."""
    open_ones = [q for q in case.state.between.questions if q.of == of and not q.answer]
    return open_ones[-1].id if open_ones else NONE


def _acknowledged(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.InformationAcknowledged(asked=_question(case, read[ITSELF]))


def _answer(*, is_given: bool) -> Make:
    def make(case: Rehearsal, read: Read) -> Iterable[Any]:
        yield e.InformationAnswered(asked=_question(case, read[ITSELF]), is_given=is_given)

    return make


# --- meetings --------------------------------------------------------------------------------------


def _required(case: Rehearsal, read: Read) -> Iterable[Any]:
    step = known(case.policy.steps, "step", read[ITSELF])
    by = Id(read["by"].body if "by" in read else case.state.raising.agency)
    yield e.MeetingRequired(
        step=step,
        by=by,
        agencies=tuple(map(Id, read.get("with", case.state.parties))),
        arranger=arranger(case.policy, case.state, step, by),
        reason=BECAUSE,
    )


def _meeting(case: Rehearsal, read: Read) -> Id:
    step = known(case.policy.steps, "step", read[ITSELF])
    meeting = case.state.between.open_meeting(step)
    return meeting.id if meeting else NONE


def _times(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.MeetingTimesProposed(meeting=_meeting(case, read), times=read["times"])


def _times_answered(case: Rehearsal, read: Read) -> Iterable[Any]:
    meeting = case.state.between.meeting(_meeting(case, read))
    yield e.MeetingTimesAnswered(
        meeting=meeting.id if meeting else NONE,
        agency=Id(read["by"].body),
        times=read.get("times", ()),
    )


def _arranged(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.MeetingArranged(meeting=_meeting(case, read), meets_at=read["for"])


def _called_off(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.MeetingCalledOff(meeting=_meeting(case, read), reason=BECAUSE)


def attended(case: Rehearsal, read: Read) -> e.MeetingAttended | None:
    """Who came to a step that is a required meeting: every agency that was asked, unless the line says."""
    meeting = case.state.between.open_meeting(read[ITSELF])
    if meeting is None:
        return None
    away = {
        **dict.fromkeys(read.get("apologies", ()), "apologies"),
        **dict.fromkeys(read.get("absent", ()), "absent"),
    }
    parts = {**dict.fromkeys(meeting.agencies, "came"), **away}
    attendance = tuple(e.Attendance(agency=Id(a), part=Code(part)) for a, part in parts.items())
    return e.MeetingAttended(meeting=meeting.id, attendance=attendance)


# --- more time -------------------------------------------------------------------------------------


def _more_asked(case: Rehearsal, read: Read) -> Iterable[Any]:
    running = _running(case, read)
    yield e.ExtensionProposed(
        by=Id(read["by"].body if "by" in read else case.state.raising.agency),
        clock=Code(running.clock),
        opened_by=running.opened_by,
        about=running.agency,
        until_at=read["until"],
        reason=BECAUSE,
    )


def _running(case: Rehearsal, read: Read) -> Running:
    """The duty that a line names; where it is owed to several, `about` says which."""
    clock, about = known(case.policy.clocks, "time", read[ITSELF]), read.get("about")
    for running in case.state.clocks:
        if running.is_running and running.clock == clock and about in (None, running.agency):
            return running
    return Running(clock, NONE, case.now)


def _more_answered(*, is_agreed: bool) -> Make:
    def make(case: Rehearsal, read: Read) -> Iterable[Any]:
        clock, about = known(case.policy.clocks, "time", read[ITSELF]), read.get("about")
        asked = [
            x.id
            for x in case.state.between.extensions
            if x.key[0] == clock and about in (None, x.key[2])
        ]
        yield e.ExtensionAnswered(
            proposed=asked[-1] if asked else NONE,
            agency=Id(read["by"].body),
            is_agreed=is_agreed,
            reason=BECAUSE,
        )

    return make


# --- risk that remains -----------------------------------------------------------------------------


def _risk(case: Rehearsal, read: Read) -> Iterable[Any]:
    risks = case.state.between.risks
    settled_by = risks[-1].settled_by if risks else NONE
    yield e.RemainingRiskStated(settled_by=settled_by, is_at_risk=read[ITSELF], why=BECAUSE)


def _risk_answered(case: Rehearsal, _: Read) -> Iterable[Any]:
    said = [risk.stated_by for risk in case.state.between.risks if risk.stated_by]
    yield e.RemainingRiskAnswered(stated=said[-1] if said else NONE)


# --- who does it, unless the line says -------------------------------------------------------------


def _agency_itself(_: Rehearsal, read: Read) -> str:
    return str(read[ITSELF])


def _who_arranges(case: Rehearsal, read: Read) -> str | Seat:
    meeting = case.state.between.open_meeting(read[ITSELF])
    step = case.policy.steps.get(read[ITSELF])
    if meeting and meeting.arranger in case.state.parties:
        return meeting.arranger
    return step.arranged_by if step and step.arranged_by else RAISING


def _who_raised(case: Rehearsal, _: Read) -> Seat:
    return raisers_seat(case.policy, case.state)


def _who_was_told(case: Rehearsal, _: Read) -> Seat:
    rule = case.policy.still_at_risk
    risks = [risk for risk in case.state.between.risks if risk.is_unanswered]
    if rule or not risks:
        return rule.by if rule else RAISING
    seats = told_of_risk(case.policy, case.state, case.directory, risks[-1])
    return seats[0] if seats else RAISING


ACTS: Mapping[str, Act] = {
    "information asked": Act(n.agency, _asked, keys={"wanted by": n.day}),
    "question acknowledged by": Act(n.agency, _acknowledged, who=_agency_itself),
    "question answered by": Act(n.agency, _answer(is_given=True), who=_agency_itself),
    "answer refused by": Act(n.agency, _answer(is_given=False), who=_agency_itself),
    "meeting required": Act(n.text, _required, keys={"with": n.agencies}),
    "times put forward": Act(
        n.text, _times, keys={"times": n.moments}, needs=("times",), who=_who_arranges
    ),
    "times answered": Act(n.text, _times_answered, keys={"times": n.moments}, needs=("by",)),
    "meeting arranged": Act(
        n.text, _arranged, keys={"for": n.moment}, needs=("for",), who=_who_arranges
    ),
    "meeting called off": Act(n.text, _called_off),
    "more time asked": Act(
        n.text, _more_asked, keys={"until": n.moment, "about": n.agency}, needs=("until",)
    ),
    "more time agreed": Act(
        n.text, _more_answered(is_agreed=True), keys={"about": n.agency}, needs=("by",)
    ),
    "more time not agreed": Act(
        n.text, _more_answered(is_agreed=False), keys={"about": n.agency}, needs=("by",)
    ),
    "still at risk": Act(n.flag, _risk, who=_who_raised),
    "risk answered": Act(n.moment, _risk_answered, who=_who_was_told),
}
"""The acts between the sides."""
