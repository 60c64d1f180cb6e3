"""Acts that do not go up the ladder: on behalf of somebody, passing on, naming, and who is told."""

from __future__ import annotations

import pytest

from counterpart.access.answers import Allowed
from counterpart.access.permission import can
from counterpart.casework import acts
from counterpart.casework.actors import acting, on_behalf
from counterpart.casework.casefile import open_case
from counterpart.casework.raising import actor_for_raising, same_child
from counterpart.casework.writing import load
from counterpart.lists.models import CaseRow, DutyRow, PartyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Post
from tests import directory as d
from tests.town import MONDAY, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

MANAGER = "office.business_manager"
NOBODY = "f" * 32


@pytest.fixture
def place() -> Town:
    return town()


# --- who acts ---------------------------------------------------------------------------------------


def test_the_raiser_acts_by_the_post_they_hold_in_an_agency(place: Town) -> None:
    story = Story(place).raised()
    allowed = can(place.people[RAISER], "record", story.case, story.now)
    assert isinstance(allowed, Allowed)
    home = place.agencies["school"]
    who = acting(person=place.people[RAISER], allowed=allowed, at=story.now, home=home)
    assert (who.post, who.agency) == (place.posts[RAISER], place.agencies["school"])
    assert who.capacity == "raiser"
    assert actor_for_raising(person=place.people[RAISER], post=place.posts[RAISER], at=MONDAY).name


def test_what_somebody_said_by_telephone_is_theirs_and_says_who_wrote_it_down(place: Town) -> None:
    story = Story(place).raised().to_workers()
    writer = place.acting(MANAGER, "business_manager")
    behalf = on_behalf(
        writer, post=place.posts[WORKER], name="Ravi, as he gave his name", at=story.now
    )
    story.records("workers-discuss", "agreed", actor=behalf)
    entry = open_case(story.case, story.now).entries[-1]
    actor = entry.recorded.actor
    assert (actor.person, actor.on_behalf_of) == (place.people[MANAGER], place.people[WORKER])
    assert (actor.on_behalf_post, actor.agency) == (place.posts[WORKER], place.agencies["care"])
    assert entry.names["actor_name"] == place.names[MANAGER]
    assert entry.names["on_behalf_name"] == "Ravi, as he gave his name"
    assert "Social Care" in entry.names["on_behalf_post"]


def test_a_post_with_two_holders_leaves_open_whose_words_they_were(place: Town) -> None:
    d.a_person(place.posts[WORKER], name="Job Share")
    writer = place.acting(MANAGER, "business_manager")
    behalf = on_behalf(writer, post=place.posts[WORKER], name="One of them", at=MONDAY)
    assert (behalf.on_behalf_of, behalf.on_behalf_post) == (None, place.posts[WORKER])


def test_nobody_writes_for_a_post_that_is_not_there(place: Town) -> None:
    with pytest.raises(Post.DoesNotExist):
        on_behalf(place.acting(MANAGER), post=NOBODY, name="X", at=MONDAY)


# --- who it is for --------------------------------------------------------------------------------


def test_passed_on_the_other_agency_is_owed_what_the_first_was(place: Town) -> None:
    story = Story(place).raised().to_workers()
    care, mental = place.agencies["care"], place.agencies["mental"]
    (before,) = DutyRow.objects.filter(clock="workers-discuss")
    assert before.about == care
    story.does(
        acts.redirect,
        WORKER,
        from_agency=care,
        to_agency=mental,
        to_post=place.posts["mental.practitioner"],
        reason="They hold the plan.",
    )
    assert set(PartyRow.objects.values_list("agency", "side")) == {
        (place.agencies["school"], "raising"),
        (mental, "receiving"),
    }
    (after,) = DutyRow.objects.filter(clock="workers-discuss")
    assert after.about == mental
    sees = {who: can(place.people[who], "see_case", story.case, story.now).is_allowed
            for who in ("mental.practitioner", "mental.line_manager", WORKER)}  # fmt: skip
    assert sees["mental.practitioner"]
    assert not sees["mental.line_manager"]


