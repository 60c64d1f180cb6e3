"""What a policy may ask beside talks and moves, done on the pages by those whose it is, under a made-up policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from counterpart.casework import gates
from counterpart.casework.passing import pass_times
from counterpart.engine import events as e
from counterpart.engine.kinds import Words
from counterpart.people.days import day_of
from counterpart.people.models import Account
from tests import directory as d
from tests.every_kind import written_whole
from tests.integration.web.filling import WRITTEN, filled
from tests.kinds import ALL, a_step, a_way, stages, written
from tests.live import Live, a_whole_town, puts_in_force
from tests.signed_in import sign_in
from tests.town import CHAIR, RAISER, WORKER, Town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
MANAGER = "office.business_manager"
LINE_MANAGER, SENIOR = "school.line_manager", "school.operations_manager"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def place() -> Town:
    found = a_whole_town()
    puts_in_force(found, written_whole())
    return found


@pytest.fixture
def story(place: Town) -> Live:
    """A case of two hours ago, in which nothing has happened yet."""
    began = NOW - timedelta(hours=2)
    return Live(place, now=began, step=timedelta(minutes=3)).begins(grounds=("other",))


def browser(place: Town, who: str) -> Client:
    client, person = Client(), place.people[who]
    known = Account.objects.filter(person=person).first()
    sign_in(client, known or d.an_account(person, f"{who}@x.example"))
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", html)))


def page_of(story: Live, who: str) -> str:
    answer = browser(story.town, who).get(f"/cases/{story.reference}")
    assert answer.status_code == 200, who
    return words(answer.content.decode())


def record(story: Live, who: str = RAISER) -> str:
    """The newest part of the record, as this person reads it."""
    page = page_of(story, who)
    return page[page.index("The newest entry is first") :]


def opens(story: Live, who: str, where: str) -> str:
    answer = browser(story.town, who).get(f"/cases/{story.reference}/{where}")
    assert answer.status_code == 200, f"{who} {where}"
    return answer.content.decode()


def sends(story: Live, who: str, where: str, *, days: int = 0, **chosen: Any) -> None:
    """Fill in the form of an act and send it: it must be done."""
    form = filled(opens(story, who, where), days=days, **chosen)
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 303, words(answer.content.decode())


def is_refused(
    story: Live, who: str, where: str, says: str, *, days: int = 0, **chosen: Any
) -> None:
    before = story.state
    form = filled(opens(story, who, where), days=days, **chosen)
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 422
    page = words(answer.content.decode())
    assert says in page
    assert story.state == before


def is_not_theirs(story: Live, who: str, where: str, says: str) -> None:
    """The page says whose it is; sending it all the same does nothing."""
    assert says in words(opens(story, who, where))
    before = story.state
    form = {"reason": WRITTEN, "is_given": "yes", "is_satisfied": "yes", "band": "red"}
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 422
    assert says in words(answer.content.decode())
    assert story.state == before


def talked(story: Live, result: str = "not_agreed") -> Live:
    step = e.StepRecorded(step="talk", how="video", result=result,  # type: ignore[arg-type]  # codes
                          agencies=story.state.receiving_agencies)  # fmt: skip
    story.acts(step)
    return story


# --- priority, dates, ways out ---------------------------------------------------------------------


def test_a_time_by_priority_waits_until_whoever_says_it_has(story: Live) -> None:
    page = page_of(story, RAISER)
    assert "No time yet. Who says which it is (Priority): Coordinator." in page
    assert "Not said yet. Who says it: Coordinator." in page
    is_not_theirs(story, RAISER, "priority", "one role in the partnership: Coordinator.")
    sends(story, MANAGER, "priority", band="red")
    assert story.state.band == "red"
    page = page_of(story, RAISER)
    assert "No time yet" not in page
    assert "Priority Red" in record(story)


def test_a_date_is_given_and_marked_as_set_by_law(story: Live) -> None:
    assert "The conference (set by law) Not given yet" in page_of(story, RAISER)
    sends(story, RAISER, "date/conference", days=9)
    assert story.state.dates["conference"] == day_of(datetime.now(UTC) + timedelta(days=9))
    assert "How it is known" in record(story)
    is_refused(story, RAISER, "date/conference", "the date on the record already", days=9)


def test_another_way_beside_the_case_leaves_it_open(story: Live) -> None:
    page = page_of(story, RAISER)
    assert "Other ways to go" in page
    assert "Where it leads: The agency’s complaints procedure" in page
    assert "The case stays open here as well." in words(opens(story, RAISER, "other-way/complaint"))
    sends(story, RAISER, "other-way/complaint")
    assert story.state.is_open
    assert "Another way was taken: Make a complaint" in record(story)


def test_another_way_that_ends_the_case_says_so_first_and_after(story: Live) -> None:
    form = words(opens(story, RAISER, "other-way/area-procedure"))
    assert "This ends the case here" in form
    assert "The procedures of the area, Settling disagreements" in form
    sends(story, RAISER, "other-way/area-procedure")
    assert story.state.status == "left"
    page = page_of(story, RAISER)
    assert "Left for another procedure" in page
    assert "It went another way: Use the procedure of the area" in page
    ended = browser(story.town, RAISER).get("/me/ended").content.decode()
    assert "Left for another procedure" in words(ended)


# --- approvals, conditions, answers ------------------------------------------------------------------


def test_approval_is_asked_refused_with_a_reason_asked_again_and_given(story: Live) -> None:
    talked(story)
    assert "Who approves: Senior in the agency that raised the concern." in words(
        opens(story, RAISER, "ask-approval/up")
    )
    sends(story, RAISER, "ask-approval/up")
    assert "Read it and answer" in page_of(story, SENIOR)
    is_not_theirs(story, RAISER, "approve/up", "The policy gives this to one role")
    is_refused(
        story, SENIOR, "approve/up", "Write why you do not approve", is_given="no", reason=""
    )
    sends(story, SENIOR, "approve/up", is_given="no")
    assert "Approval refused" in record(story)
    assert "Refused. It can be asked for again." in page_of(story, RAISER)
    sends(story, RAISER, "ask-approval/up")
    sends(story, SENIOR, "approve/up", is_given="yes", reason="")
    assert story.state.approvals == {"up": "given"}
    assert "Approval given" in record(story)


def test_what_the_policy_asks_to_be_so_is_said_by_whoever_moves_it_on(story: Live) -> None:
    talked(story)
    sends(story, RAISER, "ask-approval/up")
    sends(story, SENIOR, "approve/up", is_given="yes")
    form = words(opens(story, RAISER, "move/up"))
    assert "The child’s welfare is at risk" in form
    assert "It is about a policy, too" in form
    is_refused(story, RAISER, "move/up", "Choose what is so", grounds=None)
    sends(story, RAISER, "move/up", grounds="policy-issue")
    assert story.state.stage == "two"
    assert "Said to be so It is about a policy, too" in record(story)


def test_what_was_agreed_waits_for_whoever_must_be_satisfied(story: Live) -> None:
    assert "manager in the agency that raised the concern then says whether" in words(
        opens(story, RAISER, "step/talk")
    )
    sends(story, RAISER, "step/talk", result="agreed")
    assert story.state.awaiting == {"talk"}
    assert "Say whether it settles it" in page_of(story, LINE_MANAGER)
    is_not_theirs(story, RAISER, "satisfied/talk", "The policy gives this to one role")
    is_refused(
        story, LINE_MANAGER, "satisfied/talk", "Write why it does not", is_satisfied="no", reason=""
    )
    sends(story, LINE_MANAGER, "satisfied/talk", is_satisfied="yes")
    assert story.state.is_settled
    assert "What was agreed settles it" in record(story)


def test_the_office_writes_down_what_whoever_must_approve_telephoned(story: Live) -> None:
    talked(story)
    sends(story, RAISER, "ask-approval/up")
    posts = story.town.posts
    refused = "Whoever it is for does this themselves"
    assert refused in words(opens(story, RAISER, "telephoned/approve/up"))
    is_refused(
        story, MANAGER, "telephoned/approve/up", "The policy gives this", for_post=posts[RAISER]
    )
    sends(story, MANAGER, "telephoned/approve/up", for_post=posts[SENIOR], is_given="yes")
    assert story.state.approvals == {"up": "given"}
    assert f"{story.town.names[SENIOR]}, Operations manager" in record(story)


def test_what_is_the_chairs_is_not_written_down_for_anybody_else(story: Live) -> None:
    where = "telephoned/move/straight-to-seniors"
    assert "Whoever it is for does this themselves" in words(opens(story, MANAGER, where))


# --- jumps, and the stages that are left out ----------------------------------------------------------


def test_a_jump_says_which_stages_are_left_out_and_why(story: Live) -> None:
    is_not_theirs(story, RAISER, "move/straight-to-seniors", "one role in the partnership: Chair.")
    assert "It leaves out Stage two." in words(opens(story, CHAIR, "move/straight-to-seniors"))
    is_refused(
        story, CHAIR, "move/straight-to-seniors", "Write why it goes straight there", reason=""
    )
    sends(story, CHAIR, "move/straight-to-seniors")
    assert story.state.stage == "seniors"
    assert "Left out Stage two" in record(story)
    assert "Stage two Left out" in page_of(story, RAISER)


# --- times that people set ------------------------------------------------------------------------------


def at_stage_two(story: Live) -> Live:
    talked(story)
    for event in (
        e.ApprovalAsked(way="up"),  # type: ignore[arg-type]  # a code
        e.ApprovalAnswered(way="up", is_given=True),  # type: ignore[arg-type]
        story.move("up", grounds=("at-risk",), reason=Words("R.")),
    ):
        story.acts(event)
    return story


def test_a_time_that_one_seat_sets_is_set_by_that_seat(story: Live) -> None:
    at_stage_two(story)
    assert "No time yet. Who sets it: Coordinator." in page_of(story, RAISER)
    is_refused(story, MANAGER, "limit/managers-talk", "still to come", days=-1)
    sends(story, MANAGER, "limit/managers-talk", days=2)
    assert "managers-talk" in story.state.limits
    assert "A time was set" in record(story)


def test_a_time_the_sides_agree_holds_when_the_last_agency_has_agreed(story: Live) -> None:
    story.acts(story.move("straight-to-seniors", reason=Words("R.")))
    assert "The agencies agree it between them." in page_of(story, RAISER)
    sends(story, RAISER, "limit/seniors-talk", days=3)
    assert story.state.limits == {}
    page = page_of(story, RAISER)
    assert "Still to agree: Northmere Children’s Social Care." in page
    assert "Your agency has agreed to this time already." in page
    assert "The time that was put forward" in words(opens(story, WORKER, "agree-time/seniors-talk"))
    sends(story, WORKER, "agree-time/seniors-talk")
    assert "seniors-talk" in story.state.limits
    assert "An agency agreed to a time" in record(story)


# --- letters, the end, and afterwards ---------------------------------------------------------------------


def test_a_letter_says_where_it_goes_and_what_must_be_in_it(story: Live) -> None:
    form = words(opens(story, RAISER, "step/letter"))
    assert "Send it to: The chair, at the partnership’s office" in form
    assert "Mark it: For the chair’s attention" in form
    assert "What was tried" in form
    sends(story, RAISER, "step/letter", how="letter")
    assert "letter" in story.state.done


def test_the_outcome_names_who_sees_it_through_and_steps_follow_the_end(story: Live) -> None:
    story.acts(story.move("straight-to-seniors", reason=Words("R.")))
    sends(story, RAISER, "step/seniors-talk", result="agreed")
    line_manager = story.town.posts[LINE_MANAGER]
    blank: dict[str, Any] = {f"{part}_{i}{box}": "" for i in (1, 2)
                       for part, box in (("action", ""), ("owner", ""), ("by", "-day"), ("by", "-month"),
                                         ("by", "-year"))}  # fmt: skip
    blank["more"] = None
    is_refused(
        story, RAISER, "outcome", "Choose who will see this through", **(blank | {"lead": ""})
    )
    sends(story, RAISER, "outcome", **(blank | {"lead": line_manager}))
    assert story.town.names[LINE_MANAGER] in page_of(story, WORKER).split("Lead manager:")[1]
    for agency in story.state.parties:
        sends(story, story.speaker(agency), "answer", answer="confirm")
    assert story.state.status == "closed"
    sends(story, MANAGER, "step/report")
    sends(story, RAISER, "step/debrief")
    assert {"report", "debrief"} <= story.state.done


# --- what the clock writes ----------------------------------------------------------------------------------


def test_a_time_that_passed_is_told_in_whole_sentences_and_was_written_by_the_clock(
    story: Live,
) -> None:
    story.does(gates.set_band, MANAGER, band="red", reason="R.")
    assert pass_times(story.now + timedelta(hours=6)) == 1
    told = record(story, CHAIR)
    assert "A time passed Counterpart ·" in told
    assert "The time for “Do talk” (Northmere Children’s Social Care) passed on" in told
    assert "The policy says that these are told: Chair." in told


def test_somebody_who_must_choose_is_led_to_what_there_is_to_choose_from(place: Town) -> None:
    missed = {"then": "choose", "by": "partnership.coordinator", **ALL}
    ways = [a_way("up", "two", by="partnership.coordinator", force="may")]
    one = stages(steps=[a_step("talk", if_missed=missed)], ways_on=ways)
    puts_in_force(place, written(stages=one))
    story = Live(place, now=NOW - timedelta(days=21)).begins(grounds=("plan",))
    pass_times(NOW - timedelta(minutes=1))
    pages = [browser(place, who).get(f"/cases/{story.reference}") for who in (MANAGER, RAISER)]
    assert ['href="#acts"' in page.content.decode() for page in pages] == [True, False]
    sends(story, MANAGER, "move/up")
    assert story.state.stage == "two"


def test_the_stage_is_told_to_whom_the_policy_says_and_they_may_read_it(story: Live) -> None:
    at_stage_two(story)
    page = browser(story.town, CHAIR).get("/me/notices").content.decode()
    assert "A case has come to a stage that you are told of" in words(page)
    assert "A formal stage" in page_of(story, CHAIR)
