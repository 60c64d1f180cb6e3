"""The processes that faults happen to: workers and web, started, killed, and waited for.

A process begun here is a fork of this one, which has everything loaded already, so that hundreds can be killed in
minutes; `counterpart worker` is started whole as well. Forks share no connection: each opens its own.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import connections

from counterpart.messages import outbox
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.delivering import Batch
from counterpart.messages.models import OutboxRow, Routine
from counterpart.worker import running
from counterpart.worker.running import Step, Turn, take
from counterpart.worker.steps import Deliver

IN_TIME = 120.0  # seconds, for another process to get somewhere
_FORK = multiprocessing.get_context("fork")


class DidNotHappen(AssertionError):
    """What a fault needs, or what has to come after it, did not come."""


def begin(work: Callable[..., None], *given: object) -> BaseProcess:
    """A process of its own that does this. Ctrl-C is for the one that began it."""
    connections.close_all()
    process = _FORK.Process(target=_alone, args=(work, given), daemon=True)
    process.start()
    return process


def work() -> None:
    """What `counterpart worker` does."""
    from counterpart.cli import serving

    serving.work()


def work_marking_first() -> None:
    """A worker that does what the product must never do; see `MarksFirst`."""
    steps: list[Step[Any]] = [MarksFirst(running.name_of_this_worker(), SmtpChannel())]
    running.run(threading.Event(), steps)


class MarksFirst(Deliver):
    """The control: a step that marks and then sends. It lives here, and nothing in the product can be set to it."""

    def do(self, item: Batch, now: datetime) -> None:
        """Mark each, then send each."""
        for row in item.left:
            outbox.all_sent(row, now)
        Deliver.do(self, item, now)


def whole_worker() -> subprocess.Popen[bytes]:
    """`counterpart worker`, as an operator starts it."""
    return subprocess.Popen([sys.executable, "-m", "counterpart.cli", "worker"])


def kill(process: BaseProcess | subprocess.Popen[bytes]) -> None:
    """End it at once, wherever it is."""
    process.kill()
    join = process.join if isinstance(process, BaseProcess) else process.wait
    join(IN_TIME)


def kill_all() -> None:
    """End every fork that is still there."""
    for process in multiprocessing.active_children():
        kill(process)


def stop(process: BaseProcess | subprocess.Popen[bytes]) -> bool:
    """Ask it to stop, and say whether it ended well."""
    process.terminate()
    if isinstance(process, BaseProcess):
        process.join(IN_TIME)
        return process.exitcode == 0
    return process.wait(IN_TIME) == 0


def leases_end(pids: Iterable[int | None]) -> None:
    """As if the time of their leases had passed for these dead workers, and for nobody else."""
    names = [f"{socket.gethostname()[:60]}:{pid}" for pid in pids]
    OutboxRow.objects.filter(claimed_by__in=names).update(claimed_until=None)
    Routine.objects.filter(claimed_by__in=names).update(claimed_until=None)


def deliver_all(at: datetime, *, worker: str = "the last") -> None:
    """Deliver everything that is due at `at`, in this process."""
    deliver = Deliver(worker, SmtpChannel(), clock=lambda: 0.0)
    while take(deliver, at) in (Turn.WORKED, Turn.PARKED):
        pass


def deliver_in_the_end(at: datetime) -> None:
    """Deliver everything, as the hours after `at` pass."""
    for minutes in (0, 4, 8, 20, 60, 300):
        deliver_all(at + timedelta(minutes=minutes))


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for another process to have done something. Raises DidNotHappen."""
    deadline = time.monotonic() + IN_TIME
    while not is_so():
        if time.monotonic() > deadline:
            raise DidNotHappen(what)
        time.sleep(0.02)


def _alone(work: Callable[..., None], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(*given)
