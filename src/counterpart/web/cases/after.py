"""Where the record of a case was placed, and what is learned from it, as the case page shows it.

Words made from a case file for one person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.endings import Debrief, LearningPoint, Placed
from counterpart.policy.model import AT_THE_END
from counterpart.policy.phrases import listed
from counterpart.telling.dates import day
from counterpart.telling.describing_endings import PLACES, of_what
from counterpart.web.cases.between import written
from counterpart.web.cases.doable import Doable, one
from counterpart.web.cases.ending_forms import placing_of, point_words


@dataclass(frozen=True, slots=True)
class RecordShown:
    """The record of one stage, or of how it ended: where it was placed so far, and the link to say so.

    `is_asked`: the policy asks for it to be placed.
    """

    title: str
    is_asked: bool
    placed: tuple[str, ...]
    act: Doable | None


@dataclass(frozen=True, slots=True)
class LearningShown:
    """A learning point, or an offer to talk it over: the words, the facts, and what may be done."""

    title: str
    words: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Doable, ...]


@dataclass(frozen=True, slots=True)
class AfterShown:
    """All of it."""

    records: tuple[RecordShown, ...]
    learning: tuple[LearningShown, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.records or self.learning)


def after(file: CaseFile, may: Mapping[str, Answer]) -> AfterShown:
    """Where the record is, and what is learned, with what this person may do about it."""
    endings = file.state.endings
    return AfterShown(
        records=tuple(_records(file, may)),
        learning=(
            *(_point(file, point, may) for point in endings.points),
            *(_debrief(file, debrief, may) for debrief in endings.debriefs),
        ),
    )


def _records(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[RecordShown]:
    placed = file.state.endings.placed
    stages = [visit.stage for visit in file.state.visits] + [AT_THE_END]
    for stage in dict.fromkeys(stages):
        lines = tuple(_placed(file, one) for one in placed if one.stage == stage)
        act = next(iter(_acts(file, may, stage, e.RecordPlaced)), None)
        if lines or act:
            is_asked = placing_of(file, stage) is not None
            yield RecordShown(of_what(file, stage), is_asked, lines, act)


def _placed(file: CaseFile, placed: Placed) -> str:
    on = listed(tuple(PLACES.get(where, where) for where in placed.on))
    where = written(file, placed.id).where
    return f"{file.body_name(placed.agency)}, {day(placed.placed_on)}: on {on}. {where}"


def _point(file: CaseFile, point: LearningPoint, may: Mapping[str, Answer]) -> LearningShown:
    facts = (
        ("Who sees to it", file.post_words(point.owner)),
        ("By when", day(point.due_on)),
        ("Passed on", day(point.referred_at) if point.referred_at else ""),
        ("Seen to", day(point.done_at) if point.done_at else "Not yet"),
    )
    return LearningShown(
        title="Something to learn",
        words=point_words(file, point.id),
        facts=tuple(fact for fact in facts if fact[1]),
        acts=_acts(file, may, point.id, e.LearningPointDone, e.LearningPointReferred),
    )


def _debrief(file: CaseFile, debrief: Debrief, may: Mapping[str, Answer]) -> LearningShown:
    became = {None: "No answer yet", True: "It was talked over", False: "It was not talked over"}
    return LearningShown(
        title="An offer to talk it over",
        words=written(file, debrief.id).how,
        facts=(
            ("Offered to", file.post_words(debrief.to)),
            ("Offered", day(debrief.offered_at)),
            ("What became of it", became[debrief.held]),
        ),
        acts=_acts(file, may, debrief.id, e.DebriefAnswered),
    )


def _acts(
    file: CaseFile, may: Mapping[str, Answer], target: str, *events: type
) -> tuple[Doable, ...]:
    """What this person may do about one of them now."""
    options = (o for o in file.options if o.event in events and o.target == target)
    return tuple(doable for o in options if (doable := one(file, o, may)).href)
