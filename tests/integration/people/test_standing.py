"""A person's standing is looked up once in a request that changes nothing, and anew everywhere else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.people.standing import (
    asked_once,
    asked_together,
    standing_of,
    standings_of,
)
from tests import directory as d
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def teacher() -> str:
    return d.a_person(d.a_post(d.an_agency(d.a_partnership())))


def test_it_is_looked_up_once_within_asked_once() -> None:
    person = teacher()
    with asked_once():
        first = standing_of(person, NOW)
        with CaptureQueriesContext(connection) as asked:
            assert standing_of(person, NOW) is first
        assert len(asked) == 0
        with CaptureQueriesContext(connection) as another_moment:
            standing_of(person, NOW + timedelta(seconds=1))
        assert len(another_moment) > 0


def test_each_time_stands_for_itself() -> None:
    person = teacher()
    with asked_once():
        before = standing_of(person, NOW)
    d.holds(person, d.a_post(d.an_agency(d.a_partnership())))
    with asked_once():
        assert len(standing_of(person, NOW).tenures) == len(before.tenures) + 1
    assert len(standing_of(person, NOW).tenures) == len(before.tenures) + 1


def test_many_are_looked_up_together_in_as_many_queries_as_a_few() -> None:
    partnership = d.a_partnership()
    people = [d.a_person(d.a_post(d.an_agency(partnership))) for _ in range(4)]
    d.covers(people[0], NOW.date(), NOW.date() + timedelta(days=3), person=people[1])
    alone = {person: standing_of(person, NOW) for person in people}
    with CaptureQueriesContext(connection) as two:
        standings_of(people[:2], NOW)
    with CaptureQueriesContext(connection) as all_of_them:
        assert standings_of(people, NOW) == alone
    assert len(all_of_them) == len(two)
    with asked_together(people, NOW):
        with CaptureQueriesContext(connection) as asked:
            assert [standing_of(person, NOW) for person in people] == list(alone.values())
        assert len(asked) == 0


def test_a_page_asks_once_what_posts_somebody_holds(client: Client) -> None:
    office = d.a_partnership()
    manager = d.a_person(d.a_post(office, "business_manager", "Business manager"))
    sign_in(client, d.an_account(manager))
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/desk").status_code == 200
    who = [q for q in asked if q["sql"].startswith('SELECT "people_account"."person_id"')]
    assert len(who) == 1
