"""What a policy offers on a case, by whom, in the order of the policy. Whether it may be done now is `deciding`'s."""

from __future__ import annotations

from counterpart.engine import events as e
from counterpart.engine.offering_between import Offer, offered_between
from counterpart.engine.offering_endings import offered_endings
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat, WayOn

RAISING, RECEIVING, EACH = Seat("raising"), Seat("receiving"), Seat("each")


def offered(policy: Policy, state: CaseState) -> list[Offer]:
    """Everything that the policy knows of for a case where this one is."""
    stage = policy.stages[state.stage]
    return [
        *_steps(policy, state),
        *((e.AnswerGiven, s.id, "Say whether what was agreed settles it", s.satisfies)
          for s in policy.steps.values() if s.satisfies and s.id in state.awaiting),
        (e.OutcomeProposed, "", policy.closing.outcome, EACH),
        (e.OutcomeConfirmed, "", policy.closing.confirm, policy.closing.confirmed_by),
        (e.OutcomeDissented, "", "Say that you see the written outcome differently", EACH),
        *_ways(policy, state),
        *panel_options(policy, stage.panel),
        *_panel_met(policy, state),
        *_times(policy),
        *offered_between(policy, state),
        (e.ImmediateRiskReported, "", "Say that the child is at risk of immediate harm", EACH),
        *((e.ExitTaken, x.id, x.title, EACH) for x in policy.exits.values()),
        (e.PartyRedirected, "", "Say that this is for another agency", RECEIVING),
        (e.SeatNamed, "", "Say who will deal with this", EACH),
        *offered_endings(policy, state),
        *_reports(policy, state),
        *((e.StepRecorded, s.id, s.what, s.by)
          for s in policy.offered("afterwards") if not state.is_open),
        (e.PolicyGapReported, "", "Report a gap in policies or procedures", EACH),
        (e.EntryCorrected, "", "Correct an entry", EACH),
        (e.CaseWithdrawn, "", "Withdraw the concern", RAISING),
        (e.CaseReopened, "", "Reopen the case", EACH),
    ]  # fmt: skip


def panel_options(policy: Policy, panel: str | None) -> list[Offer]:
    """What a panel may be asked to do."""
    if panel is None:
        return []
    p = policy.panels[panel]
    return [
        (e.PanelConvened, panel, f"Convene the {p.title.lower()}", p.convened_by),
        (e.RepresentationHeard, "", "Record what an agency told the panel", p.convened_by),
        (e.PanelMet, "", "Record that the panel met", p.convened_by),
        (e.PanelDecided, panel, "Record the panel’s decision", p.chaired_by or p.convened_by),
    ]


def _panel_met(policy: Policy, state: CaseState) -> list[Offer]:
    """That it met may be written down later, when the case has gone on."""
    if state.panel is None or policy.stages[state.stage].panel is not None:
        return []
    by = policy.panels[state.panel.panel].convened_by
    return [(e.PanelMet, "", "Record that the panel met", by)]


def _steps(policy: Policy, state: CaseState) -> list[Offer]:
    urgent = policy.offered("urgent") if state.urgent_since else ()
    here = policy.stages[state.stage].steps
    return [
        (e.StepRecorded, s.id, s.what, s.by) for s in (*urgent, *here, *policy.offered("always"))
    ]


def _reports(policy: Policy, state: CaseState) -> list[Offer]:
    """The report of a panel, once it has decided: until then it brings nobody into the case."""
    started = {running.clock for running in state.clocks}
    reports = policy.offered("panel")
    return [(e.StepRecorded, s.id, s.what, s.by) for s in reports if s.id in started]


def _ways(policy: Policy, state: CaseState) -> list[Offer]:
    jumps = [way for way in policy.jumps if way.leaves(state.stage)]
    ways = [way for way in policy.stages[state.stage].ways_on if _is_on(way, state)]
    found: list[Offer] = []
    for way in (*ways, *jumps):
        if way.approval:
            found.append((e.ApprovalAsked, way.id, f"Ask for approval: {way.title}", way.by))
            title = f"Approve or refuse: {way.title}"
            found.append((e.ApprovalAnswered, way.id, title, way.approval))
        found.append((e.MovedOn, way.id, way.title, way.by))
    return found


def _is_on(way: WayOn, state: CaseState) -> bool:
    return not way.tracks or state.track in way.tracks


def _times(policy: Policy) -> list[Offer]:
    found: list[Offer] = []
    for clock in policy.clocks.values():
        limit = clock.limit
        if limit.is_agreed:
            found.append((e.LimitSet, clock.id, f"Put forward a time for: {clock.what}", EACH))
            found.append((e.LimitAgreed, clock.id, f"Agree to the time for: {clock.what}", EACH))
        elif limit.set_by is not None:
            found.append((e.LimitSet, clock.id, f"Set the time for: {clock.what}", limit.set_by))
        elif limit.protective:
            title = "Set an earlier time that protects this child"
            found.append((e.LimitSet, clock.id, title, EACH))
    if policy.bands is not None:
        title = f"Say which it is: {policy.bands.title}"
        found.append((e.BandSet, "", title, policy.bands.set_by))
    found += [
        (e.OutsideDateGiven, d.id, f"Give the date of: {d.title}", EACH)
        for d in policy.dates.values()
    ]
    return found
