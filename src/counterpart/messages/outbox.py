"""The outbox: which e-mails are next, who is at it, and how it ended.

A row is claimed with a lease, tried, and only then marked. A worker that dies in between leaves a
lease that runs out, and the row is tried again under the same Message-ID. It must not send
anything, and holds no transaction open while somebody else does.

A lease or a waiting time longer than any we give was made by a clock that has since been set back:
it does not count. Nor does it count that an e-mail never tried was made later than now.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from counterpart.messages.kinds import (
    ASKEW,
    DIGEST,
    LATER,
    LONGEST_GAP,
    NO_ACCESS,
    TO_POST,
    TRYING,
    UNREACHABLE,
    gap_after,
)
from counterpart.messages.models import Delivery, OutboxRow

LEASE = timedelta(minutes=3)
"""Longer than a batch takes with one e-mail more, given the time-outs towards the mail server."""
BATCH = 50
"""So few that whatever comes in meanwhile, however urgent, waits for no more than these."""


def claim(now: datetime, worker: str, most: int = BATCH) -> list[OutboxRow]:
    """Take the next e-mails to try, urgent ones first and then the oldest; none when there is none.

    They are `worker`'s until the lease ends. Two workers never hold the same row: on PostgreSQL each
    skips what the other has locked, on SQLite only one at a time may write.
    """
    ready = OutboxRow.objects.filter(_is_ready(now)).order_by("-is_urgent", "made_at", "id")
    if (
        not ready.exists()
    ):  # asked outside a transaction, which on SQLite would keep writers waiting
        return []
    with transaction.atomic():
        rows = list(ready.select_for_update(skip_locked=True)[:most])
        OutboxRow.objects.filter(id__in=[row.id for row in rows]).update(
            claimed_until=now + LEASE, claimed_by=worker, attempts=F("attempts") + 1
        )
    for row in rows:
        row.claimed_until, row.claimed_by = now + LEASE, worker
        row.attempts += 1
    return rows


def release(rows: Iterable[OutboxRow]) -> None:
    """Let claimed e-mails go untried: another may take them at once, and it was no attempt."""
    for worker, some in _by_worker(rows).items():
        OutboxRow.objects.filter(id__in=some, claimed_by=worker, sent_at__isnull=True).update(
            claimed_until=None, attempts=Greatest(F("attempts") - 1, 0)
        )


def accepted(row: OutboxRow, recipient: str, now: datetime, *, is_last: bool) -> None:
    """A mail server has taken the e-mail for one recipient: only now is it marked.

    `is_last`: nobody is left to send it to. Otherwise it goes on being the worker's.
    """
    with transaction.atomic():
        delivery = Delivery(row=row, recipient=recipient, accepted_at=now)
        Delivery.objects.bulk_create([delivery], ignore_conflicts=True)
        if is_last:
            all_sent(row, now)


def all_sent(row: OutboxRow, now: datetime) -> None:
    """Everyone it goes to now has had it already."""
    OutboxRow.objects.filter(id=row.id, sent_at__isnull=True).update(
        sent_at=now, next_try_at=None, claimed_until=None, failed_at=None, reason=""
    )


def not_sent(row: OutboxRow, reason: str, now: datetime) -> None:
    """An attempt ended without the e-mail going. It is tried again later, or given up.

    Does nothing where the lease has run out and another worker has the row.
    """
    gap = gap_after(reason, row.attempts)
    is_shown = gap is None or TRYING[reason].is_shown_at_once
    mine = OutboxRow.objects.filter(id=row.id, claimed_by=row.claimed_by, sent_at__isnull=True)
    mine.update(
        next_try_at=now + gap if gap else None,
        claimed_until=None,
        reason=reason,
        failed_at=(row.failed_at or now) if is_shown else F("failed_at"),
    )


def all_again(now: datetime) -> int:
    """The mail server is back after a while: try now, in its order, what waited because of it.

    How many e-mails that is.
    """
    waiting = OutboxRow.objects.filter(reason__in=(UNREACHABLE, LATER), next_try_at__gt=now)
    return waiting.update(next_try_at=now, reason="")


def try_again(row: str, now: datetime) -> bool:
    """Try an unsent e-mail once more, from the beginning. False where it has gone, or is unknown."""
    unsent = OutboxRow.objects.filter(id=row, sent_at__isnull=True)
    return bool(unsent.update(next_try_at=now, attempts=0))


def kept_from_posts(now: datetime) -> list[OutboxRow]:
    """The other e-mails to posts in which nobody may see the case, but for immediate risk. One query."""
    rows = OutboxRow.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=now),
        to_kind=TO_POST,
        reason=NO_ACCESS,
        is_urgent=False,
        sent_at__isnull=True,
    )
    return list(rows.exclude(template=DIGEST).exclude(case="").order_by("made_at", "id"))


def let_go(row: str, now: datetime) -> bool:
    """An unsent e-mail has nothing left to say. It counts as sent, and `reason` stays as its last attempt ended."""
    unsent = OutboxRow.objects.filter(id=row, sent_at__isnull=True)
    return bool(unsent.update(sent_at=now, next_try_at=None, claimed_until=None, failed_at=None))


def _is_ready(now: datetime) -> Q:
    due = (
        Q(next_try_at__lte=now)
        | Q(next_try_at__gt=now + LONGEST_GAP + ASKEW)
        | Q(next_try_at=F("made_at"))
    )
    free = (
        Q(claimed_until__isnull=True)
        | Q(claimed_until__lte=now)
        | Q(claimed_until__gt=now + LEASE + ASKEW)
    )
    return Q(next_try_at__isnull=False) & due & free


def _by_worker(rows: Iterable[OutboxRow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.claimed_by, []).append(row.id)
    return found
