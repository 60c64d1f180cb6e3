"""Conditions, approval, jumps, tracks and gates: each kind on a small policy that has it."""

from __future__ import annotations

from datetime import timedelta

from counterpart.engine import events as e
from counterpart.engine.deciding import Option, options, raise_problem, tracks_for
from counterpart.engine.kinds import Code, Id, Words
from counterpart.worktime import parse_instant
from tests.casebook import DAYS, Case, a_concern
from tests.fakes import SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_stage, a_step, a_way, stages

DAY = timedelta(days=1)
RISK = [{"id": "risk", "title": "The child is still at risk", **ALL}]


def tried(**keys: object) -> Case:
    return Case(a_policy(**keys), grounds=()).records("talk", "not_agreed", SOCIAL_CARE)


# --- conditions --------------------------------------------------------------------------------


def test_both_unresolved_and_at_risk_takes_somebody_saying_that_it_is_so() -> None:
    way = a_way("up", "two", when=["unresolved", "risk"])
    case = tried(conditions=RISK, stages=stages(way))
    assert case.is_refused(case.move("up")) == "not_affirmed"
    assert case.is_refused(case.move("up", grounds=(Code("else"),))) == "no_such_condition"
    case.does(case.move("up", grounds=(Code("risk"),)))
    assert case.state.stage == "two"


def test_unresolved_or_at_risk_is_open_even_where_the_sides_agree() -> None:
    way = a_way("up", "two", when=[{"any": ["unresolved", "risk"]}])
    policy = a_policy(conditions=RISK, stages=stages(way))
    agreed = Case(policy, grounds=()).records("talk", "agreed", SOCIAL_CARE)
    assert agreed.is_refused(agreed.move("up")) == "not_affirmed"
    agreed.does(agreed.move("up", grounds=(Code("risk"),)))
    assert agreed.state.stage == "two"
    differing = Case(policy, grounds=()).records("talk", "not_agreed", SOCIAL_CARE)
    differing.does(differing.move("up"))
    assert differing.state.stage == "two"


def test_unresolved_or_at_risk_is_owed_once_the_stage_was_tried() -> None:
    way = a_way("up", "two", when=[{"any": ["unresolved", "risk"]}])
    case = tried(conditions=RISK, stages=stages(way))
    assert case.owed() == ["way-up"]


def test_unresolved_for_ten_working_days_is_refused_on_the_ninth_and_open_after_the_tenth() -> None:
    way = a_way("up", "two", when=["unresolved", {"passed": "10 working days", "since": "raised"}])
    case = tried(stages=stages(way))
    case.now = parse_instant("2026-11-16T22:00")
    assert case.is_refused(case.move("up")) == "too_soon"
    assert not case.option(e.MovedOn, "up").is_allowed
    case.now = parse_instant("2026-11-17T00:00")
    assert case.option(e.MovedOn, "up").is_allowed
    case.moves("up")


def test_what_turns_on_time_that_must_pass_is_offered_and_owed_by_nobody_yet() -> None:
    way = a_way("up", "two", when=[{"passed": "10 working days", "since": "raised"}])
    assert Case(a_policy(stages=stages(way)), grounds=()).owed() == ["talk"]


# --- approval ----------------------------------------------------------------------------------

APPROVED = a_way("up", "two", approval="raising.senior")
ROUND = a_way("round", "two", when=["refused up"], by="raising")


def test_a_gate_is_asked_for_and_answered_before_the_case_moves() -> None:
    case = tried(stages=stages(ways_on=[APPROVED]))
    assert case.is_refused(case.move("up")) == "needs_approval"
    case.does(e.ApprovalAsked(way=Code("up")))
    assert "approve-up" in case.owed()
    assert case.duty("approve-up").role == "senior"
    assert case.is_refused(e.ApprovalAsked(way=Code("up"))) == "approval_awaited"
    assert case.is_refused(case.move("up")) == "approval_awaited"
    case.does(e.ApprovalAnswered(way=Code("up"), is_given=True))
    assert "approve-up" not in case.owed()
    case.moves("up")
    assert case.is_refused(e.ApprovalAnswered(way=Code("up"), is_given=True)) == "already_moved"


