"""What somebody who came by the link of a message may do in the case: what their duty asks, and little else."""

from __future__ import annotations

from counterpart.access.visitors import Visitor
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.duties import Duty
from counterpart.journal.reading import Whole
from counterpart.web.cases.turns import acts_of

WHILE_OWED = (e.SeatNamed, e.PartyRedirected, e.ImmediateRiskReported)
"""Saying who will deal with it, that it is another agency's, and that a child is at risk now."""
TO_CHOOSE = (e.MovedOn, e.ApprovalAsked, e.ExitTaken, e.OutcomeProposed)
"""What somebody does who has to choose what comes next."""


def duty_by_link(visitor: Visitor, file: CaseFile) -> Duty | None:
    """The duty that the message was about, while it is open and with the post that was written to.

    Where the message was to be read: what that post has to do because of it, the soonest first.
    """
    return next((duty for duty in file.duties if _is_of(visitor, duty)), None)


def _is_of(visitor: Visitor, duty: Duty) -> bool:
    if visitor.duty:
        return duty.id == visitor.duty and (duty.post or visitor.post) == visitor.post
    is_about_it = bool(visitor.about) and visitor.about in (duty.opened_by, duty.entry)
    return is_about_it and duty.post is not None and duty.post == visitor.post


def is_open_by_link(visitor: Visitor, file: CaseFile, event: type, target: str) -> bool:
    """Whether this page of an act is for them now. What they wrote themselves they may always correct."""
    if event is e.EntryCorrected:
        return target in {whole.recorded.id for whole in written_by(visitor, file)}
    duty = duty_by_link(visitor, file)
    if duty is None:
        return False
    if event in WHILE_OWED:
        return True
    if event is e.ExtensionProposed:
        return target == duty.id
    clock = file.policy.clocks.get(duty.clock)
    if clock is not None and clock.act == "choose" and event in TO_CHOOSE:
        return True
    return (event, target) in {(kind, about) for kind, about, _ in acts_of(file, duty)}


def written_by(visitor: Visitor, file: CaseFile) -> list[Whole]:
    """What they wrote in the case, oldest first."""
    return [
        whole
        for whole in file.entries
        if visitor.person_id in (whole.recorded.actor.person, whole.recorded.actor.on_behalf_of)
    ]
