"""A concern raised past one's own agency, played to its end: nobody else of that agency ever comes in by any way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from counterpart.access.answers import Allowed
from counterpart.access.models import Relation
from counterpart.access.permission import can
from counterpart.access.visibility import visible
from counterpart.casework import (
    acts,
    directory,
    handing,
    keeping,
    learning,
    outcomes,
    panels,
    recording,
)
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine.events import SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.messages.models import Notice, OutboxRow
from counterpart.messages.recipients import Nobody, recipients_of_all
from tests import directory as d
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import CHAIR, MONDAY, RAISER, WORKER, Town

pytestmark = pytest.mark.django_db

OFFICE = "office.business_manager"
SENIOR, LEAD = "school.senior_manager", "school.designated_safeguarding_lead"
THEIRS = "care.senior_manager"
OUTSIDE = ("police.board_representative", "hospital.board_representative",
           "care.board_representative")  # fmt: skip
OWN_PANELLIST = "school.board_representative"


@pytest.fixture
def place() -> Town:
    place = a_whole_town()
    puts_in_force(place, policy_file("ready-steady-grow"))
    return place


def the_rest(place: Town) -> dict[str, str]:
    """Everybody of the raiser's own agency but the raiser, by the name of their post."""
    return {w: p for w, p in place.people.items() if w.startswith("school.") and w != RAISER}


def nobody_else_came_in(story: Live, *but: str) -> None:
    """No access, no notice and no mail to anybody else of the raiser's own agency."""
    place = story.town
    story.now += timedelta(days=2)
    for morning in range(3):
        climb(story.now + timedelta(days=morning))
        send_digests(story.now + timedelta(days=morning))
    rest = {person for who, person in the_rest(place).items() if who not in but}
    at = story.now + timedelta(days=3)
    for person in rest:
        assert not isinstance(can(person, "see_case", story.case, at), Allowed)
        assert story.case not in visible(person, at)
    sits = {m.person for m in story.state.panel.members} if story.state.panel else set()
    posts = {post for who, post in place.posts.items() if who.startswith("school.")}
    told = set(Notice.objects.filter(case=story.case).values_list("to", flat=True))
    # Who was seated for a reason waits to be called, and is written to once somebody has let them in.
    assert not told & (posts - {place.posts[RAISER]} | rest - sits)
    found = recipients_of_all(list(OutboxRow.objects.all()), at)
    written_to = {
        one.key for some in found.values() if not isinstance(some, Nobody) for one in some
    }
    assert not written_to & rest


def went_past(place: Town) -> Live:
    """The teacher asks the partnership at once, and says that she does not feel safe in her own school."""
    story = Live(place, now=MONDAY).begins()
    story.does(acts.move_on, way="ask-the-partnership", seats=[], reason="I do not feel safe here.",
               grounds=["not-safe-here"])  # fmt: skip
    return story


def to_the_panel(story: Live) -> Live:
    story.does(acts.move_on, OFFICE, way="asked-to-panel", seats=[], reason="A panel fits.")
    return story


def convened(story: Live, *sitting: str, **changed: Any) -> Any:
    return story.tries(
        panels.convene_panel,
        OFFICE,
        members=story.members(*sitting),
        meets_at=story.now + timedelta(days=2),
        where="Room 2",
        **changed,
    )


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_to_its_end_her_own_managers_get_no_access_no_mail_and_no_notice(place: Town) -> None:
    story = to_the_panel(went_past(place))
    nobody_else_came_in(story)
    assert convened(story, *OUTSIDE).case == story.case
    story.does(panels.record_panel_meeting, OFFICE, came=[place.posts[OUTSIDE[0]]], evidence="E.",
               record="R.", happened_at=story.now + story.step)  # fmt: skip
    story.heard_by(OFFICE)
    decision = {
        "decision": "A plan is made.",
        "reasons": "It is needed.",
        "next_course": "The leads.",
    }
    own_lead = story.tries(
        panels.decide_panel,
        OFFICE,
        lead=place.posts[SENIOR],
        why_early="They met early.",
        **decision,
    )
    assert code(own_lead) == "own_agency_kept_out"
    to_own = outcomes.ActionWritten(
        "Write it", place.agencies["school"], place.posts[LEAD], story.action().due_on
    )
    refused = story.tries(panels.decide_panel, OFFICE, lead=place.posts[THEIRS], actions=[to_own],
                          why_early="They met early.", **decision)  # fmt: skip
    assert code(refused) == "own_agency_kept_out"
    story.does(panels.decide_panel, OFFICE, lead=place.posts[THEIRS], actions=[story.action()],
               why_early="They met early.", **decision)  # fmt: skip
    nobody_else_came_in(story)
    number = story.state.texts
    story.does(outcomes.confirm, THEIRS, number=number, agency=place.agencies["care"])
    story.does(outcomes.confirm, RAISER, number=number, agency=place.agencies["school"])
    assert story.state.status == "closed"
    nobody_else_came_in(story)
    own = {duty.post for duty in story.file.duties if duty.body == place.agencies["school"]}
    assert own == {place.posts[RAISER]}
    story.does(acts.record_step, OFFICE, step="report-resolution-panel", how="email", result="done",
               happened_at=story.now + story.step, said="What was heard.")  # fmt: skip
    story.does(acts.record_step, step="look-back", how="video", result="done",
               happened_at=story.now + story.step, said="We were slow.")  # fmt: skip
    story.does(recording.place_record, stage="asked-partnership", on=["child"],
               placed_on=(story.now + story.step).date(), where="Her own file")  # fmt: skip
    nobody_else_came_in(story)
    point = story.tries(learning.record_point, body=place.agencies["school"],
                        owner=place.posts[LEAD], says="Train.",
                        due_on=(story.now + timedelta(days=30)).date())  # fmt: skip
    assert code(point) == "own_agency_kept_out"
    talk = story.tries(learning.offer_debrief, OFFICE, body=place.agencies["school"],
                       to=place.posts[LEAD], how="By telephone")  # fmt: skip
    assert code(talk) in ("own_agency_kept_out", "not_in_case")
    story.does(acts.reopen, OFFICE, reason="It goes on.")
    nobody_else_came_in(story)


