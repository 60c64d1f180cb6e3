"""What is kept of a concern before it is sent: for one person, sealed, and never undone by a second tab."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.casework import drafts
from counterpart.casework.models import Draft
from tests import directory as d
from tests.integration.web.northmere import answer_all, begin, northmere, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ANYBODY, SOMEBODY_ELSE = "a" * 32, "b" * 32


def test_the_same_key_of_the_same_person_begins_one_draft() -> None:
    first = drafts.start(person=ANYBODY, now=NOW, key="k")
    assert drafts.start(person=ANYBODY, now=NOW + timedelta(days=1), key="k") == first
    assert drafts.start(person=SOMEBODY_ELSE, now=NOW, key="k") != first
    assert [each.id for each in drafts.drafts_of(ANYBODY)] == [first]


def test_an_answer_changes_no_other_answer() -> None:
    draft = drafts.start(person=ANYBODY, now=NOW, key="k")
    drafts.save(draft=draft, person=ANYBODY, answers={"a": 1, "b": [2]}, now=NOW)
    drafts.save(draft=draft, person=ANYBODY, answers={"c": "three", "a": None}, now=NOW)
    assert drafts.load(draft=draft, person=ANYBODY) == {"b": [2], "c": "three"}


def test_a_draft_is_for_its_writer_alone() -> None:
    draft = drafts.start(person=ANYBODY, now=NOW, key="k")
    drafts.save(draft=draft, person=SOMEBODY_ELSE, answers={"a": 1}, now=NOW)
    drafts.drop(draft=draft, person=SOMEBODY_ELSE)
    drafts.mark_sent(draft=draft, person=SOMEBODY_ELSE, reference="7F3K92MQ")
    assert drafts.load(draft=draft, person=SOMEBODY_ELSE) is None
    assert drafts.sent_as(draft=draft, person=SOMEBODY_ELSE) is None
    assert drafts.load(draft=draft, person=ANYBODY) == {}


def test_a_draft_that_was_sent_holds_nothing_but_what_it_became() -> None:
    draft = drafts.start(person=ANYBODY, now=NOW, key="k")
    drafts.save(draft=draft, person=ANYBODY, answers={"a": "words"}, now=NOW)
    drafts.mark_sent(draft=draft, person=ANYBODY, reference="7F3K92MQ")
    drafts.save(draft=draft, person=ANYBODY, answers={"a": "more"}, now=NOW)
    drafts.drop(draft=draft, person=ANYBODY)
    assert Draft.objects.get(id=draft).sealed is None
    assert drafts.sent_as(draft=draft, person=ANYBODY) == "7F3K92MQ"
    assert drafts.drafts_of(ANYBODY) == ()


def test_a_question_asks_the_database_as_often_however_many_cases_and_agencies_there_are() -> None:
    place = northmere()
    teacher = signed_in(place.teacher, "amara.osei@oakfield.example")
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    few = _queries(teacher, f"/raise/{draft}/check")
    for number in range(30):
        d.a_person(d.a_post(d.an_agency(place.partnership, name=f"School {number}")))
    other = begin(teacher)
    answer_all(teacher, other, place)
    teacher.post(f"/raise/{other}/check")
    teacher.post(f"/raise/{draft}/open-case")
    assert _queries(teacher, f"/raise/{draft}/check") == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
