"""Whether the child is still at risk, when others withdraw the concern or its outcome is confirmed by the raiser."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.engine import events as e
from counterpart.engine.between import NOTHING
from counterpart.engine.kinds import Id
from counterpart.engine.notices import ENDED, NEW_DUTY, STILL_AT_RISK
from counterpart.engine.registry import Actor
from counterpart.policy.model import Policy
from tests.between import CARE, a_statement
from tests.casebook import Case, acting, at_stage_three, at_stage_two
from tests.fakes import SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy

MANAGER = acting(SCHOOL, "manager")
OFFICE = Actor(
    person=Id("office"), post=None, agency=None, capacity=acting().capacity, on_behalf_of=Id("teacher")
)  # fmt: skip


def told_policy(**keys: Any) -> Policy:
    risk = {"tells": ["raising.manager", "partnership.coordinator"], **ALL}
    return a_policy(still_at_risk=risk | keys)


def withdrawn(case: Case | None = None, by: Actor = MANAGER) -> Case:
    return (case or at_stage_two()).does(e.CaseWithdrawn(), by=by)


# --- withdrawn by somebody else of their side -----------------------------------------------------


def test_whoever_raised_it_is_asked_when_another_of_their_side_withdraws_it() -> None:
    case = withdrawn()
    duty = case.duty("remaining_risk")
    assert (case.state.status, duty.post) == ("withdrawn", "school-practitioner")
    assert duty.entry == duty.opened_by == case.record[-1].id


def test_they_are_told_of_it_at_once_themselves_whoever_has_their_post_by_now() -> None:
    told = withdrawn(Case(a_policy(), grounds=())).told()
    assert [n.person for n in told if n.kind == ENDED] == ["teacher"]
    assert [(n.clock, n.post) for n in told if n.kind == NEW_DUTY] == [
        ("remaining_risk", "school-practitioner")
    ]


@pytest.mark.parametrize("by", [acting(), OFFICE])
def test_nobody_is_asked_or_told_of_their_own_withdrawal(by: Actor) -> None:
    case = withdrawn(Case(a_policy(), grounds=()), by=by)
    assert case.state.between is NOTHING
    assert case.owed() == []
    assert "teacher" not in {n.person for n in case.told()}


def test_that_risk_remains_is_not_answered_by_the_side_that_withdrew_it() -> None:
    case = withdrawn(at_stage_three())
    told = case.notices_of(a_statement(case))
    assert [n.post for n in told if n.kind == STILL_AT_RISK] == ["partnership-business_manager"]
    assert case.duty("risk_answer").post == "partnership-business_manager"


def test_where_the_policy_names_whom_to_tell_they_are_told_of_that_too() -> None:
    case = withdrawn(Case(told_policy(), grounds=()))
    told = case.notices_of(a_statement(case))
    posts = {n.post for n in told if n.kind == STILL_AT_RISK}
    assert posts == {"school-line_manager", "partnership-business_manager"}
    assert case.duty("risk_answer").post == "school-line_manager"


def test_what_was_asked_before_is_asked_of_the_withdrawal_instead() -> None:
    case = at_stage_three().records("managers-discuss", "agreed", SOCIAL_CARE, by=MANAGER)
    before = case.duty("remaining_risk").id
    withdrawn(case)
    assert case.duty("remaining_risk").id != before


def test_it_ends_by_itself_when_the_case_is_opened_again() -> None:
    case = withdrawn()
    case.does(e.CaseReopened(stage=case.state.stage))
    assert "remaining_risk" not in case.owed()


# --- confirmed by themselves ----------------------------------------------------------------------


def agreed_by_care() -> Case:
    """The other side's worker recorded that both agreed, and it is written down."""
    case = at_stage_two().records("workers-discuss", "agreed", SOCIAL_CARE, by=CARE)
    assert "remaining_risk" in case.owed()
    return case.proposes()


@pytest.mark.parametrize("by", [acting(), OFFICE])
def test_whoever_confirms_the_outcome_themselves_is_not_asked_any_more(by: Actor) -> None:
    case = agreed_by_care().does(_yes(SCHOOL), by=by)
    assert "remaining_risk" not in case.owed()


@pytest.mark.parametrize(("agency", "by"), [(SCHOOL, MANAGER), (SOCIAL_CARE, CARE)])
def test_what_another_confirms_is_no_answer_of_theirs(agency: str, by: Actor) -> None:
    assert "remaining_risk" in agreed_by_care().does(_yes(agency), by=by).owed()


def test_they_may_say_it_all_the_same_for_as_long_as_it_stands() -> None:
    case = agreed_by_care().does(_yes(SCHOOL)).confirms(SOCIAL_CARE)
    assert case.option(e.RemainingRiskStated).is_allowed
    case.does(a_statement(case))
    assert "risk_answer" in case.owed()


def test_it_can_be_said_no_more_once_the_case_is_open_again() -> None:
    case = agreed_by_care().does(_yes(SCHOOL)).confirms(SOCIAL_CARE)
    stated = a_statement(case)
    case.does(e.CaseReopened(stage=case.state.stage))
    assert case.is_refused(stated) == "open_again"


def _yes(agency: str) -> e.OutcomeConfirmed:
    return e.OutcomeConfirmed(number=1, agency=Id(agency))


# --- told once ------------------------------------------------------------------------------------


def settled(policy: Policy) -> Case:
    return Case(policy, grounds=()).records("talk", "agreed", SOCIAL_CARE, by=MANAGER)


def test_whoever_is_told_of_risk_and_answers_for_it_hears_of_it_once() -> None:
    case = settled(told_policy())
    told = case.notices_of(a_statement(case))
    assert case.duty("risk_answer").post == "school-line_manager"
    (word,) = (n for n in told if n.post == "school-line_manager")
    assert (word.kind, word.clock) == (STILL_AT_RISK, "risk_answer")
    (other,) = (n for n in told if n.post == "partnership-business_manager")
    assert (other.kind, other.clock) == (STILL_AT_RISK, "")


def test_whoever_answers_for_risk_and_is_not_told_of_it_hears_of_the_duty() -> None:
    case = settled(told_policy(by="partnership.chair"))
    told = case.notices_of(a_statement(case))
    chair = [n.kind for n in told if n.post == "partnership-independent_chair"]
    assert chair == [NEW_DUTY]