def test_no_seat_is_given_to_them_and_whoever_stands_in_for_her_sees_nothing(place: Town) -> None:
    story = went_past(place)
    school, teacher = place.agencies["school"], place.posts[RAISER]
    named = story.tries(
        acts.name_seat, OFFICE, body=school, role="senior", post=place.posts[SENIOR]
    )
    assert code(named) == "own_agency_kept_out"
    seats = [SeatTaken(body=Id(school), role=Code("senior"), post=Id(place.posts[SENIOR]))]
    moved = story.tries(
        acts.move_on, OFFICE, way="asked-to-panel", seats=seats, reason="A panel fits."
    )
    assert code(moved) == "own_agency_kept_out"
    supported = story.tries(acts.name_seat, OFFICE, body=school, role="supporter",
                            post=place.posts[LEAD])  # fmt: skip
    assert code(supported) == "not_your_supporter"
    part = handing.Part(story.case, school, "worker", teacher)
    to_panel = to_the_panel(story)
    handed = handing.hand_on(part=part, to=place.posts[LEAD], reason="R.", now=story.now,
                             person=place.people[RAISER], key=d.new_id())  # fmt: skip
    assert isinstance(handed, Refusal)
    head = place.people[SENIOR]
    d.covers(head, story.now.date(), (story.now + timedelta(days=30)).date(),
             person=place.people[RAISER])  # fmt: skip
    second = d.new_id()
    directory.add_person(id=second, name="Sam Second")
    directory.appoint(post=teacher, person=second, from_on=story.now.date(),
                      actor=place.acting(OFFICE), now=story.now)  # fmt: skip
    nobody_else_came_in(to_panel)
    assert not isinstance(can(second, "see_case", story.case, story.now), Allowed)
    refresh_duties(story.now)
    nobody_else_came_in(to_panel)
    assert isinstance(can(place.people[RAISER], "see_case", story.case, story.now), Allowed)


def test_to_seat_one_of_them_needs_a_reason_and_opens_nothing_by_itself(place: Town) -> None:
    story = to_the_panel(went_past(place))
    sitting = (*OUTSIDE, OWN_PANELLIST)
    assert code(convened(story, *sitting)) == "own_agency_on_panel"
    convened(story, *sitting, why_own_agency="Nobody else knows the nursery.")
    person = place.people[OWN_PANELLIST]
    assert Relation.objects.filter(case=story.case, subject=person).exists()
    nobody_else_came_in(story)
    story.does(keeping.let_back, OFFICE, person=person, why="Amara agreed to it.")
    assert isinstance(can(person, "see_case", story.case, story.now), Allowed)
    nobody_else_came_in(story, OWN_PANELLIST)


def test_who_was_in_before_sees_it_no_more_and_she_says_who_supports_her(place: Town) -> None:
    story = Live(place, now=MONDAY).begins()
    school = place.agencies["school"]
    story.does(acts.name_seat, body=school, role="supporter", post=place.posts[LEAD])
    story.records("professionals-discuss", "not_agreed", agencies=story.state.receiving_agencies)
    seats = [SeatTaken(body=Id(school), role=Code("lead"), post=Id(place.posts[LEAD]))]
    story.does(acts.move_on, way="to-leads", seats=seats, reason="R.")
    lead = place.people[LEAD]
    assert isinstance(can(lead, "see_case", story.case, story.now), Allowed)
    story.does(acts.move_on, way="ask-the-partnership", seats=[], reason="I do not feel safe.",
               grounds=["not-safe-here"])  # fmt: skip
    assert not isinstance(can(lead, "see_case", story.case, story.now), Allowed)
    story.does(acts.name_seat, body=school, role="supporter", post=place.posts[LEAD])
    assert isinstance(can(lead, "see_case", story.case, story.now), Allowed)
    assert isinstance(can(place.people[WORKER], "see_case", story.case, story.now), Allowed)
    assert isinstance(can(place.people[CHAIR], "see_case", story.case, story.now), Allowed) is False
