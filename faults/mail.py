"""The mail server refuses, hangs, or is away for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from counterpart.messages.channels import SmtpChannel
from counterpart.messages.faults import faults as shown
from counterpart.messages.models import Hold, OutboxRow
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver, Morning
from faults.counting import tally, unsent
from faults.ground import Fault, Ground
from faults.kills import calmly
from faults.outcome import Outcome
from faults.processes import begin, deliver_in_the_end, stop, wait_until, work
from faults.stories import ORDINARY, URGENT, Performed, now, perform
from tests import mailserver

AWAY = "the mail server is away for a simulated day"
PUTS_OFF = "the mail server puts everything off for a simulated day"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DRAINED_WITHIN = timedelta(minutes=15)


def refused(ground: Ground) -> Outcome:
    """One mailbox refuses: a named person sees it, everybody else has theirs, and later it goes."""
    _, whose = min(ground.owed[ORDINARY].mailed)
    ground.office.do(f"{mailserver.REFUSE} {whose}")
    stories = calmly(ground, 10)
    worker = begin(work)
    wait_until(lambda: not _waiting_untried(), "everything is tried")
    manager = ground.town.people["office.business_manager"]
    seen = shown(ground.town.partnership, manager, now(), limit=10 * len(stories))
    is_seen = bool(seen) and len(seen) == unsent(stories)
    ended_well = stop(worker)
    ground.office.do(mailserver.ACCEPT)
    return _ends(ground, "a mailbox refuses", stories, met=is_seen and ended_well)


def hangs(ground: Ground) -> Outcome:
    """The server takes the letter and never answers: the worker waits a bounded time, lives, and goes on."""
    usual, settings.EMAIL_TIMEOUT = settings.EMAIL_TIMEOUT, 1
    try:
        ground.office.do(mailserver.HANG)
        stories = calmly(ground, 5)
        worker = begin(work)
        wait_until(Hold.objects.exists, "the worker gives up waiting")
        ground.office.do(mailserver.ACCEPT)
        wait_until(lambda: not _waiting_untried(), "the worker goes on by itself")
        ended_well = stop(worker)
    finally:
        settings.EMAIL_TIMEOUT = usual
    return _ends(ground, "the mail server hangs", stories, met=ended_well)


def away(ground: Ground) -> Outcome:
    """No mail server for a day."""
    ground.office.close()
    return _after_a_day(ground, AWAY, timedelta(minutes=20), ground.office.open)


def puts_off(ground: Ground) -> Outcome:
    """For a day the mail server asks for everything to come later."""
    ground.office.do(mailserver.LATER)
    return _after_a_day(
        ground, PUTS_OFF, timedelta(hours=2), lambda: ground.office.do(mailserver.ACCEPT)
    )


FAULTS = (
    Fault("a mailbox refuses", refused),
    Fault("the mail server hangs", hangs),
    Fault(AWAY, away),
    Fault(PUTS_OFF, puts_off),
)


def _after_a_day(
    ground: Ground, fault: str, between: timedelta, come_back: Callable[[], None]
) -> Outcome:
    """A day simulated minute by minute, a story now and then; then it is back, and all goes, urgent first."""
    deliver = Deliver("the worker", SmtpChannel(), clock=lambda: 0.0)
    morning = Morning("the worker")
    began, stories = now(), []
    for minutes in range(DAY // MINUTE):
        at = began + minutes * MINUTE
        if not minutes * MINUTE % between:
            kind = ground.random.choice((URGENT, ORDINARY, ORDINARY))
            stories.append(perform(ground.town, ground.plans(1, kind)[0], at))
        take(deliver, at)
        take(morning, at)
    come_back()
    known = len(ground.office.letters())
    urgent = OutboxRow.objects.filter(sent_at__isnull=True, is_urgent=True).count()
    took = _drains(deliver, began + DAY) - (began + DAY)
    ids = [one.message_id for one in ground.office.letters()[known:]]
    first = set(OutboxRow.objects.filter(is_urgent=True).values_list("message_id", flat=True))
    # What was in hand when the server came back goes before it is known that it is back.
    behind = sum(message not in first for message in ids[: urgent + 1])
    ground.say(
        f"{fault}: {len(ids)} letters in {took}, {urgent} urgent, {behind} gone before those"
    )
    is_in_time = took <= DRAINED_WITHIN and urgent > 0 and behind <= 1 and not unsent()
    return _ends(ground, fault, stories, met=is_in_time)


def _drains(deliver: Deliver, at: datetime) -> datetime:
    """When everything has gone, asked every five simulated seconds for an hour."""
    until = at + timedelta(hours=1)
    while unsent() and at < until:
        while take(deliver, at) is Turn.WORKED:
            pass
        at += timedelta(seconds=5)
    return at


def _waiting_untried() -> bool:
    return OutboxRow.objects.filter(sent_at__isnull=True, reason="").exists()


def _ends(ground: Ground, fault: str, stories: list[Performed], *, met: bool) -> Outcome:
    deliver_in_the_end(now() + DAY)
    found = tally(stories, ground.owed, ground.office)
    is_met = found.is_sound and met and not unsent()
    return Outcome(
        fault=fault, runs=len(stories), lost=found.lost, doubled=found.doubled, met=is_met
    )
