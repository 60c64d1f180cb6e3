"""What people do between the sides: questions, meetings, more time, and saying that risk remains.

One function an act, with the common arguments of `acts`. An agency answers for itself alone: whose
answer it is comes from who acts, and an entry of another agency's is refused (`whose`). It must not
say whether the case is in a state for an act: that is the engine's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Unpack

from counterpart.casework.acts import By, step_event
from counterpart.casework.between_whose import NOT_THEIRS, not_whose, target_of
from counterpart.casework.placing import NO_SUCH_AGENCY
from counterpart.casework.writing import Done, Loaded, act, directory_for
from counterpart.engine import events as e
from counterpart.engine.between_duties import arranger
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal
from counterpart.people.finders import agencies_in

NO_REASON = Refusal("no_reason", "Write why.")
NO_SUCH_STEP = Refusal("no_such_step", "The policy has no such step.")
NO_SUCH_MEETING = Refusal("no_such_meeting", "There is no such meeting in this case.")
NOT_STATUTORY = Refusal(
    "not_statutory",
    "Only the agencies in the case may require this meeting, and statutory agencies through them "
    "where the policy says so.",
)


# --- questions ------------------------------------------------------------------------------------


def ask_information(
    *, of: str, what: str, why: str, wanted_on: date | None = None, **by: Unpack[By]
) -> Done | Refusal:
    """Ask another agency in the case for something one needs to know. `wanted_on` is a day in London."""
    asker = by["actor"].agency
    if asker is None:
        return NOT_THEIRS
    event = e.InformationAsked(
        by=Id(asker), of=Id(of), wanted_on=wanted_on, what=Words(what), why=Words(why)
    )
    return act(lambda _: event, **by)


def acknowledge_information(*, asked: str, says: str = "", **by: Unpack[By]) -> Done | Refusal:
    """Say that one has the question."""
    return _for_itself(e.InformationAcknowledged(asked=Id(asked), says=Words(says)), by)


def answer_information(
    *, asked: str, is_given: bool, said: str, **by: Unpack[By]
) -> Done | Refusal:
    """Give what was asked for, or say why one cannot."""
    return _for_itself(
        e.InformationAnswered(asked=Id(asked), is_given=is_given, said=Words(said)), by
    )


# --- meetings -------------------------------------------------------------------------------------


def require_meeting(
    *, step: str, required_by: str, agencies: Sequence[str], reason: str, **by: Unpack[By]
) -> Done | Refusal:
    """Require a meeting that the policy lets an agency require.

    `required_by` is the agency that does: one's own, or one outside the case for which it is written
    down. `agencies` are those of the case that are asked to come.
    """

    def propose(loaded: Loaded) -> Any:
        state = loaded.state
        if step not in loaded.policy.steps:
            return NO_SUCH_STEP
        if required_by in state.parties and required_by != by["actor"].agency:
            return NOT_THEIRS
        is_outside = required_by not in state.parties
        if is_outside and (refusal := _outside(loaded, step, required_by, by["now"])):
            return refusal
        wanted = {*agencies, required_by}
        return e.MeetingRequired(
            step=Code(step),
            by=Id(required_by),
            agencies=tuple(a for a in state.parties if a in wanted),
            arranger=arranger(loaded.policy, state, step, Id(required_by)),
            reason=Words(reason),
        )

    return act(propose, **by)


def propose_times(
    *, meeting: str, times: Sequence[datetime], where: str = "", **by: Unpack[By]
) -> Done | Refusal:
    """Put forward times for a meeting. They take the place of those put forward before."""
    ordered = tuple(sorted(set(times)))
    return _for_itself(
        e.MeetingTimesProposed(meeting=Id(meeting), times=ordered, where=Words(where)), by
    )


def answer_times(
    *, meeting: str, times: Sequence[datetime], says: str = "", **by: Unpack[By]
) -> Done | Refusal:
    """Say at which of the times one's own agency can come; at none is an answer too."""
    event = e.MeetingTimesAnswered(
        meeting=Id(meeting),
        agency=Id(by["actor"].agency or ""),
        times=tuple(sorted(set(times))),
        says=Words(says),
    )
    return _for_itself(event, by)


