"""The words for the codes of a case. Values, and one choice between them."""

from __future__ import annotations

from types import MappingProxyType

from counterpart.engine import events as e

HOW = MappingProxyType(
    {
        "telephone": "By telephone",
        "in_person": "Face to face",
        "video": "By video call",
        "email": "By e-mail",
        "letter": "By letter",
    }
)

RESULT = MappingProxyType(
    {
        "agreed": "Both sides agreed",
        "partly": "The sides agreed on some of it",
        "not_agreed": "The sides still see it differently",
        "not_held": "They could not speak",
        "done": "Done",
        "needed": "It is needed",
        "not_needed": "It is not needed",
    }
)

SPOKEN = frozenset({"discussion", "meeting", "consultation"})
"""The kinds of step in which people speak to each other."""


def result_words(kind: str, result: str) -> str:
    """What came of a step of this kind; of one in which nobody speaks, not that they could not."""
    if result == "not_held" and kind not in SPOKEN:
        return "It was not possible"
    return RESULT.get(result, result)


HEARD = MappingProxyType(
    {
        "in_person": "Heard in person",
        "in_writing": "Heard in writing",
        "declined": "Chose not to be heard",
    }
)

CHILD = MappingProxyType({"child": "Child", "unborn": "Unborn child", "adult": "Adult"})

STATUS = MappingProxyType(
    {
        "open": "Open",
        "closed": "Closed",
        "withdrawn": "Withdrawn",
        "left": "Left for another procedure",
    }
)

ENDING = MappingProxyType(
    {"agreed": "Both sides agreed the outcome", "decided": "Settled by the panel’s decision"}
)

CAUSE = MappingProxyType(
    {"named": "Found out", "handed_on": "Handed on", "reassigned": "Reassigned"}
)

TITLE = MappingProxyType(
    {
        e.ConcernRaised: "Concern raised",
        e.ImmediateRiskReported: "Immediate risk reported",
        e.LimitSet: "An earlier time was set for this child",
        e.SeatNamed: "Somebody was named",
        e.PartyRedirected: "Passed to another agency",
        e.OutcomeProposed: "Outcome written down",
        e.OutcomeConfirmed: "Outcome confirmed in writing",
        e.OutcomeDissented: "Outcome not agreed",
        e.ActionDone: "Agreed action carried out",
        e.PanelConvened: "Panel convened",
        e.RepresentationHeard: "The panel heard an agency",
        e.PanelDecided: "The panel decided",
        e.PolicyGapReported: "Gap in policies or procedures reported",
        e.EntryCorrected: "Entry corrected",
        e.CaseWithdrawn: "Concern withdrawn",
        e.CaseClosed: "Case closed",
        e.CaseReopened: "Case reopened",
        e.ApprovalAsked: "Approval asked for",
        e.ApprovalAnswered: "Approval answered",
        e.AnswerGiven: "Answer given to what was agreed",
        e.ExitTaken: "A way out of the policy was taken",
        e.EditionMoved: "Moved to another edition of the policy",
        e.LimitAgreed: "An agency agreed to a time",
        e.LimitPassed: "A time passed",
        e.BandSet: "Priority set",
        e.OutsideDateGiven: "A date was given",
        e.CalendarMoved: "Times worked out anew, by later bank holidays",
        e.InformationAsked: "Information asked for",
        e.InformationAcknowledged: "The question has come",
        e.InformationAnswered: "A question was answered",
        e.MeetingRequired: "A meeting was required",
        e.MeetingTimesProposed: "Times for the meeting put forward",
        e.MeetingTimesAnswered: "An agency said when it can come",
        e.MeetingArranged: "The meeting was arranged",
        e.MeetingAttended: "Who came to the meeting",
        e.MeetingCalledOff: "The meeting was called off",
        e.ExtensionProposed: "More time was asked for",
        e.ExtensionAnswered: "More time was answered",
        e.RemainingRiskStated: "Said whether the child is still at risk",
        e.RemainingRiskAnswered: "Said what will be done",
        e.RecordPlaced: "A record was placed",
        e.AdviceRecorded: "Advice was taken",
        e.PanelMet: "The panel met",
        e.LearningPointRecorded: "Something to learn from this case",
        e.LearningPointDone: "A learning point was seen to",
        e.LearningPointReferred: "A learning point was passed on",
        e.DebriefOffered: "Somebody was offered to talk it over",
        e.DebriefAnswered: "What became of the offer to talk it over",
        e.PersonKeptOut: "Somebody is kept from this case",
        e.PersonLetBack: "Somebody may see this case again",
        e.CaseRestricted: "The case was restricted",
        e.RestrictionLifted: "The restriction was lifted",
        e.NoteKept: "A note of one agency",
        e.NoteShared: "A note was shared",
        e.ProtectedDetailKept: "A protected detail was written down",
        e.ProtectedDetailOpened: "Who may see a protected detail has changed",
    }
)

YES_NO = MappingProxyType({"yes": "Yes", "no": "No", "not_yet": "Not yet", "none": "There is none"})

CHECKED = MappingProxyType({"yes": "Yes", "no": "No", "not_needed": "Not needed here"})

BAND = MappingProxyType({"informal": "An informal stage", "formal": "A formal stage"})

PART = MappingProxyType({"came": "Came", "apologies": "Sent apologies", "absent": "Did not come"})