def test_a_refusal_is_kept_and_there_is_a_way_round_it() -> None:
    case = tried(stages=stages(ways_on=[APPROVED, ROUND]))
    assert case.is_refused(case.move("round")) == "not_refused"
    case.does(e.ApprovalAsked(way=Code("up")))
    case.does(e.ApprovalAnswered(way=Code("up"), is_given=False))
    assert case.is_refused(case.move("up")) == "approval_refused"
    assert "way-round" in case.owed()
    case.moves("round")
    assert case.state.stage == "two"


def test_who_asks_again_after_a_refusal_is_heard_again() -> None:
    case = tried(stages=stages(ways_on=[APPROVED]))
    for given in (False, True):
        case.does(e.ApprovalAsked(way=Code("up")))
        case.does(e.ApprovalAnswered(way=Code("up"), is_given=given))
    case.moves("up")


# --- jumps -------------------------------------------------------------------------------------

LADDER = [
    a_stage("one", steps=[a_step("talk")], ways_on=[a_way("up", "two")]),
    a_stage("two", role="manager", steps=[a_step("talk-two")], ways_on=[a_way("on", "three")]),
    a_stage("three", role="senior", steps=[a_step("talk-three")]),
]
JUMP = {
    "id": "straight-up",
    "to": ["three"],
    "title": "Go straight to the top",
    "by": "partnership.chair",
    **ALL,
}


def test_a_jump_leaves_stages_out_by_recorded_authority_and_says_why() -> None:
    case = Case(a_policy(stages=LADDER, jumps=[JUMP]), grounds=())
    assert str(case.option(e.MovedOn, "straight-up").by) == "partnership.chair"
    assert case.is_refused(case.move("straight-up")) == "no_reason"
    case.does(case.move("straight-up", reason=Words("The child leaves hospital tonight.")))
    assert case.state.stage == "three"
    assert case.policy.tracks["main"].between("one", "three") == ("two",)


def test_a_jump_may_lead_to_any_of_several_stages_and_only_from_some() -> None:
    jump = JUMP | {"to": ["two", "three"], "from": ["one"]}
    case = Case(a_policy(stages=LADDER, jumps=[jump]), grounds=())
    case.does(case.move("straight-up-two", reason=Words("At once.")))
    moved = e.MovedOn(
        way=Code("straight-up-three"),
        from_stage=Code("two"),
        to_stage=Code("three"),
        reason=Words("Again."),
    )
    assert case.is_refused(moved) == "already_moved"


def test_a_jump_is_never_owed() -> None:
    assert Case(a_policy(stages=LADDER, jumps=[JUMP]), grounds=()).owed() == ["talk"]


# --- tracks ------------------------------------------------------------------------------------

TRACKS = [
    {
        "id": "plans",
        "title": "About a plan",
        "grounds": ["plan"],
        "stages": ["one", "three"],
        **ALL,
    },
    {"id": "rest", "title": "Anything else", "stages": ["two", "three"], **ALL},
]


def test_tracks_begin_apart_and_share_a_tail() -> None:
    ways = [
        a_way("up", "two", tracks=["rest"]),
        a_way("over", "three", tracks=["plans"]),
    ]
    ladder = [LADDER[0] | {"ways_on": ways}, *LADDER[1:]]
    policy = a_policy(stages=ladder, tracks=TRACKS)
    plan = Case(policy, grounds=("plan",), track="plans").records("talk", "not_held", SOCIAL_CARE)
    assert plan.is_refused(plan.move("up")) == "another_track"
    assert [o.target for o in _moves(plan)] == ["over"]
    plan.moves("over")
    other = Case(policy, grounds=("other",), track="rest")
    other.records("talk-two", "not_agreed", SOCIAL_CARE).moves("on")
    assert plan.state.stage == other.state.stage == "three"


