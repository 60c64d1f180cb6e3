"""A person's standing is looked up afresh each time, but once for one page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.people import changes
from counterpart.people.standing import asked_once, standing_of
from tests.directory import a_partnership, a_person, a_post, holds

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_within_one_page_it_is_looked_up_once_for_each_person_and_instant() -> None:
    ann, bea = a_person(), a_person()
    with asked_once():
        standing_of(ann, NOON)
        with CaptureQueriesContext(connection) as again:
            standing_of(ann, NOON)
        with CaptureQueriesContext(connection) as other:
            standing_of(bea, NOON)
            standing_of(ann, NOON + timedelta(seconds=1))
    assert len(again) == 0
    assert len(other) == 6


def test_the_next_page_sees_what_has_changed() -> None:
    person = a_person()
    holding = holds(person, a_post(a_partnership(), "business_manager"))
    with asked_once():
        assert standing_of(person, NOON).footings[0].partnerships
    changes.end_holding(holding=holding, until_on=date(2026, 11, 24))
    with asked_once():
        assert not standing_of(person, NOON).footings[0].partnerships
    assert not standing_of(person, NOON).footings[0].partnerships
