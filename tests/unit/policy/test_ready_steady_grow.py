"""The pre-school's file says what its policy says: the odd rules, by name."""

from __future__ import annotations

from functools import cache

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Affirmed, Policy, Unresolved
from counterpart.worktime import AsSoonAsPossible, NotStated, WorkingWeeks
from tests.casebook import POLICIES

FOLDER = POLICIES / "ready-steady-grow"


@cache
def read() -> Policy:
    return load_policy(
        (FOLDER / "policy.yaml").read_bytes(), read=lambda path: (FOLDER / path).read_bytes()
    )


@pytest.fixture
def policy() -> Policy:
    return read()


def test_it_adopts_the_partnerships_text_and_under_that_londons(policy: Policy) -> None:
    assert (policy.id, policy.area) == ("ready-steady-grow", "Bromley")
    assert [layer.id for layer in policy.layers] == ["bromley", "london-procedures"]
    assert policy.published_by == "Ready Steady Grow Pre-School"


def test_it_is_undated_and_says_so(policy: Policy) -> None:
    assert policy.label == "Undated"
    assert policy.in_force_from is None
    assert any("date of the policy" in silence.about for silence in policy.silences)


def test_the_four_stages_and_what_stage_four_is_made_of(policy: Policy) -> None:
    numbered = {s.id: s.number for s in policy.stages.values() if s.number}
    assert numbered == {
        "professionals": "1",
        "leads": "2",
        "seniors": "3",
        "partnership": "4",
        "panel": "4",
        "liaison": "4",
    }


def test_the_stage_of_its_own_takes_the_place_of_the_way_it_leaves_out(policy: Policy) -> None:
    assert [left.rule for left in policy.leaves_out] == ["ways_on to-management"]
    assert [way.to_stage for way in policy.stages["professionals"].ways_on] == ["leads"]
    assert [way.to_stage for way in policy.stages["leads"].ways_on] == ["seniors"]


def test_the_first_discussion_says_what_must_be_explained(policy: Policy) -> None:
    said = policy.steps["professionals-discuss"].purpose
    for part in ("what the concern is", "why you believe", "what outcome you seek"):
        assert part in said


def test_no_time_is_invented(policy: Policy) -> None:
    """The policy gives two: as soon as possible, and one working week, never more than that."""
    given = {limit for clock in policy.clocks.values() for limit in clock.limit.fixed}
    assert {limit for limit in given if not isinstance(limit, NotStated)} == {
        AsSoonAsPossible(),
        WorkingWeeks(1),
    }


def test_a_week_at_each_of_the_first_three_stages_or_what_protects_the_child(
    policy: Policy,
) -> None:
    weeks = {c.id: c.over for c in policy.clocks.values() if WorkingWeeks(1) in c.limit.fixed}
    assert weeks == {
        "week-between-professionals": ("professionals",),
        "week-between-managers": ("leads", "external-managers"),
        "week-between-seniors": ("seniors",),
    }
    assert {c.id for c in policy.clocks.values() if c.limit.protective} == set(weeks)


def test_it_goes_to_the_partnership_if_unresolved_or_if_serious_risk_continues(
    policy: Policy,
) -> None:
    way = policy.ways_on["to-partnership"]
    assert way.when == ((Unresolved(), Affirmed("serious-risk")),)
    assert str(way.by) == "raising.safeguarding-lead"


def test_the_partnership_chooses_a_panel_or_liaison_and_may_go_over_to_the_other(
    policy: Policy,
) -> None:
    ways = {
        (way.from_stage, way.to_stage): str(way.by)
        for stage in ("partnership", "panel", "liaison")
        for way in policy.stages[stage].ways_on
    }
    assert ways == dict.fromkeys(
        [("partnership", "panel"), ("partnership", "liaison"), ("panel", "liaison"), ("liaison", "panel")],
        "partnership.business-manager",
    )  # fmt: skip
    assert policy.clocks["partnership-chooses"].over == ("partnership",)


def test_the_panel_has_three_agencies_and_recommends(policy: Policy) -> None:
    panel = policy.panels["resolution-panel"]
    assert panel.authority == "recommendation"
    assert panel.composition.at_least_agencies == 3
    assert panel.composition.parties == "not stated"
    assert not panel.composition.is_chair_independent
    assert panel.report is not None
    assert str(panel.report.to) == "each"


def test_whoever_is_not_safe_in_their_own_agency_goes_around_its_managers(policy: Policy) -> None:
    jumps = {jump.id: jump for jump in policy.jumps}
    assert {jump.to_stage for jump in jumps.values()} == {"external-managers", "asked-partnership"}
    for jump in jumps.values():
        assert jump.when == ((Affirmed("not-safe-here"),),)
        assert str(jump.by) == "raising.worker"
        assert policy.stages[jump.to_stage].speaks["raising"] == "worker"


def test_an_action_plan_has_a_lead_manager(policy: Policy) -> None:
    lead = policy.closing.lead
    assert lead is not None
    assert (lead.title, str(lead.of)) == ("Lead manager", "each.senior")


def test_every_record_but_what_is_passed_on_goes_onto_the_childs_file(policy: Policy) -> None:
    kept = {record.clause: record.kept_on for record in policy.records}
    assert [kept.pop(only_written) for only_written in ("records", "stage 3 told")] == [(), ()]
    assert kept["records file"] == ("child",)
    assert set(kept.values()) == {("child",)}
    told = {r.clause: [str(s) for s in r.shared_with] for r in policy.records if r.shared_with}
    assert told == {"stage 2 record": ["raiser"], "stage 3 told": ["raiser", "each"]}


def test_the_learning_begins_when_a_case_is_closed(policy: Policy) -> None:
    for step in ("look-back", "pass-on-learning", "consider-changes"):
        assert policy.clocks[step].is_afterwards
        assert policy.clocks[step].starts == ("closed",)
    assert policy.clocks["consider-learning-review"].starts == (
        "opened partnership",
        "opened asked-partnership",
    )


def test_whistleblowing_and_the_lado_leave_the_case_open(policy: Policy) -> None:
    assert {way_out.kind: way_out.ends for way_out in policy.exits.values()} == {
        "whistleblowing": False,
        "allegation": False,
    }


def test_the_yearly_review_its_triggers_the_audit_and_the_training(policy: Policy) -> None:
    assert policy.review is not None
    assert (policy.review.due, policy.review.every) == (None, "year")
    assert len(policy.review.or_when) == 3
    standing = {duty.id: (duty.every, duty.kind) for duty in policy.standing}
    assert standing == {
        "oversight": ("not stated", "review"),
        "audit": ("now and then", "audit"),
        "training": ("not stated", "training"),
        "policy-review": ("year", "review"),
    }


def test_the_six_grounds_in_the_policys_order_and_others_may_be_raised(policy: Policy) -> None:
    assert policy.are_grounds_open
    assert [ground.id for ground in policy.grounds] == [
        "thresholds",
        "roles",
        "action",
        "plans",
        "communication",
        "information",
    ]


def test_every_reading_is_used_by_a_rule(policy: Policy) -> None:
    written = "".join(
        (POLICIES / area / "policy.yaml").read_text(encoding="utf-8")
        for area in ("london", "bromley", "ready-steady-grow")
    )
    for reading in policy.readings:
        uses = [line for line in written.splitlines() if "read" in line and reading in line]
        assert uses, reading
