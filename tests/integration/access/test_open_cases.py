"""The list of somebody's open cases: the same as that of all their cases, but for those that have ended."""

from __future__ import annotations

import pytest

from counterpart.access.models import Relation
from counterpart.access.visibility import visible
from counterpart.casework import acts
from counterpart.casework.upkeep import rebuild
from counterpart.people import changes
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


def marks(story: Story) -> set[bool]:
    return set(Relation.objects.filter(case=story.case).values_list("is_open", flat=True))


def test_each_relation_says_whether_its_case_is_open(place: Town) -> None:
    story = Story(place).raised().to_workers()
    assert marks(story) == {True}
    story.does(acts.withdraw, reason="It was settled.")
    assert marks(story) == {False}
    rebuild(story.case, story.now)
    assert marks(story) == {False}
    story.does(acts.reopen, reason="It was not.")
    assert marks(story) == {True}


@pytest.mark.parametrize(
    "who", [RAISER, WORKER, "office.business_manager", "stand-in", "police.practitioner"]
)
def test_the_open_cases_are_those_of_all_cases_that_are_open(place: Town, who: str) -> None:
    stories = [Story(place).raised().to_workers() for _ in range(3)]
    stories[1].does(acts.withdraw, reason="It was settled.")
    now = stories[1].now
    person = place.people.get(who, place.people["school.board_representative"])
    if who == "stand-in":
        changes.arrange_cover(id="c" * 32, covering=person, person=place.people[RAISER],
                              from_on=now.date(), until_on=now.date().replace(year=2027))  # fmt: skip
    open_now = {story.case for story in stories if story.state.is_open}
    assert set(visible(person, now, only_open=True)) == set(visible(person, now)) & open_now
    assert bool(set(visible(person, now))) == (who != "police.practitioner")
