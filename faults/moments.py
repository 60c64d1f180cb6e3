"""Awkward moments with nobody killed: two workers at the same rows, a clock set back, 500 duties in one minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Min

from counterpart.lists.models import DutyRow
from counterpart.messages import routines
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.models import Notice
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver, all_steps
from faults.counting import tally, unsent
from faults.ground import Fault, Ground
from faults.kills import calmly
from faults.outcome import Outcome
from faults.processes import begin, deliver_all, deliver_in_the_end, stop, wait_until, work
from faults.stories import ORDINARY, Performed, now, performed, press

DAY = timedelta(days=1)
MANY = 500


def same_rows(ground: Ground) -> Outcome:
    """Two workers at the same outbox: with nobody killed, not even the same message comes twice."""
    stories = calmly(ground, 40)
    ended_well = _two_workers_deliver_all()
    found = tally(stories, ground.owed, ground.office)
    return Outcome(
        fault="two workers claim the same rows",
        runs=2,
        lost=found.lost,
        doubled=found.doubled + found.repeated,
        met=found.is_sound and found.repeated == 0 and ended_well,
    )


def set_back(ground: Ground) -> Outcome:
    """A worker whose clock is a day ahead claims, waits and works; then the clock is put right."""
    stories = calmly(ground, 5)
    ahead = now() + DAY
    Deliver("ahead", SmtpChannel()).claim(ahead)  # and never comes back
    routines.beat(ahead)
    is_seen = routines.is_quiet(now())
    ledger = ground.ledger()
    press(ground.town, ground.plans(5), ledger, clock=lambda: now() + DAY)
    stories += performed(ledger)
    deliver_all(now())
    has_gone = not unsent()  # at once, and not when the day is over
    found = tally(stories, ground.owed, ground.office)
    return Outcome(
        fault="the clock is set back a day",
        runs=len(stories),
        lost=found.lost,
        doubled=found.doubled,
        met=found.is_sound and has_gone and is_seen,
    )


def many_at_once(ground: Ground) -> Outcome:
    """500 duties that begin, and fall due, in one minute: told once each, and no step of a worker fails."""
    ledger, at = ground.ledger(), now()
    press(ground.town, ground.plans(MANY, ORDINARY), ledger, clock=lambda: at)
    stories = performed(ledger)
    ended_well = _two_workers_deliver_all()
    found = tally(stories, ground.owed, ground.office)
    twice = _fall_due(stories)
    return Outcome(
        fault=f"{MANY} duties due in one minute",
        runs=len(stories),
        lost=found.lost,
        doubled=found.doubled + twice,
        met=found.is_sound and twice == 0 and ended_well and not unsent(),
    )


FAULTS = (
    Fault("two workers claim the same rows", same_rows),
    Fault("the clock is set back a day", set_back),
    Fault(f"{MANY} duties due in one minute", many_at_once),
)


def _two_workers_deliver_all() -> bool:
    workers = [begin(work), begin(work)]
    wait_until(lambda: not unsent(), "everything has gone")
    ended_well = [stop(worker) for worker in workers]  # both, however the first one ended
    return all(ended_well)


def _fall_due(stories: list[Performed]) -> int:
    """Every step of two workers, in turn, at the minute when the duties fall due; gives the notices told twice."""
    cases = [one.case for one in stories]
    due_at = DutyRow.objects.filter(case__in=cases).aggregate(at=Min("due_at"))["at"]
    assert due_at is not None
    for worker in ("one", "two"):
        _goes_round(worker, due_at + timedelta(minutes=1))
    deliver_in_the_end(due_at + timedelta(minutes=2))
    told = Notice.objects.filter(case__in=cases).values("case", "kind", "about", "occasion", "to")
    return told.annotate(times=Count("id")).filter(times__gt=1).count()


def _goes_round(worker: str, at: datetime) -> None:
    for step in all_steps(worker):
        for _ in range(MANY):
            ended = take(step, at)
            assert ended in (Turn.IDLE, Turn.WORKED), (step.name, ended)
            if ended is Turn.IDLE:
                break
