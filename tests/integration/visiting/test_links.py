"""The link of a message: opening it changes nothing, and one that is not good says no more than whom to ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from counterpart.access.models import Read
from counterpart.journal.models import Event
from counterpart.messages.answering import VALID_FOR, answer_path
from counterpart.messages.models import OutboxRow
from counterpart.people.models import MailCode, WrongTry
from tests.integration.visiting.mail import (
    MAILBOX,
    PRIVATE,
    Waiting,
    answers,
    asks,
    comes_in,
    drawn,
    the_form,
    types,
)

pytestmark = pytest.mark.django_db


def test_scanners_open_the_link_and_nothing_changes(client: Client, case: Waiting) -> None:
    before = (OutboxRow.objects.count(), Event.objects.count())
    for _ in range(20):
        assert client.get(case.path).status_code == 200
        assert client.head(case.path).status_code == 200
    assert [model.objects.count() for model in (MailCode, Read, Session)] == [0, 0, 0]
    assert not mail.outbox
    assert (OutboxRow.objects.count(), Event.objects.count()) == before


def test_nothing_of_the_case_is_shown_before_the_code(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    pages: list[Any] = [client.get(path) for path in (case.path, "/visit/code", "/answer/made-up")]
    pages.append(types(client, "00000000"))
    letter = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}"
    for text in (*map(drawn, pages), letter):
        assert not [word for word in (*PRIVATE, case.story.reference) if word in text]


def altered(case: Waiting) -> dict[str, str]:
    """The link in every way in which it is not the one that was sent."""
    row, signature = case.path.removeprefix("/answer/").split(".")
    other = OutboxRow.objects.exclude(id=row).filter(template="new_duty").first()
    assert other is not None
    swapped = {"a": "b"}
    return {
        "a letter": f"{row}.{''.join(swapped.get(c, 'a') if c.isalpha() else c for c in signature)}",
        "a figure": f"{row[:-1]}{(int(row[-1], 16) + 1) % 16:x}.{signature}",
        "a sign": f"{row}.{signature.replace('-', '_')}x",
        "the case of it": f"{row}.{signature.swapcase()}",
        "another's": f"{other.id}.{signature}",
        "another address": answer_path(case.row.id, "somebody@else.example").removeprefix(
            "/answer/"
        ),
        "no signature": f"{row}.",
        "no dot": row,
        "half": f"{row}.{signature[:20]}",
        "made up": f"{'0' * 32}.{signature}",
        "not ours": "é.%F0%9F%92%A9",
    }


def test_an_altered_link_says_the_same_as_one_that_never_was(client: Client, case: Waiting) -> None:
    never = drawn(client.get("/answer/never-was"))
    for how, token in altered(case).items():
        answer = client.get(f"/answer/{token}")
        assert (answer.status_code, drawn(answer)) == (410, never), how
        assert client.post(f"/answer/{token}").status_code == 410, how
        assert client.post(f"/answer/{token}/again").status_code == 410, how
    assert not mail.outbox
    assert WrongTry.objects.filter(kind="link").count() == 3 * len(altered(case)) + 1


def test_an_old_link_offers_a_fresh_one_to_the_same_mailbox(client: Client, case: Waiting) -> None:
    OutboxRow.objects.filter(id=case.row.id).update(made_at=case.row.made_at - VALID_FOR)
    answer = client.get(case.path)
    assert (answer.status_code, "Send a fresh link" in drawn(answer)) == (410, True)
    assert client.post(case.path).status_code == 410
    for _ in range(3):
        assert client.post(f"{case.path}/again").status_code == 200
    fresh = OutboxRow.objects.get(key__startswith=f"{case.row.key}|")
    assert fresh.to == case.row.to
    assert comes_in(client, answer_path(fresh.id, MAILBOX)).status_code == 200


def test_a_link_is_over_once_it_was_done(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    answers(client, the_form(case))
    other = Client()
    answer = other.get(case.path)
    assert (answer.status_code, "Send a fresh link" in drawn(answer)) == (410, False)
    assert other.post(case.path).status_code == 410
    assert other.post(f"{case.path}/again").status_code == 410
