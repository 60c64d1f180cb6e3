"""The engine, played at the last lawful moments, owes the same at the same instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from counterpart.engine.kinds import Code
from counterpart.policy.model import Policy
from counterpart.rehearsal.waits import WorstCase
from counterpart.rehearsal.worst_case import worst_case
from tests.casebook import DAYS, Case
from tests.fakes import SOCIAL_CARE
from tests.playing import a_decision, a_panel, a_representation
from tests.unit.policy.checking.little import little

AT_ONCE = timedelta()
RAISED_AT = datetime(2026, 12, 18, 15, tzinfo=UTC)
CAPPED = """
stages: [{id: talk, steps: [{id: speak, limit: not stated}]}]
clocks:
  - id: in-all
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 12 working days
    force: should
    clause: "1"
"""


def worst(policy: Policy) -> tuple[Case, WorstCase]:
    case = Case(policy, at=RAISED_AT, grounds=())
    return case, worst_case(policy, RAISED_AT, DAYS)


def is_owed_as_told(case: Case, found: WorstCase, visit: int) -> None:
    """Every duty open in the engine now is told on the path, due at the same instant."""
    told = {owed.rule: owed.due_at for owed in found.path[visit].owed}
    open_now = {duty.clock: duty.due.at for duty in case.duties()}
    assert open_now
    assert {clock: told[clock] for clock in open_now} == open_now


def at(case: Case, moment: datetime | None) -> None:
    """Let the clock on the wall come to a moment."""
    assert moment is not None
    assert moment >= case.now
    case.now = moment


def test_the_engine_owes_each_duty_at_the_instant_that_is_told() -> None:
    case, found = worst(little())
    for visit, (step, way) in enumerate((("speak", "to-managers"), ("meet", "to-panel"))):
        is_owed_as_told(case, found, visit)
        at(case, case.duty(step).due.at)
        case.records(step, "not_agreed", SOCIAL_CARE, after=AT_ONCE)
        is_owed_as_told(case, found, visit)
        at(case, found.path[visit].left_at)
        case.moves(way, after=AT_ONCE)
    is_owed_as_told(case, found, 2)
    at(case, case.duty("convene-resolution").due.at)
    case.does(a_panel(case, Code("resolution")), after=AT_ONCE)
    assert case.duty("decide-resolution").due.at == found.undecided_until


def test_a_case_that_lasts_that_long_has_nobody_late_on_the_way() -> None:
    case, found = worst(little())
    last = found.undecided_until
    for step, way, visit in (("speak", "to-managers", 0), ("meet", "to-panel", 1)):
        at(case, case.duty(step).due.at)
        case.records(step, "not_agreed", SOCIAL_CARE, after=AT_ONCE)
        nobody_is_late(case)
        at(case, found.path[visit].left_at)
        nobody_is_late(case)
        case.moves(way, after=AT_ONCE)
    at(case, case.duty("convene-resolution").due.at)
    case.does(a_panel(case, Code("resolution")), after=AT_ONCE)
    at(case, last)
    nobody_is_late(case)
    while (said := a_representation(case)) is not None:
        case.does(said, after=AT_ONCE)
    case.does(a_decision(case, Code("resolution")), after=AT_ONCE)
    assert case.state.panel is not None
    assert case.state.panel.decided_at == last


def nobody_is_late(case: Case) -> None:
    assert [d.clock for d in case.duties() if d.due.at is not None and d.due.at < case.now] == []


def test_a_limit_over_two_stages_is_the_engines_too() -> None:
    case, found = worst(little(CAPPED))
    assert case.duty("in-all").due.at == found.path[0].left_at
    is_owed_as_told(case, found, 0)
    assert found.path[0].bound is not None
    assert found.path[0].bound.rule == "in-all"
