"""What must hold before something may happen to a case, each rule a few lines with a name.

Three tables: `STATE_RULES` and `TIMED_RULES`, which a page asks to show what may be done now and
why not the rest, and `DETAIL_RULES`, about what is written. `deciding` asks them all. The rules
are here and in `gates`, `details` and `times`. So a button and
its check read the same rule. A rule answers None, or a `Refusal` saying what is wrong and what
to do. Whether *this person* may is another question: `access` answers it.
"""

from __future__ import annotations

from counterpart.engine import apart, details, gates, keeping_rules, panels, times
from counterpart.engine import between_rules as b
from counterpart.engine import endings_rules as n
from counterpart.engine import events as e
from counterpart.engine.asking import Asked, DetailRule, Refusal, StateRule, TimedRule
from counterpart.engine.details import actions_are_by_parties, happened_already
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import FINAL, Policy

__all__ = [
    "DETAIL_RULES",
    "STATE_RULES",
    "TIMED_RULES",
    "Asked",
    "Refusal",
    "actions_are_by_parties",
    "happened_already",
]

# --- is the case in a state for this? ---------------------------------------------------------


def is_open(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.is_open:
        return None
    return Refusal("case_ended", "This case has ended. It can be reopened, with a reason.")


def has_ended(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if not state.is_open:
        return None
    return Refusal("case_open", "This case is still open.")


def step_is_in_time(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """Steps are for an open case, except those for afterwards, for one that has ended, and a panel’s report."""
    step = policy.steps.get(target)
    if step is not None and step.offered == "panel":
        return n.panel_has_decided(policy, state, target)
    if step is None or step.offered != "afterwards":
        return is_open(policy, state, target)
    if state.is_open:
        return Refusal("not_ended", "This is for when the case has ended.")
    return None


def step_belongs_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    step = policy.steps.get(target)
    if step is None:
        return Refusal("no_such_step", "The policy has no such step.")
    if step.offered == "urgent" and state.urgent_since is None:
        return Refusal("not_urgent", "This is for when a child is at risk of immediate harm.")
    if step.stage is not None and step.stage != state.stage:
        here, there = policy.stages[state.stage], policy.stages[step.stage]
        return Refusal(
            "another_stage", f"This belongs to “{there.name}”. The case is at “{here.name}”."
        )
    return None


def way_starts_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way = policy.ways_on.get(target)
    if way is None:
        return Refusal("no_such_way", "The policy has no such way on.")
    if not way.leaves(state.stage):
        here = policy.stages[state.stage]
        return Refusal(
            "already_moved",
            f"The case is now at “{here.name}”. Somebody may have moved it on while you were writing.",
        )
    return None


def steps_were_tried(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    way = policy.ways_on.get(target)
    for name in way.after if way else ():
        step = policy.steps[name]
        here = step.settles and step.stage == state.stage
        missing = _agencies_not_tried(state, name) if here else ()
        if name not in state.done or missing:
            return Refusal(
                "not_tried",
                f"First record this step: “{step.what}”. If it could not be done, record that.",
            )
    return None


def limit_can_be_set(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    clock = policy.clocks.get(target)
    if clock is None or not clock.limit.is_for_people:
        return Refusal("fixed_limit", "The policy does not let anyone set this time for one child.")
    if not any(c.clock == target and c.stopped_at is None for c in state.clocks):
        return Refusal("clock_stopped", "This time is not running now.")
    return None


def outcome_can_be_written(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.is_settled or (state.outcome is not None and state.outcome.basis == "agreement"):
        return None
    if state.outcome is None and state.panel is not None and state.panel.decided_at is not None:
        return None
    at_panel = policy.stages[state.stage].panel
    if at_panel and (state.panel is None or state.panel.decided_at is None):
        # Those who agree while a panel is awaited need not wait for it: both confirm in writing.
        return None
    if any(step.settles for step in policy.stages[state.stage].steps):
        return Refusal(
            "not_settled", "First record the discussion or meeting in which both sides agreed."
        )
    if at_panel:
        return Refusal("panel_decides", "The panel has decided. Its decision is the outcome.")
    return Refusal("not_settled", "The two sides have not yet spoken under this policy.")


def outcome_waits(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.outcome is None:
        return Refusal("no_outcome", "There is no written outcome to answer yet.")
    return None


def panel_sits_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    panel = policy.stages[state.stage].panel
    if panel is None:
        return Refusal("no_panel_here", "The policy has no panel at this stage.")
    return None


def panel_not_yet_decided(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """A panel decides once; one that only advises is asked again if its advice is not taken."""
    panel = state.panel
    if panel is None or panel.decided_at is None:
        return None
    answers = state.outcome.answers.values() if state.outcome else ()
    if policy.panels[panel.panel].authority in FINAL or "dissented" not in answers:
        return Refusal("panel_decided", "The panel has already recorded its decision.")
    return None


def panel_is_convened(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.panel is None:
        return Refusal("not_convened", "The panel has not been convened yet.")
    return None


def panel_heard_everyone(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    heard = state.panel.heard if state.panel else frozenset()
    if set(state.parties) - heard:
        return Refusal(
            "not_heard",
            "First record what each agency told the panel, or that it chose not to.",
        )
    return None


def not_urgent_yet(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if policy.urgent is None:
        return Refusal("no_urgent_route", "This policy has no route for immediate risk. Call 999.")
    steps = {step.id for step in policy.urgent.steps}
    if any(c.clock in steps and c.is_running for c in state.clocks):
        return Refusal(
            "already_urgent", "Immediate risk is already on the record, and is being acted on."
        )
    return None


def _agencies_not_tried(state: CaseState, step: str) -> tuple[Id, ...]:
    return tuple(a for a in state.receiving_agencies if (step, a) not in state.results)


STATE_RULES: dict[type, tuple[StateRule, ...]] = {
    e.ImmediateRiskReported: (is_open, not_urgent_yet),
    e.StepRecorded: (step_is_in_time, step_belongs_here),
    e.LimitSet: (is_open, limit_can_be_set),
    e.MovedOn: (
        is_open, way_starts_here, gates.way_is_of_this_track, steps_were_tried,
        gates.way_is_not_barred, gates.approval_was_given,
    ),
    e.ApprovalAsked: (is_open, way_starts_here, steps_were_tried, gates.approval_can_be_asked),
    e.ApprovalAnswered: (is_open, way_starts_here, gates.approval_is_awaited),
    e.AnswerGiven: (is_open, gates.answer_is_awaited),
    e.ExitTaken: (is_open, gates.exit_is_here),
    e.LimitAgreed: (is_open, limit_can_be_set, gates.time_was_offered),
    e.LimitPassed: (is_open,),
    e.BandSet: (is_open, gates.policy_has_band),
    e.OutsideDateGiven: (is_open, gates.policy_has_date),
    e.EditionMoved: (is_open,),
    e.CalendarMoved: (is_open,),
    e.SeatNamed: (is_open,),
    e.PartyRedirected: (is_open, panel_not_yet_decided),
    e.OutcomeProposed: (is_open, outcome_can_be_written),
    e.OutcomeConfirmed: (is_open, outcome_waits),
    e.OutcomeDissented: (is_open, outcome_waits),
    e.ActionDone: (n.action_is_open,),
    e.PanelConvened: (is_open, panel_sits_here, panel_not_yet_decided),
    e.RepresentationHeard: (is_open, panel_sits_here, panel_is_convened, panel_not_yet_decided),
    e.PanelDecided: (
        is_open, panel_sits_here, panel_is_convened, panel_not_yet_decided, panel_heard_everyone,
    ),
    e.InformationAsked: (is_open, b.sides_have_met),
    e.InformationAcknowledged: (is_open, b.question_waits, b.question_is_not_acknowledged),
    e.InformationAnswered: (is_open, b.question_waits),
    e.MeetingRequired: (
        is_open, b.meeting_can_be_required, step_belongs_here, b.sides_have_met,
    ),
    e.MeetingTimesProposed: (b.meeting_is_open,),
    e.MeetingTimesAnswered: (b.meeting_is_open, b.times_were_put_forward),
    e.MeetingArranged: (b.meeting_is_open,),
    e.MeetingAttended: (b.is_recorded_with_its_step,),
    e.MeetingCalledOff: (b.meeting_is_open,),
    e.ExtensionProposed: (
        b.extensions_are_allowed, b.time_may_be_longer, b.sides_could_agree,
    ),
    e.ExtensionAnswered: (b.extension_waits,),
    e.RemainingRiskStated: (b.risk_is_asked,),
    e.RemainingRiskAnswered: (b.risk_waits,),
    e.RecordPlaced: (n.record_is_of_here,),
    e.AdviceRecorded: (is_open,),
    e.PanelMet: (panel_is_convened,),
    e.LearningPointRecorded: (n.there_is_time_to_learn,),
    e.LearningPointDone: (n.point_is_open,),
    e.LearningPointReferred: (n.point_is_here,),
    e.DebriefOffered: (has_ended, n.policy_has_no_debrief),
    e.DebriefAnswered: (n.debrief_waits,),
    e.PolicyGapReported: (),
    e.EntryCorrected: (),
    e.CaseWithdrawn: (is_open,),
    e.CaseReopened: (has_ended,),
    **dict.fromkeys(keeping_rules.DETAIL_RULES, ()),
}  # fmt: skip

TIMED_RULES: dict[type, tuple[TimedRule, ...]] = {
    e.MovedOn: (gates.conditions_can_hold,),
    e.ApprovalAsked: (gates.conditions_can_hold,),
    e.ExtensionProposed: (b.duty_has_a_time,),
}
"""State rules that turn on what time it is."""

DETAIL_RULES: dict[type, tuple[DetailRule, ...]] = {
    e.ImmediateRiskReported: (details.happened_lately,),
    e.StepRecorded: (
        details.happened_lately,
        details.agencies_are_parties,
        details.result_is_known,
        n.consideration_says_why,
        b.meeting_says_who_came,
    ),
    e.LimitSet: (times.time_can_be_set,),
    e.LimitAgreed: (times.agency_has_not_agreed,),
    e.LimitPassed: (times.time_did_pass,),
    e.OutsideDateGiven: (times.date_is_near,),
    e.EditionMoved: (times.edition_is_another,),
    e.CalendarMoved: (times.calendar_is_later,),
    e.ExitTaken: (details.not_before_it_came_here, n.exit_keeps_its_content_out),
    e.ApprovalAsked: (details.not_before_it_came_here,),
    e.ApprovalAnswered: (details.not_before_it_came_here,),
    e.AnswerGiven: (details.not_before_it_came_here, details.answers_what_is_awaited),
    e.BandSet: (details.band_is_the_policys,),
    e.MovedOn: (
        details.not_before_it_came_here,
        details.goes_where_the_way_leads,
        details.conditions_are_affirmed,
        details.jump_says_why,
        details.seats_are_the_policys,
        apart.gives_nothing_to_own_agency,
    ),
    e.SeatNamed: (details.seat_is_the_policys, apart.gives_nothing_to_own_agency),
    e.PartyRedirected: (details.not_before_it_came_here, details.redirect_makes_sense),
    e.OutcomeProposed: (
        details.not_before_it_came_here,
        details.text_is_the_next,
        details.basis_is_so,
        details.actions_are_by_parties,
        details.lead_is_named,
        n.issues_are_followed,
        apart.gives_nothing_to_own_agency,
    ),
    e.OutcomeConfirmed: (
        details.not_before_it_came_here,
        details.agency_is_party,
        details.answers_present_text,
        details.has_not_answered,
    ),
    e.OutcomeDissented: (
        details.not_before_it_came_here,
        details.agency_is_party,
        details.answers_present_text,
        details.has_not_answered,
    ),
    e.ActionDone: (details.happened_lately,),
    e.PanelConvened: (
        details.not_before_it_came_here,
        details.panel_is_the_policys,
        panels.is_well_made,
        details.panel_meets_soon,
        n.papers_are_fixed,
    ),
    e.RepresentationHeard: (details.not_before_it_came_here, details.agency_is_party),
    e.PanelDecided: (
        details.not_before_it_came_here,
        details.panel_is_the_policys,
        details.authority_is_the_policys,
        panels.may_still_sit,
        n.early_decision_says_why,
    ),
    e.RecordPlaced: (details.happened_lately, n.placing_is_whole),
    e.AdviceRecorded: (details.happened_lately, n.adviser_is_named),
    e.PanelMet: (n.meeting_is_of_this_panel, n.members_came),
    e.LearningPointRecorded: (
        details.happened_lately,
        n.point_is_well_made,
        apart.gives_nothing_to_own_agency,
    ),
    e.LearningPointDone: (details.happened_lately,),
    e.LearningPointReferred: (details.happened_lately,),
    e.DebriefOffered: (
        details.happened_lately,
        n.debrief_is_of_here,
        apart.gives_nothing_to_own_agency,
    ),
    e.DebriefAnswered: (details.happened_lately,),
    e.EntryCorrected: (details.entry_is_here,),
    e.InformationAsked: (details.happened_lately, b.asks_another_party, b.wanted_day_is_near),
    e.InformationAcknowledged: (b.not_before_it_was_asked,),
    e.InformationAnswered: (b.not_before_it_was_asked,),
    e.MeetingRequired: (details.happened_lately, b.meeting_is_well_required),
    e.MeetingTimesProposed: (b.not_before_it_was_asked, b.times_are_to_come),
    e.MeetingTimesAnswered: (b.not_before_it_was_asked, b.times_answered_are_those),
    e.MeetingArranged: (b.not_before_it_was_asked, b.meeting_is_to_come),
    e.MeetingCalledOff: (b.not_before_it_was_asked, b.says_why),
    e.ExtensionProposed: (b.says_why, b.more_time_can_be_asked),
    e.ExtensionAnswered: (b.not_before_it_was_asked, b.more_time_can_be_answered),
    e.RemainingRiskStated: (b.not_before_it_was_asked,),
    e.RemainingRiskAnswered: (b.not_before_it_was_asked,),
    e.CaseWithdrawn: (details.not_before_it_came_here,),
    e.CaseReopened: (details.not_before_it_came_here, details.reopens_where_it_ended),
    **keeping_rules.DETAIL_RULES,
}
