"""What workers do again and again, and whether any is at work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.messages import routines
from counterpart.messages.models import Routine
from counterpart.messages.routines import AFTER_A_FAULT, LEASE, QUIET_AFTER
from tests.integration.messages.stories import HOUR, MINUTE, NOW

pytestmark = pytest.mark.django_db

NAME = "refresh"


def claim(at: object = NOW, worker: str = "one") -> bool:
    """Claim the routine of these tests, which is hourly."""
    return routines.claim(NAME, HOUR, at, worker)  # type: ignore[arg-type]  # always an instant


def test_one_worker_does_it_and_the_other_does_not() -> None:
    assert claim(worker="one")
    assert not claim(worker="two")


def test_once_done_it_is_not_done_again_before_its_time() -> None:
    claim()
    routines.finished(NAME, HOUR, NOW)

    assert not claim(NOW + HOUR - MINUTE)
    assert claim(NOW + HOUR)


def test_what_a_dead_worker_left_is_taken_up_by_another() -> None:
    claim(worker="dead")

    assert not claim(NOW + LEASE - MINUTE, "other")
    assert claim(NOW + LEASE, "other")


def test_what_failed_is_done_again_soon_and_says_since_when() -> None:
    for at in (NOW, NOW + AFTER_A_FAULT):
        assert claim(at)
        routines.failed(NAME, at)

    assert Routine.objects.get().failed_at == NOW
    routines.finished(NAME, HOUR, NOW + HOUR)
    assert Routine.objects.get().failed_at is None


def test_times_from_a_clock_that_has_been_set_back_do_not_count() -> None:
    tomorrow = NOW + timedelta(days=1)
    claim(tomorrow)
    assert claim(NOW)

    routines.finished(NAME, HOUR, tomorrow)
    assert claim(NOW)


def test_a_claim_made_between_a_workers_look_at_the_clock_and_its_own_counts() -> None:
    assert claim(NOW + timedelta(seconds=2), "quick")
    assert not claim(NOW, "slow")
    routines.finished(NAME, HOUR, NOW + timedelta(seconds=2))
    assert not claim(NOW, "slow")


def test_no_worker_has_ever_worked() -> None:
    assert routines.last_worked_at() is None
    assert routines.is_quiet(NOW)


def test_a_worker_is_heard_of_for_five_minutes() -> None:
    routines.beat(NOW)

    assert routines.last_worked_at() == NOW
    assert not routines.is_quiet(NOW + QUIET_AFTER)
    assert routines.is_quiet(NOW + QUIET_AFTER + MINUTE)


def test_a_beat_is_written_every_few_seconds_and_not_at_every_turn() -> None:
    routines.beat(NOW)
    with CaptureQueriesContext(connection) as queries:
        routines.beat(NOW + timedelta(seconds=5))
    assert len(queries) == 1

    routines.beat(NOW + timedelta(seconds=20))
    assert routines.last_worked_at() == NOW + timedelta(seconds=20)


def test_a_beat_goes_on_after_the_clock_was_set_back() -> None:
    routines.beat(NOW + timedelta(days=1))
    routines.beat(NOW)

    assert routines.last_worked_at() == NOW


def test_a_time_from_a_clock_since_set_back_hides_no_silence() -> None:
    routines.beat(NOW + timedelta(days=1))

    assert routines.is_quiet(NOW)
