"""Immediate risk goes on beside the stages: own safeguarding lead at once, then the Head."""

import pytest

from counterpart.engine import events as e
from counterpart.engine.notices import NEW_DUTY, URGENT
from tests.casebook import MONDAY, Case, a_step, at_panel, at_stage_three, settled
from tests.fakes import SCHOOL, a_directory

LEAD, HEAD = "tell-safeguarding-lead", "tell-head-of-safeguarding"


def test_a_concern_raised_as_urgent_owes_word_to_the_safeguarding_lead_at_once() -> None:
    case = Case(is_urgent=True)
    duty = case.duty(LEAD)
    assert duty.due.at == MONDAY
    assert (duty.body, duty.role, duty.clause) == (SCHOOL, "worker", "1.4 risk")
    assert case.owed() == ["consult-manager", "one-working-week", LEAD]


def test_the_safeguarding_lead_then_tells_the_head_of_safeguarding() -> None:
    case = Case(is_urgent=True).records(LEAD)
    duty = case.duty(HEAD)
    assert duty.post == "school-designated_safeguarding_lead"
    assert duty.due.at is None
    case.records(HEAD)
    assert case.owed() == ["consult-manager", "one-working-week"]


@pytest.mark.parametrize("start", [at_stage_three, at_panel, settled])
def test_risk_may_be_reported_at_any_stage(start: type[Case]) -> None:
    case = start()
    before = set(case.owed())
    case.does(e.ImmediateRiskReported())
    assert set(case.owed()) == before | {LEAD}


def test_both_are_told_by_the_engine_too() -> None:
    case = at_stage_three()
    told = case.notices_of(e.ImmediateRiskReported())
    assert [n.post for n in told if n.kind == URGENT] == [
        "school-designated_safeguarding_lead",
        "partnership-head_of_safeguarding",
    ]
    assert [n.clock for n in told if n.kind == NEW_DUTY] == [LEAD]


def test_every_safeguarding_lead_is_told_where_there_are_several() -> None:
    directory = a_directory().with_second("school-designated_safeguarding_lead")
    case = at_stage_three(directory=directory)
    told = case.notices_of(e.ImmediateRiskReported())
    assert [n.post for n in told if n.kind == URGENT] == [
        "school-designated_safeguarding_lead",
        "school-designated_safeguarding_lead-2",
        "partnership-head_of_safeguarding",
    ]


def test_the_duty_stays_until_the_lead_has_been_told() -> None:
    case = Case(is_urgent=True)
    assert case.is_refused(a_step(LEAD, "not_held")) == "not_given_yet"
    assert LEAD in case.owed()


def test_a_second_report_is_refused_only_while_the_first_is_being_acted_on() -> None:
    case = Case(is_urgent=True)
    first = case.state.urgent_since
    assert case.is_refused(e.ImmediateRiskReported()) == "already_urgent"
    case.records(LEAD)
    assert case.is_refused(e.ImmediateRiskReported()) == "already_urgent"
    case.records(HEAD).does(e.ImmediateRiskReported())
    assert LEAD in case.owed()
    assert case.state.urgent_since == first
    assert case.state.urgent_by == case.record[-1].id


def test_a_second_report_tells_both_again() -> None:
    case = Case(is_urgent=True).records(LEAD).records(HEAD)
    told = case.notices_of(e.ImmediateRiskReported())
    assert len([n for n in told if n.kind == URGENT]) == 2


def test_the_urgent_steps_are_not_offered_without_a_report() -> None:
    case = Case()
    assert case.is_refused(a_step(LEAD)) == "not_urgent"
    case.does(e.ImmediateRiskReported())
    assert case.option(e.StepRecorded, LEAD).is_allowed
