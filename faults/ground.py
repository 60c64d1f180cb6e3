"""An installation to do harm to: a made-up town whose people have addresses, a mail server, and what acts owe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from faults.counting import Owed, owed_by
from faults.outcome import Outcome, say
from faults.post_office import PostOffice
from faults.processes import deliver_all
from faults.stories import KINDS, Plan, now, perform, plans
from tests.directory import an_account
from tests.town import Town, town


@dataclass
class Ground:
    """Where the faults happen."""

    town: Town
    office: PostOffice
    folder: Path
    random: Random
    database: str
    owed: dict[str, Owed] = field(default_factory=dict)

    def plans(self, count: int, *kinds: str) -> list[Plan]:
        """So many new stories, of kinds chosen by the seed."""
        return plans(self.random, count, kinds or KINDS)

    def say(self, words: str) -> None:
        """What is being done here, beside the outcomes."""
        say(f"{self.database}: {words}")

    def ledger(self) -> Path:
        """A new place for what was acknowledged."""
        return self.folder / f"ledger-{self.random.getrandbits(64):016x}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to go wrong, by name."""

    name: str
    happens: Callable[[Ground], Outcome]


def make(office: PostOffice, folder: Path, random: Random, database: str) -> Ground:
    """The town, with an address for everybody, and what each kind of story owes where nothing goes wrong.

    A story undisturbed is the measure of a story disturbed; one that owed nothing would measure nothing.
    """
    place = town()
    for who, person in place.people.items():
        an_account(person, f"{who}@northmere.example", password=None)
    ground = Ground(place, office, folder, random, database)
    for kind in KINDS:
        (plan,) = ground.plans(1, kind)
        performed = perform(place, plan, now())
        deliver_all(now())
        ground.owed[kind] = owed_by(performed, office)
        assert ground.owed[kind].told and ground.owed[kind].mailed, kind  # noqa: PT018
    return ground
