"""What passes between the sides, for the machine that plays cases: a policy, sensible events and silly ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from counterpart.engine import events as e
from counterpart.engine.between_rules import running_of
from counterpart.engine.duties import due_time
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.model import Policy
from tests.between import WHY, a_question, held, requires
from tests.casebook import DAYS, Case
from tests.fakes import POLICE
from tests.kinds import ALL, a_policy, a_step

ONCE = (
    e.InformationAcknowledged,
    e.InformationAnswered,
    e.MeetingRequired,
    e.MeetingCalledOff,
    e.ExtensionProposed,
    e.ExtensionAnswered,
    e.RemainingRiskStated,
    e.RemainingRiskAnswered,
)
BESIDE = (
    *ONCE,
    e.InformationAsked,
    e.MeetingTimesProposed,
    e.MeetingTimesAnswered,
    e.MeetingArranged,
)
ANSWERS = tuple(
    kind
    for kind in BESIDE
    if kind not in (e.InformationAsked, e.ExtensionProposed, e.MeetingRequired)
)
"""What is only for something that is open between the sides."""
HOUR = timedelta(hours=1)


def sides() -> Policy:
    """A meeting that may be required, and somebody who is told that risk remains."""
    meeting = {
        "kind": "meeting",
        "by": "each",
        "with": "each",
        "force": "may",
        "required_by": "statutory",
    }
    return a_policy(
        id="sides",
        any_stage={"steps": [a_step("meet", **meeting)], **ALL},
        still_at_risk={
            "tells": ["raising.manager", "partnership.coordinator"],
            "limit": "1 working day",
            **ALL,
        },
    )


def silly(policy: Policy) -> st.SearchStrategy[Any]:
    """Any event between the sides that somebody could propose, true or not."""
    entries = st.sampled_from([f"entry-{n}" for n in range(1, 9)] + ["", "no-such"]).map(Id)
    agencies = st.sampled_from(["school", "social-care", "housing", "partnership"]).map(Id)
    codes = st.sampled_from([*policy.steps, *policy.clocks, "", "no-such"]).map(Code)
    moments = st.datetimes(
        min_value=datetime(2025, 1, 1),  # noqa: DTZ001  Hypothesis adds the time zone itself
        max_value=datetime(2031, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
    some = st.lists(agencies, max_size=3).map(tuple)
    times = st.lists(moments, max_size=3).map(tuple)
    words = st.sampled_from([Words(""), WHY])
    attendance = st.builds(
        e.Attendance, agency=agencies, part=st.sampled_from(["came", "late"]).map(Code)
    )
    return st.one_of(
        st.builds(
            e.InformationAsked, by=agencies, of=agencies, wanted_on=st.none() | st.dates()
        ),
        st.builds(e.InformationAcknowledged, asked=entries),
        st.builds(e.InformationAnswered, asked=entries, is_given=st.booleans()),
        st.builds(
            e.MeetingRequired, step=codes, by=agencies, agencies=some, arranger=agencies,
            reason=words,
        ),
        st.builds(e.MeetingTimesProposed, meeting=entries, times=times),
        st.builds(e.MeetingTimesAnswered, meeting=entries, agency=agencies, times=times),
        st.builds(e.MeetingArranged, meeting=entries, meets_at=moments),
        st.builds(
            e.MeetingAttended, meeting=entries, attendance=st.lists(attendance).map(tuple)
        ),
        st.builds(e.MeetingCalledOff, meeting=entries, reason=words),
        st.builds(
            e.ExtensionProposed, by=agencies, clock=codes, opened_by=entries,
            about=st.none() | agencies, until_at=moments, reason=words,
        ),
        st.builds(
            e.ExtensionAnswered, proposed=entries, agency=agencies, is_agreed=st.booleans()
        ),
        st.builds(e.RemainingRiskStated, settled_by=entries, is_at_risk=st.booleans()),
        st.builds(e.RemainingRiskAnswered, stated=entries),
    )  # fmt: skip


def with_who_came(case: Case, step: e.StepRecorded) -> tuple[Any, ...]:
    """A step, with who came where it is a meeting that was required."""
    if case.state.between.open_meeting(step.step) is None:
        return (step,)
    result = "not_agreed" if step.result == "not_held" else step.result
    return held(case, step.step, result)


def _asks(case: Case, _: Code, draw: Any) -> e.InformationAsked:
    by, of = draw(st.permutations(case.state.parties))[:2]
    return a_question(by, of)


def _required(case: Case, target: Code, draw: Any) -> e.MeetingRequired:
    by = draw(st.sampled_from([*case.state.parties, POLICE]))
    return requires(case, target, by)


def _times(case: Case, target: Code, draw: Any) -> e.MeetingTimesProposed:
    hours = draw(st.lists(st.integers(300, 900), min_size=1, max_size=3, unique=True))
    times = tuple(case.now + n * HOUR for n in sorted(hours))
    return e.MeetingTimesProposed(meeting=Id(target), times=times)


def _can_come(case: Case, target: Code, draw: Any) -> e.MeetingTimesAnswered | None:
    meeting = case.state.between.meeting(target)
    others = [a for a in meeting.agencies if a != meeting.arranger] if meeting else []
    if meeting is None or not others:
        return None
    return e.MeetingTimesAnswered(
        meeting=meeting.id,
        agency=draw(st.sampled_from(others)),
        times=tuple(draw(st.sets(st.sampled_from(meeting.times)))),
    )


def _more_time(case: Case, target: Code, draw: Any) -> e.ExtensionProposed | None:
    running = running_of(case.state, target)
    if running is None:
        return None
    due = due_time(case.state, case.policy.clocks[running.clock], running, DAYS)
    latest = max(due.at or case.now, case.now + 240 * HOUR)
    return e.ExtensionProposed(
        by=draw(st.sampled_from(case.state.parties)),
        clock=Code(running.clock),
        opened_by=running.opened_by,
        about=running.agency,
        until_at=latest + draw(st.integers(1, 99)) * HOUR,
        reason=WHY,
    )


def _answers(case: Case, target: Code, draw: Any) -> e.ExtensionAnswered | None:
    asked = case.state.between.extension(target)
    if asked is None or asked.until_at <= case.now + 240 * HOUR:
        return None
    agency = draw(st.sampled_from(asked.waits_for(case.state.parties)))
    return e.ExtensionAnswered(proposed=asked.id, agency=agency, is_agreed=draw(st.booleans()))


SENSIBLY: dict[type, Callable[[Case, Code, Any], Any]] = {
    e.InformationAsked: _asks,
    e.InformationAcknowledged: lambda _, target, __: e.InformationAcknowledged(asked=Id(target)),
    e.InformationAnswered: lambda _, target, draw: e.InformationAnswered(
        asked=Id(target), is_given=draw(st.booleans())
    ),
    e.MeetingRequired: _required,
    e.MeetingTimesProposed: _times,
    e.MeetingTimesAnswered: _can_come,
    e.MeetingArranged: lambda case, target, draw: e.MeetingArranged(
        meeting=Id(target), meets_at=case.now + draw(st.integers(300, 900)) * HOUR
    ),
    e.MeetingCalledOff: lambda _, target, __: e.MeetingCalledOff(meeting=Id(target), reason=WHY),
    e.ExtensionProposed: _more_time,
    e.ExtensionAnswered: _answers,
    e.RemainingRiskStated: lambda _, target, draw: e.RemainingRiskStated(
        settled_by=Id(target), is_at_risk=draw(st.booleans())
    ),
    e.RemainingRiskAnswered: lambda _, target, __: e.RemainingRiskAnswered(stated=Id(target)),
}

__all__ = ["ANSWERS", "BESIDE", "ONCE", "SENSIBLY", "sides", "silly", "with_who_came"]
