"""What whoever watches an installation is told: three lines, and nothing of what is in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from counterpart.messages import routines

pytestmark = pytest.mark.django_db


def health() -> str:
    """The page, as a monitor gets it."""
    answer = Client().get("/health")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_worker_that_works_is_well() -> None:
    routines.beat(datetime.now(UTC))

    assert health() == "web: up\ndatabase: ok\nworker: ok\n"


@pytest.mark.parametrize("ago", [timedelta(minutes=6), timedelta(days=-1)])
def test_no_worker_for_five_minutes_is_said_and_no_more(ago: timedelta) -> None:
    routines.beat(datetime.now(UTC) - ago)

    assert health() == "web: up\ndatabase: ok\nworker: quiet\n"


def test_a_worker_that_was_never_started_is_quiet() -> None:
    assert health().splitlines()[2] == "worker: quiet"
