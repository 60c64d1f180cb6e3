"""Fill one installation with cases: `python -m bench.filling NOW seed`, then `python -m bench.filling NOW fill CASES`.

All cases are in the demonstration's one partnership, whose open work stays the same however many have ended: so
what the same people see is the same, and only the number of cases grows. An ended case has no duty left open.

Called by `installations`, with the environment of the installation. It must not be pointed at a real one.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterpart.casework.bulk import Pattern
    from counterpart.journal.bulk import Batch

OPEN = 200
"""Open cases at every size, those of the demonstration among them (a partnership has ten to three hundred)."""

FRESH = 96
"""How many of them wait for the workers' first discussion: recording it is one of the figures."""

WEEKS = 520
"""Ended cases are spread over so many weeks back from the demonstration's own year."""

PROCESSES = 2
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def seed(now: datetime) -> None:
    """Make an empty installation with the demonstration in it."""
    from counterpart.cli import installation

    installation.make_keys(quietly=True)
    installation.migrate(quietly=True)
    from counterpart.casework import demonstration
    from counterpart.messages.owing import settle_history

    demonstration.seed(now=now)
    settle_history(now + timedelta(days=1))  # as if a worker had been at work since


def fill(now: datetime, cases: int) -> None:
    """Bring the demonstration up to so many cases, in two processes."""
    from counterpart.cli import installation

    installation.start_django()
    from django.db import connection, connections

    from counterpart.casework.bulk import patterns

    plan = Plan(patterns(now), cases)
    connections.close_all()
    # Forked, so that the patterns need not be carried over.
    forked = multiprocessing.get_context("fork")
    workers = [forked.Process(target=_share, args=(plan, now, part)) for part in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("the cases could not be made")
    if connection.vendor == "postgresql":  # as its own autovacuum would have by then
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _share(plan: Plan, now: datetime, part: int) -> None:
    from django.db import connections

    from counterpart.casework.bulk import write_cases

    write_cases(plan.batches(part), now)
    connections.close_all()  # the last to close takes SQLite's log into the database


class Plan:
    """Which pattern each of the missing cases follows, and how it differs."""

    def __init__(self, patterns: Sequence[Pattern], cases: int) -> None:
        self.missing = max(cases - len(patterns), 0)
        self.open = [one for one in patterns if one.is_open]
        self.fresh = [one for one in self.open if _is_fresh(one)]
        self.ended = [one for one in patterns if not one.is_open and not one.has_duties]

    def batches(self, part: int) -> Iterator[Batch]:
        """The records of one share of the missing cases."""
        from counterpart.casework.bulk import Another, retell

        chance = Random(part)
        first, last = (self.missing * p // PROCESSES for p in (part, part + 1))
        for i in range(first, last):
            pattern, weeks = self._choose(i, chance)
            new_id = self._ids(i, chance)
            another = Another(
                case=new_id(),
                reference=_reference(i),
                child=f"BX-{i:06d}",
                later=-timedelta(weeks=weeks),
                new_id=new_id,
            )
            yield retell(pattern, another)

    def _choose(self, i: int, chance: Random) -> tuple[Pattern, int]:
        if i < FRESH:
            return self.fresh[i % len(self.fresh)], 0
        if i < OPEN - len(self.open):
            return self.open[i % len(self.open)], chance.randrange(2)
        return self.ended[i % len(self.ended)], chance.randrange(WEEKS)

    def _ids(self, i: int, chance: Random) -> Callable[[], str]:
        """Ids that rise from case to case, so that rows go to the end of an index and not all over it."""
        begin = f"{(i << 32) // max(self.missing, 1):08x}"
        return lambda: f"{begin}{chance.getrandbits(96):024x}"


def _is_fresh(pattern: Pattern) -> bool:
    """Whether the two workers are to speak and have not yet."""
    kinds = [type(one.recorded.event).__name__ for one in pattern.entries]
    return kinds == ["ConcernRaised", "StepRecorded", "MovedOn"]


def _reference(i: int) -> str:
    """A reference of eight characters, another for each `i`."""
    number = (i + 1) * 0x9E3779B97F % (1 << 40)  # odd, so no two are the same
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))


if __name__ == "__main__":
    when = datetime.fromisoformat(sys.argv[1])
    if sys.argv[2] == "seed":
        seed(when)
    else:
        fill(when, int(sys.argv[3]))
