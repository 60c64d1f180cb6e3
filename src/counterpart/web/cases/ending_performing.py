"""How each form about the end of a case is carried out: which use case is called, with what of the answers.

One small function an act, as in `performing`. Whether it may happen is not asked here.
"""

from __future__ import annotations

from counterpart.casework import acts, learning, panels, recording
from counterpart.web.cases.performing import Answer, Sent


def placed(sent: Sent) -> Answer:
    said = sent.said
    return recording.place_record(
        stage=sent.form.target,
        on=said["on"],
        placed_on=said["placed_on"],
        where=said["where"],
        note=said["note"],
        **sent.by,
    )


def advice(sent: Sent) -> Answer:
    said = sent.said
    return recording.record_advice(
        said=said["said"], asked=said["asked"], **sent.form.whose, **sent.by
    )


def supporter(sent: Sent) -> Answer:
    said = sent.said
    own = sent.actor.agency or sent.file.state.raising.agency
    return acts.name_seat(
        body=own,
        role=acts.SUPPORTER,
        post=said["supporter"].partition(":")[2],
        reason=said["reason"],
        **sent.by,
    )


def met(sent: Sent) -> Answer:
    said = sent.said
    return panels.record_panel_meeting(
        came=said["came"],
        evidence=said["evidence"],
        record=said["record"],
        happened_at=said["happened_at"],
        **sent.by,
    )


def point(sent: Sent) -> Answer:
    said = sent.said
    return learning.record_point(
        due_on=said["due_on"], says=said["says"], **sent.form.whose, **sent.by
    )


def point_done(sent: Sent) -> Answer:
    return learning.finish_point(point=sent.form.target, what=sent.said["what"], **sent.by)


def point_referred(sent: Sent) -> Answer:
    return learning.refer_point(point=sent.form.target, to=sent.said["to"], **sent.by)


def debrief(sent: Sent) -> Answer:
    return learning.offer_debrief(how=sent.said["how"], **sent.form.whom, **sent.by)


def debriefed(sent: Sent) -> Answer:
    said = sent.said
    return learning.answer_debrief(
        debrief=sent.form.target, held=said["held"], note=said["note"], **sent.by
    )
