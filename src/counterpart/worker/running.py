"""The loop around the worker's steps: each has its turn, does one thing or nothing, and the loop rests.

Nothing a step does may end the worker. What goes wrong is logged by where it went wrong, the item is parked in front
of a person, and the loop goes on. It must not hold a transaction open between steps, or be cut off in the middle of
one: it looks for the signal to stop only in between.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

from django.db import close_old_connections

from counterpart.messages import routines

REST = 1.0  # seconds between looks when there is nothing to do

_log = logging.getLogger("counterpart.worker")
Item = TypeVar("Item")


class Step(Protocol[Item]):
    """One kind of work. Each method is a transaction or more of its own, and may be called alone.

    The order is claim, do (which marks when it is done), and park where doing it failed in a way nobody foresaw.
    """

    @property
    def name(self) -> str:
        """What the log calls it."""
        ...

    def claim(self, now: datetime, /) -> Item | None:
        """Take one thing to do, or None when there is none."""
        ...

    def do(self, item: Item, now: datetime, /) -> None:
        """Do it and mark it done."""
        ...

    def park(self, item: Item, now: datetime, /) -> None:
        """Put it where a person sees it, to be tried again later."""
        ...


class Turn(Enum):
    """How one turn of a step ended."""

    IDLE = "there was nothing to do"
    WORKED = "something was done"
    PARKED = "something could not be done and is in front of a person"
    BROKEN = "the step could not even look for work, or could not park what failed"


def the_time() -> datetime:
    """Now, by this computer's clock."""
    return datetime.now(UTC)


def run(
    stop: threading.Event,
    steps: Sequence[Step[Any]] | None = None,
    clock: Callable[[], datetime] = the_time,
) -> None:
    """Work until `stop` is set. A step under way is finished first."""
    from counterpart.worker.steps import all_steps

    turns = all_steps(name_of_this_worker()) if steps is None else steps
    while not stop.is_set():
        ended = [take(step, clock()) for step in turns if not stop.is_set()]
        if Turn.BROKEN in ended:
            close_old_connections()  # one that the database has dropped must not be used again
        else:
            _fault_of("beat", lambda: routines.beat(clock()))
        if Turn.WORKED not in ended:
            stop.wait(REST)


def take(step: Step[Any], now: datetime) -> Turn:
    """One turn of one step: claim something, do it, and park it if that fails. Never raises a fault."""
    claimed: list[Any] = []
    if _fault_of(step.name, lambda: claimed.append(step.claim(now))):
        return Turn.BROKEN
    item = claimed[0]
    if item is None:
        return Turn.IDLE
    if not _fault_of(step.name, lambda: step.do(item, now)):
        return Turn.WORKED
    # Where it cannot be parked either, the lease runs out and it is tried again.
    return Turn.BROKEN if _fault_of(step.name, lambda: step.park(item, now)) else Turn.PARKED


def name_of_this_worker() -> str:
    """What a claim says of who holds it: the machine and the process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _fault_of(step: str, act: Callable[[], object]) -> Exception | None:
    """The step boundary: the one place where any exception at all is caught, and given back."""
    try:
        act()
    except Exception as fault:  # noqa: BLE001 - the step boundary; see the docstring
        _log.exception("The step %s failed", step)
        return fault
    return None