def arrange_meeting(
    *, meeting: str, meets_at: datetime, where: str = "", **by: Unpack[By]
) -> Done | Refusal:
    """Say when the meeting is."""
    return _for_itself(
        e.MeetingArranged(meeting=Id(meeting), meets_at=meets_at, where=Words(where)), by
    )


def record_meeting(
    *,
    meeting: str,
    attendance: Mapping[str, str],
    step: Mapping[str, Any],
    happened_at: datetime,
    **by: Unpack[By],
) -> Done | Refusal:
    """The meeting was had: its step and who came, both in one act.

    `attendance` maps each agency that was asked to `came`, `apologies` or `absent`; `step` holds
    what `acts.record_step` takes.
    """
    came = tuple(e.Attendance(agency=Id(a), part=Code(part)) for a, part in attendance.items())

    def propose(loaded: Loaded) -> Any:
        wanted = loaded.state.between.meeting(meeting)
        if wanted is None or wanted.step != step["step"]:
            return NO_SUCH_MEETING
        if set(attendance) != set(wanted.agencies):
            return Refusal("attendance", "Say of each agency that was asked whether it came.")
        return (step_event(**step), e.MeetingAttended(meeting=Id(meeting), attendance=came))

    return act(propose, happened_at=happened_at, **by)


def call_off(*, meeting: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """The agency that required a meeting no longer does."""
    return _for_itself(e.MeetingCalledOff(meeting=Id(meeting), reason=Words(reason)), by)


def _outside(loaded: Loaded, step: str, agency: str, at: datetime) -> Refusal | None:
    """Why an agency that is no party cannot require a meeting, even through somebody who is, or None."""
    known = {a.id: a for a in agencies_in(loaded.state.partnership, at)}
    if agency not in known:
        return NO_SUCH_AGENCY
    found = loaded.policy.steps.get(step)
    is_open_to_any = found is not None and found.required_by == "statutory"
    return None if is_open_to_any and known[agency].is_statutory else NOT_STATUTORY


# --- more time ------------------------------------------------------------------------------------


def ask_more_time(
    *,
    clock: str,
    opened_by: str,
    about: str | None,
    until_at: datetime,
    reason: str,
    **by: Unpack[By],
) -> Done | Refusal:
    """Ask the other agencies for more time for one duty, until a stated end."""
    asker = by["actor"].agency
    if asker is None:
        return NOT_THEIRS
    event = e.ExtensionProposed(
        by=Id(asker),
        clock=Code(clock),
        opened_by=Id(opened_by),
        about=Id(about) if about else None,
        until_at=until_at,
        reason=Words(reason),
    )
    return act(lambda _: event, **by)


def answer_more_time(
    *, proposed: str, is_agreed: bool, reason: str = "", **by: Unpack[By]
) -> Done | Refusal:
    """Agree, for one's own agency, to more time; or not, and say why."""
    if not is_agreed and not reason:
        return NO_REASON
    event = e.ExtensionAnswered(
        proposed=Id(proposed),
        agency=Id(by["actor"].agency or ""),
        is_agreed=is_agreed,
        reason=Words(reason),
    )
    return _for_itself(event, by)


# --- risk that remains ----------------------------------------------------------------------------


def state_risk(
    *, settled_by: str, is_at_risk: bool, why: str = "", **by: Unpack[By]
) -> Done | Refusal:
    """The person who raised the concern says whether they still believe the child to be at risk."""
    if is_at_risk and not why:
        return NO_REASON
    event = e.RemainingRiskStated(settled_by=Id(settled_by), is_at_risk=is_at_risk, why=Words(why))
    return _for_itself(event, by)


def answer_risk(*, stated: str, said: str, **by: Unpack[By]) -> Done | Refusal:
    """Whoever had to be told that risk remains says what will be done."""
    return _for_itself(e.RemainingRiskAnswered(stated=Id(stated), said=Words(said)), by)


def _for_itself(event: Any, by: By) -> Done | Refusal:
    """Carry out what one agency does for itself; that of another is refused."""

    def propose(loaded: Loaded) -> Any:
        seen = directory_for(loaded.state, by["now"])
        about = target_of(event)
        refusal = not_whose(loaded.policy, loaded.state, seen, type(event), about, by["actor"])
        return refusal or event

    return act(propose, **by)
