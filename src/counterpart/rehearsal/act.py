"""What an act of an example is: how its line is read, what it proposes, and who does it.

Which acts there are is in `acts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counterpart.policy.model import Seat
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.fields import Reader
from counterpart.rehearsal.playing import Rehearsal

Read = Mapping[str, Any]
"""What was read from a line, by key; under `ITSELF` what follows the act's own word."""

ITSELF = "itself"
RAISING = Seat("raising")

COMMON: Mapping[str, Reader] = {
    "at": n.moment,
    "written": n.moment,
    "by": n.role_or_agency,
    "refused": n.text,
}
"""What any act may say: when it happened, when it was written down, who did it, why it is refused."""

Make = Callable[[Rehearsal, Read], Iterable[Any]]
"""Events to propose one after the other; a tuple is one act, of which the first is judged with the rest."""


@dataclass(frozen=True, slots=True)
class Act:
    """How an act is read, and what it proposes.

    `value` reads what follows the act's own word; where that is a moment, it is when the act
    happened. `who` says who does it unless the line does: a seat of the policy, or an agency.
    """

    value: Reader
    make: Make
    keys: Mapping[str, Reader] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    who: Callable[[Rehearsal, Read], Seat | str] = lambda *_: RAISING
