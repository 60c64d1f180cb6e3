"""Moving an open case to another edition of its policy: each deadline before and after, or left where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counterpart.casework.moving import Move, look_ahead, move_edition
from counterpart.casework.upkeep import rebuild
from counterpart.casework.writing import Done, load
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Words
from counterpart.engine.rules import Refusal
from counterpart.journal.reading import read_facts, read_whole
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.policy.model import Policy
from counterpart.worktime import parse_instant
from tests.integration.casework.standing import everything, lists
from tests.kinds import a_step, a_way, stages, written
from tests.live import Live, puts_in_force
from tests.town import MONDAY, Town, town

pytestmark = pytest.mark.django_db

MANAGER = "office.business_manager"
REASON = "The Board asked for the longer time."
TWO_DAYS, FIVE_DAYS = parse_instant("2026-11-04T23:59:59"), parse_instant("2026-11-09T23:59:59")


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Live:
    puts_in_force(place, written())
    return Live(place, now=MONDAY).begins(grounds=("plan",))


def longer(place: Town) -> Policy:
    """Another edition, which gives the talk five working days."""
    talk = a_step("talk", limit="5 working days")
    return puts_in_force(place, written(edition="Second", stages=stages(steps=[talk])))


def moves(story: Live, policy: Policy, **how: object) -> Done | Refusal:
    return story.tries(move_edition, MANAGER, edition=policy.edition, reason=REASON, **how)


def test_what_moving_would_do_is_shown_and_nothing_is_written(story: Live) -> None:
    there = longer(story.town)
    before = everything()
    move = look_ahead(case=story.case, edition=there.edition, now=story.now)
    assert isinstance(move, Move)
    (deadline,) = move.deadlines
    assert (deadline.before_at, deadline.after_at) == (TWO_DAYS, FIVE_DAYS)
    assert move.what(deadline) == "Do talk"
    assert everything() == before


def test_each_deadline_before_and_after_is_on_the_record_with_the_reason(story: Live) -> None:
    was, there = load(story.case).policy, longer(story.town)
    assert isinstance(moves(story, there), Done)
    entry = read_whole(story.case)[-1]
    moved = entry.recorded.event
    assert isinstance(moved, e.EditionMoved)
    assert (moved.from_edition, moved.to_edition) == (was.edition, there.edition)
    assert [(d.clock, d.before_at, d.after_at) for d in moved.deadlines] == [
        ("talk", TWO_DAYS, FIVE_DAYS)
    ]
    assert moved.reason == REASON
    assert entry.names["actor_name"] == story.town.names[MANAGER]


def test_the_lists_then_say_the_new_edition_and_time_and_a_replay_says_the_same(
    story: Live,
) -> None:
    there = longer(story.town)
    moves(story, there)
    assert CaseRow.objects.get().edition == there.edition == story.state.edition
    assert DutyRow.objects.get(clock="talk").due_at == FIVE_DAYS
    before = lists()
    rebuild(story.case, story.now)
    assert lists() == before


def test_it_goes_on_under_the_other_edition_from_there(story: Live) -> None:
    moves(story, longer(story.town))
    story.acts(e.StepRecorded(step=Code("talk"), how=Code("video"), result=Code("agreed"),
                              agencies=story.state.receiving_agencies))  # fmt: skip
    assert story.state.is_settled


def went_up(story: Live) -> Live:
    step = e.StepRecorded(step=Code("talk"), how=Code("video"), result=Code("not_agreed"),
                          agencies=story.state.receiving_agencies)  # fmt: skip
    story.acts(step)
    story.acts(story.move("up", reason=Words("R.")))
    return story


def test_a_case_that_has_been_through_what_the_other_edition_lacks_stays(story: Live) -> None:
    went_up(story)
    there = puts_in_force(story.town, written(stages=stages(a_way("across", "two"))))
    before = everything()
    for answer in (
        look_ahead(case=story.case, edition=there.edition, now=story.now),
        moves(story, there),
    ):
        assert isinstance(answer, Refusal)
        assert answer.code == "not_in_edition"
        assert "up" in answer.words
    assert everything() == before


def test_a_policy_that_is_another_one_is_no_edition_of_this(story: Live) -> None:
    there = puts_in_force(story.town, written(id="another"))
    answer = moves(story, there)
    assert isinstance(answer, Refusal)
    assert answer.code == "another_policy"


def test_a_case_cannot_be_moved_to_the_edition_it_is_under(story: Live) -> None:
    answer = moves(story, load(story.case).policy)
    assert isinstance(answer, Refusal)
    assert answer.code == "same_edition"


def test_a_case_that_has_ended_stays_under_its_edition(story: Live) -> None:
    from counterpart.casework import acts

    story.does(acts.withdraw, reason="R.")
    answer = moves(story, longer(story.town))
    assert isinstance(answer, Refusal)
    assert answer.code == "case_ended"


def test_a_page_that_is_out_of_date_moves_nothing(story: Live) -> None:
    there, seen = longer(story.town), story.state.version
    went_up(story)
    answer = moves(story, there, seen=seen)
    assert isinstance(answer, Refusal)
    assert answer.code == "changed_since"


def test_sent_twice_it_is_moved_once(story: Live) -> None:
    there, key = longer(story.town), "k" * 32
    first, second = (moves(story, there, key=key) for _ in range(2))
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert second.repeated
    assert [e.EditionMoved] == [type(r.event) for r in read_facts(story.case)[1:]]


def test_moved_there_and_back_it_counts_as_it_did(story: Live) -> None:
    was, there = load(story.case).policy, longer(story.town)
    moves(story, there)
    moves(story, was)
    story.now += timedelta(hours=1)
    assert story.state.edition == was.edition
    assert DutyRow.objects.get(clock="talk").due_at == TWO_DAYS
    assert len([r for r in read_facts(story.case) if isinstance(r.event, e.EditionMoved)]) == 2