def test_handing_on_tells_the_new_owner_of_the_duty_once(place: Town) -> None:
    story = Story(place).raised()
    lead = "school.designated_safeguarding_lead"
    story.does(
        acts.name_seat,
        body=place.agencies["school"],
        role="worker",
        post=place.posts[lead],
        cause="handed_on",
        reason="I am on leave.",
    )
    assert set(DutyRow.objects.values_list("post", flat=True)) == {place.posts[lead]}
    told = Notice.objects.filter(kind="new_duty", to=place.posts[lead])
    assert told.count() == 2  # the talk with the manager, and the week
    assert can(place.people[RAISER], "see_case", story.case, story.now).is_allowed


def test_the_office_gives_a_vacant_posts_duty_to_somebody(place: Town) -> None:
    place = town(vacant=("care.line_manager",))
    story = Story(place).raised().to_workers().records("workers-discuss", "not_agreed")
    story.moves("to-managers", role="line-manager", tier="line_manager")
    story.records("managers-discuss", "not_agreed", "school.line_manager")
    story.moves("to-seniors", "school.line_manager", "senior", "operations_manager")
    (nobody,) = DutyRow.objects.exclude(nobody="")
    assert (nobody.clock, nobody.nobody) == ("receiving-manager-reports", "vacant")
    story.does(
        acts.name_seat,
        MANAGER,
        body=place.agencies["care"],
        role="line-manager",
        post=place.posts["care.designated_safeguarding_lead"],
        cause="reassigned",
        reason="The post is vacant.",
    )
    assert not DutyRow.objects.exclude(nobody="").exists()
    (given,) = DutyRow.objects.filter(clock="receiving-manager-reports")
    assert given.post == place.posts["care.designated_safeguarding_lead"]
    told = Notice.objects.filter(to=given.post, kind="new_duty")
    assert told.count() == 1


def test_where_several_could_nobody_is_picked_by_chance(place: Town) -> None:
    d.a_person(d.a_post(place.agencies["school"], "line_manager", "Second manager"))
    story = Story(place).raised().to_workers().records("workers-discuss", "not_agreed")
    story.moves("to-managers")
    nobody = set(DutyRow.objects.exclude(nobody="").values_list("clock", "nobody"))
    assert ("managers-discuss", "not_named") in nobody


# --- who hears of it ------------------------------------------------------------------------------


def test_both_sides_and_the_raiser_hear_of_every_entry_but_not_of_their_own(place: Town) -> None:
    story = Story(place).raised().to_workers().records("workers-discuss", "not_agreed")
    story.moves("to-managers", role="line-manager", tier="line_manager")
    newest = CaseRow.objects.get().last_at
    told = set(Notice.objects.filter(made_at=newest, kind="new_entry").values_list("to", flat=True))
    # The teacher wrote it, and the managers speak for each side from now on.
    assert place.people[RAISER] not in told
    assert {place.posts["care.line_manager"], place.posts["school.line_manager"]} <= told


def test_a_child_with_an_open_case_is_found_by_those_who_may_see_it_only(place: Town) -> None:
    story = Story(place).raised().to_workers()
    found = {
        who: [
            row.case
            for row in same_child(references=["nm 40218"], person=place.people[who], at=story.now)
        ]
        for who in (RAISER, WORKER, "police.practitioner")
    }
    assert found == {RAISER: [story.case], WORKER: [story.case], "police.practitioner": []}
    assert not same_child(references=["", "NM-1"], person=place.people[RAISER], at=story.now)


def test_an_agency_that_passed_it_on_keeps_its_name_in_the_record(place: Town) -> None:
    story = Story(place).raised().to_workers().records("workers-discuss", "not_agreed")
    care, mental = place.agencies["care"], place.agencies["mental"]
    story.does(
        acts.redirect, WORKER, from_agency=care, to_agency=mental, reason="They hold the plan."
    )
    file = open_case(story.case, story.now)
    assert [file.body_name(agency) for agency in (care, mental)] == [
        "Northmere Children’s Social Care", "Northmere Mental Health",
    ]  # fmt: skip
    assert file.post_words(place.posts[WORKER]).startswith(place.names[WORKER])


def test_those_who_sit_on_a_panel_are_told_in_the_app_and_by_mail(place: Town) -> None:
    story = Story(place).raised().to_panel().convened()
    panel = load(story.case).state.panel
    assert panel is not None
    members = {member.person or member.post for member in panel.members}
    told = Notice.objects.filter(kind="on_panel")
    mailed = OutboxRow.objects.filter(template="on_panel")
    assert set(told.values_list("to", flat=True)) == members
    assert set(mailed.values_list("to", flat=True)) == members
