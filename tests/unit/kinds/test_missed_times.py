"""What a missed time does: tell, count as not agreed, move on, make somebody choose, bar a way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.kinds import Code
from counterpart.engine.passing import passed
from counterpart.engine.registry import Actor
from counterpart.worktime import parse_instant
from tests.casebook import DAYS, Case
from tests.fakes import HEALTH, SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_step, a_way, stages

CLOCK = Actor(person=None, post=None, agency=None, capacity=Code("clock"))
LATER = parse_instant("2026-11-05T00:00")


def when_missed(then: str, *, ways: list[dict[str, Any]] | None = None, **keys: Any) -> Case:
    talk = a_step("talk", if_missed={"then": then, **ALL} | keys)
    ways = ways or [a_way("up", "two")]
    return Case(a_policy(stages=stages(steps=[talk], ways_on=ways)), grounds=())


def pass_time(case: Case) -> list[e.LimitPassed]:
    """What the worker does once two working days have gone by."""
    case.now = LATER
    found = []
    while left := passed(case.policy, case.state, now=case.now, calendar=DAYS):
        case.does(left[0], by=CLOCK, after=timedelta())
        found.append(left[0])
    return found


def test_nothing_is_recorded_of_a_time_that_nothing_follows_from() -> None:
    case = Case(a_policy(), grounds=())
    assert pass_time(case) == []


def test_a_time_that_has_not_passed_cannot_be_said_to_have() -> None:
    case = when_missed("tell", tells=["partnership.chair"])
    assert passed(case.policy, case.state, now=case.now, calendar=DAYS) == ()
    (running,) = case.state.clocks
    at = case.duty("talk").due.at
    assert at is not None
    event = e.LimitPassed(
        clock=Code("talk"), opened_by=running.opened_by, agency=running.agency, due_at=at
    )
    assert case.is_refused(event, by=CLOCK) == "not_passed"


def test_those_whom_the_policy_names_are_told_and_it_is_put_on_the_record_once() -> None:
    case = when_missed("tell", tells=["partnership.chair"])
    case.now = LATER
    (event,) = passed(case.policy, case.state, now=case.now, calendar=DAYS)
    told = case.notices_of(event, by=CLOCK)
    assert [(n.kind, n.post) for n in told if n.kind == "time_passed"] == [
        ("time_passed", "partnership-independent_chair")
    ]
    assert passed(case.policy, case.state, now=case.now, calendar=DAYS) == ()
    assert case.owed() == ["talk"]


def test_silence_counts_as_not_agreed() -> None:
    case = when_missed("fail")
    assert len(pass_time(case)) == 1
    assert case.state.results["talk", SOCIAL_CARE] == "not_held"
    assert "way-up" in case.owed()


def test_silence_of_one_of_two_agencies_is_that_ones() -> None:
    talk = a_step("talk", if_missed={"then": "fail", **ALL})
    policy = a_policy(stages=stages(steps=[talk]))
    case = Case(policy, receiving=(SOCIAL_CARE, HEALTH), grounds=())
    case.records("talk", "agreed", HEALTH)
    assert [ev.agency for ev in pass_time(case)] == [SOCIAL_CARE]
    assert case.state.results == {("talk", HEALTH): "agreed", ("talk", SOCIAL_CARE): "not_held"}
    assert "way-up" in case.owed()


def test_the_case_moves_on_by_itself() -> None:
    case = when_missed("move", way="up")
    pass_time(case)
    assert case.state.stage == "two"
    assert isinstance(case.record[-1].event, e.MovedOn)
    assert case.record[-1].actor.person is None
    assert case.owed() == ["managers-talk"]


def test_a_case_that_was_settled_in_time_does_not_move() -> None:
    case = when_missed("move", way="up").records("talk", "agreed", SOCIAL_CARE)
    assert pass_time(case) == []
    assert case.state.stage == "one"


def test_somebody_must_choose_what_comes_next() -> None:
    case = when_missed("choose", by="partnership.coordinator")
    pass_time(case)
    assert case.owed() == ["choose-talk", "talk"]
    assert case.duty("choose-talk").post == "partnership-business_manager"
    case.records("talk", "not_agreed", SOCIAL_CARE).moves("up")
    assert "choose-talk" not in case.owed()


def test_a_late_challenge_is_barred() -> None:
    late = a_way("late", "two", when=[], force="may")
    case = when_missed("bar", way="late", ways=[a_way("up", "two"), late])
    assert case.option(e.MovedOn, "late").is_allowed
    pass_time(case)
    assert case.is_refused(case.move("late")) == "barred"
    case.records("talk", "not_agreed", SOCIAL_CARE).moves("up")


def test_a_way_may_be_for_when_a_time_was_missed_and_is_owed_then() -> None:
    ways = [
        a_way("up", "two"),
        a_way("silence", "two", when=["missed talk"], by="partnership.chair"),
    ]
    case = Case(a_policy(stages=stages(ways_on=ways)), grounds=())
    assert case.is_refused(case.move("silence")) == "not_missed"
    pass_time(case)
    assert "way-silence" in case.owed()
    case.moves("silence")
    assert case.state.stage == "two"


def test_a_clock_may_start_when_another_was_missed() -> None:
    steps = [
        a_step("talk"),
        a_step(
            "chase", kind="notice", settles=False, starts=["missed talk"], limit="1 working day"
        ),
    ]
    case = Case(a_policy(stages=stages(steps=steps)), grounds=())
    assert case.owed() == ["talk"]
    pass_time(case)
    assert case.owed() == ["chase", "talk"]


def test_a_step_that_was_missed_and_is_done_after_all_counts() -> None:
    case = when_missed("fail")
    pass_time(case)
    case.records("talk", "agreed", SOCIAL_CARE)
    assert case.state.is_settled
