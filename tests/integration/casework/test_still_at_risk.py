"""Whoever raised a concern that the other side calls settled is asked whether the child is still at risk."""

from __future__ import annotations

import pytest

from counterpart.casework import between, outcomes
from counterpart.engine import between_duties as owed
from tests.integration.casework.sides import is_refused, owes
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

MANAGER, LINE_MANAGER = "office.business_manager", "school.line_manager"


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    """Brent's Stage Two: the workers speak."""
    return Story(place).raised().to_workers()


def settled_by_the_other_side(story: Story) -> str:
    """The worker of the other agency recorded that both agreed; the entry in which it was."""
    story.records("workers-discuss", "agreed", WORKER, agreed="A visit.")
    return story.state.between.risks[-1].settled_by


def test_whoever_raised_it_is_asked_whether_the_child_is_still_at_risk(story: Story) -> None:
    settled = settled_by_the_other_side(story)
    assert owes(story, owed.REMAINING_RISK) == ["school"]
    story.does(between.state_risk, RAISER, settled_by=settled, is_at_risk=False)
    assert owes(story, owed.REMAINING_RISK) == owes(story, owed.RISK_ANSWER) == []


def test_that_risk_remains_is_told_and_answered(story: Story) -> None:
    settled = settled_by_the_other_side(story)
    said = {"settled_by": settled, "is_at_risk": True}
    is_refused(story, "no_reason", between.state_risk, RAISER, **said)
    stated = (
        story.does(between.state_risk, RAISER, why="Nobody has seen him.", **said).entries[0].id
    )
    (whose,) = owes(story, owed.RISK_ANSWER)
    who = MANAGER if whose == "office" else LINE_MANAGER
    answer = {"stated": stated, "said": "I call them today."}
    is_refused(story, "not_theirs", between.answer_risk, WORKER, **answer)
    story.does(between.answer_risk, who, actor=story.town.acting(who, "business_manager"), **answer)
    assert owes(story, owed.RISK_ANSWER) == []
    is_refused(story, "already_answered", between.answer_risk, who, **answer)


def test_nobody_else_says_for_the_raiser_whether_the_child_is_safe(story: Story) -> None:
    settled = settled_by_the_other_side(story)
    said = {"settled_by": settled, "is_at_risk": False}
    for who in (WORKER, LINE_MANAGER, MANAGER, "police.practitioner"):
        is_refused(story, "not_theirs", between.state_risk, who, **said)
    story.does(between.state_risk, RAISER, **said)
    is_refused(story, "already_stated", between.state_risk, RAISER, **said)


def test_whoever_raised_it_may_say_so_after_the_case_is_closed(story: Story) -> None:
    settled = settled_by_the_other_side(story)
    story.does(outcomes.propose_outcome, agreed="They will visit.")
    story.confirmed()
    assert story.state.status == "closed"
    assert owes(story, owed.REMAINING_RISK) == []  # they confirmed it themselves
    story.does(between.state_risk, RAISER, settled_by=settled, is_at_risk=True, why="No visit.")
    assert len(owes(story, owed.RISK_ANSWER)) == 1


def test_it_is_not_asked_any_more_once_the_case_is_open_again(story: Story) -> None:
    settled = settled_by_the_other_side(story)
    story.records("workers-discuss", "not_agreed")
    assert owes(story, owed.REMAINING_RISK) == []
    said = {"settled_by": settled, "is_at_risk": True, "why": "W."}
    is_refused(story, "open_again", between.state_risk, RAISER, **said)
