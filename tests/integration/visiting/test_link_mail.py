"""The e-mail with the link: who gets it, and that the same message is the same however often it is sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from counterpart.messages import outbox
from counterpart.messages.answering import answer_path
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.kinds import NO_ADDRESS
from counterpart.messages.models import Delivery, OutboxRow
from counterpart.messages.recipients import Nobody, recipients_of
from counterpart.people.models import Account
from tests import directory as d
from tests.integration.messages.stories import RecordingChannel
from tests.integration.visiting.mail import MAILBOX, WORKER, Waiting, waiting

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


def sent(case: Waiting) -> list[tuple[str, str]]:
    """To whom the message went now, and its text."""
    channel = RecordingChannel()
    OutboxRow.objects.exclude(id=case.row.id).update(sent_at=NOW, next_try_at=None)
    Delivery.objects.all().delete()
    OutboxRow.objects.filter(id=case.row.id).update(sent_at=None, next_try_at=NOW)
    deliver(Batch(outbox.claim(NOW, "one")), channel, NOW)
    return [(to, message.text + message.html) for to, message in channel.sent]


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_mailbox_without_an_account_gets_the_link(is_shared: bool) -> None:
    case = waiting(is_shared=is_shared)
    first, again = sent(case), sent(case)
    assert first == again
    ((to, text),) = first
    assert to == MAILBOX
    assert text.count(answer_path(case.row.id, MAILBOX)) == 2
    assert "/cases/" not in text
    assert "You need no account" in text


def test_whoever_has_an_account_gets_the_case() -> None:
    case = waiting(is_shared=False)
    d.an_account(case.place.people[WORKER], "worker@care.example")
    ((to, text),) = sent(case)
    assert to == "worker@care.example"
    assert f"/cases/{case.story.reference}" in text
    assert "/answer/" not in text


def test_whose_account_was_closed_is_not_written_to_at_work() -> None:
    case = waiting(is_shared=False)
    d.an_account(case.place.people[WORKER], "worker@care.example")
    Account.objects.update(is_active=False)
    found = recipients_of(case.row, NOW)
    assert isinstance(found, Nobody)
    assert found.reason == NO_ADDRESS
