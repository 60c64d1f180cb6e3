"""Somerset's file says what Somerset's policy says: the rules that are unlike anybody else's."""

from __future__ import annotations

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Affirmed, Policy, Unresolved
from counterpart.worktime import NotStated
from tests.casebook import POLICIES

SEVEN = [
    "eligibility",
    "more-information",
    "invoking-procedures",
    "single-or-joint",
    "conference",
    "sharing-or-services",
    "assessment-and-plan",
]
TABLE = {
    "Social worker": ("one of", ["Team leader"]),
    "Health visitor": (
        "all of",
        ["Locality safeguarding children nurse", "Locality lead for the health visitor's area"],
    ),
    "Midwife": (
        "any of",
        [
            "Supervisor of midwives",
            "Named midwife",
            "Named nurse for safeguarding children, acute trust",
        ],
    ),
    "GP": (
        "any of",
        [
            "Named doctor, clinical commissioning group",
            "Designated nurse for safeguarding children",
            "Designated doctor for safeguarding children",
        ],
    ),
    "Paediatric staff": (
        "any of",
        ["Sister", "Named nurse for safeguarding children, acute trust"],
    ),
    "Hospital doctor": (
        "any of",
        ["Named doctor", "Named nurse for safeguarding children, acute trust"],
    ),
    "Community mental health team": ("one of", ["Named professional, mental health trust"]),
    "Teacher": ("any of", ["The school's designated child protection lead", "Head teacher"]),
    "Head teacher": (
        "one of",
        ["The head teacher, who leads for the school up to the coordinator"],
    ),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy((POLICIES / "somerset" / "policy.yaml").read_bytes())


def test_the_seven_examples_are_grounds_and_the_list_is_open(policy: Policy) -> None:
    assert [ground.id for ground in policy.grounds][:7] == SEVEN
    assert {ground.id for ground in policy.grounds} >= {
        "thresholds",
        "roles",
        "action",
        "communication",
    }
    assert policy.are_grounds_open


def test_the_nine_rows_of_opposite_numbers_are_the_policys(policy: Policy) -> None:
    rows = {
        row.of: (row.choice, [asked.title for asked in row.ask]) for row in policy.opposite_numbers
    }
    assert list(rows) == list(TABLE)
    assert rows == TABLE


def test_each_row_stands_under_a_clause_of_its_own(policy: Policy) -> None:
    clauses = [row.clause for row in policy.opposite_numbers]
    assert len(set(clauses)) == 9
    assert all(clause.startswith("2.3 ") for clause in clauses)


def test_a_head_teacher_may_take_other_advice(policy: Policy) -> None:
    advised = [row.of for row in policy.opposite_numbers if row.advice]
    assert advised == ["Head teacher"]
    step = policy.steps["education-advice"]
    assert str(step.counterpart) == "outside.education-adviser"
    assert step.offered == "always"


def test_no_time_is_invented_anywhere(policy: Policy) -> None:
    timed = [c.id for c in policy.clocks.values() if c.limit.fixed != (NotStated(),)]
    assert timed == []
    assert any(silence.about == "How long anything may take" for silence in policy.silences)


def test_it_goes_up_the_line_to_its_own_stage_with_no_fixed_number(policy: Policy) -> None:
    way = policy.ways_on["further-up"]
    assert (way.from_stage, way.to_stage) == ("line", "line")
    assert way.when == ((Unresolved(),), (Affirmed("someone-above"),))
    assert not any(stage.number for stage in policy.stages.values())


def test_the_first_talk_is_left_out_only_at_immediate_risk(policy: Policy) -> None:
    way = policy.ways_on["straight-to-managers"]
    assert way.after == ()
    assert way.when == ((Affirmed("immediate-risk"),),)
    assert policy.ways_on["to-managers"].after == ("workers-discuss",)


def test_no_urgent_route_is_invented_and_the_silence_is_said(policy: Policy) -> None:
    assert policy.urgent is None
    assert any("immediate risk" in silence.about for silence in policy.silences)


def test_a_third_party_is_offered_and_never_owed(policy: Policy) -> None:
    assert policy.clocks["third-party"].force == "may"
    assert policy.clocks["third-party"].starts == ()
    assert policy.support is not None
    assert policy.support.clause == "2.2"


def test_advice_may_be_asked_for_at_any_stage_by_either_side(policy: Policy) -> None:
    step = policy.steps["advice"]
    assert (step.offered, str(step.by)) == ("always", "each")
    assert set(policy.roles["adviser"].tiers) == {"designated_professional", "named_professional"}


def test_the_representatives_of_every_agency_are_told(policy: Policy) -> None:
    assert [str(seat) for seat in policy.stages["representatives"].tells] == ["each.representative"]


def test_unresolved_or_a_policy_issue_takes_it_to_the_coordinator(policy: Policy) -> None:
    way = policy.ways_on["to-coordinator"]
    assert way.when == ((Unresolved(), Affirmed("policy-issue")),)


def test_the_coordinator_decides_the_course_and_always_reports_it(policy: Policy) -> None:
    course, report = policy.clocks["course"], policy.clocks["report-to-chair"]
    assert policy.steps["course"].kind == "decision"
    assert (str(course.owner), course.force) == ("partnership.coordinator", "must")
    assert (report.starts, report.force) == (("done course",), "must")
    assert str(policy.steps["report-to-chair"].counterpart) == "partnership.chair"


def test_the_coordinator_may_give_it_back(policy: Policy) -> None:
    way = policy.ways_on["back-to-representatives"]
    assert way.to_stage == "representatives"
    assert set(way.after) == {"course", "report-to-chair"}


def test_what_stands_in_the_flowchart_is_not_made_up(policy: Policy) -> None:
    held_elsewhere = [s for s in policy.silences if s.why.startswith("Source not held")]
    assert "What the flowchart shows" in {silence.about for silence in held_elsewhere}


def test_must_and_should_are_the_policys_own_words(policy: Policy) -> None:
    words = {name: policy.clocks[name].force for name in policy.clocks}
    assert words["workers-discuss"] == "should"
    assert words["way-to-managers"] == "should"
    assert words["managers-discuss"] == "must"
    assert words["way-to-representatives"] == "must"
    assert words["way-to-coordinator"] == "should"


def test_afterwards_come_debrief_learning_and_a_review(policy: Policy) -> None:
    steps = {step.id: step for step in policy.offered("afterwards")}
    assert list(steps) == ["debrief", "general-issues", "consider-review"]
    assert policy.clocks["debrief"].force == "may"
    assert str(steps["general-issues"].counterpart) == "each.representative"
    assert policy.clocks["consider-review"].starts == ("closed", "withdrawn")


def test_the_subgroup_learns_from_what_representatives_pass_on(policy: Policy) -> None:
    [learning] = policy.standing
    assert (learning.kind, learning.every) == ("review", "not stated")
    assert len(learning.on) == 1


def test_both_confirm_in_writing(policy: Policy) -> None:
    assert str(policy.closing.confirmed_by) == "each"
    assert policy.closing.clause == "2.6 confirmation"


def test_no_review_date_is_made_of_past_reviews(policy: Policy) -> None:
    assert policy.review is None
    assert policy.in_force_from is None
    assert any("next to be reviewed" in silence.about for silence in policy.silences)


def test_whoever_still_believes_the_child_at_risk_tells_their_manager_and_the_coordinator(
    policy: Policy,
) -> None:
    rule = policy.still_at_risk
    assert rule is not None
    assert [str(seat) for seat in rule.tells] == ["raising.manager", "partnership.coordinator"]
    assert (str(rule.by), rule.clause) == ("raising.manager", "1.6")
    assert rule.answer.limit.fixed == (NotStated(),)
