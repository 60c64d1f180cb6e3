"""What sensible people do next on a case: further up, or to an end, under any policy."""

from __future__ import annotations

from typing import Any

from counterpart.engine import events as e
from counterpart.engine.agreeing import is_agreed, still_to_do
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.panels import panel_reasons
from counterpart.policy.model import FINAL, Affirmed, Step
from tests.casebook import Case, members


def a_sensible_text(case: Case) -> e.OutcomeProposed:
    """The text of what was agreed, or of what a panel decided."""
    panel = case.state.panel
    lead = Id(f"{case.state.raising.agency}-line_manager") if case.policy.closing.lead else None
    if panel is None or panel.decided_at is None:
        return case.outcome(lead=lead)
    stands = case.policy.panels[panel.panel].authority in FINAL
    return case.outcome(basis="decision" if stands else "agreement", lead=lead)


def a_move(case: Case, way: str) -> Any:
    """What takes a case along a way on: the approval it needs first, else the move with all that it asks."""
    written = case.policy.ways_on[way]
    if written.approval and case.option(e.ApprovalAnswered, way).is_allowed:
        return e.ApprovalAnswered(way=Code(way), is_given=True)
    if written.approval and case.option(e.ApprovalAsked, way).is_allowed:
        return e.ApprovalAsked(way=Code(way), reason=Words("R."))
    named = [c.condition for group in written.when for c in group if isinstance(c, Affirmed)]
    grounds = tuple(map(Code, dict.fromkeys(named)))
    return case.move(way, grounds=grounds, reason=Words("R."))


def an_answer(case: Case, *, is_satisfied: bool) -> e.AnswerGiven | None:
    """Whoever must be satisfied says whether they are."""
    for step in sorted(case.state.awaiting):
        return e.AnswerGiven(step=Code(step), is_satisfied=is_satisfied, reason=Words("R."))
    return None


def can_go(case: Case, way: str) -> bool:
    """Whether the next act along a way on may be done: the move, or the approval it waits for."""
    if case.policy.ways_on[way].tracks and case.state.track not in case.policy.ways_on[way].tracks:
        return False
    kinds = (e.MovedOn, e.ApprovalAsked, e.ApprovalAnswered)
    return any(o.target == way and o.event in kinds and o.is_allowed for o in case.every_option())


def a_step_done(case: Case, step: Step, result: str) -> e.StepRecorded:
    """A step is recorded; with what came of it, where it can settle the matter."""
    agencies = case.state.receiving_agencies if step.settles else ()
    usual = "not_needed" if step.kind == "consideration" else "done"
    came = result if step.settles else usual
    return e.StepRecorded(
        step=Code(step.id),
        how=Code("video"),
        result=Code(came),
        agencies=agencies,
        said=Words("S."),
    )


def a_confirmation(case: Case) -> e.OutcomeConfirmed | None:
    left = not_answered(case)
    return case.confirmation(left[0]) if left else None


def a_dissent(case: Case) -> e.OutcomeDissented | None:
    left = not_answered(case)
    return e.OutcomeDissented(number=case.state.texts, agency=left[0]) if left else None


def not_answered(case: Case) -> list[Id]:
    answered = case.state.outcome.answers if case.state.outcome else {}
    return [a for a in case.state.parties if a not in answered]


def a_representation(case: Case) -> e.RepresentationHeard | None:
    heard = case.state.panel.heard if case.state.panel else frozenset()
    left = [a for a in case.state.parties if a not in heard]
    return e.RepresentationHeard(agency=left[0], how=Code("in_person")) if left else None


def a_decision(case: Case, panel: Code) -> e.PanelDecided:
    authority = Code(case.policy.panels[panel].authority)
    return e.PanelDecided(panel=panel, authority=authority, why_early=Words("W."))


def a_panel(case: Case, panel: Code) -> e.PanelConvened:
    excluded = case.policy.panels[panel].composition.parties == "excluded"
    parties = () if excluded else case.state.parties
    outside = [Id(f"outside-{i}") for i in range(3)]
    seats = [(outside[0], "chair"), *((a, "member") for a in (*parties, *outside[1:]))]
    return e.PanelConvened(panel=panel, members=members(*seats), meets_at=case.now)


def may_sit(case: Case) -> bool:
    """Whether the panel as it was convened may still decide."""
    panel = case.state.panel
    if panel is None:
        return False
    weighed = panel_reasons(
        case.policy, case.state, panel.panel, panel.members, why_parties_absent="R."
    )
    return weighed.first is None


def finish(case: Case) -> None:
    """Two sides that agree, or a panel, bring any open case to an end."""
    for _ in range(60):
        state = case.state
        if not state.is_open:
            return
        case.does(next_act(case))
    raise AssertionError("no end in sight")


def act_upwards(case: Case) -> Any:
    """What takes a case one act further up, where nobody ever agrees."""
    state = case.state
    stage = case.policy.stages[state.stage]
    if not state.is_open:
        return e.CaseReopened(stage=state.stage)
    if answer := an_answer(case, is_satisfied=False):
        return answer
    if stage.panel and state.panel is None:
        return a_panel(case, Code(stage.panel))
    if stage.panel and (state.panel is None or state.panel.decided_at is None):
        return a_representation(case) or a_decision(case, Code(stage.panel))
    for way in stage.ways_on:
        if can_go(case, way.id):
            return a_move(case, way.id)
    if state.outcome is None and stage.panel:
        return a_sensible_text(case)
    if state.outcome is not None:
        return a_dissent(case) or e.PolicyGapReported()
    steps = [*stage.steps, *(s for s in case.policy.offered("always") if s.settles)]
    untried = [s for s in steps if s.id not in state.done] or steps
    return a_step_done(case, untried[0], "not_agreed") if untried else e.PolicyGapReported()


def next_act(case: Case) -> Any:
    """What two sides that want an end, or a panel, would do now."""
    state = case.state
    stage = case.policy.stages[state.stage]
    if is_agreed(case.policy, state) and (left := sorted(still_to_do(state))):
        return e.ActionDone(action=left[0])
    if state.outcome and (
        state.outcome.basis == "decision" or "dissented" not in state.outcome.answers.values()
    ):
        return a_confirmation(case)
    if answer := an_answer(case, is_satisfied=True):
        return answer
    if case.option(e.OutcomeProposed).is_allowed:
        return a_sensible_text(case)
    steps = [*stage.steps, *case.policy.offered("always")]
    if settling := [s for s in steps if s.settles]:
        return a_step_done(case, settling[0], "agreed")
    if stage.panel and (state.panel is None or not may_sit(case)):
        return a_panel(case, Code(stage.panel))
    if stage.panel:
        return a_representation(case) or a_decision(case, Code(stage.panel))
    for step in stage.steps:
        if step.id not in state.done:
            return a_step_done(case, step, "done")
    ways = [way.id for way in stage.ways_on if can_go(case, way.id)]
    return a_move(case, (ways or [stage.ways_on[0].id])[0])
