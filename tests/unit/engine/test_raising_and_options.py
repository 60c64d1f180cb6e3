"""What a concern must say to be raised, and what may be done on a case at each point."""

from typing import Any

import pytest

from counterpart.engine import contact
from counterpart.engine import events as e
from counterpart.engine.deciding import options, raise_problem
from tests.casebook import (
    DAYS,
    Case,
    a_concern,
    a_step,
    an_action,
    at_panel,
    at_stage_two,
    brent,
    settled,
)
from tests.fakes import HEALTH, SCHOOL, SOCIAL_CARE


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({}, None),
        ({"receiving": (SOCIAL_CARE, HEALTH)}, None),
        ({"grounds": ("other",)}, None),
        ({"grounds": ()}, None),
        ({"grounds": ("weather",)}, "no_such_ground"),
        ({"receiving": ()}, "no_other_side"),
        ({"receiving": (SCHOOL,)}, "own_agency"),
        ({"receiving": (HEALTH, HEALTH)}, "agency_twice"),
        ({"track": "another"}, "no_such_track"),
    ],
)
def test_a_concern_is_about_a_child_and_with_somebody_else(
    how: dict[str, Any], reason: str | None
) -> None:
    refusal = raise_problem(brent(), a_concern(brent(), **how))
    assert (refusal.code if refusal else None) == reason


def test_a_concern_without_a_child_is_not_raised() -> None:
    concern = a_concern(brent())
    nobody = e.ConcernRaised(
        **{name: getattr(concern, name) for name in concern.__slots__} | {"children": ()}
    )
    refusal = raise_problem(brent(), nobody)
    assert refusal is not None
    assert refusal.code == "no_child"


def allowed(case: Case) -> set[tuple[str, str]]:
    return {
        (o.event.__name__, o.target)
        for o in options(case.policy, case.state, now=case.now, calendar=DAYS)
        if o.is_allowed
    }


ALWAYS = {
    ("PolicyGapReported", ""),
    ("EntryCorrected", ""),
}
WHILE_OPEN = ALWAYS | {
    ("AdviceRecorded", ""),
    ("RecordPlaced", "own-manager"),
    ("ImmediateRiskReported", ""),
    ("PartyRedirected", ""),
    ("SeatNamed", ""),
    ("CaseWithdrawn", ""),
}
IN_TIME = WHILE_OPEN | {("LimitSet", "one-working-week")}
MET = {("InformationAsked", "")}
"""What the sides may ask of each other once they have met."""
SECOND = {("RecordPlaced", "other-worker")}
"""The record of each stage a case has been at may be placed."""
MORE_TIME = {("ExtensionProposed", "entry-1:one-working-week")}


def test_at_the_beginning() -> None:
    assert allowed(Case()) == IN_TIME | {("StepRecorded", "consult-manager")}


def test_when_the_workers_could_not_agree() -> None:
    case = at_stage_two().records("workers-discuss", "not_agreed", SOCIAL_CARE)
    assert allowed(case) == IN_TIME | MET | SECOND | MORE_TIME | {
        ("StepRecorded", "workers-discuss"),
        ("MovedOn", "to-managers"),
    }


def test_when_the_workers_agreed() -> None:
    assert allowed(settled()) == WHILE_OPEN | MET | SECOND | {
        ("StepRecorded", "workers-discuss"),
        ("OutcomeProposed", ""),
    }


def test_when_the_outcome_waits_to_be_confirmed() -> None:
    assert allowed(settled().proposes()) == WHILE_OPEN | MET | SECOND | {
        ("StepRecorded", "workers-discuss"),
        ("OutcomeProposed", ""),
        ("OutcomeConfirmed", ""),
        ("OutcomeDissented", ""),
    }


def test_at_the_panel() -> None:
    stages = ("other-worker", "managers", "seniors", "panel")
    records = {("RecordPlaced", stage) for stage in stages}
    assert allowed(at_panel()) == WHILE_OPEN | MET | records | {
        ("PanelConvened", "resolution-panel"),
        ("OutcomeProposed", ""),
    }


def test_when_it_has_ended() -> None:
    case = settled().proposes(an_action()).confirms(SCHOOL).confirms(SOCIAL_CARE)
    afterwards = {("LearningPointRecorded", ""), ("DebriefOffered", "")}
    records = {("RecordPlaced", stage) for stage in ("own-manager", "other-worker", "end")}
    acts = {("CaseReopened", ""), ("ActionDone", "action")}
    assert allowed(case) == ALWAYS | acts | afterwards | records


def test_every_refused_option_says_why_in_words() -> None:
    for case in (Case(), settled(), at_panel()):
        for option in options(case.policy, case.state, now=case.now, calendar=DAYS):
            if option.refusal:
                assert option.refusal.words.endswith(".")
                assert option.refusal.code.islower()


def test_the_button_and_its_check_agree() -> None:
    case = at_stage_two()
    refused = case.option(e.MovedOn, "to-managers").refusal
    assert refused is not None
    assert case.is_refused(case.move("to-managers")) == refused.code


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (a_step("no-such-step"), "no_such_step"),
        (a_step("managers-discuss", "agreed", SOCIAL_CARE), "another_stage"),
        (a_step("workers-discuss", "maybe", SOCIAL_CARE), "no_such_result"),
        (e.OutcomeDissented(number=1, agency=SCHOOL), "no_outcome"),
        (e.ActionDone(action=SCHOOL), "no_such_action"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(event: Any, reason: str) -> None:
    assert at_stage_two().is_refused(event) == reason


def test_the_same_agency_cannot_answer_the_same_text_twice() -> None:
    case = settled().proposes().confirms(SCHOOL)
    assert case.is_refused(case.confirmation(SCHOOL)) == "already_answered"


def test_an_outcome_is_not_written_before_the_sides_agree() -> None:
    assert Case().is_refused(Case().outcome()) == "not_settled"
    assert at_stage_two().is_refused(at_stage_two().outcome()) == "not_settled"


def test_the_other_side_comes_in_at_the_first_stage_where_the_sides_meet() -> None:
    case = Case()
    assert not contact.has_begun(case.policy, case.state)
    case = at_stage_two()
    assert contact.has_begun(case.policy, case.state)
