"""The ladder a duty climbs: who is told of it before it is due, when it is due, and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from counterpart.policy.model.clocks import Seat
from counterpart.policy.model.people import Role
from counterpart.worktime import CalendarDays, Hours, WorkingDays, WorkingWeeks

Gap = WorkingDays | WorkingWeeks | CalendarDays | Hours
GAPS = (WorkingDays, WorkingWeeks, CalendarDays, Hours)

BEFORE: Literal["before"] = "before"
AT: Literal["at"] = "at"
AFTER: Literal["after"] = "after"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: how long before or after a duty is due, and who is told when it comes to it.

    `gap` is None exactly for `at`. `clocks` are the duties it is for; none: every duty. `clause` is
    "" for a rung that no policy sets. A seat may be `owner` (whose duty it is; with a role, that
    role in the same agency), `above` (the next one up from the owner) or `lead` (who sees the agreed outcome
    through: for agreed actions only, and where the outcome names somebody).
    """

    id: str
    side: Literal["before", "at", "after"]
    gap: Gap | None
    tells: tuple[Seat, ...]
    clause: str = ""
    clocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsualLadder:
    """The partnership's own ladder, for duties to which the policy gives none.

    `above` says for each tier of the directory which tiers are above it, the nearest first. It
    holds for the ladders of policies too: who is above whom is no policy's to say. `watches` are the
    tiers of the partnership's office in the order in which they watch a case: the first has the desk, each
    other does where those before it may not see the case.
    """

    rungs: tuple[Rung, ...]
    roles: Mapping[str, Role]
    above: Mapping[str, tuple[str, ...]]
    watches: tuple[str, ...]
