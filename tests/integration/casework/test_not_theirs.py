"""What one side may not do to the other, and posts that may not stand where a request puts them."""

from __future__ import annotations

from datetime import date

import pytest

from counterpart.access.models import Relation
from counterpart.access.permission import can
from counterpart.casework import acts, outcomes
from counterpart.casework.outcomes import ActionWritten
from counterpart.casework.writing import Done, load, was_sent
from counterpart.engine.rules import Refusal
from tests import directory as d
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town(agencies=("school", "care", "police"))


def code(answer: Done | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else "done"


def names_supporter(story: Story, who: str, post: str) -> str:
    town = story.town
    return code(
        story.tries(
            acts.name_seat, who, body=town.agency_of(who), role="supporter", post=town.posts[post],
            cause="handed_on",
        )
    )  # fmt: skip


def test_the_other_side_cannot_take_somebodys_supporter_away(place: Town) -> None:
    supporter = place.posts["school.designated_safeguarding_lead"]
    story = Story(place).raised(supporter=supporter)
    assert names_supporter(story, WORKER, "care.line_manager") == "not_your_supporter"
    assert story.state.supporter == supporter
    assert names_supporter(story, RAISER, "school.line_manager") == "done"


def test_an_action_is_never_given_to_a_post_of_another_agency(place: Town) -> None:
    story = Story(place).raised().to_workers().records("workers-discuss", "agreed")
    foreign = ActionWritten(
        "Visit.", place.agencies["care"], place.posts["police.practitioner"], date(2026, 12, 1)
    )
    answer = story.tries(outcomes.propose_outcome, agreed="A visit.", actions=[foreign])
    assert code(answer) == "no_such_post"


def test_a_key_counts_for_its_person_and_its_case_alone(place: Town) -> None:
    one, two, key = Story(place).raised(), Story(place).raised(), d.new_id()
    for story, who in ((one, RAISER), (two, RAISER), (one, WORKER)):
        assert not story.does(acts.report_gap, who, gap="G.", key=key).repeated
    again = one.does(acts.report_gap, RAISER, gap="G.", key=key)
    assert again.repeated
    assert again.case == one.case
    assert was_sent(key=key, person=place.people[RAISER], case=two.case)
    assert not was_sent(key=key, person=place.people[WORKER], case=two.case)


def test_nobody_puts_words_before_those_of_the_other_side(place: Town) -> None:
    story = Story(place).raised().to_workers()
    entry = load(story.case).record[0].id
    words = {"entry": entry, "correction": "C.", "reason": "R."}
    theirs = story.tries(acts.correct, who=WORKER, **words)
    assert isinstance(theirs, Refusal)
    assert theirs.code == "not_your_entry"
    assert isinstance(story.tries(acts.correct, **words), Done)


def test_whoever_wrote_for_a_side_is_a_party_though_their_post_was_never_named(place: Town) -> None:
    """The one candidate for a duty acts without being named; another post is then given the part."""
    story = Story(place).raised().to_workers()
    wrote = "care.line_manager"
    actor = place.acting(wrote, "receiving_side")
    story.does(acts.report_risk, wrote, actor=actor, why="He was hurt again today.")
    relation = Relation.objects.get(
        case=story.case, subject=place.posts[wrote], kind="receiving_side"
    )
    assert relation.until_at is not None
    assert not can(place.people[wrote], "see_case", story.case, story.now).is_allowed
