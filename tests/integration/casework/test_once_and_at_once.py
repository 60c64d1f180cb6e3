"""A form sent twice, and people writing at the same moment: each on a connection of their own, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from django.db import connections

from counterpart.casework import acts, outcomes
from counterpart.casework.raising import raise_concern
from counterpart.casework.writing import Done
from counterpart.engine.rules import Refusal
from counterpart.journal import reading
from counterpart.journal.errors import Conflict
from counterpart.journal.models import Event, Submission
from counterpart.lists.models import CaseRow
from counterpart.messages.models import Notice, OutboxRow
from tests import directory as d
from tests.integration.casework.standing import everything, lists
from tests.town import MONDAY, RAISER, WORKER, Story, Town, town, written

KEY = "0123456789abcdef" * 2
CONNECTIONS = 20
TWO_SIDES = ("school", "care")
T = TypeVar("T")


def at_once(count: int, act: Callable[[int], T]) -> list[T]:
    """What `count` threads, let go at the same moment, are given."""
    gate = threading.Barrier(count)

    def one(number: int) -> T:
        try:
            gate.wait(timeout=30)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def raised_with(place: Town, key: str) -> Done:
    done = raise_concern(
        written=written(place), actor=place.acting(RAISER, "raiser"), now=MONDAY, key=key
    )
    assert isinstance(done, Done)
    return done


def consulted(story: Story, **by: Any) -> Done | Refusal:
    what: dict[str, Any] = {"step": "consult-manager", "how": "telephone", "result": "done"}
    what["happened_at"] = story.now
    return acts.record_step(**what, **by)


# --- the same form twice ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_concern_sent_twice_is_one_case_with_the_same_receipt() -> None:
    place = town()
    first = raised_with(place, KEY)
    before = everything()
    second = raised_with(place, KEY)
    assert everything() == before
    assert second == replace(first, repeated=True)


@pytest.mark.django_db
def test_an_act_sent_twice_is_one_entry_even_after_the_case_has_gone_on() -> None:
    story = Story(town()).raised()
    by = story.by(RAISER, key=KEY)
    first = consulted(story, **by)
    assert isinstance(first, Done)
    story.moves("to-other-worker")
    before = everything()
    assert consulted(story, **by) == replace(first, repeated=True)
    assert everything() == before


@pytest.mark.django_db
def test_a_form_that_was_refused_can_be_sent_again_with_the_same_key() -> None:
    story = Story(town()).raised()
    move = {"way": "to-other-worker", "seats": (), "reason": "We spoke."}
    assert isinstance(acts.move_on(**move, **story.by(RAISER, key=KEY)), Refusal)  # type: ignore[arg-type]
    story.records("consult-manager", "done")
    assert isinstance(acts.move_on(**move, **story.by(RAISER, key=KEY)), Done)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_answer_that_closes_the_case_says_so_when_it_is_sent_again() -> None:
    story = Story(town()).raised().settled().confirmed("school")
    by = story.by(WORKER, key=KEY)
    agency = story.town.agencies["care"]
    first = outcomes.confirm(number=1, agency=agency, **by)
    assert isinstance(first, Done)
    assert len(first.entries) == 2  # confirmed, and with it closed
    assert outcomes.confirm(number=1, agency=agency, **by) == replace(first, repeated=True)


# --- at the same moment --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_of_one_button_make_one_case_and_one_entry() -> None:
    place = town()
    made = at_once(CONNECTIONS, lambda _: raised_with(place, KEY))
    assert len({done.reference for done in made}) == 1
    assert [done.repeated for done in made].count(False) == 1
    assert (CaseRow.objects.count(), Event.objects.filter(type="concern_raised").count()) == (1, 1)
    story = Story(place, case=made[0].case)
    by = story.by(RAISER, key="f" * 32)
    told = Notice.objects.count(), OutboxRow.objects.count()
    again = at_once(CONNECTIONS, lambda _: consulted(story, **by))
    assert all(isinstance(done, Done) for done in again)
    assert len({done.entries[0].id for done in again if isinstance(done, Done)}) == 1
    assert [entry.version for entry in reading.read_facts(story.case)] == [1, 2]
    assert Submission.objects.filter(stream=story.case).count() == 2
    assert told <= (Notice.objects.count(), OutboxRow.objects.count())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_case_on_from_the_same_page_one_is_told() -> None:
    story = Story(town()).raised().to_workers().records("workers-discuss", "not_agreed")
    seen = story.state.version
    people = (RAISER, "school.line_manager")
    ways = [story.by(who, seen=seen) for who in people]
    answers = at_once(2, lambda i: acts.move_on(way="to-managers", seats=(), reason="X", **ways[i]))
    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Refusal"]
    (refusal,) = (answer for answer in answers if isinstance(answer, Refusal))
    assert refusal.code == "changed_since"
    assert story.state.stage == "managers"


@pytest.mark.django_db(transaction=True)
def test_both_sides_writing_at_once_are_both_kept_and_the_lists_are_right() -> None:
    story = Story(town()).raised().settled()
    number = story.state.texts
    bys = [(story.town.agencies[key], story.by(f"{key}.practitioner")) for key in TWO_SIDES]

    def answer(i: int) -> Done | Refusal:
        agency, by = bys[i]
        for _ in range(5):
            try:
                return outcomes.confirm(number=number, agency=agency, **by)
            except Conflict:  # shown as "somebody else was writing"; the person sends it again
                continue
        raise AssertionError("never got in")

    assert all(isinstance(done, Done) for done in at_once(2, answer))
    assert (story.state.status, story.state.ending) == ("closed", "agreed")
    row = CaseRow.objects.get()
    assert (row.status, row.version) == ("closed", story.state.version)
    assert [entry.version for entry in reading.read_facts(story.case)] == list(
        range(1, row.version + 1)
    )
    from counterpart.casework.upkeep import rebuild

    before = lists()
    rebuild(story.case, story.now)
    assert lists() == before


@pytest.mark.django_db(transaction=True)
def test_people_in_different_cases_do_not_hinder_each_other() -> None:
    place = town(agencies=("school", "care"))
    made = at_once(8, lambda _: raised_with(place, d.new_id()))
    assert len({done.case for done in made}) == 8
    assert CaseRow.objects.count() == 8
