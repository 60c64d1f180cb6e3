"""An act writes what it changes: rows that would be the same stay the very rows they were."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from counterpart.access.models import Denial, Relation
from counterpart.casework import acts, keeping
from counterpart.casework.writing import Done
from counterpart.journal.models import Event, Submission
from counterpart.journal.rows import find
from counterpart.lists.models import DutyRow, PartyRow
from counterpart.messages.climbing import fired
from counterpart.messages.models import Rung
from tests.directory import new_id
from tests.town import RAISER, Story, town

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 17


def ids(model: type[Model], case: str) -> set[Any]:
    return set(model._default_manager.filter(case=case).values_list("pk", flat=True))


def given(story: Story) -> Any:
    """What the web has at hand when somebody presses the button."""
    agencies = story.state.receiving_agencies
    return {"happened_at": story.now, "agencies": agencies, **story.by(RAISER)}


def discusses(story: Story) -> None:
    records(given(story))


def records(what: Any) -> None:
    done = acts.record_step(
        step="workers-discuss", how="telephone", result="not_agreed", said="We spoke.", **what
    )
    assert isinstance(done, Done), done


def test_a_discussion_leaves_the_relations_and_parties_that_it_does_not_change() -> None:
    story = Story(town()).raised().to_workers()
    relations, parties = ids(Relation, story.case), ids(PartyRow, story.case)
    duties = ids(DutyRow, story.case)
    discusses(story)
    assert relations <= ids(Relation, story.case)
    assert parties == ids(PartyRow, story.case)
    assert duties & ids(DutyRow, story.case)
    assert duties != ids(DutyRow, story.case)


def test_an_act_takes_no_more_statements_than_it_needs() -> None:
    place = town()
    discusses(Story(place).raised().to_workers())
    story = Story(place).raised().to_workers()
    what = given(story)
    with CaptureQueriesContext(connection) as made:
        records(what)
    ours = [one for one in made if "SAVEPOINT" not in one["sql"]]
    assert len(ours) <= MOST_STATEMENTS


def test_who_is_kept_out_is_written_once_and_stays_through_what_follows() -> None:
    story = Story(place := town()).raised().to_workers()
    done = keeping.keep_out(
        person=place.people["care.line_manager"], reason="declared_conflict", why="A tie.",
        case=story.case, actor=place.acting("office.business_manager"), now=story.now, key=new_id(),
    )  # fmt: skip
    assert isinstance(done, Done), done
    kept = Denial.objects.filter(case=story.case)
    assert [row.person for row in kept] == [place.people["care.line_manager"]]
    discusses(story)
    assert [row.person for row in kept.all()] == [place.people["care.line_manager"]]


def test_rows_read_in_our_own_words_are_those_that_django_reads() -> None:
    story = Story(town()).raised().to_workers()
    discusses(story)
    assert fired(story.case) == {}
    for model, column in ((Relation, "case"), (DutyRow, "case_id"), (Rung, "case"), (Event, "stream"),
                          (Submission, "stream")):  # fmt: skip
        of: Any = model
        wanted = {row.pk: _values(row) for row in of.objects.filter(**{column: story.case})}
        assert {row.pk: _values(row) for row in find(of, column, story.case)} == wanted
        assert wanted or model is Rung


def _values(row: Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.local_concrete_fields]
