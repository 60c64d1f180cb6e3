"""What passes between the sides, by the use cases: each agency answers for itself, once, and nothing is half done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from counterpart.casework import acts, between
from counterpart.casework.actors import on_behalf
from counterpart.casework.casefile import open_case
from counterpart.casework.writing import Done, load
from counterpart.engine import between_duties as owed
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from counterpart.people.models import Agency
from tests import directory as d
from tests.integration.casework.sides import code, is_refused, owes
from tests.integration.casework.standing import everything
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

MANAGER, LINE_MANAGER = "office.business_manager", "school.line_manager"
MEETING = "multi-agency-meeting"
DAY = timedelta(days=1)


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    """Brent's Stage Two: the workers speak."""
    return Story(place).raised().to_workers()


@pytest.fixture
def bexley() -> Live:
    """A case under Bexley's policy, in which a meeting may be required."""
    place = a_whole_town()
    puts_in_force(place, policy_file("bexley"))
    Agency.objects.filter(id=place.agencies["police"]).update(is_statutory=True)
    return Live(place).begins()


# --- questions --------------------------------------------------------------------------------------


def asks(story: Story, who: str = RAISER, of: str = "care", **changed: Any) -> str:
    """Somebody asks another agency; the question's entry."""
    what = {"what": "What did the visit find?", "why": "To settle on a plan."} | changed
    agency = story.town.agencies[of]
    return story.does(between.ask_information, who, of=agency, **what).entries[0].id


def test_a_question_is_owed_by_the_agency_asked_until_it_is_answered(story: Story) -> None:
    asked = asks(story)
    assert owes(story, owed.ACKNOWLEDGE) == owes(story, owed.ANSWER) == ["care"]
    story.does(between.acknowledge_information, WORKER, asked=asked)
    assert (owes(story, owed.ACKNOWLEDGE), owes(story, owed.ANSWER)) == ([], ["care"])
    story.does(between.answer_information, WORKER, asked=asked, is_given=True, said="Nobody in.")
    assert owes(story, owed.ANSWER) == []
    assert story.state.between.questions[0].answer == "given"


def test_a_question_may_be_asked_either_way_and_may_be_refused(story: Story) -> None:
    asked = asks(story, WORKER, "school")
    said = {"is_given": False, "said": "We may not share it."}
    story.does(between.answer_information, RAISER, asked=asked, **said)
    assert story.state.between.questions[0].answer == "refused"
    assert owes(story, owed.ACKNOWLEDGE) == []


def test_an_answer_has_no_time_unless_the_asker_named_a_day(story: Story) -> None:
    asks(story)
    asks(story, wanted_on=(story.now + 3 * DAY).date())
    file = open_case(story.case, story.now)
    times = [duty.due.at for duty in file.duties if duty.clock == owed.ANSWER]
    assert [at.date() if at else None for at in times] == [(story.now + 3 * DAY).date(), None]


def test_nobody_answers_for_the_agency_that_was_asked(story: Story) -> None:
    asked = asks(story)
    for who in (RAISER, MANAGER, "police.practitioner"):
        is_refused(story, "not_theirs", between.acknowledge_information, who, asked=asked)
        answer = {"asked": asked, "is_given": True, "said": "S."}
        is_refused(story, "not_theirs", between.answer_information, who, **answer)


def test_a_question_is_answered_once(story: Story) -> None:
    asked = asks(story)
    answer = {"asked": asked, "is_given": True, "said": "S."}
    story.does(between.answer_information, WORKER, **answer)
    is_refused(story, "already_answered", between.answer_information, WORKER, **answer)
    is_refused(story, "already_answered", between.acknowledge_information, WORKER, asked=asked)


def test_a_question_of_another_case_is_not_there(story: Story) -> None:
    other = asks(Story(story.town, now=story.now).raised().to_workers())
    for asked in (other, "f" * 32, ""):
        answer = {"asked": asked, "is_given": True, "said": "S."}
        is_refused(story, "no_such_question", between.answer_information, WORKER, **answer)


@pytest.mark.parametrize(
    ("of", "reason"), [("school", "own_agency"), ("police", "not_a_party"), ("nobody", "not_a_party")]
)  # fmt: skip
def test_only_another_agency_in_the_case_is_asked(story: Story, of: str, reason: str) -> None:
    agency = story.town.agencies.get(of, "f" * 32)
    what = {"of": agency, "what": "W.", "why": "Y."}
    is_refused(story, reason, between.ask_information, RAISER, **what)
    is_refused(story, "not_theirs", between.ask_information, MANAGER, **what)


