"""The public pages show the policies in force here, and what was last known while the database is down."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from tests.casebook import BRENT_FILE, MONDAY
from tests.integration.web.northmere import Northmere, northmere

pytestmark = pytest.mark.django_db

AMENDED = BRENT_FILE.read_bytes().replace(
    b"title: Inter-Agency Escalation Policy", b"title: The policy as it is now"
)


def _refuses(*_: object) -> None:
    raise OperationalError("nobody is there")


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def visitor() -> Client:
    return Client()


def publish(place: Northmere) -> None:
    editions.publish(content=AMENDED, partnership=place.partnership, actor=the_clock(), now=MONDAY)


def test_what_was_published_is_shown_and_not_the_file_it_came_from(
    place: Northmere, visitor: Client
) -> None:
    assert "The policy as it is now" not in visitor.get("/policy/brent").content.decode()
    publish(place)
    assert "The policy as it is now" in visitor.get("/policy/brent").content.decode()


def test_the_policies_in_force_stand_apart_from_those_of_other_areas(
    place: Northmere, visitor: Client
) -> None:
    page = visitor.get("/policy").content.decode()
    here, elsewhere = page.split("Other areas")
    assert "/policy/brent" in here
    assert "/policy/somerset" in elsewhere
    assert "/policy/brent" not in elsewhere


def test_what_was_last_known_is_shown_while_the_database_is_down(
    place: Northmere, visitor: Client
) -> None:
    publish(place)
    visitor.get("/policy/brent")
    with connection.execute_wrapper(_refuses):
        assert "The policy as it is now" in visitor.get("/policy/brent").content.decode()
