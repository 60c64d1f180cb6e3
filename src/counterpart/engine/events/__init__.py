"""Everything that can happen to a case, as frozen records with a stable name and schema version.

Begin here to learn what a case is made of. A field's annotation says whether it is a fact or
words (see `kinds`); `tests/unit/engine/test_events.py` refuses any other type. An event's name
and fields are a promise to every journal already written: a changed shape is a new version
with an upgrade, never an edit.

This module must not decide anything and must not know the policy.
"""

from __future__ import annotations

from counterpart.engine.events.beside import EntryCorrected, PolicyGapReported
from counterpart.engine.events.between import (
    ExtensionAnswered,
    ExtensionProposed,
    InformationAcknowledged,
    InformationAnswered,
    InformationAsked,
    MeetingArranged,
    MeetingAttended,
    MeetingCalledOff,
    MeetingRequired,
    MeetingTimesAnswered,
    MeetingTimesProposed,
    RemainingRiskAnswered,
    RemainingRiskStated,
)
from counterpart.engine.events.course import (
    AnswerGiven,
    ApprovalAnswered,
    ApprovalAsked,
    ConcernRaised,
    EditionMoved,
    ExitTaken,
    ImmediateRiskReported,
    MovedOn,
    PartyRedirected,
    SeatNamed,
    StepRecorded,
)
from counterpart.engine.events.endings import (
    AdviceRecorded,
    DebriefAnswered,
    DebriefOffered,
    LearningPointDone,
    LearningPointRecorded,
    LearningPointReferred,
    PanelMet,
    RecordPlaced,
)
from counterpart.engine.events.keeping import (
    CaseRestricted,
    NoteKept,
    NoteShared,
    PersonKeptOut,
    PersonLetBack,
    ProtectedDetailKept,
    ProtectedDetailOpened,
    RestrictionLifted,
)
from counterpart.engine.events.outcomes import (
    ActionDone,
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    OutcomeConfirmed,
    OutcomeDissented,
    OutcomeProposed,
    PanelConvened,
    PanelDecided,
    RepresentationHeard,
)
from counterpart.engine.events.parts import (
    Action,
    Attendance,
    Child,
    DeadlineMoved,
    Member,
    Party,
    SeatTaken,
)
from counterpart.engine.events.times import (
    BandSet,
    CalendarMoved,
    LimitAgreed,
    LimitPassed,
    LimitSet,
    OutsideDateGiven,
)

CaseEvent = (
    ConcernRaised
    | ImmediateRiskReported
    | StepRecorded
    | MovedOn
    | SeatNamed
    | PartyRedirected
    | ApprovalAsked
    | ApprovalAnswered
    | AnswerGiven
    | ExitTaken
    | EditionMoved
    | LimitSet
    | LimitAgreed
    | LimitPassed
    | BandSet
    | OutsideDateGiven
    | CalendarMoved
    | OutcomeProposed
    | OutcomeConfirmed
    | OutcomeDissented
    | ActionDone
    | PanelConvened
    | RepresentationHeard
    | PanelDecided
    | CaseWithdrawn
    | CaseClosed
    | CaseReopened
    | ExtensionAnswered
    | ExtensionProposed
    | InformationAcknowledged
    | InformationAnswered
    | InformationAsked
    | MeetingArranged
    | MeetingAttended
    | MeetingCalledOff
    | MeetingRequired
    | MeetingTimesAnswered
    | MeetingTimesProposed
    | RemainingRiskAnswered
    | RemainingRiskStated
    | CaseRestricted
    | NoteKept
    | NoteShared
    | PersonKeptOut
    | PersonLetBack
    | ProtectedDetailKept
    | ProtectedDetailOpened
    | RestrictionLifted
    | RecordPlaced
    | AdviceRecorded
    | PanelMet
    | LearningPointRecorded
    | LearningPointDone
    | LearningPointReferred
    | DebriefOffered
    | DebriefAnswered
    | PolicyGapReported
    | EntryCorrected
)

__all__ = [
    "Action",
    "ActionDone",
    "AdviceRecorded",
    "AnswerGiven",
    "ApprovalAnswered",
    "ApprovalAsked",
    "Attendance",
    "BandSet",
    "CalendarMoved",
    "CaseClosed",
    "CaseEvent",
    "CaseReopened",
    "CaseRestricted",
    "CaseWithdrawn",
    "Child",
    "ConcernRaised",
    "DeadlineMoved",
    "DebriefAnswered",
    "DebriefOffered",
    "EditionMoved",
    "EntryCorrected",
    "ExitTaken",
    "ExtensionAnswered",
    "ExtensionProposed",
    "ImmediateRiskReported",
    "InformationAcknowledged",
    "InformationAnswered",
    "InformationAsked",
    "LearningPointDone",
    "LearningPointRecorded",
    "LearningPointReferred",
    "LimitAgreed",
    "LimitPassed",
    "LimitSet",
    "MeetingArranged",
    "MeetingAttended",
    "MeetingCalledOff",
    "MeetingRequired",
    "MeetingTimesAnswered",
    "MeetingTimesProposed",
    "Member",
    "MovedOn",
    "NoteKept",
    "NoteShared",
    "OutcomeConfirmed",
    "OutcomeDissented",
    "OutcomeProposed",
    "OutsideDateGiven",
    "PanelConvened",
    "PanelDecided",
    "PanelMet",
    "Party",
    "PartyRedirected",
    "PersonKeptOut",
    "PersonLetBack",
    "PolicyGapReported",
    "ProtectedDetailKept",
    "ProtectedDetailOpened",
    "RecordPlaced",
    "RemainingRiskAnswered",
    "RemainingRiskStated",
    "RepresentationHeard",
    "RestrictionLifted",
    "SeatNamed",
    "SeatTaken",
    "StepRecorded",
]