def test_a_track_is_chosen_by_what_the_disagreement_is_about() -> None:
    policy = a_policy(stages=LADDER, tracks=TRACKS)
    assert [t.id for t in tracks_for(policy, ["plan"], [])] == ["plans", "rest"]
    assert [t.id for t in tracks_for(policy, ["other"], [])] == ["rest"]
    refusal = raise_problem(policy, a_concern(policy, grounds=("other",), track="plans"))
    assert refusal is not None
    assert refusal.code == "another_track"


def test_a_track_is_chosen_by_which_kind_of_agency_is_challenged() -> None:
    tracks = [TRACKS[1], {"id": "police", "challenged": ["police"], "stages": ["one"], **ALL}]
    policy = a_policy(stages=LADDER, tracks=tracks)
    assert [t.id for t in tracks_for(policy, [], ["police"])] == ["police", "rest"]
    assert [t.id for t in tracks_for(policy, [], ["health"])] == ["rest"]


# --- who must be satisfied ---------------------------------------------------------------------


def test_what_was_agreed_waits_for_the_one_who_must_be_satisfied() -> None:
    talk = a_step("talk", satisfies="raising.worker", by="raising.manager")
    case = Case(a_policy(stages=stages(steps=[talk])), grounds=())
    assert case.is_refused(e.AnswerGiven(step=Code("talk"), is_satisfied=True)) == "not_awaited"
    case.records("talk", "agreed", SOCIAL_CARE)
    assert case.owed() == ["satisfied-talk"]
    case.does(e.AnswerGiven(step=Code("talk"), is_satisfied=True))
    assert case.state.is_settled
    assert case.owed() == ["write-outcome"]


def test_one_who_is_not_satisfied_keeps_the_matter_open() -> None:
    talk = a_step("talk", satisfies="raising.worker")
    case = Case(a_policy(stages=stages(steps=[talk])), grounds=())
    case.records("talk", "agreed", SOCIAL_CARE)
    case.does(e.AnswerGiven(step=Code("talk"), is_satisfied=False))
    assert case.owed() == ["way-up"]
    case.moves("up")


# --- branches ----------------------------------------------------------------------------------


def test_what_came_of_one_step_decides_which_follows() -> None:
    steps = [
        a_step("talk"),
        a_step(
            "letter", kind="letter", settles=False, starts=["agreed talk"], limit="2 calendar days"
        ),
        a_step("meeting", kind="meeting", starts=["not agreed talk"], limit="5 working days"),
    ]
    policy = a_policy(stages=stages(steps=steps, ways_on=[]))
    agreed = Case(policy, grounds=()).records("talk", "agreed", SOCIAL_CARE)
    assert "letter" in agreed.owed()
    assert "meeting" not in agreed.owed()
    differing = Case(policy, grounds=()).records("talk", "not_agreed", SOCIAL_CARE)
    assert "meeting" in differing.owed()
    assert "letter" not in differing.owed()


def _moves(case: Case) -> list[Option]:
    every = options(case.policy, case.state, now=case.now, calendar=DAYS)
    return [o for o in every if o.event is e.MovedOn]


def test_the_receiving_side_of_a_jump_is_told_nothing_before_the_sides_meet() -> None:
    inside = [LADDER[0] | {"inside": "raising"}, *LADDER[1:]]
    case = Case(a_policy(stages=inside, jumps=[JUMP]), grounds=())
    told = case.notices_of(case.move("straight-up", reason=Words("At once.")))
    assert Id(SOCIAL_CARE) in {d.about for d in case.duties()}
    assert told


def test_an_answer_to_nothing_in_particular_settles_nothing() -> None:
    talk = a_step("talk", satisfies="raising.worker")
    case = Case(a_policy(stages=stages(steps=[talk])), grounds=())
    case.records("talk", "agreed", SOCIAL_CARE)
    assert case.is_refused(e.AnswerGiven(step=Code(""), is_satisfied=True)) == "not_awaited"
