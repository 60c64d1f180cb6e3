"""Cases made in bulk: their rows are what a replay would make, their words are sealed, and nobody is told."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from counterpart.casework import acts, learning, outcomes
from counterpart.casework.bulk import Another, Pattern, patterns, retell, write_cases
from counterpart.casework.demonstration import seed
from counterpart.casework.upkeep import rebuild
from counterpart.casework.writing import load
from counterpart.engine.events import (
    ActionDone,
    ConcernRaised,
    EntryCorrected,
    LearningPointRecorded,
    OutcomeProposed,
)
from counterpart.journal.models import Words
from counterpart.journal.reading import Whole, read_whole
from counterpart.lists.models import CaseRow, ChildRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.vault.index import blind_index
from tests.integration.casework.standing import lists
from tests.town import MONDAY, WORKER, Story, town

pytestmark = pytest.mark.django_db

AFTERNOON = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)


def another(number: int, *, weeks: int = 0) -> Another:
    return Another(
        case=uuid.uuid4().hex,
        reference=f"{number:08d}",
        child=f"BX-{number}",
        later=timedelta(weeks=weeks),
        new_id=lambda: uuid.uuid4().hex,
    )


def ended_case() -> Story:
    """A case that was agreed, with its action done and an entry put right."""
    story = Story(town()).raised().settled().confirmed()
    assert story.state.outcome is not None
    story.does(
        outcomes.finish_action, WORKER, action=story.state.outcome.actions[0].id, what="Done."
    )
    entry = load(story.case).record[-1].id
    story.does(acts.correct, WORKER, entry=entry, correction="On Tuesday.", reason="The wrong day.")
    return story


def told_again(story: Story, other: Another) -> tuple[Pattern, tuple[Whole, ...]]:
    """The case of a story told again as another: the pattern, and the record that was written."""
    (pattern,) = patterns(story.now)
    assert write_cases([retell(pattern, other)], story.now) == 1
    return pattern, read_whole(other.case)


def test_every_case_of_the_demonstration_told_again_equals_a_replay() -> None:
    seed(now=AFTERNOON)
    known = patterns(AFTERNOON)
    assert any(one.is_open for one in known)
    assert any(not one.is_open and not one.has_duties for one in known)
    told = (Notice.objects.count(), OutboxRow.objects.count())
    again = [another(n, weeks=-(n % 60)) for n in range(2 * len(known))]
    batches = [retell(known[n % len(known)], other) for n, other in enumerate(again)]
    assert write_cases(iter(batches), AFTERNOON) == len(again)
    assert CaseRow.objects.count() == 3 * len(known)
    before = lists()
    for other in again:
        rebuild(other.case, AFTERNOON)
    assert lists() == before
    assert (Notice.objects.count(), OutboxRow.objects.count()) == told


def test_a_case_told_again_keeps_its_words_and_who_wrote_them() -> None:
    pattern, record = told_again(ended_case(), another(1))
    assert [type(one.recorded.event) for one in record] == [
        type(one.recorded.event) for one in pattern.entries
    ]
    assert [one.names for one in record] == [one.names for one in pattern.entries]
    raised: ConcernRaised = record[0].recorded.event
    assert raised.dispute == pattern.entries[0].recorded.event.dispute != ""
    sealed = Words.objects.filter(stream=record[0].recorded.stream)
    assert sealed.count() > len(record)
    assert not any(raised.dispute.encode() in bytes(row.sealed) for row in sealed)


def test_it_shares_no_id_with_its_pattern_and_points_only_to_its_own() -> None:
    pattern, record = told_again(ended_case(), another(1))
    entries = [one.recorded.id for one in record]
    assert not set(entries) & set(pattern.own)
    (text,) = [w.recorded.event for w in record if isinstance(w.recorded.event, OutcomeProposed)]
    (done,) = [w.recorded.event for w in record if isinstance(w.recorded.event, ActionDone)]
    (put_right,) = [
        w.recorded.event for w in record if isinstance(w.recorded.event, EntryCorrected)
    ]
    assert done.action == text.actions[0].id
    assert put_right.entry == entries[-2]
    assert not {done.action, record[0].recorded.event.children[0].id} & set(pattern.own)


def test_a_learning_point_told_again_is_one_of_its_own() -> None:
    story = ended_case()
    story.does(
        learning.record_point,
        body=story.town.agencies["school"],
        owner=story.town.posts["school.line_manager"],
        due_on=MONDAY.date() + timedelta(days=60),
        says="Send the log of what a child has said with the referral.",
    )
    pattern, record = told_again(story, another(1))
    point: LearningPointRecorded = record[-1].recorded.event
    assert point.point not in pattern.own
    assert point.point != pattern.entries[-1].recorded.event.point


def test_it_is_about_another_child_who_can_be_found() -> None:
    _, record = told_again(ended_case(), another(7))
    raised: ConcernRaised = record[0].recorded.event
    assert raised.child_references == ("BX-7",)
    (row,) = ChildRow.objects.filter(index=blind_index("child", "bx 7"))
    assert row.case_id == record[0].recorded.stream


def test_all_of_it_is_moved_by_the_same_weeks() -> None:
    story = ended_case()
    pattern, record = told_again(story, another(1, weeks=-52))
    for before, after in zip(pattern.entries, record, strict=True):
        assert after.recorded.happened_at == before.recorded.happened_at - timedelta(weeks=52)
        assert after.recorded.written_at == before.recorded.written_at - timedelta(weeks=52)
    action = load(record[0].recorded.stream).state.outcome.actions[0]  # type: ignore[union-attr]  # it has one
    assert action.due_on.weekday() == load(story.case).state.outcome.actions[0].due_on.weekday()  # type: ignore[union-attr]
    assert action.due_on < MONDAY.date()


def test_a_case_made_in_bulk_can_be_gone_on_with() -> None:
    story = Story(town()).raised().to_workers()
    _, record = told_again(story, another(1))
    again = Story(story.town, now=story.now, case=record[0].recorded.stream)
    again.records("workers-discuss", "not_agreed")
    assert again.state.version == len(record) + 1
    before = lists()
    rebuild(again.case, again.now)
    assert lists() == before
