"""What is open between the sides: questions, meetings, more time asked for, and risk that remains.

Frozen parts of a case's state. A case in which none of it has happened shares `NOTHING`, so that it
costs nothing to fold. What each event does to it is `between_fold`'s, who owes what because of it
`between_duties`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

from counterpart.engine.events import Attendance
from counterpart.engine.kinds import Code, Id

RunningKey = tuple[str, Id, Id | None]
"""(clock, the entry that opened it, the agency it is about): which duty of a clock is meant."""

Answer = Literal["", "given", "refused"]
MeetingStatus = Literal["open", "held", "off"]


@dataclass(frozen=True, slots=True)
class Question:
    """Something one agency asked of another. `answer` is "" until there is one."""

    id: Id
    by: Id
    of: Id
    asked_at: datetime
    wanted_on: date | None
    acknowledged_at: datetime | None = None
    answer: Answer = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was required. It is `off` once called off, or with the stage or case it was for.

    `times` are those now put forward by the entry `proposed_by`, none once it is arranged; `answers`
    maps an agency to those of them it can come at. `sequence` counts how often it has been arranged,
    from 0, for calendars.
    """

    id: Id
    step: Code
    by: Id
    agencies: tuple[Id, ...]
    arranger: Id
    required_at: datetime
    status: MeetingStatus = "open"
    times: tuple[datetime, ...] = ()
    proposed_by: Id | None = None
    proposed_at: datetime | None = None
    answers: Mapping[Id, tuple[datetime, ...]] = field(default_factory=lambda: MappingProxyType({}))
    answered_at: datetime | None = None
    meets_at: datetime | None = None
    sequence: int = 0
    attendance: tuple[Attendance, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def unanswered(self) -> tuple[Id, ...]:
        """The agencies that have yet to say when they can come. Whoever put the times forward has."""
        if not self.times:
            return ()
        return tuple(a for a in self.agencies if a != self.arranger and a not in self.answers)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time asked for, for one duty. `answers` maps an agency to whether it agreed.

    The agency that asks has agreed. `is_overtaken`: a person set another time before all had agreed.
    """

    id: Id
    by: Id
    key: RunningKey
    until_at: datetime
    asked_at: datetime
    answers: Mapping[Id, bool]
    is_overtaken: bool = False

    def waits_for(self, parties: Iterable[Id]) -> tuple[Id, ...]:
        """The agencies in the case that it still waits for. None once one of them has not agreed."""
        if self.is_overtaken or not all(self.answers.values()):
            return ()
        return tuple(agency for agency in parties if agency not in self.answers)


@dataclass(frozen=True, slots=True)
class RemainingRisk:
    """Whether the person who raised the concern was asked about risk that remains, and what came of it.

    Opened by the entry that called it settled, or by which others of their side withdrew it
    (`is_withdrawn`). `is_at_risk` is None until they have said. `stated_by` is
    the entry in which they did; `answered_at` when whoever had to be told said what will be done.
    `is_confirmed`: they confirmed the outcome themselves, so that they are not asked beside it; they may
    say it all the same. `ended_at`: since then it has not been settled any more, so that there is nothing
    to ask.
    """

    settled_by: Id
    settled_at: datetime
    is_withdrawn: bool = False
    is_confirmed: bool = False
    is_at_risk: bool | None = None
    stated_by: Id | None = None
    stated_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it is still to be said."""
        return self.may_be_said and not self.is_confirmed

    @property
    def may_be_said(self) -> bool:
        """Whether they have not said, and what was settled stands."""
        return self.is_at_risk is None and self.ended_at is None

    @property
    def is_unanswered(self) -> bool:
        """Whether it was said that the child is at risk, and nobody has said what will be done."""
        return bool(self.is_at_risk) and self.answered_at is None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Between:
    """All that is, or was, open between the sides, oldest first.

    `extended` holds the times that every agency in the case agreed to; `overtaken` those in whose
    place a person has since set an earlier one.
    """

    questions: tuple[Question, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    extensions: tuple[Extension, ...] = ()
    extended: Mapping[RunningKey, datetime] = field(default_factory=lambda: MappingProxyType({}))
    overtaken: Mapping[RunningKey, datetime] = field(default_factory=lambda: MappingProxyType({}))
    risks: tuple[RemainingRisk, ...] = ()

    def question(self, id: str) -> Question | None:
        return _of(self.questions, id)

    def meeting(self, id: str) -> Meeting | None:
        return _of(self.meetings, id)

    def extension(self, id: str) -> Extension | None:
        return _of(self.extensions, id)

    def open_meeting(self, step: str) -> Meeting | None:
        """The meeting of a step that was required and is still to be held."""
        return next((m for m in self.meetings if m.step == step and m.is_open), None)

    def risk_of(self, settled_by: str) -> RemainingRisk | None:
        """What was asked when this entry called it settled."""
        return next((r for r in self.risks if r.settled_by == settled_by), None)

    def risk_stated_by(self, entry: str) -> RemainingRisk | None:
        """What was said in this entry about risk that remains."""
        return next((r for r in self.risks if r.stated_by == entry), None)


class _Named(Protocol):
    @property
    def id(self) -> Id: ...


T = TypeVar("T", bound=_Named)


def _of(those: Iterable[T], id: str) -> T | None:
    return next((one for one in those if one.id == id), None)


NOTHING = Between()
