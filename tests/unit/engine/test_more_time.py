"""More time for one duty: asked with a reason and an end, and in force once every agency agrees."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.ladder import rungs
from counterpart.engine.notices import NEW_DUTY, NEW_ENTRY
from counterpart.engine.passing import passed
from counterpart.policy.model import AT, Rung, Seat, UsualLadder
from tests.between import CARE, an_answer, more_time
from tests.casebook import DAYS, MONDAY, Case, acting, at_stage_two
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_step, stages

WEEK = "one-working-week"
DAY = timedelta(days=1)
TUESDAY, FRIDAY = MONDAY + DAY, MONDAY + 11 * DAY


def asks(case: Case, clock: str = WEEK, until: datetime = FRIDAY) -> Case:
    return case.does(more_time(case.duty(clock), until))


def extended(**concern: object) -> Case:
    case = asks(at_stage_two(**concern))
    return case.does(an_answer(case), by=CARE)


def set_to(due_at: datetime, clock: str = WEEK) -> e.LimitSet:
    return e.LimitSet(clock=Code(clock), due_at=due_at)


# --- agreed ---------------------------------------------------------------------------------------


def test_the_policys_time_holds_until_everybody_has_agreed() -> None:
    case = at_stage_two(receiving=(SOCIAL_CARE, HEALTH))
    policys = case.duty(WEEK).due
    asks(case)
    assert case.duty(WEEK).due == policys
    case.does(an_answer(case))
    assert case.duty(WEEK).due == policys
    case.does(an_answer(case, HEALTH))
    due = case.duty(WEEK).due
    assert (due.at, due.extended_at) == (FRIDAY, FRIDAY)
    assert (due.sums, due.outer_at) == (policys.sums, policys.at)
    assert not due.is_set_for_child


def test_every_other_agency_in_the_case_is_asked() -> None:
    case = asks(at_stage_two(receiving=(SOCIAL_CARE, HEALTH)))
    entry = case.record[-1].id
    asked = [d for d in case.duties() if d.clock == "extension"]
    assert {d.id for d in asked} == {f"{entry}:extension:{a}" for a in (SOCIAL_CARE, HEALTH)}
    assert {(d.asked_by, d.entry, d.due.at) for d in asked} == {(SCHOOL, entry, None)}
    case.does(an_answer(case))
    assert [d.body for d in case.duties() if d.clock == "extension"] == [HEALTH]


def test_the_other_side_may_ask_too() -> None:
    case = at_stage_two()
    case.does(more_time(case.duty(WEEK), FRIDAY, by=SOCIAL_CARE), by=CARE)
    assert case.duty("extension").body == SCHOOL
    case.does(an_answer(case, SCHOOL))
    assert case.duty(WEEK).due.at == FRIDAY


def test_both_sides_are_told() -> None:
    case = at_stage_two()
    told = case.notices_of(more_time(case.duty(WEEK), FRIDAY))
    assert ("extension", "social-care-practitioner") in {
        (n.clock, n.post) for n in told if n.kind == NEW_DUTY
    }
    told = case.notices_of(an_answer(case), by=CARE)
    assert "school-practitioner" in {n.post for n in told if n.kind == NEW_ENTRY}


def test_one_that_is_refused_is_over_and_another_may_be_asked() -> None:
    case = asks(at_stage_two(receiving=(SOCIAL_CARE, HEALTH)))
    policys = case.duty(WEEK).due
    case.does(an_answer(case, agrees=False))
    assert "extension" not in case.owed()
    assert case.duty(WEEK).due == policys
    assert case.is_refused(an_answer(case, HEALTH)) == "request_over"
    asks(case)


def test_it_never_makes_less_of_a_time() -> None:
    """Agreed to after a person had lost the reason for it: the later time holds."""
    case = asks(extended(), until=FRIDAY + DAY)
    case.does(an_answer(case), by=CARE)
    assert case.duty(WEEK).due.at == FRIDAY + DAY
    too_soon = more_time(case.duty(WEEK), FRIDAY)
    assert case.is_refused(too_soon) == "not_longer"


def test_how_long_the_child_has_waited_is_counted_as_ever() -> None:
    case, plain = extended(), at_stage_two()
    assert case.state.raised_at == plain.state.raised_at
    assert case.state.visits == plain.state.visits
    (clock,) = (c for c in case.state.clocks if c.clock == WEEK)
    assert clock.started_at == case.state.raised_at


# --- what else turns on the time ------------------------------------------------------------------


def test_what_follows_from_a_missed_time_waits_for_the_time_that_was_agreed() -> None:
    missed = {"then": "tell", "tells": ["partnership.chair"], **ALL}
    policy = a_policy(stages=stages(steps=[a_step("talk", if_missed=missed)]))
    case = Case(policy, grounds=())
    due = case.duty("talk").due.at
    assert due is not None
    asks(case, "talk", due + 2 * DAY)
    case.does(an_answer(case))
    assert case.duty("talk").acts_at == due + 2 * DAY
    assert not passed(policy, case.state, now=due + DAY, calendar=DAYS)
    (found,) = passed(policy, case.state, now=due + 3 * DAY, calendar=DAYS)
    assert found.due_at == due + 2 * DAY


def test_once_a_time_has_passed_on_the_record_it_is_not_made_longer() -> None:
    missed = {"then": "tell", "tells": ["partnership.chair"], **ALL}
    policy = a_policy(stages=stages(steps=[a_step("talk", if_missed=missed)]))
    case = Case(policy, grounds=())
    case.wait_until(MONDAY + 9 * DAY)
    case.now = MONDAY + 9 * DAY
    late = more_time(case.duty("talk"), MONDAY + 20 * DAY)
    assert case.is_refused(late) == "already_passed"


def test_the_ladder_is_climbed_by_the_time_that_was_agreed() -> None:
    usual = UsualLadder((Rung("at", AT, None, (Seat("owner"),)),), {}, {}, ("business_manager",))
    case = extended()
    (rung,) = rungs(case.policy, case.state, case.duty(WEEK), DAYS, usual)
    assert rung.at == FRIDAY


def test_a_time_set_later_to_protect_the_child_takes_its_place() -> None:
    case = extended()
    policys = case.duty(WEEK).due.outer_at
    assert policys is not None
    between = policys + DAY
    assert between < FRIDAY
    case.does(set_to(between))
    due = case.duty(WEEK).due
    assert (due.at, due.is_set_for_child, due.extended_at) == (between, True, None)
    case.does(set_to(TUESDAY + DAY))
    assert case.duty(WEEK).due.at == TUESDAY + DAY


def test_a_time_set_while_more_time_is_asked_for_ends_the_asking() -> None:
    case = asks(at_stage_two()).does(set_to(MONDAY + 2 * DAY))
    assert "extension" not in case.owed()
    assert case.is_refused(an_answer(case)) == "request_over"
    asks(case)
    case.does(an_answer(case))
    assert case.duty(WEEK).due.at == FRIDAY


def test_a_request_ends_with_the_duty_it_is_about() -> None:
    case = asks(at_stage_two()).records("workers-discuss", "agreed", SOCIAL_CARE)
    assert WEEK not in case.owed()
    assert "extension" not in case.owed()
    assert case.is_refused(an_answer(case)) == "request_over"


def test_what_was_agreed_holds_for_the_agency_that_takes_anothers_place() -> None:
    case = extended()
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    assert case.duty(WEEK).due.at == FRIDAY
    waiting = asks(at_stage_two(receiving=(SOCIAL_CARE, HEALTH)))
    waiting.does(an_answer(waiting))
    waiting.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=POLICE)))
    assert {d.body for d in waiting.duties() if d.clock == "extension"} == {POLICE, HEALTH}


# --- refused --------------------------------------------------------------------------------------


def test_before_the_sides_have_met_the_policys_time_holds() -> None:
    case = Case()
    assert case.is_refused(more_time(case.duty(WEEK), FRIDAY)) == "nobody_to_agree"


def test_what_has_no_time_or_is_not_owed_is_not_made_longer() -> None:
    case = at_stage_two()
    assert case.is_refused(more_time(case.duty("workers-discuss"), FRIDAY)) == "no_time"
    gone = e.ExtensionProposed(
        by=SCHOOL, clock=Code(WEEK), opened_by=Id("x"), about=None, until_at=FRIDAY
    )
    assert case.is_refused(gone) == "clock_stopped"


def test_one_request_is_open_at_a_time_for_one_duty() -> None:
    case = asks(at_stage_two())
    assert case.is_refused(more_time(case.duty(WEEK), FRIDAY)) == "already_asked"


def test_what_cannot_be_so_is_refused() -> None:
    case = at_stage_two()
    week = case.duty(WEEK)
    assert case.is_refused(more_time(week, TUESDAY)) == "not_longer"
    assert case.is_refused(more_time(week, MONDAY + 5000 * DAY)) == "too_far"
    assert case.is_refused(more_time(week, FRIDAY, by=POLICE)) == "not_a_party"
    no_reason = e.ExtensionProposed(
        by=SCHOOL, clock=Code(WEEK), opened_by=week.opened_by, about=None, until_at=FRIDAY
    )
    assert case.is_refused(no_reason) == "no_reason"
    asks(case)
    assert case.is_refused(an_answer(case, SCHOOL)) == "already_answered"
    assert case.is_refused(an_answer(case, POLICE)) == "not_a_party"
    unknown = e.ExtensionAnswered(proposed=Id("x"), agency=SOCIAL_CARE, is_agreed=True)
    assert case.is_refused(unknown) == "no_such_request"


def test_a_time_that_has_passed_by_then_cannot_be_agreed_to_any_more() -> None:
    case = asks(at_stage_two())
    case.now = FRIDAY
    assert case.is_refused(an_answer(case)) == "time_past"
    case.does(an_answer(case, agrees=False))


def test_a_late_duty_may_have_more_time_if_everybody_agrees() -> None:
    case = at_stage_two()
    case.now = MONDAY + 14 * DAY
    asks(case, until=MONDAY + 21 * DAY)
    case.does(an_answer(case))
    assert case.duty(WEEK).due.at == MONDAY + 21 * DAY


@pytest.mark.parametrize("is_allowed", [True, False])
def test_a_policy_may_say_that_its_times_stand(is_allowed: bool) -> None:
    policy = a_policy(extending={"allowed": is_allowed, **ALL})
    case = Case(policy, grounds=())
    asked = more_time(case.duty("talk"), FRIDAY)
    assert case.is_refused(asked) == (None if is_allowed else "not_lengthened")
    if is_allowed:
        assert case.duty("extension").clause == "1"


def test_a_time_that_protects_a_child_at_immediate_risk_is_not_made_longer() -> None:
    urgent = {
        "when": "A child is at risk",
        "steps": [a_step("at-once", kind="notice", settles=False, limit="4 hours")],
        "limits": {"talk": "4 hours"},
        **ALL,
    }
    case = Case(a_policy(urgent=urgent), grounds=())
    asked = more_time(case.duty("talk"), FRIDAY)
    case.does(e.ImmediateRiskReported(), by=acting())
    assert case.is_refused(asked) == "urgent_time"
    step = more_time(case.duty("at-once"), FRIDAY)
    assert case.is_refused(step) == "urgent_time"
