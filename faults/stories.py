"""What people do in the town: short stories through the use cases, each act under a key of its own.

Somebody whose page never answered presses the button again, with the same key: so a story that was cut short is
performed again from its beginning, and nothing in it may happen twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from counterpart.casework import acts
from counterpart.casework.raising import raise_concern
from counterpart.casework.writing import Done
from counterpart.engine.rules import Refusal
from tests.town import RAISER, Town, written

ORDINARY, URGENT, MOVED_ON = "ordinary", "urgent", "moved on"
KINDS = (ORDINARY, URGENT, MOVED_ON)


@dataclass(frozen=True, slots=True)
class Plan:
    """A story to be performed."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Performed:
    """A story that was performed to its end, and about which case."""

    key: str
    kind: str
    case: str
    reference: str


def now() -> datetime:
    """By this computer's clock."""
    return datetime.now(UTC)


def plans(random: Random, count: int, kinds: Sequence[str]) -> list[Plan]:
    """So many new stories."""
    return [Plan(f"{random.getrandbits(128):032x}", random.choice(kinds)) for _ in range(count)]


def perform(town: Town, plan: Plan, at: datetime) -> Performed:
    """Perform a story, or what is left of it."""
    risk = {"is_urgent": True, "immediate_risk": "He is there tonight."}
    begun = _done(
        raise_concern(
            written=written(town, **(risk if plan.kind == URGENT else {})),
            actor=town.acting(RAISER, "raiser"),
            now=at,
            key=f"{plan.key}-raise",
        )
    )
    if plan.kind == MOVED_ON:
        by: dict[str, Any] = {"case": begun.case, "actor": town.acting(RAISER), "now": at}
        _done(acts.record_step(step="consult-manager", how="telephone", result="done", said="We spoke.",
                               happened_at=at, key=f"{plan.key}-record", **by))  # fmt: skip
        _done(acts.move_on(way="to-other-worker", seats=(), reason="We see it differently.",
                           key=f"{plan.key}-move", **by))  # fmt: skip
    return Performed(plan.key, plan.kind, begun.case, begun.reference)


def press(
    town: Town, some: Sequence[Plan], ledger: Path, clock: Callable[[], datetime] = now
) -> None:
    """The web process: perform each story that is not in the ledger, and write it down once it was acknowledged."""
    acknowledged = {one.key for one in performed(ledger)}
    for plan in some:
        if plan.key not in acknowledged:
            write_down(perform(town, plan, clock()), ledger)


def write_down(one: Performed, ledger: Path) -> None:
    """Note that a story was acknowledged, so that it outlives whoever notes it."""
    with ledger.open("ab", buffering=0) as book:
        book.write(f"{one.key}|{one.kind}|{one.case}|{one.reference}\n".encode())
        os.fsync(book.fileno())


def performed(ledger: Path) -> list[Performed]:
    """The stories that were acknowledged. A last line that was cut short does not count."""
    if not ledger.exists():
        return []
    whole = ledger.read_text(encoding="ascii").rpartition("\n")[0]
    return [Performed(*line.split("|")) for line in whole.splitlines() if line.count("|") == 3]


def _done(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer
