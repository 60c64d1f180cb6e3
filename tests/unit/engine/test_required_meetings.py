"""A meeting that an agency requires: whose it is to arrange, when each can come, and when it is held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from counterpart.engine import events as e
from counterpart.engine.duties import Duty
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import NEW_ENTRY
from counterpart.policy.model import Policy
from tests.between import CARE, WHY, held, holds, requires
from tests.casebook import Case, a_step
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy
from tests.kinds import a_step as written_step

DAY = timedelta(days=1)
MEETING = {
    "kind": "meeting",
    "by": "each",
    "with": "each",
    "force": "may",
    "required_by": "statutory",
    "limit": "5 working days",
}


def meeting_policy(**keys: Any) -> Policy:
    step = written_step("meet", **(MEETING | keys))
    return a_policy(any_stage={"steps": [step], **ALL})


def required(*, by: str = SCHOOL, policy: Policy | None = None, **concern: Any) -> Case:
    """Somebody has required a meeting of the school, social care and health."""
    case = Case(policy or meeting_policy(), grounds=(), receiving=(SOCIAL_CARE, HEALTH), **concern)
    return case.does(requires(case, "meet", by))


def meeting_of(case: Case) -> Id:
    return case.state.between.meetings[-1].id


def puts_forward(case: Case, *days: int) -> e.MeetingTimesProposed:
    return e.MeetingTimesProposed(
        meeting=meeting_of(case), times=tuple(case.now + n * DAY for n in days)
    )


def can_come(case: Case, agency: str, *which: int) -> e.MeetingTimesAnswered:
    times = case.state.between.meetings[-1].times
    return e.MeetingTimesAnswered(
        meeting=meeting_of(case), agency=Id(agency), times=tuple(times[n] for n in which)
    )


def arranged(case: Case, days: int = 3) -> e.MeetingArranged:
    return e.MeetingArranged(meeting=meeting_of(case), meets_at=case.now + days * DAY)


def duty_of_step(case: Case) -> Duty:
    return case.duty("meet")


# --- required -------------------------------------------------------------------------------------


def test_nobody_owes_it_until_it_is_required() -> None:
    assert "meet" not in Case(meeting_policy(), grounds=()).owed()


@pytest.mark.parametrize("by", [SCHOOL, SOCIAL_CARE])
def test_the_agency_that_requires_it_owes_it_and_puts_forward_times(by: Id) -> None:
    case = required(by=by)
    step, times = duty_of_step(case), case.duty("times")
    assert (step.body, step.about, step.force, step.asked_by) == (by, by, "must", by)
    assert step.entry == times.entry == case.record[-1].id
    assert step.due.at is not None
    assert (times.id, times.body, times.due.at, times.clause) == (
        f"{case.record[-1].id}:times:{by}",
        by,
        None,
        "1",
    )


def test_for_an_agency_outside_the_disagreement_the_raising_side_arranges_it() -> None:
    case = required(by=POLICE)
    assert duty_of_step(case).body == SCHOOL
    assert case.state.between.meetings[-1].by == POLICE


def test_only_parties_may_require_what_is_for_parties() -> None:
    case = Case(meeting_policy(required_by="parties"), grounds=())
    assert case.is_refused(requires(case, "meet", POLICE)) == "not_a_party"
    case.does(requires(case, "meet", SOCIAL_CARE))


def test_the_policy_may_have_the_partnership_arrange_it() -> None:
    case = required(policy=meeting_policy(arranged_by="partnership.coordinator"))
    assert case.duty("times").post == "partnership-business_manager"
    assert {d.body for d in case.duties() if d.clock == "meet"} == {SCHOOL, SOCIAL_CARE, HEALTH}


def test_the_policy_may_say_which_side_arranges_it_and_in_which_role() -> None:
    case = required(by=SOCIAL_CARE, policy=meeting_policy(arranged_by="raising.manager"))
    assert case.duty("times").post == "school-line_manager"


def test_one_meeting_of_a_step_is_open_at_a_time() -> None:
    case = required()
    assert case.is_refused(requires(case, "meet", HEALTH)) == "already_required"
    holds(case, "meet", "not_agreed")
    case.does(requires(case, "meet", HEALTH))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agencies": ()}, "nobody_asked"),
        ({"agencies": (SCHOOL, POLICE)}, "not_a_party"),
        ({"agencies": (SCHOOL, SCHOOL)}, "agency_twice"),
        ({"arranger": HEALTH}, "another_arranges"),
        ({"step": Code("talk")}, "not_required"),
        ({"step": Code("no-such")}, "not_required"),
    ],
)
def test_what_cannot_be_so_is_refused(changes: dict[str, Any], code: str) -> None:
    case = Case(meeting_policy(), grounds=(), receiving=(SOCIAL_CARE, HEALTH))
    fields = {
        "step": Code("meet"),
        "by": SCHOOL,
        "agencies": (SCHOOL, HEALTH),
        "arranger": SCHOOL,
        "reason": WHY,
    }
    assert case.is_refused(e.MeetingRequired(**(fields | changes))) == code


def test_everybody_asked_is_told() -> None:
    case = Case(meeting_policy(), grounds=(), receiving=(SOCIAL_CARE, HEALTH))
    told = case.notices_of(requires(case, "meet"))
    posts = {n.post for n in told if n.kind == NEW_ENTRY}
    assert posts == {"social-care-practitioner", "health-practitioner"}


# --- times ----------------------------------------------------------------------------------------


def test_each_other_agency_says_when_it_can_come_and_then_it_is_arranged() -> None:
    case = required()
    case.does(puts_forward(case, 2, 3))
    proposed = case.record[-1].id
    assert "times" not in case.owed()
    asked = {d.id for d in case.duties() if d.clock == "times_answer"}
    assert asked == {f"{proposed}:times_answer:{a}" for a in (SOCIAL_CARE, HEALTH)}
    case.does(can_come(case, SOCIAL_CARE, 1))
    assert "arrange" not in case.owed()
    case.does(can_come(case, HEALTH))
    assert case.duty("arrange").body == SCHOOL
    case.does(arranged(case))
    assert not {"arrange", "times", "times_answer"} & set(case.owed())
    assert "meet" in case.owed()


def test_it_may_be_arranged_before_all_have_answered_and_again() -> None:
    case = required()
    case.does(puts_forward(case, 2)).does(arranged(case))
    meeting = case.state.between.meetings[-1]
    assert (meeting.sequence, meeting.times) == (0, ())
    case.does(arranged(case, 5))
    again = case.state.between.meetings[-1]
    assert (again.sequence, again.meets_at) == (1, case.record[-1].event.meets_at)


def test_times_put_forward_again_take_the_place_of_those_before() -> None:
    case = required()
    case.does(puts_forward(case, 2)).does(can_come(case, HEALTH, 0))
    old = can_come(case, SOCIAL_CARE, 0)
    case.does(puts_forward(case, 4))
    assert case.is_refused(old) == "other_times"
    assert sorted(d.body for d in case.duties() if d.clock == "times_answer") == [
        HEALTH,
        SOCIAL_CARE,
    ]


def test_an_agency_may_change_its_answer() -> None:
    case = required()
    case.does(puts_forward(case, 2, 3)).does(can_come(case, HEALTH, 0))
    case.does(can_come(case, HEALTH, 1))
    meeting = case.state.between.meetings[-1]
    assert meeting.answers[HEALTH] == (meeting.times[1],)


def test_times_that_cannot_be_so_are_refused() -> None:
    case = required()
    assert case.is_refused(can_come(case, HEALTH)) == "no_times"
    assert case.is_refused(puts_forward(case)) == "no_times"
    assert case.is_refused(puts_forward(case, 3, 2)) == "times_not_in_order"
    assert case.is_refused(puts_forward(case, 2, 2)) == "times_not_in_order"
    assert case.is_refused(puts_forward(case, -1, 2)) == "time_past"
    assert case.is_refused(puts_forward(case, 9999)) == "too_far"
    assert case.is_refused(puts_forward(case, *range(1, 30))) == "too_many_times"
    assert case.is_refused(arranged(case, -1)) == "time_past"
    case.does(puts_forward(case, 2))
    assert case.is_refused(can_come(case, SCHOOL, 0)) == "not_asked"
    assert case.is_refused(can_come(case, POLICE, 0)) == "not_asked"


# --- held, or called off --------------------------------------------------------------------------


def test_it_is_held_with_who_came_and_all_that_was_owed_for_it_ends() -> None:
    case = required(by=SOCIAL_CARE)
    holds(case, "meet", "not_agreed", health="apologies")
    assert not {"meet", "times"} & set(case.owed())
    meeting = case.state.between.meetings[-1]
    assert meeting.status == "held"
    assert {(a.agency, a.part) for a in meeting.attendance} == {
        (SCHOOL, "came"),
        (SOCIAL_CARE, "came"),
        (HEALTH, "apologies"),
    }


def test_the_step_alone_is_refused_while_a_meeting_is_required_and_so_is_who_came_alone() -> None:
    case = required()
    step, came = held(case, "meet")
    assert case.is_refused(step) == "who_came"
    assert case.is_refused(came) == "with_the_step"
    assert case.is_refused(step, more=(came, came)) == "who_came"
    elsewhere = e.MeetingAttended(meeting=Id("other"), attendance=came.attendance)
    assert case.is_refused(step, more=(elsewhere,)) == "who_came"
    some = e.MeetingAttended(meeting=came.meeting, attendance=came.attendance[1:])
    assert case.is_refused(step, more=(some,)) == "who_came"


def test_who_came_is_judged_with_the_step() -> None:
    case = required()
    absent = held(case, "meet", **dict.fromkeys((SCHOOL, SOCIAL_CARE, HEALTH), "absent"))
    assert case.is_refused(absent[0], more=absent[1:]) == "nobody_came"
    odd = held(case, "meet", health="late")
    assert case.is_refused(odd[0], more=odd[1:]) == "no_such_part"
    beside = held(case, "meet", police="came")
    case.does(beside[0], more=beside[1:])


def test_silence_does_not_end_it_one_that_was_not_held_is_still_required() -> None:
    case = required()
    step, came = held(case, "meet", "not_held")
    assert case.is_refused(step, more=(came,)) == "still_required"


def test_without_a_requirement_the_step_is_recorded_as_ever() -> None:
    case = Case(meeting_policy(), grounds=()).records("meet", "not_agreed", SOCIAL_CARE)
    came = e.MeetingAttended(meeting=Id("x"), attendance=())
    assert case.is_refused(a_step("meet", "agreed", SOCIAL_CARE), more=(came,)) == "meeting_over"


def test_settled_by_other_means_it_is_still_owed_until_it_is_called_off() -> None:
    case = required().records("talk", "agreed", SOCIAL_CARE, HEALTH)
    assert case.state.is_settled
    assert "meet" in case.owed()
    off = e.MeetingCalledOff(meeting=meeting_of(case), reason=WHY)
    case.does(off)
    assert not {"meet", "times"} & set(case.owed())
    assert case.is_refused(off) == "meeting_over"


def test_calling_it_off_needs_a_reason() -> None:
    case = required()
    off = e.MeetingCalledOff(meeting=meeting_of(case))
    assert case.is_refused(off) == "no_reason"


def test_what_the_policy_asks_for_anyway_goes_on_when_a_meeting_is_called_off() -> None:
    policy = meeting_policy(force="must", by="raising", required_by="parties")
    case = Case(policy, grounds=())
    opened = case.duty("meet").id
    case.does(requires(case, "meet", SOCIAL_CARE))
    assert case.duty("meet").id == opened
    case.does(e.MeetingCalledOff(meeting=meeting_of(case), reason=WHY))
    assert case.duty("meet").id == opened


def test_the_end_of_the_case_ends_it_and_a_case_opened_again_begins_without_it() -> None:
    case = required().does(e.CaseWithdrawn())
    assert case.owed() == []
    assert case.state.between.meetings[-1].status == "off"
    case.does(e.CaseReopened(stage=case.state.stage))
    assert not {"meet", "times"} & set(case.owed())


def test_a_meeting_of_a_stage_is_off_when_the_case_leaves_the_stage() -> None:
    step = written_step("meet", **MEETING)
    talk = written_step("talk")
    policy = a_policy(
        stages=[
            {"id": "one", "title": "One", "speaks": {"raising": "worker", "receiving": "worker"},
             "steps": [talk, step], "ways_on": [{"id": "up", "to": "two", "title": "Up", "by": "raising",
             "limit": "not stated", **ALL}], **ALL},
            {"id": "two", "title": "Two", "speaks": {"raising": "manager", "receiving": "manager"},
             "steps": [written_step("again")], **ALL},
        ]
    )  # fmt: skip
    case = Case(policy, grounds=())
    case.does(requires(case, "meet")).moves("up")
    assert case.state.between.meetings[-1].status == "off"
    assert not {"meet", "times"} & set(case.owed())
    assert case.is_refused(requires(case, "meet")) == "another_stage"


def test_another_agency_comes_into_the_place_of_one_that_was_asked() -> None:
    case = required()
    case.does(puts_forward(case, 2)).does(can_come(case, SOCIAL_CARE, 0))
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=POLICE)))
    assert case.state.between.meetings[-1].agencies == (SCHOOL, POLICE, HEALTH)
    assert case.duty("times_answer", POLICE).post == "police-practitioner"


def test_the_ids_of_its_duties_never_change_by_folding_again() -> None:
    case = required()
    case.does(puts_forward(case, 2)).does(can_come(case, HEALTH, 0))
    before = {d.id for d in case.duties()}
    assert fold(case.policy, tuple(case.record)) == case.state
    case.does(e.PolicyGapReported(), by=CARE)
    assert before <= {d.id for d in case.duties()}
