"""What stands beside the stages: steps before, at any stage and afterwards, exits, and who is told."""

from __future__ import annotations

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import Policy
from counterpart.worktime import parse_instant
from tests.casebook import Case
from tests.fakes import SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_step, a_way, stages

# --- steps before and beside -----------------------------------------------------------------------


def test_steps_are_recorded_before_the_policy_counts_as_invoked() -> None:
    policy = a_policy(invoked={"at": "opened two", **ALL})
    case = Case(policy, grounds=()).records("talk", "not_agreed", SOCIAL_CARE)
    assert "opened two" not in case.state.said
    case.moves("up")
    assert case.state.said["opened two"] == case.now


MEETING = {
    "steps": [a_step("meeting", kind="meeting", by="each", force="may", limit="not stated")],
    **ALL,
}


@pytest.mark.parametrize("far", [0, 1])
def test_a_meeting_may_be_required_at_any_stage_and_settle_it_there(far: int) -> None:
    case = Case(a_policy(any_stage=MEETING), grounds=())
    for _ in range(far):
        case.records("talk", "not_agreed", SOCIAL_CARE).moves("up")
    case.records("meeting", "agreed", SOCIAL_CARE)
    assert case.state.is_settled
    assert case.owed() == ["write-outcome"]


def test_a_referral_outside_goes_on_beside_the_case() -> None:
    referral = a_step(
        "refer",
        kind="referral",
        settles=False,
        force="may",
        limit="not stated",
        **{"with": "outside.inspectorate"},
    )
    outsiders = [{"id": "inspectorate", "title": "The inspectorate", **ALL}]
    policy = a_policy(any_stage={"steps": [referral], **ALL}, outsiders=outsiders)
    case = Case(policy, grounds=()).records("refer")
    assert case.state.is_open
    assert case.owed() == ["talk"]


AFTER = {
    "steps": [
        a_step("debrief", kind="review", settles=False, force="may", limit="not stated"),
        a_step(
            "learning",
            kind="notice",
            settles=False,
            starts=["closed", "withdrawn"],
            limit="10 working days",
            **{"with": "partnership.coordinator"},
        ),
    ],
    **ALL,
}


def ended(policy: Policy) -> Case:
    case = Case(policy, grounds=()).records("talk", "agreed", SOCIAL_CARE).proposes()
    return case.confirms(SCHOOL).confirms(SOCIAL_CARE)


def test_what_is_done_afterwards_is_owed_once_the_case_has_ended() -> None:
    case = ended(a_policy(afterwards=AFTER))
    assert case.state.status == "closed"
    assert case.owed() == ["learning"]
    case.records("learning").records("debrief")
    assert case.owed() == []


def test_what_follows_from_a_stage_is_owed_only_once_the_case_has_ended() -> None:
    review = a_step(
        "review", kind="review", settles=False, starts=["opened two"], limit="not stated"
    )
    policy = a_policy(afterwards={"steps": [review], **ALL})
    case = Case(policy, grounds=()).records("talk", "not_held", SOCIAL_CARE).moves("up")
    assert case.owed() == ["managers-talk"]
    case.does(e.CaseWithdrawn())
    assert case.owed() == ["review"]
    assert ended(policy).owed() == []


def test_what_is_done_afterwards_is_refused_while_the_case_is_open() -> None:
    case = Case(a_policy(afterwards=AFTER), grounds=())
    assert case.is_refused(
        e.StepRecorded(step=Code("learning"), how=Code("letter"), result=Code("done"))
    ) == ("not_ended")


def test_a_case_that_is_opened_again_owes_what_comes_afterwards_when_it_ends_again() -> None:
    case = ended(a_policy(afterwards=AFTER))
    case.does(e.CaseReopened(stage=Code("one")))
    assert "learning" not in case.owed()
    case.does(e.CaseWithdrawn())
    assert case.owed() == ["learning"]


# --- exits -------------------------------------------------------------------------------------

EXITS = [
    {
        "id": "lado",
        "title": "Tell the LADO",
        "kind": "allegation",
        "when": "It is about a person who works with children",
        "where": "The local authority",
        **ALL,
    },
    {
        "id": "complaint",
        "title": "Make it a complaint",
        "kind": "complaint",
        "when": "It is about the arbiter",
        "where": "The complaints procedure",
        "stage": "Stage 2 of the complaints procedure",
        "from": ["two"],
        "ends": True,
        **ALL,
    },
]


def test_an_exit_is_taken_while_the_case_goes_on_unless_the_policy_ends_it_there() -> None:
    case = Case(a_policy(exits=EXITS, afterwards=AFTER), grounds=())
    case.does(e.ExitTaken(exit=Code("lado")))
    assert case.state.is_open
    assert case.owed() == ["talk"]
    assert case.is_refused(e.ExitTaken(exit=Code("complaint"))) == "another_stage"
    case.records("talk", "not_agreed", SOCIAL_CARE).moves("up")
    case.does(e.ExitTaken(exit=Code("complaint")))
    assert (case.state.status, case.state.exits) == ("left", ("lado", "complaint"))
    assert case.owed() == []
    case.does(e.CaseReopened(stage=Code("two")))
    assert case.owed() == ["managers-talk"]


def test_a_way_to_tell_who_at_a_stage() -> None:
    told = stages()
    told[1] = told[1] | {"tells": ["each.senior", "partnership.chair"]}
    case = Case(a_policy(stages=told), grounds=()).records("talk", "not_held", SOCIAL_CARE)
    found = case.notices_of(case.move("up"))
    came = {n.post for n in found if n.kind == "came_here"}
    assert came == {
        "school-operations_manager",
        "social-care-operations_manager",
        "partnership-independent_chair",
    }


def test_the_policy_may_ask_for_a_lead_manager() -> None:
    lead = {"title": "Lead manager", "of": "each.manager", **ALL}
    closing = {
        "outcome": "Write it down",
        "write_clause": "1",
        "confirm": "Confirm it",
        "confirmed_by": "each",
        "confirm_limit": "not stated",
        "lead": lead,
        **ALL,
    }
    case = Case(a_policy(closing=closing), grounds=()).records("talk", "agreed", SOCIAL_CARE)
    text = case.outcome()
    assert case.is_refused(text) == "no_lead"
    case.does(e.OutcomeProposed(number=1, basis=text.basis, lead=Id("school-line_manager")))


def test_a_way_that_must_be_gone_within_a_day_is_owed_by_then() -> None:
    policy = a_policy(stages=stages(a_way("up", "two", force="must")))
    case = Case(policy, grounds=()).records("talk", "not_agreed", SOCIAL_CARE)
    assert case.duty("way-up").due.at == parse_instant("2026-11-03T23:59:59")
