"""The worker's steps: deliver a few e-mails; each minute, record the times that have passed and some of the upkeep.

Each minute it is also seen which duties have come to a rung of their ladder; each morning, digests are owed.
Upkeep works out the duties of posts fallen vacant or filled, and brings cases to newer bank holidays.

Each can be called alone, takes the time as an argument, and may be done by any number of workers at once. A step must
not decide anything about a case: it calls a room that does.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counterpart.casework import alerting, climbing, outlived, passing, upkeep
from counterpart.casework.one_by_one import IsOver
from counterpart.messages import digests, holding, outbox, routines
from counterpart.messages.channels import Channel, channel
from counterpart.messages.delivering import Batch, Clock, deliver
from counterpart.office import reminding
from counterpart.worker.running import Step

LONGEST_NIGHT = timedelta(hours=25)
"""From one morning to the next, on the day on which the clocks go back."""
LONGEST_TURN = timedelta(seconds=10)
"""Of one routine, after which mail has its turn again."""
LONGEST_WAIT = timedelta(hours=1)
"""Of the digests, for what has become late while no worker was there."""
PASS_TIMES, CLIMB = "pass_times", "climb_ladders"
BEFORE_DIGESTS = (PASS_TIMES, CLIMB)


@dataclass(frozen=True, slots=True)
class Deliver:
    """Send the next few e-mails of the outbox."""

    worker: str
    channel: Channel
    clock: Clock = time.monotonic
    name: str = "deliver"

    def claim(self, now: datetime) -> Batch | None:
        """The next e-mails, unless the mail server is being left alone for a while.

        Without what has waited so long that it is left to a digest. One only while the server is not known
        to be back, so that then the most urgent go first.
        """
        digests.fold(now)
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
class InTurns:
    """What may take long after a stop: a turn at a time, so that mail, and immediate risk, goes in between."""

    worker: str
    work: Callable[[datetime, IsOver], object]
    name: str
    every: timedelta = timedelta(minutes=1)
    clock: Clock = time.monotonic

    def claim(self, now: datetime) -> bool | None:
        """True when its time has come and no other worker is at it."""
        return routines.claim(self.name, self.every, now, self.worker) or None

    def do(self, _item: bool, now: datetime) -> None:
        """Go on for one turn. Where that was not enough, it has another once the other steps have had theirs."""
        ends = self.clock() + LONGEST_TURN.total_seconds()

        def is_over() -> bool:
            return self.clock() >= ends

        self.work(now, is_over)
        if is_over():
            routines.goes_on(self.name, now)
        else:
            routines.finished(self.name, self.every, now)

    def park(self, _item: bool, now: datetime) -> None:
        """Again in a few minutes."""
        routines.failed(self.name, now)


@dataclass(frozen=True, slots=True)
class Morning:
    """Owe everybody's digest, once a day and not before the morning; later, if no worker was there.

    What has become late while no worker was there is to be in it, so that is waited for, for a while.
    """

    worker: str
    send: Callable[[datetime], object] = reminding.send_digests
    name: str = digests.ROUTINE
    waits_from: list[datetime] = field(default_factory=list)

    def claim(self, now: datetime) -> bool | None:
        """True when a morning has come and no other worker is at it."""
        if self._waits(now):
            return None
        return routines.claim(self.name, LONGEST_NIGHT, now, self.worker) or None

    def _waits(self, now: datetime) -> bool:
        if not routines.are_behind(BEFORE_DIGESTS, now):
            self.waits_from.clear()
            return False
        if not self.waits_from:
            self.waits_from.append(now)
        return now - self.waits_from[0] < LONGEST_WAIT

    def do(self, _item: bool, now: datetime) -> None:
        """Owe them, and wait for the next morning. A worker that starts in the night owes none."""
        digests.fold(now, is_morning=True)
        if now >= digests.morning_of(now):
            self.send(now)
        routines.finished(self.name, digests.next_morning(now) - now, now)

    def park(self, _item: bool, now: datetime) -> None:
        """Again in a few minutes: who has had theirs will not have another."""
        routines.failed(self.name, now)


def all_steps(worker: str) -> Sequence[Step[Any]]:
    """Every step of a worker, in the order of their turns."""
    return (
        Deliver(worker, channel()),
        InTurns(worker, passing.pass_times, PASS_TIMES),
        InTurns(worker, climbing.climb, CLIMB),
        Morning(worker),
        Refresh(worker, upkeep.refresh_this_minute, timedelta(minutes=1)),
        Refresh(
            worker, alerting.look_for_the_unusual, timedelta(minutes=1), "look_for_the_unusual"
        ),
        Refresh(worker, outlived.settle_stuck, timedelta(minutes=5), "settle_stuck_digests"),
        InTurns(worker, passing.recount, "recount_bank_holidays", timedelta(hours=1)),
    )
