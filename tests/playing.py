"""What sensible people do next on a case: further up, or to an end, under any policy."""

from __future__ import annotations

from typing import Any

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import FINAL
from tests.casebook import Case, members


def a_sensible_text(case: Case) -> e.OutcomeProposed:
    """The text of what was agreed, or of what a panel decided."""
    panel = case.state.panel
    if panel is None or panel.decided_at is None:
        return case.outcome()
    stands = case.policy.panels[panel.panel].authority in FINAL
    return case.outcome(basis="decision" if stands else "agreement")


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
    return e.PanelDecided(panel=panel, authority=Code(case.policy.panels[panel].authority))


def a_panel(case: Case, panel: Code) -> e.PanelConvened:
    excluded = case.policy.panels[panel].composition.parties == "excluded"
    parties = () if excluded else case.state.parties
    outside = [Id(f"outside-{i}") for i in range(3)]
    seats = [(outside[0], "chair"), *((a, "member") for a in (*parties, *outside[1:]))]
    return e.PanelConvened(panel=panel, members=members(*seats), meets_at=case.now)


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
    if stage.panel and state.panel is None:
        return a_panel(case, Code(stage.panel))
    if stage.panel and (state.panel is None or state.panel.decided_at is None):
        return a_representation(case) or a_decision(case, Code(stage.panel))
    for way in stage.ways_on:
        if case.option(e.MovedOn, way.id).is_allowed:
            return case.move(way.id)
    if state.outcome is None and stage.panel:
        return a_sensible_text(case)
    if state.outcome is not None:
        return a_dissent(case) or e.PolicyGapReported()
    untried = [s for s in stage.steps if s.id not in state.done] or list(stage.steps)
    result = "not_agreed" if untried[0].settles else "done"
    agencies = state.receiving_agencies if untried[0].settles else ()
    return e.StepRecorded(
        step=Code(untried[0].id), how=Code("video"), result=Code(result), agencies=agencies
    )


def next_act(case: Case) -> Any:
    """What two sides that want an end, or a panel, would do now."""
    state = case.state
    stage = case.policy.stages[state.stage]
    if state.outcome and (
        state.outcome.basis == "decision" or "dissented" not in state.outcome.answers.values()
    ):
        return a_confirmation(case)
    if case.option(e.OutcomeProposed).is_allowed:
        return a_sensible_text(case)
    if settling := [s for s in stage.steps if s.settles]:
        step, agencies = Code(settling[0].id), state.receiving_agencies
        return e.StepRecorded(
            step=step, how=Code("video"), result=Code("agreed"), agencies=agencies
        )
    if stage.panel and state.panel is None:
        return a_panel(case, Code(stage.panel))
    if stage.panel:
        return a_representation(case) or a_decision(case, Code(stage.panel))
    for step_ in stage.steps:
        if step_.id not in state.done:
            return e.StepRecorded(step=Code(step_.id), how=Code("video"), result=Code("done"))
    return case.move(stage.ways_on[0].id)