def test_nothing_is_asked_of_an_agency_that_does_not_know_of_the_case_yet(place: Town) -> None:
    story = Story(place).raised()
    what = {"of": place.agencies["care"], "what": "W.", "why": "Y."}
    is_refused(story, "not_met_yet", between.ask_information, RAISER, **what)


def test_the_same_question_sent_twice_is_asked_once(story: Story) -> None:
    key = d.new_id()
    what = {"of": story.town.agencies["care"], "what": "W.", "why": "Y."}
    first = story.does(between.ask_information, RAISER, key=key, **what)
    again = story.does(between.ask_information, RAISER, key=key, **what)
    assert again.repeated
    assert again.entries == first.entries
    assert len(story.state.between.questions) == 1


def test_the_office_writes_down_what_somebody_of_the_agency_asked_telephoned(story: Story) -> None:
    asked = asks(story)
    manager = story.town.acting(MANAGER, "business_manager")
    post = story.town.posts[WORKER]
    actor = on_behalf(manager, post=post, name=story.town.names[WORKER], at=story.now)
    story.does(between.acknowledge_information, MANAGER, actor=actor, asked=asked)
    assert story.state.between.questions[0].acknowledged_at is not None


# --- meetings ---------------------------------------------------------------------------------------


def requires(story: Story, who: str = RAISER, by: str = "", **changed: Any) -> Done | Refusal:
    """An agency requires Bexley's meeting, of both sides."""
    required_by = story.town.agencies[by] if by else story.town.agency_of(who)
    what = {"step": MEETING, "required_by": required_by, "agencies": story.state.parties,
            "reason": "It cannot wait."}  # fmt: skip
    return story.tries(between.require_meeting, who, **(what | changed))


def required(story: Story, who: str = RAISER) -> str:
    done = requires(story, who)
    assert isinstance(done, Done), done
    return done.entries[0].id


def in_days(story: Story, *days: int) -> list[datetime]:
    return [story.now + n * DAY for n in days]


def held(story: Story, meeting: str, who: str = RAISER, **changed: Any) -> Done | Refusal:
    step = {"step": MEETING, "how": "in_person", "result": "not_agreed", "said": "We met.",
            "agencies": story.state.receiving_agencies}  # fmt: skip
    attendance = changed.pop("attendance", dict.fromkeys(story.state.parties, "came"))
    return story.tries(
        between.record_meeting, who, meeting=meeting, attendance=attendance, step=step | changed,
        happened_at=story.now + story.step,
    )  # fmt: skip


def test_a_meeting_goes_from_required_to_held(bexley: Live) -> None:
    meeting = required(bexley)
    assert owes(bexley, owed.TIMES) == ["school"]
    assert "school" in owes(bexley, MEETING)
    times = in_days(bexley, 5, 3)
    bexley.does(between.propose_times, RAISER, meeting=meeting, times=times, where="By video")
    assert bexley.state.between.meetings[0].times == tuple(sorted(times))
    assert (owes(bexley, owed.TIMES), owes(bexley, owed.TIMES_ANSWER)) == ([], ["care"])
    bexley.does(between.answer_times, WORKER, meeting=meeting, times=times[:1])
    assert (owes(bexley, owed.TIMES_ANSWER), owes(bexley, owed.ARRANGE)) == ([], ["school"])
    bexley.does(between.arrange_meeting, RAISER, meeting=meeting, meets_at=times[0])
    assert owes(bexley, owed.ARRANGE) == []
    came = {bexley.town.agencies["school"]: "came", bexley.town.agencies["care"]: "apologies"}
    answer = held(bexley, meeting, attendance=came)
    assert isinstance(answer, Done)
    assert [type(entry.event) for entry in answer.entries] == [e.StepRecorded, e.MeetingAttended]
    found = bexley.state.between.meetings[0]
    assert found.status == "held"
    assert {one.agency: one.part for one in found.attendance} == came
    assert owes(bexley, MEETING) == []


