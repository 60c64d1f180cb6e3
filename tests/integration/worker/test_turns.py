"""One turn of a step, and the loop around turns: nothing a step does ends the worker."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from counterpart.messages import routines
from counterpart.worker.running import Turn, run, take
from tests.integration.messages.stories import NOW

pytestmark = pytest.mark.django_db


@dataclass
class Chore:
    """A step with things to do; `faults` names the methods that fail."""

    things: list[str]
    faults: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    name: str = "chore"

    def claim(self, _now: datetime) -> str | None:
        """The next thing."""
        self._perhaps_fail("claim")
        return self.things.pop(0) if self.things else None

    def do(self, item: str, _now: datetime) -> None:
        """Do it."""
        self._perhaps_fail("do")
        self.done.append(item)

    def park(self, item: str, _now: datetime) -> None:
        """Park it."""
        self._perhaps_fail("park")
        self.parked.append(item)

    def _perhaps_fail(self, what: str) -> None:
        if what in self.faults:
            raise ZeroDivisionError


@dataclass
class Stopper:
    """A step that stops the worker when it has had so many turns."""

    stop: threading.Event
    turns: int = 1
    name: str = "stopper"

    def claim(self, _now: datetime) -> bool | None:
        """Count the turn; work while there are more, so that the loop does not rest."""
        self.turns -= 1
        if self.turns <= 0:
            self.stop.set()
        return True

    def do(self, _item: bool, _now: datetime) -> None:
        """Nothing."""

    def park(self, _item: bool, _now: datetime) -> None:
        """Nothing."""


def test_a_turn_does_one_thing() -> None:
    chore = Chore(["one", "two"])

    assert take(chore, NOW) is Turn.WORKED
    assert chore.done == ["one"]


def test_a_turn_with_nothing_to_do_does_nothing() -> None:
    assert take(Chore([]), NOW) is Turn.IDLE


def test_what_cannot_be_done_is_parked() -> None:
    chore = Chore(["one"], faults={"do"})

    assert take(chore, NOW) is Turn.PARKED
    assert chore.parked == ["one"]
    assert chore.done == []


def test_what_cannot_even_be_parked_does_not_end_the_worker() -> None:
    assert take(Chore(["one"], faults={"do", "park"}), NOW) is Turn.BROKEN


def test_a_step_that_cannot_look_for_work_does_not_end_the_worker() -> None:
    assert take(Chore(["one"], faults={"claim"}), NOW) is Turn.BROKEN


@pytest.mark.django_db(transaction=True)
def test_every_step_has_its_turn_though_one_always_fails() -> None:
    stop = threading.Event()
    broken, sound = Chore(["one"], faults={"claim"}), Chore(["one", "two", "three"])

    run(stop, [broken, sound, Stopper(stop, turns=3)])

    assert sound.done == ["one", "two", "three"]


def test_a_worker_that_works_is_heard_of() -> None:
    stop = threading.Event()
    run(stop, [Chore(["one"]), Stopper(stop)])

    assert routines.last_worked_at() is not None


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_cannot_look_for_work_falls_silent() -> None:
    stop = threading.Event()
    run(stop, [Chore([], faults={"claim"}), Stopper(stop)])

    assert routines.last_worked_at() is None


def test_a_worker_told_to_stop_begins_nothing_new() -> None:
    stop = threading.Event()
    chore = Chore(["one"])
    run(stop, [Stopper(stop), chore])

    assert chore.things == ["one"]


def test_a_worker_that_was_stopped_before_it_began_does_nothing() -> None:
    stop = threading.Event()
    stop.set()
    chore = Chore(["one"])
    run(stop, [chore])

    assert chore.done == []
