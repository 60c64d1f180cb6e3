"""When one side may ask something of the other, and whether what is written of it can be so.

Rules like those in `rules` and `details`, for questions, required meetings, more time and risk that
remains. A target is what `offering` gives: the entry of a question, meeting, request or statement,
the step of a meeting to be required, or the id of the duty that more time is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from counterpart.engine import contact
from counterpart.engine import events as e
from counterpart.engine.asking import Asked, Refusal
from counterpart.engine.between import Meeting
from counterpart.engine.between_duties import arranger, waits
from counterpart.engine.due_times import due_time
from counterpart.engine.state import CaseState, Running
from counterpart.policy.model import Clock, Policy
from counterpart.worktime import Calendar, in_london

LONGEST_AHEAD = timedelta(days=3 * 366)
MOST_TIMES = 20
PARTS = frozenset({"came", "apologies", "absent"})
OVER = Refusal("meeting_over", "This meeting has been held, or it is off.")
TOO_FAR = Refusal("too_far", "That is more than three years away. Check the date.")
NOT_A_PARTY = Refusal("not_a_party", "That agency is not part of this disagreement.")

# --- is the case in a state for this? --------------------------------------------------------------


def sides_have_met(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if contact.has_begun(policy, state):
        return None
    return Refusal("not_met_yet", "The other agency does not know of this yet. Speak to it first.")


def question_waits(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    question = state.between.question(target)
    if question is None:
        return Refusal("no_such_question", "There is no such question.")
    if question.answer:
        return Refusal("already_answered", "This has been answered already.")
    return None


def question_is_not_acknowledged(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    question = state.between.question(target)
    if question is None or question.acknowledged_at is None:
        return None
    return Refusal("already_acknowledged", "It is on the record already that you have this.")


def meeting_can_be_required(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    step = policy.steps.get(target)
    if step is None or step.required_by is None:
        return Refusal("not_required", "The policy does not let anybody require this.")
    if state.between.open_meeting(target) is not None:
        return Refusal("already_required", "This meeting is required already, and not yet held.")
    return None


def meeting_is_open(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    meeting = state.between.meeting(target)
    if meeting is None:
        return Refusal("no_such_meeting", "There is no such meeting.")
    return None if meeting.is_open else OVER


def times_were_put_forward(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    meeting = state.between.meeting(target)
    if meeting is None or meeting.times:
        return None
    return Refusal("no_times", "There are no times to choose from now.")


def is_recorded_with_its_step(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """Who came is no act of its own: `meeting_says_who_came` judges it with the step."""
    return Refusal("with_the_step", "Record the meeting, and who came to it, together.")


def extensions_are_allowed(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if policy.extending is None or policy.extending.is_allowed:
        return None
    return Refusal("not_lengthened", "The policy does not let its times be made longer.")


def time_may_be_longer(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """For a duty that is open, is not about immediate risk, and has no other request waiting."""
    running = running_of(state, target)
    if running is None:
        return Refusal("clock_stopped", "This is not owed now.")
    clock = policy.clocks[running.clock]
    if _is_urgent(policy, state, clock):
        return Refusal(
            "urgent_time", "This protects a child at risk of immediate harm. It is not made longer."
        )
    if running.key in state.missed:
        return Refusal("already_passed", "The time has passed, and is on the record.")
    if any(x.key == running.key and waits(state, x) for x in state.between.extensions):
        return Refusal("already_asked", "More time has been asked for this already.")
    return None


def duty_has_a_time(
    policy: Policy, state: CaseState, target: str, now: datetime, calendar: Calendar
) -> Refusal | None:
    running = running_of(state, target)
    if running is None:
        return None
    if due_time(state, policy.clocks[running.clock], running, calendar).at is not None:
        return None
    return Refusal("no_time", "This has no time that could be made longer.")


def sides_could_agree(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if contact.has_begun(policy, state):
        return None
    return Refusal(
        "nobody_to_agree",
        "The policy’s time holds: nobody else is in the case yet to agree to another.",
    )


def extension_waits(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    extension = state.between.extension(target)
    if extension is None:
        return Refusal("no_such_request", "Nobody has asked for this.")
    if not waits(state, extension):
        return Refusal("request_over", "This has been answered, or it is not needed any more.")
    return None


def risk_is_asked(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    risk = state.between.risk_of(target)
    if risk is None:
        return Refusal("not_settled_then", "It was not called settled there.")
    if risk.ended_at is not None:
        return Refusal("open_again", "It is open again, so this is not asked any more.")
    if risk.is_at_risk is not None:
        return Refusal("already_stated", "This has been said already.")
    return None


def risk_waits(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    risk = state.between.risk_stated_by(target)
    if risk is None or not risk.is_at_risk:
        return Refusal("no_such_statement", "Nobody has said there that risk remains.")
    if risk.answered_at is not None:
        return Refusal("already_answered", "This has been answered already.")
    if risk.ended_at is not None:
        return Refusal("open_again", "It is open again, so this is not asked any more.")
    return None


def running_of(state: CaseState, duty: str) -> Running | None:
    """The clock that runs, whose duty has this id."""
    return next((c for c in state.clocks if c.is_running and c.duty_id == duty), None)


def _is_urgent(policy: Policy, state: CaseState, clock: Clock) -> bool:
    is_urgent_step = clock.step is not None and policy.steps[clock.step].offered == "urgent"
    return is_urgent_step or (clock.urgent_limit is not None and state.urgent_since is not None)


# --- can what is written be so? --------------------------------------------------------------------


def asks_another_party(asked: Asked) -> Refusal | None:
    ev: e.InformationAsked = asked.proposed
    if not {ev.by, ev.of} <= set(asked.state.parties):
        return NOT_A_PARTY
    if ev.by == ev.of:
        return Refusal("own_agency", "Choose the other agency.")
    return None


def wanted_day_is_near(asked: Asked) -> Refusal | None:
    day = asked.proposed.wanted_on
    if day is None:
        return None
    if day < in_london(asked.now).date():
        return Refusal("day_past", "Choose a day that is still to come, or none.")
    if day > in_london(asked.now + LONGEST_AHEAD).date():
        return TOO_FAR
    return None


def not_before_it_was_asked(asked: Asked) -> Refusal | None:
    """An answer cannot have been given before what it answers."""
    since = _asked_at(asked.state, asked.proposed)
    if since is None or asked.happened_at >= since:
        return None
    return Refusal("before_it_was_asked", "That is before it was asked. Check the date.")


def _asked_at(state: CaseState, ev: Any) -> datetime | None:
    between = state.between
    match ev:
        case e.InformationAcknowledged() | e.InformationAnswered():
            question = between.question(ev.asked)
            return question.asked_at if question else None
        case e.ExtensionAnswered():
            extension = between.extension(ev.proposed)
            return extension.asked_at if extension else None
        case e.RemainingRiskStated():
            risk = between.risk_of(ev.settled_by)
            return risk.settled_at if risk else None
        case e.RemainingRiskAnswered():
            risk = between.risk_stated_by(ev.stated)
            return risk.stated_at if risk else None
        case e.MeetingTimesAnswered():
            meeting = between.meeting(ev.meeting)
            return meeting.proposed_at if meeting else None
        case _:
            meeting = between.meeting(ev.meeting)
            return meeting.required_at if meeting else None


def meeting_is_well_required(asked: Asked) -> Refusal | None:
    """Those asked to come are in the case; one that is no party requires it only where the policy says so."""
    ev: e.MeetingRequired = asked.proposed
    parties, step = asked.state.parties, asked.policy.steps[ev.step]
    if step.required_by == "parties" and ev.by not in parties:
        return NOT_A_PARTY
    if not ev.agencies:
        return Refusal("nobody_asked", "Choose who is asked to come.")
    if set(ev.agencies) - set(parties):
        return NOT_A_PARTY
    if len(set(ev.agencies)) != len(ev.agencies):
        return Refusal("agency_twice", "An agency is named twice.")
    if ev.arranger != arranger(asked.policy, asked.state, ev.step, ev.by):
        return Refusal("another_arranges", "The policy has somebody else arrange this meeting.")
    return None


def times_are_to_come(asked: Asked) -> Refusal | None:
    times: tuple[datetime, ...] = asked.proposed.times
    if not times:
        return Refusal("no_times", "Put forward at least one time.")
    if len(times) > MOST_TIMES:
        return Refusal("too_many_times", f"Put forward {MOST_TIMES} times at most.")
    if any(later <= earlier for earlier, later in pairwise(times)):
        return Refusal("times_not_in_order", "Put the soonest time first, and each time once.")
    return _to_come(asked, *times)


def meeting_is_to_come(asked: Asked) -> Refusal | None:
    return _to_come(asked, asked.proposed.meets_at)


def _to_come(asked: Asked, *times: datetime) -> Refusal | None:
    if any(at <= asked.now for at in times):
        return Refusal("time_past", "Choose a time that is still to come.")
    return TOO_FAR if any(at > asked.now + LONGEST_AHEAD for at in times) else None


def times_answered_are_those(asked: Asked) -> Refusal | None:
    """An agency that was asked answers the times that are put forward now. It may change its answer."""
    ev: e.MeetingTimesAnswered = asked.proposed
    meeting = asked.state.between.meeting(ev.meeting)
    if meeting is None or ev.agency not in meeting.agencies or ev.agency == meeting.arranger:
        return Refusal("not_asked", "That agency was not asked about these times.")
    if set(ev.times) - set(meeting.times):
        return Refusal(
            "other_times",
            "Other times have been put forward since you opened this page. Look at them first.",
        )
    return None


def says_why(asked: Asked) -> Refusal | None:
    return None if asked.proposed.reason else Refusal("no_reason", "Say why.")


def more_time_can_be_asked(asked: Asked) -> Refusal | None:
    ev: e.ExtensionProposed = asked.proposed
    if ev.by not in asked.state.parties:
        return NOT_A_PARTY
    running = running_of(asked.state, target_of(ev))
    if running is None:
        return None
    due = due_time(asked.state, asked.policy.clocks[ev.clock], running, asked.calendar)
    if due.at is not None and ev.until_at <= due.at:
        return Refusal("not_longer", "Choose a time later than the one that holds now.")
    return _to_come(asked, ev.until_at)


def more_time_can_be_answered(asked: Asked) -> Refusal | None:
    ev: e.ExtensionAnswered = asked.proposed
    extension = asked.state.between.extension(ev.proposed)
    if ev.agency not in asked.state.parties:
        return NOT_A_PARTY
    if extension is None or ev.agency in extension.answers:
        return Refusal("already_answered", "This agency has already answered this.")
    if ev.is_agreed and extension.until_at <= asked.now:
        return Refusal("time_past", "The time that was asked for has passed.")
    return None


# --- a meeting and who came to it ------------------------------------------------------------------


def meeting_says_who_came(asked: Asked) -> Refusal | None:
    """A step that is a required meeting is recorded together with who came, and only once it was held.

    Who came is the `MeetingAttended` among the events that are to be written with it.
    """
    attended = [ev for ev in asked.more if isinstance(ev, e.MeetingAttended)]
    meeting = asked.state.between.open_meeting(asked.proposed.step)
    if meeting is None:
        return OVER if attended else None
    if asked.proposed.result == "not_held":
        return Refusal(
            "still_required",
            "This meeting is required until it has been held, or whoever required it calls it off.",
        )
    if len(attended) != 1 or attended[0].meeting != meeting.id:
        return Refusal("who_came", "Say of each agency that was asked whether it came.")
    return _attendance(meeting, attended[0].attendance)


def _attendance(meeting: Meeting, attendance: Sequence[e.Attendance]) -> Refusal | None:
    named = [one.agency for one in attendance]
    if set(meeting.agencies) - set(named) or len(set(named)) != len(named):
        return Refusal("who_came", "Say of each agency that was asked whether it came.")
    if not PARTS.issuperset(one.part for one in attendance):
        return Refusal("no_such_part", "Say whether it came, sent apologies, or was absent.")
    if not any(one.part == "came" for one in attendance):
        return Refusal("nobody_came", "Nobody came, so the meeting is still to be held.")
    return None


# --- what an event is about ------------------------------------------------------------------------


def target_of(ev: Any) -> str:
    """What an event between the sides is about, as `offering` names it; "" for any other event."""
    match ev:
        case e.InformationAcknowledged() | e.InformationAnswered():
            return ev.asked
        case (
            e.MeetingTimesProposed()
            | e.MeetingTimesAnswered()
            | e.MeetingArranged()
            | e.MeetingAttended()
            | e.MeetingCalledOff()
        ):
            return ev.meeting
        case e.MeetingRequired():
            return ev.step
        case e.ExtensionProposed():
            return Running(ev.clock, ev.opened_by, ev.until_at, ev.about).duty_id
        case e.ExtensionAnswered():
            return ev.proposed
        case e.RemainingRiskStated():
            return ev.settled_by
        case e.RemainingRiskAnswered():
            return ev.stated
        case _:
            return ""