def test_that_an_agency_can_come_at_none_of_the_times_is_an_answer_and_may_change(
    bexley: Live,
) -> None:
    meeting, times = required(bexley), in_days(bexley, 3, 5)
    bexley.does(between.propose_times, RAISER, meeting=meeting, times=times)
    bexley.does(between.answer_times, WORKER, meeting=meeting, times=[], says="The week after.")
    care = bexley.town.agencies["care"]
    assert bexley.state.between.meetings[0].answers[care] == ()  # type: ignore[index]  # an id
    bexley.does(between.answer_times, WORKER, meeting=meeting, times=times[:1])
    assert bexley.state.between.meetings[0].answers[care] == (times[0],)  # type: ignore[index]


def test_each_does_their_own_part_of_a_meeting(bexley: Live) -> None:
    meeting, times = required(bexley), in_days(bexley, 3)
    put: dict[str, Any] = {"meeting": meeting, "times": times}
    at: dict[str, Any] = {"meeting": meeting, "meets_at": times[0]}
    is_refused(bexley, "not_theirs", between.propose_times, WORKER, **put)
    is_refused(bexley, "not_theirs", between.arrange_meeting, WORKER, **at)
    is_refused(bexley, "not_theirs", between.call_off, WORKER, meeting=meeting, reason="R.")
    bexley.does(between.propose_times, RAISER, **put)
    is_refused(bexley, "not_theirs", between.answer_times, RAISER, **put)
    is_refused(bexley, "not_theirs", between.answer_times, "police.practitioner", **put)


def test_times_that_are_past_or_were_not_put_forward_are_refused(bexley: Live) -> None:
    meeting = required(bexley)
    past = [bexley.now - DAY]
    is_refused(bexley, "time_past", between.propose_times, RAISER, meeting=meeting, times=past)
    is_refused(bexley, "no_times", between.propose_times, RAISER, meeting=meeting, times=[])
    arranged = {"meeting": meeting, "meets_at": past[0]}
    is_refused(bexley, "time_past", between.arrange_meeting, RAISER, **arranged)
    bexley.does(between.propose_times, RAISER, meeting=meeting, times=in_days(bexley, 3))
    other = {"meeting": meeting, "times": in_days(bexley, 9)}
    is_refused(bexley, "other_times", between.answer_times, WORKER, **other)


def test_attendance_names_every_agency_that_was_asked_and_nothing_is_half_done(
    bexley: Live,
) -> None:
    meeting = required(bexley)
    school, care = bexley.town.agencies["school"], bexley.town.agencies["care"]
    for wrong in ({school: "came"}, {school: "came", care: "waved"},
                  {school: "absent", care: "absent"}):  # fmt: skip
        before = everything()
        assert isinstance(held(bexley, meeting, attendance=wrong), Refusal)
        assert everything() == before
    assert code(held(bexley, "f" * 32)) == "no_such_meeting"
    plain = {"step": MEETING, "how": "in_person", "result": "not_agreed", "said": "S.",
             "agencies": bexley.state.receiving_agencies, "happened_at": bexley.now}  # fmt: skip
    is_refused(bexley, "who_came", acts.record_step, RAISER, **plain)


def test_a_meeting_is_called_off_by_whoever_required_it(bexley: Live) -> None:
    meeting = required(bexley, WORKER)
    assert owes(bexley, owed.TIMES) == ["care"]
    is_refused(bexley, "not_theirs", between.call_off, RAISER, meeting=meeting, reason="R.")
    bexley.does(between.call_off, WORKER, meeting=meeting, reason="We spoke instead.")
    assert owes(bexley, owed.TIMES) == owes(bexley, MEETING) == []
    is_refused(bexley, "meeting_over", between.call_off, WORKER, meeting=meeting, reason="R.")


def test_one_meeting_of_a_step_is_required_at_a_time(bexley: Live) -> None:
    required(bexley)
    assert code(requires(bexley, WORKER)) == "already_required"


def test_a_statutory_agency_outside_the_case_requires_it_through_somebody_in_it(
    bexley: Live,
) -> None:
    assert code(requires(bexley, by="hospital")) == "not_statutory"
    assert code(requires(bexley, by="care")) == "not_theirs"
    assert code(requires(bexley, required_by="f" * 32)) == "no_such_agency"
    assert isinstance(requires(bexley, MANAGER, by="police"), Done)
    found = bexley.state.between.meetings[0]
    assert found.by == bexley.town.agencies["police"]
    assert found.arranger == bexley.town.agencies["school"]
    bexley.does(between.call_off, WORKER, meeting=found.id, reason="They no longer want it.")


