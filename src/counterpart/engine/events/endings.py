"""What belongs to how a case ends, and what is learned from it: records placed, advice, meetings, learning.

Nothing here moves a case. What was agreed or decided is in `outcomes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("record_placed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlaced:
    """One agency put the record of a stage, or of the end, where its policy wants it kept.

    `stage` is the stage, or `end`. `on` are `child` (the child's own file), `agency` (the agency's own
    records) and `partnership`. `placed_on` is the day in London. `where` is which record, and whose system.
    """

    stage: Code
    agency: Id
    on: tuple[Code, ...]
    placed_on: date
    where: Words = SEALED
    note: Words = SEALED


@event("advice_recorded", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRecorded:
    """Somebody took advice from a named or designated professional, or from another third party.

    `adviser` is the post of whoever gave it and `agency` theirs, where they are in the directory; else
    `stated_name` says who it was.
    """

    adviser: Id | None = None
    agency: Id | None = None
    stated_name: Words = SEALED
    asked: Words = SEALED
    said: Words = SEALED


@event("panel_met", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMet:
    """The panel met. `came` are the posts of the members who came; when is the entry's own `happened_at`."""

    panel: Code
    came: tuple[Id, ...]
    evidence: Words = SEALED
    record: Words = SEALED


@event("learning_point_recorded", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPointRecorded:
    """Something to learn from the case, and who sees to it by when.

    `owner` is a post of `body`, an agency in the case or the partnership. `due_on` is a day in London.
    """

    point: Id
    body: Id
    owner: Id
    due_on: date
    says: Words = SEALED


@event("learning_point_done", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPointDone:
    """What was to be learned has been seen to."""

    point: Id
    what: Words = SEALED


@event("learning_point_referred", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPointReferred:
    """A learning point was passed on, to a subgroup of the partnership for example."""

    point: Id
    to: Words = SEALED


@event("debrief_offered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefOffered:
    """Somebody was offered to talk the case over. `to` is their post, `body` its agency or the partnership."""

    body: Id
    to: Id
    how: Words = SEALED


@event("debrief_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefAnswered:
    """What became of the offer to talk it over. `debrief` is the entry of the offer."""

    debrief: Id
    held: bool
    note: Words = SEALED
