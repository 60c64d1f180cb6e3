"""Conflicts that nobody declared in the case: they follow from the directory, and change with it."""

from datetime import timedelta

import pytest

from counterpart.access.answers import Denied
from counterpart.access.permission import can
from counterpart.casework import directory_upkeep, keeping
from counterpart.lists.models import DutyRow
from tests import directory as d
from tests.town import CHAIR, HOUR, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

SUBJECT = "care.line_manager"
DESK = "office.business_manager"


@pytest.fixture
def story() -> Story:
    """A case that both sides know of, about the work of a line manager of the care agency."""
    made = Story(town()).raised().to_workers()
    made.does(keeping.keep_out, DESK, person=made.town.people[SUBJECT],
              reason="subject_of_concern", why="It is about her work.")  # fmt: skip
    return made


def tie(place: Town, one: str, other: str, story: Story) -> str:
    """The office is told that two people belong together."""
    return directory_upkeep.declare_tie(
        people=[place.people[one], place.people[other]],
        partnership=place.partnership,
        from_on=story.now.date(),
        actor=place.acting(DESK),
        now=story.now,
    )


def sees(story: Story, who: str) -> bool:
    at = story.now + HOUR
    return can(story.town.people[who], "see_case", story.case, at).is_allowed


def test_whoever_belongs_to_the_subjects_household_is_kept_out_with_them(story: Story) -> None:
    assert sees(story, WORKER)
    tied = tie(story.town, SUBJECT, WORKER, story)
    assert not sees(story, WORKER)
    directory_upkeep.end_tie(
        tie=tied, partnership=story.town.partnership, until_on=story.now.date(),
        actor=story.town.acting(DESK), now=story.now,
    )  # fmt: skip
    assert sees(story, WORKER)


def test_a_tie_known_before_the_subject_was_named_counts_too() -> None:
    story = Story(town()).raised().to_workers()
    tie(story.town, SUBJECT, WORKER, story)
    assert sees(story, WORKER)
    story.does(keeping.keep_out, DESK, person=story.town.people[SUBJECT],
               reason="subject_of_concern", why="It is about her work.")  # fmt: skip
    assert not sees(story, WORKER)


def test_what_they_had_to_do_stands_as_something_nobody_can_do(story: Story) -> None:
    tie(story.town, SUBJECT, RAISER, story)
    rows = DutyRow.objects.filter(case=story.case, post=story.town.posts[RAISER])
    assert set(rows.values_list("nobody", flat=True)) == {"kept_out"}


def test_a_tie_to_somebody_kept_out_for_another_reason_keeps_nobody_out() -> None:
    story = Story(town()).raised().to_workers()
    story.does(keeping.keep_out, DESK, person=story.town.people[SUBJECT],
               reason="family_tie", why="Her niece.")  # fmt: skip
    tie(story.town, SUBJECT, WORKER, story)
    assert sees(story, WORKER)


def test_a_household_tie_with_a_party_bars_from_deciding_and_from_nothing_else() -> None:
    story = Story(town()).raised().to_panel()
    person, at = story.town.people[CHAIR], story.now + HOUR
    assert can(person, "convene_panel", story.case, at).is_allowed
    tied = tie(story.town, CHAIR, RAISER, story)
    answer = can(person, "convene_panel", story.case, at)
    assert isinstance(answer, Denied)
    assert answer.reason == "too_close"
    assert can(person, "see_case", story.case, at).is_allowed
    directory_upkeep.end_tie(
        tie=tied, partnership=story.town.partnership, until_on=story.now.date(),
        actor=story.town.acting(DESK), now=story.now,
    )  # fmt: skip
    assert can(person, "convene_panel", story.case, at).is_allowed


def test_whoever_manages_a_partys_people_does_not_decide_about_them() -> None:
    story = Story(town()).raised().to_panel().convened()
    at = story.now + HOUR
    member = story.town.people["hospital.board_representative"]
    assert can(member, "decide", story.case, at).is_allowed
    d.holds(member, d.a_post(story.town.agencies["care"], "line_manager"))
    answer = can(member, "decide", story.case, at)
    assert isinstance(answer, Denied)
    assert answer.reason == "too_close"
    other = story.town.people["police.board_representative"]
    d.holds(other, d.a_post(story.town.agencies["police"], "line_manager"))
    assert can(other, "decide", story.case, at + timedelta(minutes=1)).is_allowed
