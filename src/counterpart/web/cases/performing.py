"""How each form of a case is carried out: which use case is called, with what of the answers.

One small function an act. Whether it may happen is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from counterpart.casework import acts, between, gates, outcomes, panels
from counterpart.casework.actors import Acting
from counterpart.casework.casefile import CaseFile
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal

Answer = Done | Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and is in shape: for which case, by whom, and the use case's `by`."""

    form: Any
    file: CaseFile
    actor: Acting
    by: dict[str, Any]

    @property
    def said(self) -> dict[str, Any]:
        """The cleaned answers."""
        answers: dict[str, Any] = self.form.cleaned_data
        return answers


Perform = Callable[[Sent], Answer]


def step(sent: Sent) -> Answer:
    said = sent.said
    # A step of the receiving side alone is recorded for the agency that acted.
    own = [sent.actor.agency] if sent.actor.agency in sent.file.state.receiving_agencies else []
    step = sent.file.policy.steps[sent.form.target]
    what: dict[str, Any] = {
        "step": sent.form.target,
        "how": said.get("how", ""),
        "result": said.get("result") or "done",
        "agencies": sent.form.took_part if step.settles else [a for a in own if a],
        "present": said["present"],
        "said": said["said"],
        "agreed": said.get("agreed", ""),
        "next_step": said["next_step"],
    }
    by = {"happened_at": said["happened_at"], **sent.by}
    if meeting := sent.form.meeting:
        came = sent.form.attendance
        return between.record_meeting(meeting=meeting.id, attendance=came, step=what, **by)
    return acts.record_step(**what, **by)


def move(sent: Sent) -> Answer:
    seats = [
        e.SeatTaken(body=Id(body), role=Code(role), post=Id(post))
        for name, (body, role) in sent.form.places().items()
        if (post := sent.said[name])
    ]
    return acts.move_on(
        way=sent.form.target,
        seats=seats,
        reason=sent.said["reason"],
        grounds=sent.said.get("grounds", ()),
        **sent.by,
    )


def outcome(sent: Sent) -> Answer:
    said = sent.said
    return outcomes.propose_outcome(
        agreed=said["agreed"],
        actions=sent.form.actions,
        outstanding=sent.form.points_open,
        followed=sent.form.followed_up,
        still_disputed=said["still_disputed"],
        lead=said.get("lead") or None,
        **sent.by,
    )


def answer(sent: Sent) -> Answer:
    said = sent.said
    number, agency = int(said["number"]), sent.actor.agency or ""
    if said["answer"] == "confirm":
        return outcomes.confirm(number=number, agency=agency, comment=sent.form.words, **sent.by)
    return outcomes.dissent(number=number, agency=agency, reason=sent.form.words, **sent.by)


def differ(sent: Sent) -> Answer:
    return outcomes.differ(number=int(sent.said["number"]), reason=sent.said["reason"], **sent.by)


def panel(sent: Sent) -> Answer:
    said = sent.said
    return panels.convene_panel(
        members=sent.form.chosen,
        meets_at=said["meets_at"],
        where=said["where"],
        why_parties_absent=said["why_parties_absent"],
        why_own_agency=said.get("why_own_agency", ""),
        are_clear=sent.form.are_clear,
        **sent.by,
    )


def heard(sent: Sent) -> Answer:
    said = sent.said
    return panels.hear(agency=said["agency"], how=said["how"], said=said["said"], **sent.by)


def decision(sent: Sent) -> Answer:
    said = sent.said
    return panels.decide_panel(
        decision=said["decision"],
        reasons=said["reasons"],
        next_course=said["next_course"],
        met_at=said.get("met_at"),
        why_early=said["why_early"],
        actions=sent.form.actions,
        outstanding=sent.form.points_open,
        followed=sent.form.followed_up,
        lead=said.get("lead") or None,
        **sent.by,
    )


def redirect(sent: Sent) -> Answer:
    said = sent.said
    others = sent.file.state.receiving_agencies
    agency = sent.actor.agency if sent.actor.agency in others else others[0]
    return acts.redirect(
        from_agency=agency or "", to_agency=said["to_agency"], reason=said["reason"], **sent.by
    )


def who(sent: Sent) -> Answer:
    said = sent.said
    return acts.name_seat(
        body=sent.actor.agency or "",
        role=said["role"],
        post=said["post"],
        cause="handed_on",
        reason=said["reason"],
        **sent.by,
    )


def time(sent: Sent) -> Answer:
    """A time that protects the child may be set by those who decide; the policy says whose the others are."""
    said, clock = sent.said, sent.form.target
    protects = sent.file.policy.clocks[clock].limit.protective
    use_case = acts.set_limit if protects else gates.set_time
    return use_case(clock=clock, due_at=said["due_at"], reason=said["reason"], **sent.by)


def agree(sent: Sent) -> Answer:
    return gates.agree_time(clock=sent.form.target, agency=sent.actor.agency or "", **sent.by)


def ask_approval(sent: Sent) -> Answer:
    return gates.ask_approval(way=sent.form.target, reason=sent.said["reason"], **sent.by)


def approval(sent: Sent) -> Answer:
    said = sent.said
    return gates.answer_approval(
        way=sent.form.target, is_given=said["is_given"], reason=said["reason"], **sent.by
    )


def satisfied(sent: Sent) -> Answer:
    said = sent.said
    return gates.say_whether_satisfied(
        step=sent.form.target, is_satisfied=said["is_satisfied"], reason=said["reason"], **sent.by
    )


def way_out(sent: Sent) -> Answer:
    return gates.take_exit(exit=sent.form.target, what=sent.said.get("what", ""), **sent.by)


def band(sent: Sent) -> Answer:
    return gates.set_band(band=sent.said["band"], reason=sent.said["reason"], **sent.by)


def date(sent: Sent) -> Answer:
    said = sent.said
    return gates.give_date(which=sent.form.target, on=said["on"], source=said["source"], **sent.by)
