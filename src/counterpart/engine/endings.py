"""What belongs to how a case ends: records placed, agreed actions kept, panel meetings, advice, learning.

Frozen parts of a case's state. A case in which none of it has happened shares `NO_ENDINGS`, so that it
costs nothing to fold. What each event does to it is `endings_fold`'s, what is owed `endings_duties`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.events import Action
from counterpart.engine.kinds import Code, Id


@dataclass(frozen=True, slots=True)
class Placed:
    """That one agency placed the record of a stage, or of the `end`. `duty` opened what it answered, if any."""

    id: Id
    stage: Code
    agency: Id
    on: tuple[Code, ...]
    placed_on: date
    duty: Id | None = None


@dataclass(frozen=True, slots=True)
class KeptAction:
    """An action that was agreed and not yet done when the case was opened again. It is owed until it is done."""

    action: Action
    proposed_by: Id
    proposed_at: datetime
    lead: Id | None


@dataclass(frozen=True, slots=True)
class PanelMeeting:
    """A time that a panel met. `came` are the posts of the members who did."""

    id: Id
    panel: Code
    came: tuple[Id, ...]
    met_at: datetime


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """Something to learn: who sees to it, and by when. `by` is the agency that wrote it down, if one did."""

    id: Id
    entry: Id
    body: Id
    owner: Id
    due_on: date
    by: Id | None
    recorded_at: datetime
    done_at: datetime | None = None
    referred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """An offer to talk the case over, to one post. `held` is None until something has become of it."""

    id: Id
    body: Id
    to: Id
    offered_at: datetime
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Endings:
    """All of it, oldest first. `advice` are the entries of advice that was taken."""

    placed: tuple[Placed, ...] = ()
    kept: tuple[KeptAction, ...] = ()
    meetings: tuple[PanelMeeting, ...] = ()
    advice: tuple[Id, ...] = ()
    points: tuple[LearningPoint, ...] = ()
    debriefs: tuple[Debrief, ...] = ()

    def point(self, id: str) -> LearningPoint | None:
        return next((point for point in self.points if point.id == id), None)

    def debrief(self, id: str) -> Debrief | None:
        return next((debrief for debrief in self.debriefs if debrief.id == id), None)

    def placed_of(self, stage: str, agency: str) -> tuple[Placed, ...]:
        """Every time that an agency placed the record of a stage, or of the `end`."""
        return tuple(one for one in self.placed if (one.stage, one.agency) == (stage, agency))


NO_ENDINGS = Endings()
