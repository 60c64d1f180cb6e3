"""Which rungs of their ladders the duties of a case have come to, each kept once for good.

A rung is known by its duty and its own id, so that nothing that starts again, and no two workers,
can tell it twice. It must not decide who is told: `engine.ladder` does.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from counterpart.engine.duties import Duty
from counterpart.engine.ladder import RungDue
from counterpart.journal.errors import OutsideTransaction
from counterpart.journal.rows import find
from counterpart.messages.models import Rung


def fired(case: str) -> dict[str, dict[str, str]]:
    """By duty, what became of each rung that has fired. One query."""
    found: dict[str, dict[str, str]] = {}
    for rung in find(Rung, "case", case):
        found.setdefault(rung.duty, {})[rung.rung] = rung.outcome
    return found


def keep(case: str, duty: Duty, rungs: Mapping[str, Iterable[RungDue]], now: datetime) -> None:
    """Keep what became of these rungs of a duty, by outcome (`kinds`). One insert.

    A rung that has fired before is a fault of the caller, and refused by the database. Raises
    `OutsideTransaction`: a rung must stand or fall with what was told of it.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("a rung would stand without the word that it brought about")
    Rung.objects.bulk_create(
        Rung(
            duty=duty.id,
            rung=one.id,
            case=case,
            clock=duty.clock,
            reached_at=one.at,
            fired_at=now,
            outcome=outcome,
        )
        for outcome, some in rungs.items()
        for one in some
    )
