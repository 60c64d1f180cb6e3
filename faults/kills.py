"""Processes killed: at random, and at the two moments that matter most; and the control, which must lose something."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

from counterpart.messages.models import OutboxRow
from faults.counting import Tally, cases_now, tally, unsent
from faults.ground import Fault, Ground
from faults.outcome import CONTROL, Outcome
from faults.processes import (
    begin,
    deliver_in_the_end,
    kill,
    leases_end,
    stop,
    wait_until,
    whole_worker,
    work,
    work_marking_first,
)
from faults.stories import Performed, Plan, now, performed, press
from tests import mailserver

TARGETED = 3  # kills at each of the moments that matter most
WEB_ALONE = 10
CONTROLS = 12


def faults(kills: int) -> Sequence[Fault]:
    """The faults, with so many kills at random."""
    return (
        Fault("worker killed before the mail server accepted", before_acceptance),
        Fault("worker killed between acceptance and mark", before_the_mark),
        Fault("web killed in the middle of a use case", web_alone),
        Fault("workers and web killed at random", partial(at_random, kills=kills)),
        Fault(CONTROL, control),
    )


def before_acceptance(ground: Ground) -> Outcome:
    """The mail server has the letter and says nothing; the worker dies waiting."""
    fault = "worker killed before the mail server accepted"
    return _at_a_moment(ground, fault, mailserver.HANG, _is_claimed)


def before_the_mark(ground: Ground) -> Outcome:
    """The mail server has taken the letter; the worker dies before it hears so."""
    fault = "worker killed between acceptance and mark"
    return _at_a_moment(ground, fault, mailserver.SWALLOW, partial(_has_one_unmarked, ground))


def web_alone(ground: Ground) -> Outcome:
    """People press again until they have an answer: each act is there once, and so is its word."""
    chaos = Chaos(ground, ground.plans(60 * WEB_ALONE), workers=0)
    chaos.kills(WEB_ALONE)
    return chaos.ends("web killed in the middle of a use case")


def at_random(ground: Ground, kills: int) -> Outcome:
    """Two workers and the web, any of them killed at any time while all are at it."""
    chaos = Chaos(ground, ground.plans(60 * kills), workers=2)
    chaos.kills(kills)
    return chaos.ends("workers and web killed at random")


def control(ground: Ground) -> Outcome:
    """The same with a worker that marks before it sends. It must lose something, or all the rest shows nothing."""
    stories = calmly(ground, 80)
    for _ in range(CONTROLS):
        before = ground.office.count()
        worker = begin(work_marking_first)
        wait_until(lambda: ground.office.count() > before or not unsent(), "the control sends")  # noqa: B023
        kill(worker)
        leases_end([worker.pid])
    deliver_in_the_end(now())
    found = tally(stories, ground.owed, ground.office)
    return Outcome(
        fault=CONTROL, runs=CONTROLS, lost=found.lost, doubled=found.doubled, met=found.lost > 0
    )


@dataclass
class Chaos:
    """Workers and web at work together, and somebody who kills them."""

    ground: Ground
    plans: list[Plan]
    workers: int
    ledger: Path = field(init=False)
    living: dict[str, BaseProcess] = field(default_factory=dict)
    runs: int = 0
    deaths_of_workers: int = 0
    cases_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = self.ground.ledger()
        self.cases_before = cases_now()

    def kills(self, count: int) -> None:
        """So many kills, whoever and whenever the seed says, of processes that always have something to do."""
        press(self.ground.town, self.plans[: count * min(self.workers, 1)], self.ledger)
        self.ground.office.do(mailserver.SLOW)
        for _ in range(count):
            self._all_are_alive()
            threading.Event().wait(self.ground.random.uniform(0.02, 0.4))
            victim = self.ground.random.choice(sorted(self.living))
            process = self.living.pop(victim)
            kill(process)
            self.runs += 1
            if victim != "web":
                self.deaths_of_workers += 1
                leases_end([process.pid])

    def ends(self, fault: str) -> Outcome:
        """The last press again until they have their answer, the workers stop, and everything is delivered."""
        self.ground.office.do(mailserver.ACCEPT)
        if web := self.living.pop("web", None):
            kill(web)
        acknowledged = len(performed(self.ledger))
        press(self.ground.town, self.plans[: acknowledged + 1], self.ledger)
        ended_well = [stop(process) for process in self.living.values()]
        deliver_in_the_end(now())
        stories = performed(self.ledger)
        found = tally(stories, self.ground.owed, self.ground.office)
        # A second case made of one story is in no ledger, but it is there.
        seconds = cases_now() - self.cases_before - len(stories)
        self.ground.say(
            f"{fault}: {self.runs} kills, {len(stories)} stories, {found.repeated} letters repeated"
        )
        return Outcome(
            fault=fault,
            runs=self.runs,
            lost=found.lost,
            doubled=found.doubled + abs(seconds),
            met=found.is_sound
            and seconds == 0
            and all(ended_well)
            and found.repeated <= self.deaths_of_workers,
        )

    def _all_are_alive(self) -> None:
        wanted: dict[str, Callable[[], BaseProcess]] = {
            f"worker {n}": partial(begin, work) for n in range(self.workers)
        }
        wanted["web"] = partial(begin, press, self.ground.town, self.plans, self.ledger)
        for name, starts in wanted.items():
            if name not in self.living or not self.living[name].is_alive():
                self.living[name] = starts()


def _at_a_moment(ground: Ground, fault: str, mood: str, has_come: Callable[[], bool]) -> Outcome:
    """A whole `counterpart worker`, killed when the moment has come; another then does what is left."""
    total = Tally(0, 0, 0)
    for _ in range(TARGETED):
        stories = calmly(ground, 2)
        ground.office.do(mood)
        worker = whole_worker()
        wait_until(has_come, "the moment comes")
        kill(worker)
        ground.office.do(mailserver.ACCEPT)
        leases_end([worker.pid])
        deliver_in_the_end(now())
        found = tally(stories, ground.owed, ground.office)
        total = Tally(
            total.lost + found.lost, total.doubled + found.doubled, total.repeated + found.repeated
        )
    # Where the server had taken the letter, the same message must have come again: else it was not that moment.
    repeats = TARGETED if mood == mailserver.SWALLOW else 0
    return Outcome(
        fault=fault,
        runs=TARGETED,
        lost=total.lost,
        doubled=total.doubled,
        met=total.is_sound and total.repeated == repeats,
    )


def _has_one_unmarked(ground: Ground) -> bool:
    waiting = OutboxRow.objects.filter(sent_at__isnull=True).values_list("message_id", flat=True)
    return not {one.message_id for one in ground.office.letters()}.isdisjoint(waiting)


def _is_claimed() -> bool:
    return OutboxRow.objects.filter(claimed_until__isnull=False, sent_at__isnull=True).exists()


def calmly(ground: Ground, count: int, *kinds: str) -> list[Performed]:
    """So many stories, with nobody killed."""
    ledger = ground.ledger()
    press(ground.town, ground.plans(count, *kinds), ledger)
    return performed(ledger)
