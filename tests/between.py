"""What passes between the sides in a case that is played: the events of it, about what is open now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from counterpart.engine import events as e
from counterpart.engine.between_duties import arranger
from counterpart.engine.duties import Duty
from counterpart.engine.kinds import Code, Id, Words
from tests.casebook import Case, a_step, acting
from tests.fakes import SCHOOL, SOCIAL_CARE

WHY = Words("There is a reason.")
CARE = acting(SOCIAL_CARE, "social-worker")


def a_question(
    by: str = SCHOOL, of: str = SOCIAL_CARE, wanted_on: date | None = None
) -> e.InformationAsked:
    return e.InformationAsked(by=Id(by), of=Id(of), wanted_on=wanted_on)


def requires(
    case: Case, step: str, by: str = SCHOOL, agencies: Sequence[str] | None = None
) -> e.MeetingRequired:
    """The requirement of a meeting, arranged by whoever the policy has arrange it."""
    return e.MeetingRequired(
        step=Code(step),
        by=Id(by),
        agencies=tuple(map(Id, case.state.parties if agencies is None else agencies)),
        arranger=arranger(case.policy, case.state, step, Id(by)),
        reason=WHY,
    )


def held(
    case: Case, step: str, result: str = "agreed", **parts: str
) -> tuple[e.StepRecorded, e.MeetingAttended]:
    """The meeting was had; everybody came but those of whom something else is said."""
    meeting = case.state.between.open_meeting(step)
    assert meeting is not None
    came = {**dict.fromkeys(meeting.agencies, "came"), **{Id(a): p for a, p in parts.items()}}
    attendance = tuple(e.Attendance(agency=agency, part=Code(p)) for agency, p in came.items())
    recorded = a_step(step, result, *case.state.receiving_agencies)
    return recorded, e.MeetingAttended(meeting=meeting.id, attendance=attendance)


def holds(case: Case, step: str, result: str = "agreed", **parts: str) -> Case:
    first, second = held(case, step, result, **parts)
    return case.does(first, more=(second,))


def more_time(duty: Duty, until_at: datetime, by: str = SCHOOL) -> e.ExtensionProposed:
    return e.ExtensionProposed(
        by=Id(by),
        clock=Code(duty.clock),
        opened_by=duty.opened_by,
        about=duty.about,
        until_at=until_at,
        reason=WHY,
    )


def an_answer(case: Case, agency: str = SOCIAL_CARE, *, agrees: bool = True) -> e.ExtensionAnswered:
    """One agency's answer to the newest request for more time."""
    proposed = case.state.between.extensions[-1].id
    return e.ExtensionAnswered(proposed=proposed, agency=Id(agency), is_agreed=agrees)


def a_statement(case: Case, *, is_at_risk: bool = True) -> e.RemainingRiskStated:
    """What the person who raised it says of the newest entry that called it settled."""
    settled_by = case.state.between.risks[-1].settled_by
    return e.RemainingRiskStated(settled_by=settled_by, is_at_risk=is_at_risk)
