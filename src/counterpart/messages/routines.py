"""What workers do again and again, and when any worker last worked.

A routine is claimed with a lease and marked afterwards, so that of any number of workers one does
it, and a worker that dies in the middle is made good by another. It must not do the work itself.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from counterpart.messages.kinds import ASKEW
from counterpart.messages.models import Routine

WORKER = "worker"
BEAT_EVERY = timedelta(seconds=15)
QUIET_AFTER = timedelta(minutes=5)
LEASE = timedelta(minutes=10)
AFTER_A_FAULT = timedelta(minutes=5)


def beat(now: datetime) -> None:
    """A worker is at work. Written every few seconds at most."""
    rows = Routine.objects.filter(name=WORKER)
    fresh = Q(last_at__gt=now - BEAT_EVERY, last_at__lte=now)
    if rows.filter(fresh).exists():
        return
    if not rows.update(last_at=now):
        Routine.objects.get_or_create(name=WORKER, defaults={"last_at": now})


def last_worked_at() -> datetime | None:
    """When a worker last went round all its steps; None when none ever has."""
    return Routine.objects.filter(name=WORKER).values_list("last_at", flat=True).first()


def is_quiet(now: datetime) -> bool:
    """Whether no worker has worked for five minutes, so that somebody must see to it.

    A time that is still to come was written before the clock was set back. A worker that works
    writes over it within seconds, so it too means that none does.
    """
    last_at = last_worked_at()
    return last_at is None or not now - QUIET_AFTER <= last_at <= now + QUIET_AFTER


def claim(name: str, every: timedelta, now: datetime, worker: str) -> bool:
    """Take a routine whose time has come; False where it has not, or another worker is at it.

    `every` is the longest it ever waits: a later time was set by a clock since put back, and does
    not count.
    """
    Routine.objects.get_or_create(name=name)
    due = Q(next_at__isnull=True) | Q(next_at__lte=now) | Q(next_at__gt=now + every + ASKEW)
    free = (
        Q(claimed_until__isnull=True)
        | Q(claimed_until__lte=now)
        | Q(claimed_until__gt=now + LEASE + ASKEW)
    )
    mine = Routine.objects.filter(due & free, name=name)
    if not mine.exists():  # asked first: an update takes SQLite's write lock
        return False
    return bool(mine.update(claimed_until=now + LEASE, claimed_by=worker))


def finished(name: str, every: timedelta, now: datetime) -> None:
    """It was done: not again before `every` has passed."""
    Routine.objects.filter(name=name).update(
        last_at=now, next_at=now + every, claimed_until=None, failed_at=None
    )


def goes_on(name: str, now: datetime) -> None:
    """It has had its turn and is not done: again as soon as the other steps have had theirs."""
    Routine.objects.filter(name=name).update(next_at=now, claimed_until=None)


def are_behind(names: Collection[str], now: datetime) -> bool:
    """Whether one of these has something left to do for a time that has come."""
    return Routine.objects.filter(name__in=names, next_at__lte=now).exists()


def is_overdue(name: str, by: timedelta, now: datetime) -> bool:
    """Whether it should have been done so long ago and has not been: no worker was there."""
    return Routine.objects.filter(name=name, next_at__lte=now - by).exists()


def failed(name: str, now: datetime) -> None:
    """It could not be done: again soon, and `failed_at` says since when it has not been."""
    Routine.objects.filter(name=name).update(next_at=now + AFTER_A_FAULT, claimed_until=None)
    Routine.objects.filter(name=name, failed_at__isnull=True).update(failed_at=now)
