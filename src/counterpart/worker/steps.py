"""The worker's steps: deliver a few e-mails; each minute, record the times that have passed and some of the upkeep.

Each minute it is also seen which duties have come to a rung of their ladder; each morning, digests are owed.
Upkeep works out the duties of posts fallen vacant or filled, and brings cases to newer bank holidays.

Each can be called alone, takes the time as an argument, and may be done by any number of workers at once. A step must
not decide anything about a case: it calls a room that does.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from counterpart.casework import climbing, digesting, passing, upkeep
from counterpart.messages import digests, holding, outbox, routines
from counterpart.messages.channels import Channel, channel
from counterpart.messages.delivering import Batch, Clock, deliver
from counterpart.worker.running import Step

LONGEST_NIGHT = timedelta(hours=25)
"""From one morning to the next, on the day on which the clocks go back."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Send the next few e-mails of the outbox."""

    worker: str
    channel: Channel
    clock: Clock = time.monotonic
    name: str = "deliver"

    def claim(self, now: datetime) -> Batch | None:
        """The next e-mails, unless the mail server is being left alone for a while.

        One only while it is not known to be back, so that then the most urgent go first.
        """
        if holding.is_held(now):
            return None
        rows = outbox.claim(now, self.worker, 1 if holding.mail_trouble() else outbox.BATCH)
        return Batch(rows) if rows else None

    def do(self, item: Batch, now: datetime) -> None:
        """Send each, then mark it."""
        deliver(item, self.channel, now, self.clock)

    def park(self, item: Batch, now: datetime) -> None:
        """The business manager sees the one that failed at once, and it is tried again later."""
        item.park(now)


@dataclass(frozen=True, slots=True)
class Refresh:
    """Work out anew whose duties they are: posts are filled and fall vacant on a day, without an entry in any case."""

    worker: str
    refresh: Callable[[datetime], object]
    every: timedelta = timedelta(hours=1)
    name: str = "refresh_vacancies"

    def claim(self, now: datetime) -> bool | None:
        """True when the hour has come and no other worker is at it."""
        return routines.claim(self.name, self.every, now, self.worker) or None

    def do(self, _item: bool, now: datetime) -> None:
        """Refresh, then mark."""
        self.refresh(now)
        routines.finished(self.name, self.every, now)

    def park(self, _item: bool, now: datetime) -> None:
        """Again in a few minutes."""
        routines.failed(self.name, now)


@dataclass(frozen=True, slots=True)
class Morning:
    """Owe everybody's digest, once a day and not before the morning; later, if no worker was there."""

    worker: str
    send: Callable[[datetime], object] = digesting.send_digests
    name: str = "morning_digests"

    def claim(self, now: datetime) -> bool | None:
        """True when a morning has come and no other worker is at it."""
        return routines.claim(self.name, LONGEST_NIGHT, now, self.worker) or None

    def do(self, _item: bool, now: datetime) -> None:
        """Owe them, and wait for the next morning. A worker that starts in the night owes none."""
        if now >= digests.morning_of(now):
            self.send(now)
        routines.finished(self.name, digests.next_morning(now) - now, now)

    def park(self, _item: bool, now: datetime) -> None:
        """Again in a few minutes: who has had theirs will not have another."""
        routines.failed(self.name, now)


def all_steps(worker: str) -> Sequence[Step[Any]]:
    """Every step of a worker, in the order of their turns."""
    return (
        Refresh(worker, digests.fold, timedelta(minutes=1), "fold_what_is_stale"),
        Deliver(worker, channel()),
        Refresh(worker, passing.pass_times, timedelta(minutes=1), "pass_times"),
        Refresh(worker, climbing.climb, timedelta(minutes=1), "climb_ladders"),
        Morning(worker),
        Refresh(worker, upkeep.refresh_this_minute, timedelta(minutes=1)),
        Refresh(worker, passing.recount, name="recount_bank_holidays"),
    )
