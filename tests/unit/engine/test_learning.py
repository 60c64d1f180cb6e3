"""What is learned from a case, advice, exits that keep their content out, and talking it over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.notices import LEARNING, NEW_ENTRY
from counterpart.policy.model import Policy
from tests.casebook import Case, a_step, brent
from tests.fakes import PARTNERSHIP, SCHOOL
from tests.kinds import ALL, a_policy
from tests.kinds import a_step as step
from tests.property.endings import endings

POST = Id("school-line_manager")


def ended(policy: Policy | None = None) -> Case:
    return Case(policy or brent(), grounds=("other",)).does(e.CaseWithdrawn())


def a_point(
    id: str = "p1", body: str = SCHOOL, due: date = date(2026, 12, 1)
) -> e.LearningPointRecorded:
    return e.LearningPointRecorded(point=Id(id), body=Id(body), owner=POST, due_on=due)


def offer(to: str = "school-practitioner", body: str = SCHOOL) -> e.DebriefOffered:
    return e.DebriefOffered(body=Id(body), to=Id(to))


def test_a_learning_point_is_a_duty_until_it_is_seen_to_and_whoever_raised_it_is_told() -> None:
    case = ended().does(a_point())
    duty = case.duty("learning_point")
    assert (duty.point, duty.body, duty.post, duty.clause) == ("p1", SCHOOL, POST, "")
    assert duty.due.at is not None
    told = case.notices_of(e.LearningPointDone(point=Id("p1")))
    assert [n.person for n in told if n.kind == LEARNING] == []  # they did it themselves
    case = ended().does(a_point())
    other = case.actor_at(SCHOOL, "line-manager")
    told = case.notices_of(e.LearningPointDone(point=Id("p1")), by=other)
    assert [n.person for n in told if n.kind == LEARNING] == ["teacher"]
    assert "learning_point" not in case.owed()


def test_a_point_may_be_passed_on_and_stays_to_be_seen_to() -> None:
    case = ended().does(a_point()).does(e.LearningPointReferred(point=Id("p1"), to=Words("All")))
    (point,) = case.state.endings.points
    assert point.referred_at is not None
    assert "learning_point" in case.owed()


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (a_point(body="housing"), "not_a_party"),
        (a_point(body=PARTNERSHIP), None),
        (a_point(due=date(2026, 1, 1)), "action_past"),
        (a_point(due=date(2036, 1, 1)), "action_far"),
        (e.LearningPointDone(point=Id("p9")), "no_such_point"),
        (e.LearningPointReferred(point=Id("")), "no_such_point"),
        (e.DebriefAnswered(debrief=Id("entry-1"), held=True), "no_such_debrief"),
        (offer("health-practitioner"), "not_in_case"),
        (offer(body="housing"), "not_a_party"),
    ],
)
def test_what_cannot_be_is_refused(event: Any, reason: str | None) -> None:
    assert ended().is_refused(event) == reason


def test_learning_waits_for_the_end_unless_the_stage_looks_back() -> None:
    assert Case().is_refused(a_point()) == "not_ended"
    back = step("back", kind="review", settles=False, force="may", limit="not stated", by="each")
    policy = a_policy(any_stage={"steps": [back], **ALL})
    assert Case(policy, grounds=("plan",)).is_refused(a_point()) is None


def test_the_same_point_is_written_and_done_once() -> None:
    case = ended().does(a_point())
    assert case.is_refused(a_point()) == "same_point"
    case.does(e.LearningPointDone(point=Id("p1")))
    assert case.is_refused(e.LearningPointDone(point=Id("p1"))) == "point_done"


def test_somebody_who_took_part_may_be_offered_to_talk_it_over_once_it_has_ended() -> None:
    case = ended()
    told = case.notices_of(offer(), by=case.actor_at(SCHOOL, "line-manager"))
    assert ("school-practitioner", NEW_ENTRY) in {(n.post, n.kind) for n in told}
    (debrief,) = case.state.endings.debriefs
    case.does(e.DebriefAnswered(debrief=debrief.id, held=False, note=Words("No need.")))
    assert case.state.endings.debriefs[0].held is False
    again = e.DebriefAnswered(debrief=debrief.id, held=True)
    assert case.is_refused(again) == "debrief_answered"
    assert Case().is_refused(offer()) == "case_open"


def test_where_the_policy_has_people_talk_it_over_that_step_is_the_debrief() -> None:
    talk = step("debrief", kind="meeting", settles=False, by="each", force="may")
    case = ended(a_policy(afterwards={"steps": [talk], **ALL}))
    assert case.is_refused(offer()) == "debrief_is_a_step"


@pytest.mark.parametrize("result", ["needed", "not_needed"])
def test_what_was_considered_is_said_with_its_reasons(result: str) -> None:
    case = ended(endings())
    without = e.StepRecorded(step=Code("consider"), how=Code("video"), result=Code(result))
    assert case.is_refused(without) == "no_reason"
    assert case.is_refused(a_step("consider", "done")) == "no_such_result"
    case.does(
        e.StepRecorded(
            step=Code("consider"), how=Code("video"), result=Code(result), said=Words("R.")
        )
    )
    assert "consider" not in case.owed()


def test_what_whistleblowing_is_about_never_enters_the_case_and_the_case_goes_on() -> None:
    case = Case(endings(), grounds=("plan",))
    told = e.ExitTaken(exit=Code("report"), what=Words("They did this."))
    assert case.is_refused(told) == "no_words"
    case.does(e.ExitTaken(exit=Code("report"))).does(e.ExitTaken(exit=Code("report")))
    assert case.state.is_open
    assert case.state.exits == ("report", "report")
    assert case.policy.exits["report"].meanwhile == "The case goes on"


def test_advice_is_recorded_as_advice_by_somebody_named() -> None:
    case = Case()
    assert case.is_refused(e.AdviceRecorded()) == "no_adviser"
    case.does(e.AdviceRecorded(adviser=Id("health-named_professional"), said=Words("Go on.")))
    case.does(e.AdviceRecorded(stated_name=Words("The named nurse")))
    assert len(case.state.endings.advice) == 2
    assert ended().is_refused(e.AdviceRecorded(stated_name=Words("N."))) == "case_ended"
