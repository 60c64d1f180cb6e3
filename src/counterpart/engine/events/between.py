"""What passes between the sides while a case goes on: questions, meetings, more time, and risk that remains.

None of it needs the policy's leave: any agency in a case may ask another for what it needs to know,
and nobody may lengthen a time alone. A policy may say more of a meeting and of risk that remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.events.parts import Attendance
from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("information_asked", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAsked:
    """One agency asked another for something it needs to know.

    `by` asked `of`. `wanted_on` is the day (in London) it would like to have it by, if it named one.
    """

    by: Id
    of: Id
    wanted_on: date | None = None
    what: Words = SEALED
    why: Words = SEALED


@event("information_acknowledged", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAcknowledged:
    """The agency asked said that it has the question. `asked` is the entry of the question."""

    asked: Id
    says: Words = SEALED


@event("information_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAnswered:
    """The agency asked gave what was wanted, or said why it cannot (`is_given` is False)."""

    asked: Id
    is_given: bool
    said: Words = SEALED


@event("meeting_required", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRequired:
    """An agency required a meeting that the policy lets it require; `step` is that meeting.

    `by` is the agency that requires it, which may be one that is no party. `agencies` are those in the
    case that are asked to come. `arranger` is the agency (or partnership) that arranges it.
    """

    step: Code
    by: Id
    agencies: tuple[Id, ...]
    arranger: Id
    reason: Words = SEALED


@event("meeting_times_proposed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTimesProposed:
    """Whoever arranges a meeting put forward times for it, the soonest first.

    `meeting` is the entry by which it was required. Times put forward again take the place of those before.
    """

    meeting: Id
    times: tuple[datetime, ...]
    where: Words = SEALED


@event("meeting_times_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTimesAnswered:
    """One agency said which of the times it can come at; none of them is an answer too."""

    meeting: Id
    agency: Id
    times: tuple[datetime, ...]
    says: Words = SEALED


@event("meeting_arranged", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingArranged:
    """The meeting is at this time. Arranged again, the time before no longer holds."""

    meeting: Id
    meets_at: datetime
    where: Words = SEALED


@event("meeting_attended", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAttended:
    """Who came to a meeting, agency by agency. What came of it is the step recorded with it."""

    meeting: Id
    attendance: tuple[Attendance, ...]


@event("meeting_called_off", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalledOff:
    """The agency that required a meeting no longer does, with its reason."""

    meeting: Id
    reason: Words = SEALED


@event("extension_proposed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionProposed:
    """An agency asked for more time for one duty, until a stated end, with a reason.

    The duty is (`opened_by`, `clock`, `about`), as in `Running`. The time before holds until every
    agency in the case has agreed. How long the child has waited goes on being counted.
    """

    by: Id
    clock: Code
    opened_by: Id
    about: Id | None
    until_at: datetime
    reason: Words = SEALED


@event("extension_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAnswered:
    """One agency agreed, or did not, to more time. `proposed` is the entry that asked for it."""

    proposed: Id
    agency: Id
    is_agreed: bool
    reason: Words = SEALED


@event("remaining_risk_stated", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingRiskStated:
    """Whoever raised the concern said, once it was called settled, whether they still believe the
    child to be at risk. `settled_by` is the entry by which it was called settled.
    """

    settled_by: Id
    is_at_risk: bool
    why: Words = SEALED


@event("remaining_risk_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingRiskAnswered:
    """Whoever had to be told that risk remains said what will be done. `stated` is the entry that said so."""

    stated: Id
    said: Words = SEALED
