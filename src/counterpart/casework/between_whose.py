"""Whose an act between the sides is: the agency that was asked, that arranges, that required it.

An agency answers for itself; the partnership's office stands here as a body like another. It must
not say whether the act may happen now: the engine does.
"""

from __future__ import annotations

from typing import Any

from counterpart.casework.actors import Acting
from counterpart.casework.seats import not_theirs
from counterpart.engine import events as e
from counterpart.engine.between_duties import RISK_ANSWER, owed_between, raisers_seat
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Id
from counterpart.engine.owners import owner, place
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat

TARGET = {
    e.InformationAcknowledged: "asked",
    e.InformationAnswered: "asked",
    e.MeetingTimesProposed: "meeting",
    e.MeetingTimesAnswered: "meeting",
    e.MeetingArranged: "meeting",
    e.MeetingCalledOff: "meeting",
    e.ExtensionAnswered: "proposed",
    e.RemainingRiskStated: "settled_by",
    e.RemainingRiskAnswered: "stated",
}
"""The events that are about one question, meeting, request or statement, and the field that names it."""

NOT_THEIRS = Refusal("not_theirs", "Each agency does this for itself. Yours was not asked.")
NOT_THE_RAISER = Refusal(
    "not_theirs", "This is asked of the person who raised the concern, and of nobody else."
)


def target_of(event: Any) -> str:
    """What an entry between the sides is about."""
    return str(getattr(event, TARGET[type(event)]))


def not_whose(
    policy: Policy,
    state: CaseState,
    directory: Directory,
    event: type,
    target: str,
    actor: Acting,
) -> Refusal | None:
    """Why this is not for whoever acts to do, or None. What is not in the case is nobody's, and not refused here."""
    if event is e.RemainingRiskStated:
        return None if _is_raisers(policy, state, directory, actor) else NOT_THE_RAISER
    if event is e.RemainingRiskAnswered:
        seat = _answers_risk(policy, state, directory, target)
        return not_theirs(policy, state, directory, seat, actor) if seat else None
    wanted = _bodies(state, event, target)
    body = actor.agency or state.partnership
    return None if not wanted or body in wanted else NOT_THEIRS


def _bodies(state: CaseState, event: type, target: str) -> tuple[Id, ...]:
    """The agencies (or the partnership) of which somebody may do this."""
    between = state.between
    if event in (e.InformationAcknowledged, e.InformationAnswered):
        question = between.question(target)
        return (question.of,) if question else ()
    if event is e.ExtensionAnswered:
        asked = between.extension(target)
        return tuple(a for a in state.parties if a != asked.by) if asked else ()
    meeting = between.meeting(target)
    if meeting is None:
        return ()
    if event is e.MeetingTimesAnswered:
        return tuple(a for a in meeting.agencies if a != meeting.arranger)
    if event is e.MeetingCalledOff and meeting.by in state.parties:
        return (meeting.by,)
    if event is e.MeetingCalledOff:  # whoever may write for an agency outside the case
        return (*state.parties, state.partnership)
    return (meeting.arranger,)


def _is_raisers(policy: Policy, state: CaseState, directory: Directory, actor: Acting) -> bool:
    """Whether whoever acts raised the concern, or holds the post by which it was raised."""
    person, post = actor.on_behalf_of or actor.person, actor.on_behalf_post or actor.post
    if state.raiser is not None and person == state.raiser:
        return True
    raised_by, _ = owner(
        policy, state, directory, *place(policy, state, raisers_seat(policy, state), None)
    )
    return post is not None and post == raised_by


def _answers_risk(
    policy: Policy, state: CaseState, directory: Directory, stated: str
) -> Seat | None:
    """The seat of whoever says what will be done, with the role that it means at this stage."""
    owed = owed_between(policy, state, directory)
    found = next((o for o in owed if (o.clock, o.entry) == (RISK_ANSWER, stated)), None)
    if found is None:
        return None
    return Seat(found.seat.side, place(policy, state, found.seat, found.about)[1] or None)
