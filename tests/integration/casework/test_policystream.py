"""A policy's own stream: one entry a submission, all or nothing, and a lost race tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from counterpart.casework import policystream
from counterpart.casework.actors import the_clock
from counterpart.casework.moving import ALREADY_COUNTED, calendar_move
from counterpart.casework.writing import load
from counterpart.engine.directory_events import PolicyCommentMade
from counterpart.engine.events import CalendarMoved
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import Recorded
from counterpart.journal.errors import Conflict
from counterpart.journal.reading import read_facts
from counterpart.worktime import editions
from tests.town import MONDAY, Story, town

pytestmark = pytest.mark.django_db

SAID = PolicyCommentMade(
    policy=Code("p"), edition=Code("e"), partnership=Id("n" * 32), comment=Words("Too short.")
)


def writes(then: Callable[[Recorded], None], key: str = "") -> bool:
    return policystream.write("p", SAID, actor=the_clock(), now=MONDAY, key=key, then=then)


def nothing(_: Recorded) -> None:
    pass


def loses(times: int) -> Callable[[Recorded], None]:
    """Somebody else was first, so many times."""
    left = [times]

    def then(_: Recorded) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise Conflict("policy-p", 0, 1)

    return then


def test_a_race_lost_twice_is_won_the_third_time() -> None:
    assert writes(loses(policystream.TRIES - 1))
    assert len(read_facts("policy-p")) == 1


def test_a_race_lost_every_time_leaves_nothing() -> None:
    with pytest.raises(Conflict):
        writes(loses(policystream.TRIES))
    assert read_facts("policy-p") == ()


def test_the_same_submission_twice_is_one_entry_and_what_follows_is_done_once() -> None:
    done: list[Recorded] = []
    assert [writes(done.append, "k" * 32), writes(done.append, "k" * 32)] == [True, False]
    assert len(done) == len(read_facts("policy-p")) == 1


def test_what_cannot_follow_undoes_the_entry() -> None:
    def fails(_: Recorded) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        writes(fails)
    assert read_facts("policy-p") == ()


def test_entries_come_with_their_words_and_only_of_the_kinds_asked_for() -> None:
    writes(nothing)
    (whole,) = policystream.entries("policy_comment_made")
    assert whole.recorded.event.comment == "Too short."
    assert list(policystream.entries("policy_comment_answered")) == []


def test_later_bank_holidays_are_taken_up_with_each_deadline_before_and_after() -> None:
    story = Story(town()).raised()
    loaded = load(story.case)
    newest, older = editions()[-1].name, editions()[0].name
    at = MONDAY + timedelta(days=1)
    assert calendar_move(loaded, loaded.state.calendars[-1][0], at) == ALREADY_COUNTED
    state = replace(loaded.state, calendars=((older, loaded.state.raised_at),))
    moved = calendar_move(replace(loaded, state=state), newest, at)
    assert isinstance(moved, CalendarMoved)
    assert (moved.from_edition, moved.to_edition) == (older, newest)
    assert "one-working-week" in {one.clock for one in moved.deadlines}
