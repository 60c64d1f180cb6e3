"""The outbox: claiming, marking, trying again."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.engine.notices import NEW_DUTY, URGENT
from counterpart.messages import outbox
from counterpart.messages.kinds import (
    FAULT,
    LATER,
    LONGEST_GAP,
    NO_ADDRESS,
    REFUSED,
    TRYING,
    UNREACHABLE,
)
from counterpart.messages.models import Delivery, OutboxRow
from counterpart.messages.outbox import LEASE
from tests.directory import new_id
from tests.integration.messages.stories import HOUR, MINUTE, NOW, Office, an_office, owed

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return an_office()


def a_row(office: Office, **changes: object) -> OutboxRow:
    """A row to be sent at `NOW`."""
    (row,) = owed(office, new_id())
    OutboxRow.objects.filter(id=row.id).update(**changes)
    row.refresh_from_db()
    return row


def claim(now: datetime, worker: str) -> OutboxRow | None:
    """Claim one row, or none."""
    return next(iter(outbox.claim(now, worker, most=1)), None)


def test_a_claimed_row_is_nobody_elses_until_the_lease_ends(office: Office) -> None:
    row = a_row(office)

    assert claim(NOW, "one") == row
    assert claim(NOW + LEASE - MINUTE, "two") is None
    assert claim(NOW + LEASE, "two") == row


def test_urgent_ones_go_first_and_then_the_oldest(office: Office) -> None:
    owed(office, new_id(), occasion="older", now=NOW - HOUR)
    owed(office, new_id(), occasion="newer", now=NOW)
    owed(office, new_id(), kind=URGENT, now=NOW)

    found = [claim(NOW, "one") for _ in range(3)]

    assert [(row.template, row.made_at) for row in found if row] == [
        (URGENT, NOW),
        (NEW_DUTY, NOW - HOUR),
        (NEW_DUTY, NOW),
    ]


def test_nothing_is_claimed_before_its_time(office: Office) -> None:
    a_row(office, next_try_at=NOW + MINUTE)

    assert claim(NOW, "one") is None


def test_a_lease_from_a_clock_that_has_been_set_back_does_not_count(office: Office) -> None:
    row = a_row(office)
    assert claim(NOW + DAY, "one") == row

    assert claim(NOW, "two") == row


def test_a_lease_taken_between_a_workers_look_at_the_clock_and_its_claim_counts(
    office: Office,
) -> None:
    """Or two workers, one of them kept waiting for a moment, would send the same message each."""
    a_row(office)
    assert claim(NOW + timedelta(seconds=2), "quick") is not None
    assert claim(NOW, "slow") is None


def test_a_waiting_time_from_a_clock_that_has_been_set_back_does_not_count(office: Office) -> None:
    row = a_row(office, next_try_at=NOW + LONGEST_GAP + DAY)

    assert claim(NOW, "one") == row


def test_looking_when_there_is_nothing_takes_one_query_and_no_lock(office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        claim(NOW, "one")

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_what_was_accepted_for_all_is_never_claimed_again(office: Office) -> None:
    row = a_row(office)
    claim(NOW, "one")
    outbox.accepted(row, "person", NOW, is_last=True)

    row.refresh_from_db()
    assert row.sent_at == NOW
    assert Delivery.objects.get().recipient == "person"
    assert claim(NOW + DAY, "two") is None


def test_marking_twice_is_marking_once(office: Office) -> None:
    row = a_row(office)
    outbox.accepted(row, "person", NOW, is_last=True)
    outbox.accepted(row, "person", NOW + MINUTE, is_last=True)

    row.refresh_from_db()
    assert row.sent_at == NOW
    assert Delivery.objects.count() == 1


def test_a_row_with_somebody_left_stays_with_its_worker_until_it_is_let_go(office: Office) -> None:
    a_row(office)
    row = claim(NOW, "one")
    assert row is not None
    outbox.accepted(row, "person", NOW, is_last=False)
    assert claim(NOW, "two") is None

    outbox.release([row])
    assert claim(NOW, "two") == row


def test_several_are_claimed_at_once_in_their_order_and_no_more_than_asked_for(
    office: Office,
) -> None:
    for n in range(4):
        owed(office, new_id(), occasion=str(n), now=NOW - n * MINUTE)

    first, second = (outbox.claim(NOW, worker, most=3) for worker in ("one", "two"))

    assert [row.made_at for row in first] == [NOW - n * MINUTE for n in (3, 2, 1)]
    assert [row.made_at for row in second] == [NOW]


def test_what_is_let_go_is_free_at_once_and_was_no_attempt(office: Office) -> None:
    a_row(office)
    (row,) = outbox.claim(NOW, "one")
    outbox.release([row])

    row.refresh_from_db()
    assert (row.claimed_until, row.attempts) == (None, 0)


def test_what_another_worker_has_meanwhile_is_not_let_go(office: Office) -> None:
    a_row(office)
    slow = outbox.claim(NOW, "slow")
    (quick,) = outbox.claim(NOW + LEASE, "quick")
    outbox.release(slow)

    quick.refresh_from_db()
    assert quick.claimed_until == NOW + 2 * LEASE


def test_what_was_never_tried_does_not_wait_for_a_clock_that_has_been_set_back(
    office: Office,
) -> None:
    (row,) = owed(office, new_id(), now=NOW + HOUR)

    assert claim(NOW, "one") == row


@pytest.mark.parametrize(
    ("reason", "is_free"), [(UNREACHABLE, True), (LATER, True), (REFUSED, False)]
)
def test_when_the_server_is_back_what_waited_for_it_waits_no_longer(
    office: Office, reason: str, *, is_free: bool
) -> None:
    row = a_row(office)
    outbox.not_sent(row, reason, NOW)

    assert outbox.all_again(NOW) == int(is_free)
    assert bool(outbox.claim(NOW, "one")) is is_free
    assert outbox.all_again(NOW) == 0


def test_a_row_that_did_not_go_waits_longer_each_time(office: Office) -> None:
    a_row(office)
    waits = []
    at = NOW
    for _ in range(6):
        row = claim(at, "one")
        assert row is not None
        outbox.not_sent(row, LATER, at)
        row.refresh_from_db()
        assert row.next_try_at is not None
        waits.append(row.next_try_at - at)
        at = row.next_try_at

    assert waits == [n * MINUTE for n in (1, 2, 4, 8, 10, 10)]


@pytest.mark.parametrize("reason", [REFUSED, NO_ADDRESS, FAULT])
def test_what_a_person_must_see_to_is_shown_at_once_and_still_tried(
    office: Office, reason: str
) -> None:
    row = a_row(office)
    outbox.not_sent(row, reason, NOW)
    outbox.not_sent(row, reason, NOW + HOUR)

    row.refresh_from_db()
    assert row.reason == reason
    assert row.next_try_at is not None
    assert row.failed_at is not None


def test_since_when_it_failed_stays_the_first_time(office: Office) -> None:
    row = a_row(office)
    for at in (NOW, NOW + DAY):
        claimed = claim(at, "one")
        assert claimed is not None
        outbox.not_sent(claimed, REFUSED, at)

    row.refresh_from_db()
    assert row.failed_at == NOW


def test_in_the_end_it_is_given_up_and_stays_in_front_of_a_person(office: Office) -> None:
    row = a_row(office, attempts=TRYING[LATER].attempts)
    outbox.not_sent(row, LATER, NOW)

    row.refresh_from_db()
    assert row.next_try_at is None
    assert row.failed_at == NOW
    assert claim(NOW + DAY, "one") is None


def test_what_was_given_up_can_be_tried_again_by_hand(office: Office) -> None:
    row = a_row(office, next_try_at=None, failed_at=NOW, attempts=500)

    assert outbox.try_again(row.id, NOW + DAY)
    claimed = claim(NOW + DAY, "one")
    assert claimed is not None
    assert claimed.attempts == 1


def test_what_has_gone_cannot_be_tried_again(office: Office) -> None:
    row = a_row(office)
    outbox.accepted(row, "person", NOW, is_last=True)

    assert not outbox.try_again(row.id, NOW)
    assert not outbox.try_again(new_id(), NOW)


def test_a_worker_whose_lease_ran_out_does_not_undo_anothers_claim(office: Office) -> None:
    a_row(office)
    slow = claim(NOW, "slow")
    quick = claim(NOW + LEASE, "quick")
    assert slow is not None
    assert quick is not None
    outbox.not_sent(slow, LATER, NOW + LEASE)

    quick.refresh_from_db()
    assert quick.claimed_by == "quick"
    assert quick.claimed_until == NOW + 2 * LEASE


def test_success_takes_the_fault_away(office: Office) -> None:
    row = a_row(office)
    outbox.not_sent(row, REFUSED, NOW)
    outbox.accepted(row, "person", NOW + HOUR, is_last=True)

    row.refresh_from_db()
    assert row.failed_at is None
    assert row.reason == ""


def test_a_row_cannot_be_both_sent_and_still_to_try(office: Office) -> None:
    row = a_row(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxRow.objects.filter(id=row.id).update(sent_at=NOW)
