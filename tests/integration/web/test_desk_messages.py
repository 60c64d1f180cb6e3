"""A message that cannot go, on the business manager's desk: what leads to mending it is offered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from counterpart.messages import outbox
from counterpart.messages.kinds import NO_ADDRESS, REASON_WORDS
from counterpart.messages.models import OutboxRow
from tests.integration.web.cases import a_case, manager_of
from tests.integration.web.northmere import northmere, signed_in
from tests.integration.web.test_desk import text_of

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


def test_where_there_is_nobody_to_send_a_message_to_the_post_is_what_has_to_be_seen_to() -> None:
    place = northmere()
    manager = signed_in(manager_of(place), "helen.marsh@northmere.example")
    a_case(place, NOW)
    row = OutboxRow.objects.filter(to_kind="post").earliest("id")
    outbox.not_sent(row, NO_ADDRESS, NOW)
    page = text_of(manager, "/desk")
    section = page[page.index('id="unsent"') :]
    assert REASON_WORDS[NO_ADDRESS] in section
    assert f'href="/directory/posts/{row.to}"' in section
    assert f"/desk/messages/{row.id}/again" not in section
    assert manager.get(f"/directory/posts/{row.to}").status_code == 200
