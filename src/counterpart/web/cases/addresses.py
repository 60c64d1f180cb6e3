"""Where each act on a case has its page, and which act of `access` it needs. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from counterpart.engine import events as e

BEHALF = "record_on_behalf"
TAKES_PART = "take_part"


@dataclass(frozen=True, slots=True)
class Address:
    """The page of an act: its name in the URLs, the act it needs, and whether it has a target.

    `has_behalf`: there is a second page for writing it down for somebody who telephoned.
    `is_by_seat`: whoever takes part finds the page; whose act it is, the policy says (see `whose`).
    `converter` reads the target out of a path: a duty's id has colons in it.
    """

    name: str
    act: str
    has_target: bool = False
    has_behalf: bool = False
    is_by_seat: bool = False
    converter: str = "slug"

    def href(self, reference: str, target: str = "", *, behalf: bool = False) -> str:
        """The path of the page for one case."""
        kwargs = {"reference": reference}
        if self.has_target:
            kwargs["target"] = target
        name = f"{self.name}_behalf" if behalf else self.name
        return reverse(f"cases:{name}", kwargs=kwargs)


def _seat(
    name: str, *, has_target: bool = False, has_behalf: bool = False, converter: str = "slug"
) -> Address:
    return Address(name, TAKES_PART, has_target, has_behalf, is_by_seat=True, converter=converter)


ADDRESSES = MappingProxyType(
    {
        e.StepRecorded: _seat("step", has_target=True, has_behalf=True),
        e.AnswerGiven: _seat("satisfied", has_target=True, has_behalf=True),
        e.OutcomeProposed: Address("outcome", "resolve", has_behalf=True),
        e.OutcomeConfirmed: Address("answer", "confirm", has_behalf=True),
        e.OutcomeDissented: Address("differ", "confirm"),
        e.ApprovalAsked: _seat("ask-approval", has_target=True, has_behalf=True),
        e.ApprovalAnswered: _seat("approve", has_target=True, has_behalf=True),
        e.MovedOn: _seat("move", has_target=True, has_behalf=True),
        e.PanelConvened: Address("panel", "convene_panel", has_target=True),
        e.RepresentationHeard: Address("heard", "hear"),
        e.PanelDecided: Address("decision", "decide", has_target=True),
        e.LimitSet: _seat("limit", has_target=True, has_behalf=True),
        e.LimitAgreed: _seat("agree-time", has_target=True, has_behalf=True),
        e.BandSet: _seat("priority", has_behalf=True),
        e.OutsideDateGiven: _seat("date", has_target=True, has_behalf=True),
        e.ExitTaken: _seat("other-way", has_target=True, has_behalf=True),
        e.ImmediateRiskReported: Address("risk", "tell"),
        e.PartyRedirected: Address("redirect", "redirect"),
        e.SeatNamed: Address("who", "record"),
        e.ActionDone: Address("action", "carry_out", has_target=True),
        e.PolicyGapReported: Address("gap", "tell"),
        e.EntryCorrected: Address("correct", "correct", has_target=True),
        e.CaseWithdrawn: Address("withdraw", "withdraw"),
        e.CaseReopened: Address("reopen", "reopen"),
        # the end of a case, and what comes after
        e.RecordPlaced: Address("placed", "place_record", has_target=True),
        e.AdviceRecorded: Address("advice", "take_advice"),
        e.PanelMet: Address("met", "hear"),
        e.LearningPointRecorded: Address("learning", "learn"),
        e.LearningPointDone: Address("learned", "see_to_learning", has_target=True),
        e.LearningPointReferred: Address("learning-passed-on", "see_to_learning", has_target=True),
        e.DebriefOffered: Address("debrief", "learn"),
        e.DebriefAnswered: Address("debriefed", "learn", has_target=True),
        # between the sides
        e.InformationAsked: _seat("ask", has_behalf=True),
        e.InformationAcknowledged: _seat("question", has_target=True, has_behalf=True),
        e.InformationAnswered: _seat("answer-question", has_target=True, has_behalf=True),
        e.MeetingRequired: _seat("require-meeting", has_target=True, has_behalf=True),
        e.MeetingTimesProposed: _seat("meeting-times", has_target=True, has_behalf=True),
        e.MeetingTimesAnswered: _seat("when-we-can-come", has_target=True, has_behalf=True),
        e.MeetingArranged: _seat("arrange-meeting", has_target=True, has_behalf=True),
        e.MeetingCalledOff: _seat("call-off-meeting", has_target=True, has_behalf=True),
        e.ExtensionProposed: _seat("more-time", has_target=True, has_behalf=True, converter="str"),
        e.ExtensionAnswered: _seat("answer-more-time", has_target=True, has_behalf=True),
        e.RemainingRiskStated: _seat("still-at-risk", has_target=True, has_behalf=True),
        e.RemainingRiskAnswered: _seat("what-will-be-done", has_target=True, has_behalf=True),
    }
)


def case_url(reference: str) -> str:
    """Where a case is."""
    return reverse("cases:case", kwargs={"reference": reference})
