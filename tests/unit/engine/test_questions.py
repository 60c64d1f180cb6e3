"""One agency asks another for information: who owes the answer, by when, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.between import NOTHING
from counterpart.engine.deciding import Option, option_elsewhere
from counterpart.engine.kinds import Id
from counterpart.engine.notices import NEW_DUTY, NEW_ENTRY
from counterpart.worktime import parse_instant
from tests.between import CARE, a_question
from tests.casebook import DAYS, Case, at_stage_two, settled
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE

WORKER = "social-care-practitioner"


def asked(case: Case) -> Id:
    return case.state.between.questions[-1].id


def given(case: Case, *, is_given: bool = True) -> e.InformationAnswered:
    return e.InformationAnswered(asked=asked(case), is_given=is_given)


def test_a_question_opens_two_duties_of_whoever_speaks_for_the_agency_asked() -> None:
    case = at_stage_two().does(a_question())
    entry = case.record[-1].id
    acknowledge, answer = case.duty("acknowledge"), case.duty("answer")
    assert (acknowledge.id, answer.id) == (
        f"{entry}:acknowledge:social-care",
        f"{entry}:answer:social-care",
    )
    for duty in (acknowledge, answer):
        assert (duty.post, duty.body, duty.side) == (WORKER, SOCIAL_CARE, "receiving")
        assert (duty.asked_by, duty.entry, duty.clause) == (SCHOOL, entry, "")


def test_no_time_is_made_up_for_an_answer_and_the_day_asked_for_ends_in_london() -> None:
    case = at_stage_two().does(a_question())
    assert case.duty("answer").due.at is None
    later = at_stage_two().does(a_question(wanted_on=date(2027, 6, 1)))
    assert later.duty("answer").due.at == parse_instant("2027-06-01T23:59:59")
    assert later.duty("acknowledge").due.at is None


def test_saying_that_one_has_it_ends_that_duty_alone() -> None:
    case = at_stage_two().does(a_question())
    case.does(e.InformationAcknowledged(asked=asked(case)), by=CARE)
    assert "acknowledge" not in case.owed()
    assert "answer" in case.owed()
    again = e.InformationAcknowledged(asked=asked(case))
    assert case.is_refused(again) == "already_acknowledged"


@pytest.mark.parametrize("is_given", [True, False])
def test_an_answer_or_a_refusal_ends_both(is_given: bool) -> None:
    case = at_stage_two().does(a_question())
    case.does(given(case, is_given=is_given), by=CARE)
    assert not {"acknowledge", "answer"} & set(case.owed())
    assert case.is_refused(given(case)) == "already_answered"
    late = e.InformationAcknowledged(asked=asked(case))
    assert case.is_refused(late) == "already_answered"


def test_the_receiving_side_may_ask_too_and_so_may_two_agencies_of_one_side() -> None:
    case = at_stage_two(receiving=(SOCIAL_CARE, HEALTH)).does(a_question(SOCIAL_CARE, SCHOOL))
    assert case.duty("answer").post == "school-practitioner"
    case.does(a_question(SOCIAL_CARE, HEALTH))
    assert case.duty("answer", HEALTH).post == "health-practitioner"


def test_the_agency_asked_is_told_of_a_duty_and_the_one_that_asked_of_the_answer() -> None:
    case = at_stage_two()
    told = case.notices_of(a_question(SOCIAL_CARE, SCHOOL), by=CARE)
    assert {n.clock for n in told if n.kind == NEW_DUTY} == {"acknowledge", "answer"}
    told = case.notices_of(given(case))
    assert (NEW_ENTRY, WORKER) in {(n.kind, n.post) for n in told}


def test_nobody_is_asked_before_the_sides_have_met() -> None:
    case = Case()
    assert case.is_refused(a_question()) == "not_met_yet"
    assert not case.option(e.InformationAsked).is_allowed


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (a_question(of=POLICE), "not_a_party"),
        (a_question(by=POLICE), "not_a_party"),
        (a_question(of=SCHOOL), "own_agency"),
        (a_question(wanted_on=date(2026, 11, 1)), "day_past"),
        (a_question(wanted_on=date(2036, 11, 1)), "too_far"),
        (e.InformationAnswered(asked=Id("entry-1"), is_given=True), "no_such_question"),
        (e.InformationAcknowledged(asked=Id("")), "no_such_question"),
    ],
)
def test_what_cannot_be_so_is_refused(event: object, code: str) -> None:
    assert at_stage_two().is_refused(event) == code


def test_an_answer_cannot_be_before_the_question() -> None:
    case = at_stage_two().does(a_question())
    early = case.is_refused(given(case), happened=timedelta(hours=2))
    assert early == "before_it_was_asked"


def test_questions_end_with_the_case() -> None:
    case = settled().does(a_question()).proposes().confirms(SCHOOL).confirms(SOCIAL_CARE)
    assert case.state.status == "closed"
    assert "answer" not in case.owed()
    assert case.is_refused(given(case)) == "case_ended"
    assert case.is_refused(a_question()) == "case_ended"


def test_a_question_goes_to_the_agency_that_takes_anothers_place() -> None:
    case = at_stage_two().does(a_question())
    case.does(e.InformationAcknowledged(asked=asked(case)))
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    assert case.duty("acknowledge").post == "health-practitioner"
    assert case.duty("answer").post == "health-practitioner"


def test_what_is_open_is_offered_and_what_is_over_is_still_known_with_the_reason() -> None:
    case = at_stage_two().does(a_question())
    id = asked(case)
    assert case.option(e.InformationAnswered, id).is_allowed
    assert elsewhere(case, id) is None
    case.does(given(case))
    assert not [o for o in case.every_option() if o.target == id]
    over = elsewhere(case, id)
    assert over is not None
    assert over.refusal is not None
    assert over.refusal.code == "already_answered"
    assert elsewhere(case, "no-such") is None


def elsewhere(case: Case, target: str) -> Option | None:
    return option_elsewhere(
        case.policy,
        case.state,
        e.InformationAnswered,
        target,
        now=case.now,
        calendar=DAYS,
    )


def test_a_case_in_which_none_of_it_happened_holds_nothing_of_it() -> None:
    assert settled().state.between is NOTHING
