"""Awkward moments with nobody killed: two workers at the same rows, a clock set back, 500 duties in one minute."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef

from counterpart.engine.notices import LATE
from counterpart.lists.models import DutyRow
from counterpart.messages import digests, routines
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.kinds import DIGEST, IN_DIGEST, TOLD
from counterpart.messages.models import Digested, Notice, OutboxRow, Rung
from counterpart.people.models import Account
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver, all_steps
from counterpart.worktime import in_london
from faults.counting import tally, unsent
from faults.ground import Fault, Ground
from faults.kills import calmly
from faults.outcome import Outcome
from faults.post_office import PostOffice
from faults.processes import begin, deliver_all, deliver_in_the_end, stop, wait_until, work
from faults.stories import ORDINARY, now, performed, press

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LATE_BY = timedelta(days=5)
"""Long enough after a duty fell due for the usual ladder to have come to its end, over a weekend too."""
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
    """500 duties that begin, and fall due, in one minute: told once each, and no step of a worker fails.

    Each climbs its ladder, and the next morning whoever was told has it in one digest.
    """
    ledger, at = ground.ledger(), now()
    press(ground.town, ground.plans(MANY, ORDINARY), ledger, clock=lambda: at)
    stories = performed(ledger)
    ended_well = _two_workers_deliver_all()
    found = tally(stories, ground.owed, ground.office)
    cases = [one.case for one in stories]
    due_at = DutyRow.objects.filter(case__in=cases).aggregate(at=Min("due_at"))["at"]
    assert due_at is not None
    morning = digests.next_morning(due_at + LATE_BY)
    before = _digests_in(ground.office)
    for at in (due_at + MINUTE, due_at + LATE_BY, morning):
        _both_go_round(at)
    deliver_in_the_end(morning)
    missed, rungs_twice = _climbed(cases, morning)
    came = _digests_in(ground.office) - before
    assert came  # or this measures nothing
    undigested, digests_twice = _digested(cases, due_at, morning, came)
    lost = found.lost + missed + undigested
    doubled = found.doubled + _told_twice(cases) + rungs_twice + digests_twice
    return Outcome(
        fault=f"{MANY} duties due in one minute",
        runs=len(stories),
        lost=lost,
        doubled=doubled,
        met=lost == doubled == 0 and ended_well and not unsent(),
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


def _both_go_round(at: datetime) -> None:
    """Every step of two workers, in turn, at a minute."""
    for worker in ("one", "two"):
        _goes_round(worker, at)


def _told_twice(cases: list[str]) -> int:
    told = Notice.objects.filter(case__in=cases).values("case", "kind", "about", "occasion", "to")
    return told.annotate(times=Count("id")).filter(times__gt=1).count()


def _climbed(cases: list[str], at: datetime) -> tuple[int, int]:
    """Duties whose time has passed and of which nobody was told, or told of a rung that left no word; and rungs
    that are there twice.
    """
    due = DutyRow.objects.filter(case__in=cases, due_at__lte=at)
    missed = due.filter(~Exists(Rung.objects.filter(duty=OuterRef("id")))).count()
    waiting = DutyRow.objects.filter(case__in=cases, next_rung_at__lte=at).count()
    rungs = Rung.objects.filter(case__in=cases)
    word = Notice.objects.filter(about=OuterRef("duty"), occasion=OuterRef("rung"))
    silent = rungs.filter(~Exists(word), outcome=TOLD).count()
    twice = rungs.values("duty", "rung").annotate(times=Count("id")).filter(times__gt=1).count()
    return missed + waiting + silent, twice


def _digested(
    cases: list[str], since: datetime, at: datetime, came: Counter[str]
) -> tuple[int, int]:
    """Word that waited for a morning and is in no digest, or in one that did not come to somebody it was for; and
    how often anybody had two on one day.
    """
    waited = Notice.objects.filter(case__in=cases, kind=LATE, made_at__lte=at)
    left = waited.filter(~Exists(Digested.objects.filter(notice=OuterRef("pk")))).count()
    told = Digested.objects.filter(notice__in=waited).values("to")
    addresses = Account.objects.filter(person__in=told).values_list("email", flat=True)
    lost = sum(came[address] == 0 for address in addresses)
    sent = OutboxRow.objects.filter(template=DIGEST, made_at__gte=since, sent_at__isnull=False)
    rows = sent.exclude(reason=IN_DIGEST).values_list("to", "sent_at")
    days = Counter((to, in_london(sent_at).date()) for to, sent_at in rows if sent_at)
    return left + lost, sum(times - 1 for times in days.values())


def _digests_in(office: PostOffice) -> Counter[str]:
    """How many digests have come, by address."""
    letters = {(one.message_id, one.to) for one in office.letters() if not one.reference}
    return Counter(to for _, to in letters)


def _goes_round(worker: str, at: datetime) -> None:
    for step in all_steps(worker):
        for _ in range(MANY):
            ended = take(step, at)
            assert ended in (Turn.IDLE, Turn.WORKED), (step.name, ended)
            if ended is Turn.IDLE:
                break
