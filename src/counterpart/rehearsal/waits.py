"""The shapes of a worst case: how long a disagreement may lawfully wait, stage by stage.

Values only. `last_moments` works out one stage, `longest_ways` every path, `worst_case` answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A rule that leaves it open how long something takes, why, and its clause."""

    rule: str
    what: str
    why: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class When:
    """The last lawful moment of something in UTC, or None and what leaves it open."""

    at: datetime | None
    why: tuple[LeftOpen, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty on the way: how long it has, and its last moment if it has one.

    `is_guide`: the policy says *should*. It is counted as if it were kept.
    """

    rule: str
    what: str
    limit: str
    due_at: datetime | None
    clause: str
    is_guide: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A stage on the way. `bound` is the duty whose last moment is the last for leaving it."""

    stage: str
    name: str
    entered_at: datetime | None
    left_at: datetime | None
    clause: str
    owed: tuple[Owed, ...]
    bound: Owed | None
    way: str | None = None


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The latest moment at which a disagreement raised then may lawfully still be undecided.

    `undecided_until` is None where there is no bound, and `left_open` says which rules leave it
    open; or where it cannot be computed, and `cannot` says why. `path` gets furthest in time.
    """

    raised_at: datetime
    undecided_until: datetime | None
    path: tuple[Visit, ...]
    left_open: tuple[LeftOpen, ...] = ()
    cannot: str | None = None
    track: str = ""

    @property
    def guides(self) -> tuple[Owed, ...]:
        """The duties on the path that are only a guide and yet bound it."""
        return tuple(v.bound for v in self.path if v.bound is not None and v.bound.is_guide)


@dataclass(frozen=True, slots=True)
class WorstStart:
    """The day of a year on which a disagreement waits longest, and how long that is.

    `uncounted` are the days for which it cannot be computed. Where there is no bound, or no day
    can be computed, `day` is None and `case` is that of the first day.
    """

    year: int
    day: date | None
    case: WorstCase
    uncounted: int = 0
