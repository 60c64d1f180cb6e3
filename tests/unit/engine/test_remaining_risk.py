"""Others call it settled, and whoever raised it still believes the child at risk: asked, told, answered."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.engine import events as e
from counterpart.engine.between import NOTHING
from counterpart.engine.between_duties import told_of_risk
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.notices import STILL_AT_RISK, is_unheard
from counterpart.engine.registry import Actor
from counterpart.policy.model import Policy, Seat
from counterpart.worktime import parse_instant
from tests.between import a_statement
from tests.casebook import Case, acting, at_panel, at_stage_three, at_stage_two, members
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_role

MANAGER = acting(SCHOOL, "manager")
RISK = {"tells": ["raising.manager", "partnership.coordinator"], **ALL}


def told_policy(**keys: Any) -> Policy:
    return a_policy(still_at_risk=RISK | keys)


def settled_by_manager(policy: Policy | None = None, **concern: Any) -> Case:
    """The managers agreed; the teacher who raised it was not there."""
    if policy is None:
        case = at_stage_three(**concern)
        return case.records("managers-discuss", "agreed", SOCIAL_CARE, by=MANAGER)
    case = Case(policy, grounds=(), **concern)
    return case.records("talk", "agreed", SOCIAL_CARE, by=MANAGER)


def confirmed_by_others(case: Case) -> Case:
    """Written down and confirmed, for the school by its manager."""
    yes = e.OutcomeConfirmed(number=1, agency=Id(SCHOOL))
    return case.proposes().does(yes, by=MANAGER).confirms(SOCIAL_CARE)


def answered(case: Case) -> e.RemainingRiskAnswered:
    return e.RemainingRiskAnswered(stated=case.state.between.risks[-1].stated_by or Id(""))


# --- asked ----------------------------------------------------------------------------------------


def test_whoever_raised_it_is_asked_when_another_calls_it_settled() -> None:
    case = settled_by_manager()
    duty = case.duty("remaining_risk")
    assert duty.id == f"{case.record[-1].id}:remaining_risk:school"
    assert (duty.post, duty.entry, duty.force) == ("school-practitioner", duty.opened_by, "should")
    assert (duty.clause, duty.due.at) == ("", None)


def test_whoever_raised_it_is_not_asked_of_what_they_said_themselves() -> None:
    assert at_stage_two().records("workers-discuss", "agreed", SOCIAL_CARE).state.between is NOTHING


def test_what_the_office_wrote_down_for_them_they_said_themselves() -> None:
    office = Actor(
        person=Id("office"),
        post=None,
        agency=None,
        capacity=acting().capacity,
        on_behalf_of=Id("teacher"),
    )
    case = at_stage_two().records("workers-discuss", "agreed", SOCIAL_CARE, by=office)
    assert "remaining_risk" not in case.owed()


def test_they_are_asked_when_a_panel_has_decided_too() -> None:
    case = at_panel()
    panel = Code("resolution-panel")
    seats = [(HEALTH, "chair"), *((a, "member") for a in (SCHOOL, SOCIAL_CARE, POLICE))]
    case.does(e.PanelConvened(panel=panel, members=members(*seats), meets_at=case.now))
    for agency in case.state.parties:
        case.does(e.RepresentationHeard(agency=agency, how=Code("declined")))
    decided = e.PanelDecided(
        panel=panel, authority=Code(case.policy.panels[panel].authority), why_early=Words("W.")
    )
    case.does(decided, by=acting(HEALTH, "chair"))
    assert case.duty("remaining_risk").post == "school-practitioner"


def test_it_outlives_the_end_of_the_case() -> None:
    case = confirmed_by_others(settled_by_manager())
    assert case.state.status == "closed"
    assert "remaining_risk" in case.owed()
    case.does(a_statement(case))
    assert "risk_answer" in case.owed()
    case.does(answered(case), by=MANAGER)
    assert "risk_answer" not in case.owed()


@pytest.mark.parametrize("is_at_risk", [True, False])
def test_either_answer_ends_it_and_it_is_said_once(is_at_risk: bool) -> None:
    case = settled_by_manager()
    case.does(a_statement(case, is_at_risk=is_at_risk))
    assert "remaining_risk" not in case.owed()
    assert ("risk_answer" in case.owed()) is is_at_risk
    assert case.is_refused(a_statement(case)) == "already_stated"


def test_it_ends_by_itself_when_the_sides_no_longer_agree() -> None:
    case = settled_by_manager()
    stated = a_statement(case)
    case.records("managers-discuss", "not_agreed", SOCIAL_CARE)
    assert "remaining_risk" not in case.owed()
    assert case.is_refused(stated) == "open_again"


def test_it_ends_by_itself_when_the_case_is_opened_again() -> None:
    case = confirmed_by_others(settled_by_manager())
    case.does(a_statement(case))
    said = answered(case)
    case.does(e.CaseReopened(stage=case.state.stage))
    assert not {"remaining_risk", "risk_answer"} & set(case.owed())
    assert case.is_refused(said) == "open_again"


def test_they_are_asked_anew_each_time_it_is_called_settled() -> None:
    case = settled_by_manager()
    first = case.duty("remaining_risk").id
    case.records("managers-discuss", "not_agreed", SOCIAL_CARE)
    case.records("managers-discuss", "agreed", SOCIAL_CARE, by=MANAGER)
    assert case.duty("remaining_risk").id != first


def test_it_changes_no_stage() -> None:
    case = settled_by_manager()
    before = (case.state.stage, case.state.status, case.state.is_settled)
    case.does(a_statement(case))
    assert (case.state.stage, case.state.status, case.state.is_settled) == before


# --- told -----------------------------------------------------------------------------------------


def test_those_whom_the_policy_names_are_told_at_once_and_the_first_says_what_will_be_done() -> (
    None
):
    case = settled_by_manager(told_policy(limit="1 working day"))
    assert case.duty("remaining_risk").clause == "1"
    told = case.notices_of(a_statement(case))
    posts = {n.post for n in told if n.kind == STILL_AT_RISK}
    assert posts == {"school-line_manager", "partnership-business_manager"}
    duty = case.duty("risk_answer")
    assert duty.id == f"{case.record[-1].id}:risk_answer:school"
    assert (duty.post, duty.force, duty.clause) == ("school-line_manager", "must", "1")
    assert duty.due.at == parse_instant("2026-11-03T23:59:59")
    assert duty.due.sums


def test_the_policy_may_have_another_say_what_will_be_done() -> None:
    case = settled_by_manager(told_policy(by="partnership.chair"))
    case.does(a_statement(case))
    assert case.duty("risk_answer").post == "partnership-independent_chair"
    assert case.option(e.RemainingRiskAnswered).by == Seat("partnership", "chair")


def test_where_the_policy_is_silent_whoever_speaks_for_the_raising_side_by_then_is_told() -> None:
    case = settled_by_manager()
    told = case.notices_of(a_statement(case))
    assert [n.post for n in told if n.kind == STILL_AT_RISK] == ["school-line_manager"]
    assert case.duty("risk_answer").post == "school-line_manager"


def test_where_that_is_the_raisers_own_post_the_office_is_told() -> None:
    case = settled_by_manager(a_policy())
    told = case.notices_of(a_statement(case))
    assert [n.post for n in told if n.kind == STILL_AT_RISK] == ["partnership-business_manager"]
    assert case.duty("risk_answer").post == "partnership-business_manager"


def test_where_the_policy_has_no_such_role_the_caller_hears_that_nobody_was_told() -> None:
    roles = [
        a_role("worker", "agency", "practitioner"),
        a_role("manager", "agency", "line_manager"),
    ]
    case = settled_by_manager(a_policy(roles=roles))
    case.does(a_statement(case))
    (risk,) = case.state.between.risks
    assert told_of_risk(case.policy, case.state, case.directory, risk) == ()
    assert is_unheard(case.policy, case.state, case.directory, case.newest)
    assert "risk_answer" not in case.owed()


def test_nobody_is_told_where_there_is_no_risk_any_more() -> None:
    case = settled_by_manager(told_policy())
    told = case.notices_of(a_statement(case, is_at_risk=False))
    assert STILL_AT_RISK not in {n.kind for n in told}
    assert not is_unheard(case.policy, case.state, case.directory, case.newest)


def test_what_was_never_asked_or_said_is_not_answered() -> None:
    case = settled_by_manager()
    unknown = e.RemainingRiskStated(settled_by=Id("entry-1"), is_at_risk=True)
    assert case.is_refused(unknown) == "not_settled_then"
    assert case.is_refused(answered(case)) == "no_such_statement"
    case.does(a_statement(case))
    case.does(answered(case))
    assert case.is_refused(answered(case)) == "already_answered"
