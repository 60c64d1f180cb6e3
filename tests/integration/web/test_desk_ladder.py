"""What the desk says of ladders: where nobody could be told, and a morning's summary that did not go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.kinds import DIGEST
from counterpart.messages.models import OutboxRow
from tests.integration.messages.stories import RecordingChannel
from tests.integration.web.northmere import signed_in
from tests.kinds import ALL, a_step, stages, written
from tests.live import Live, puts_in_force
from tests.town import Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=20)
OFFICE, OPERATIONS = "office.business_manager", "school.operations_manager"
LADDER = [{"id": "up", "when": "at", "tells": ["owner.senior"], **ALL}]


def the_manager(place: Town) -> Client:
    return signed_in(place.people[OFFICE], "office@northmere.example")


def a_desk(client: Client) -> str:
    return unescape(client.get("/desk").content.decode())


def begun(place: Town) -> Live:
    puts_in_force(place, written(stages=stages(steps=[a_step("talk")]), ladder=LADDER))
    return Live(place, now=LONG_AGO).begins(grounds=("plan",))


def test_a_duty_of_which_nobody_could_be_told_is_on_the_desk() -> None:
    place = town(vacant=[OPERATIONS])
    case, manager = begun(place), the_manager(place)
    assert "Nobody could be told" not in a_desk(manager)
    climb(NOW)
    drawn = a_desk(manager)
    assert "Nobody could be told" in drawn
    assert f"/cases/{case.reference}" in drawn
    assert "Do talk" in drawn


def test_a_summary_that_could_not_go_says_whose_it_was_and_can_be_sent_again() -> None:
    place = town()
    begun(place)
    climb(NOW)
    send_digests(NOW)
    row = OutboxRow.objects.get(template=DIGEST)
    deliver(Batch([row]), RecordingChannel(), NOW)  # nobody in this town has an address but one
    drawn = a_desk(the_manager(place))
    assert "Several: it is the morning’s summary" in drawn
    assert place.names[OPERATIONS] in drawn
    assert row.id in drawn