def test_a_meeting_is_required_only_where_the_policy_says_so(story: Story) -> None:
    assert code(requires(story, step="workers-discuss")) == "not_required"
    assert code(requires(story, step="no-such-step")) == "no_such_step"


# --- more time --------------------------------------------------------------------------------------


def a_timed_duty(story: Story) -> Any:
    """The first duty of the policy that has a time."""
    file = open_case(story.case, story.now)
    return next(duty for duty in file.duties if duty.due.at)


def more_time(story: Story, who: str = RAISER, **changed: Any) -> Done | Refusal:
    duty = a_timed_duty(story)
    what = {"clock": duty.clock, "opened_by": duty.opened_by, "about": duty.about,
            "until_at": duty.due.at + 2 * DAY, "reason": "The paediatrician sees him on Monday."}  # fmt: skip
    return story.tries(between.ask_more_time, who, **(what | changed))


def asked_for(story: Story) -> str:
    done = more_time(story)
    assert isinstance(done, Done), done
    return done.entries[0].id


def test_more_time_holds_once_every_agency_has_agreed_and_not_before(story: Story) -> None:
    was = a_timed_duty(story)
    asked = asked_for(story)
    assert owes(story, owed.EXTENSION) == ["care"]
    still = next(x for x in open_case(story.case, story.now).duties if x.id == was.id)
    assert still.due == was.due
    story.does(between.answer_more_time, WORKER, proposed=asked, is_agreed=True)
    now = next(x for x in open_case(story.case, story.now).duties if x.id == was.id)
    assert now.due.at == now.due.extended_at == was.due.at + 2 * DAY
    assert now.due.outer_at == was.due.outer_at
    assert owes(story, owed.EXTENSION) == []


def test_how_long_the_child_has_waited_is_counted_as_before(story: Story) -> None:
    asked = asked_for(story)
    story.does(between.answer_more_time, WORKER, proposed=asked, is_agreed=True)
    at = story.now + 9 * DAY
    assert open_case(story.case, at).waiting == at - story.state.raised_at


def test_one_agency_that_does_not_agree_ends_it_and_the_time_stays(story: Story) -> None:
    was = a_timed_duty(story)
    answer = {"proposed": asked_for(story), "is_agreed": False}
    is_refused(story, "no_reason", between.answer_more_time, WORKER, **answer)
    story.does(between.answer_more_time, WORKER, reason="He cannot wait.", **answer)
    assert a_timed_duty(story).due == was.due
    assert owes(story, owed.EXTENSION) == []
    again = answer | {"is_agreed": True}
    is_refused(story, "request_over", between.answer_more_time, WORKER, **again)


def test_no_agency_agrees_for_another_or_alone(story: Story) -> None:
    answer = {"proposed": asked_for(story), "is_agreed": True}
    for who in (RAISER, MANAGER, "police.practitioner"):
        is_refused(story, "not_theirs", between.answer_more_time, who, **answer)


@pytest.mark.parametrize(
    ("days", "reason"), [(-30, "not_longer"), (0, "not_longer"), (2000, "too_far")]
)
def test_more_time_has_an_end_that_is_later_and_not_far_away(
    story: Story, days: int, reason: str
) -> None:
    until_at = a_timed_duty(story).due.at + days * DAY
    assert code(more_time(story, until_at=until_at)) == reason


def test_more_time_is_for_what_is_owed_now_and_asked_by_an_agency_in_the_case(
    story: Story,
) -> None:
    assert code(more_time(story, opened_by="f" * 32)) == "clock_stopped"
    assert code(more_time(story, clock="no-such-clock")) == "clock_stopped"
    assert code(more_time(story, MANAGER)) == "not_theirs"
    asked_for(story)
    assert code(more_time(story)) == "already_asked"


def test_more_time_that_is_pressed_twice_is_asked_once(story: Story) -> None:
    key = d.new_id()
    made = [more_time(story, key=key), more_time(story, key=key)]
    assert [code(one) for one in made] == ["done", "done"]
    assert len(story.state.between.extensions) == 1


def test_every_entry_is_kept_with_who_acted_for_which_agency(story: Story) -> None:
    asked = asks(story)
    story.does(between.answer_information, WORKER, asked=asked, is_given=True, said="S.")
    actors = [entry.actor.agency for entry in load(story.case).record[-2:]]
    assert actors == [story.town.agencies["school"], story.town.agencies["care"]]
