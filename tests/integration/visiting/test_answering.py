"""Answering by the link of a message and a code, without an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from counterpart.access.models import Read
from counterpart.journal.reading import read_whole
from counterpart.people.models import Person
from tests import directory as d
from tests.integration.visiting.mail import (
    MAILBOX,
    WORKER,
    Waiting,
    asks,
    comes_in,
    newest_code,
    says,
    types,
    waiting,
)

pytestmark = pytest.mark.django_db

ACT = re.compile(r'href="(/cases/\w+/step/[\w-]+)"')


@pytest.fixture
def case() -> Waiting:
    """The message waits."""
    return waiting()


def the_act(client: Client) -> str:
    """Where the button of the duty leads."""
    found = ACT.search(client.get("/visit").content.decode())
    assert found is not None
    return found[1]


def answer(client: Client, path: str, **changed: str) -> int:
    """Record that the two spoke, five minutes ago."""
    key = re.search(r'name="idempotency_key" value="(\w+)"', client.get(path).content.decode())
    assert key is not None
    from django.utils import timezone

    at = timezone.localtime() - timedelta(minutes=5)
    said = {
        "idempotency_key": key[1], "how": "telephone", "result": "not_agreed", "said": "We spoke.",
        "happened_at-day": str(at.day), "happened_at-month": str(at.month),
        "happened_at-year": str(at.year), "happened_at-time": f"{at:%H:%M}",
    }  # fmt: skip
    return client.post(path, said | changed).status_code


def test_from_the_link_to_the_answer(client: Client, case: Waiting) -> None:
    assert client.get(case.path).status_code == 200
    assert asks(client, case.path)["Location"] == "/visit/code"
    assert mail.outbox[-1].to == [MAILBOX]
    assert types(client, newest_code())["Location"] == "/visit/who"
    assert says(client)["Location"] == "/visit"
    page = client.get("/visit").content.decode()
    assert "The referral was closed without a visit." in page
    assert answer(client, the_act(client)) == 303
    last = read_whole(case.story.case)[-1]
    assert last.names["actor_name"] == "Dr Iris Vale"
    assert last.names["actor_post"].startswith("GP partner, Northmere Children")
    assert last.recorded.actor.post == case.place.posts[WORKER]
    assert last.recorded.actor.capacity == "receiving_side"
