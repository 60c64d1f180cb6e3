"""How each form between the sides is carried out: which use case is called, with what of the answers.

One small function an act, as in `performing`. Whether it may happen is not asked here.
"""

from __future__ import annotations

from counterpart.casework import between
from counterpart.engine.rules import Refusal
from counterpart.web.cases.performing import Answer, Sent

DONE_MEANWHILE = Refusal("done_meanwhile", "This has been done meanwhile. No time runs for it now.")


def ask(sent: Sent) -> Answer:
    said = sent.said
    return between.ask_information(
        of=sent.form.asked,
        what=said["what"],
        why=said["why"],
        wanted_on=said["wanted_on"],
        **sent.by,
    )


def acknowledge(sent: Sent) -> Answer:
    return between.acknowledge_information(
        asked=sent.form.target, says=sent.said["says"], **sent.by
    )


def answer_question(sent: Sent) -> Answer:
    said = sent.said
    return between.answer_information(
        asked=sent.form.target, is_given=said["is_given"], said=said["said"], **sent.by
    )


def require_meeting(sent: Sent) -> Answer:
    return between.require_meeting(
        step=sent.form.target,
        required_by=sent.said.get("required_by") or sent.actor.agency or "",
        agencies=sent.form.asked,
        reason=sent.said["reason"],
        **sent.by,
    )


def times(sent: Sent) -> Answer:
    return between.propose_times(
        meeting=sent.form.target, times=sent.form.times, where=sent.said["where"], **sent.by
    )


def can_come(sent: Sent) -> Answer:
    return between.answer_times(
        meeting=sent.form.target, times=sent.form.chosen, says=sent.said["says"], **sent.by
    )


def arrange(sent: Sent) -> Answer:
    return between.arrange_meeting(
        meeting=sent.form.target,
        meets_at=sent.form.agreed_at,
        where=sent.said["where"],
        **sent.by,
    )


def call_off(sent: Sent) -> Answer:
    return between.call_off(meeting=sent.form.target, reason=sent.said["reason"], **sent.by)


def more_time(sent: Sent) -> Answer:
    duty = sent.form.duty
    if duty is None:
        return DONE_MEANWHILE
    return between.ask_more_time(
        clock=duty.clock,
        opened_by=duty.opened_by,
        about=duty.about,
        until_at=sent.said["until_at"],
        reason=sent.said["reason"],
        **sent.by,
    )


def answer_more_time(sent: Sent) -> Answer:
    said = sent.said
    return between.answer_more_time(
        proposed=sent.form.target,
        is_agreed=said["is_agreed"],
        reason=said["reason"],
        **sent.by,
    )


def remaining_risk(sent: Sent) -> Answer:
    said = sent.said
    return between.state_risk(
        settled_by=sent.form.target, is_at_risk=said["is_at_risk"], why=said["why"], **sent.by
    )


def answer_risk(sent: Sent) -> Answer:
    return between.answer_risk(stated=sent.form.target, said=sent.said["said"], **sent.by)
