"""A place of a policy that rests on a clause, and what in Counterpart does what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from counterpart.policy.model import Clause, Layer, Policy, Seat, Stage
from counterpart.policy.phrases import listed, seat_words, small


class How(StrEnum):
    """What Counterpart does about one place."""

    DUTY = "duty"
    """Somebody owes it, with its time, until it is on the record."""
    ACT = "act"
    """Somebody can do it or is asked for it, and it is on the record."""
    DONE = "done"
    """Counterpart does it by itself, or holds people to it."""
    SHOWN = "shown"
    """It is shown where people need it."""
    PEOPLE = "people"
    """It is done by people outside Counterpart."""
    NO_RULE = "no rule"
    """It asks nothing of anybody."""
    READ = "read"
    """It says how the clause is read, or that the text is silent."""


SAYS_ALONE = frozenset({How.READ})
"""What is no answer by itself to where a clause is met."""
BY_COUNTERPART = frozenset({How.DUTY, How.ACT, How.DONE, How.SHOWN})


@dataclass(frozen=True, slots=True)
class Place:
    """One place: what it is, what it says, who does it and by when, and what Counterpart does.

    `who` and `by_when` are empty where it is nobody's to do or the place gives no time.
    `counterpart` is whole sentences, and never empty.
    """

    kind: str
    says: str
    how: How
    counterpart: str
    who: str = ""
    by_when: str = ""

    @property
    def is_named_apart(self) -> bool:
        """Whether it has to be said who does it: what Counterpart does about a duty says so itself."""
        return bool(self.who) and self.how not in (How.DUTY, How.ACT)

    @property
    def is_by_counterpart(self) -> bool:
        """Whether Counterpart does anything about it."""
        return self.how in BY_COUNTERPART


@dataclass(frozen=True, slots=True)
class Met:
    """A clause with its places. `layer` is the text it stands in, None for the policy's own."""

    clause: Clause
    layer: Layer | None
    places: tuple[Place, ...]

    @property
    def is_met(self) -> bool:
        """Whether anything but a reading or a silence answers it."""
        return any(place.how not in SAYS_ALONE for place in self.places)

    @property
    def not_by_counterpart(self) -> tuple[Place, ...]:
        """The places that people keep outside Counterpart."""
        return tuple(place for place in self.places if place.how is How.PEOPLE)


def seats_words(policy: Policy, seats: Iterable[Seat], stage: Stage | None = None) -> str:
    """`The chair and whoever speaks for each agency`."""
    words = tuple(seat_words(policy, seat, stage) for seat in seats)
    return listed((*words[:1], *map(small, words[1:])))


Cited = tuple[str, Place]
"""The id of a clause, and a place that rests on it."""
