"""Where each act on a case has its page, and which act of `access` it needs. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from counterpart.engine import events as e

BEHALF = "record_on_behalf"


@dataclass(frozen=True, slots=True)
class Address:
    """The page of an act: its name in the URLs, the act it needs, and whether it has a target.

    `has_behalf`: there is a second page for writing it down for somebody who telephoned.
    """

    name: str
    act: str
    has_target: bool = False
    has_behalf: bool = False

    def href(self, reference: str, target: str = "", *, behalf: bool = False) -> str:
        """The path of the page for one case."""
        kwargs = {"reference": reference}
        if self.has_target:
            kwargs["target"] = target
        name = f"{self.name}_behalf" if behalf else self.name
        return reverse(f"cases:{name}", kwargs=kwargs)


ADDRESSES = MappingProxyType(
    {
        e.StepRecorded: Address("step", "record", has_target=True, has_behalf=True),
        e.OutcomeProposed: Address("outcome", "resolve", has_behalf=True),
        e.OutcomeConfirmed: Address("answer", "confirm", has_behalf=True),
        e.MovedOn: Address("move", "escalate", has_target=True, has_behalf=True),
        e.PanelConvened: Address("panel", "convene_panel", has_target=True),
        e.RepresentationHeard: Address("heard", "hear"),
        e.PanelDecided: Address("decision", "decide", has_target=True),
        e.LimitSet: Address("limit", "set_limit", has_target=True),
        e.ImmediateRiskReported: Address("risk", "tell"),
        e.PartyRedirected: Address("redirect", "redirect"),
        e.SeatNamed: Address("who", "record"),
        e.ActionDone: Address("action", "record", has_target=True),
        e.PolicyGapReported: Address("gap", "tell"),
        e.EntryCorrected: Address("correct", "correct", has_target=True),
        e.CaseWithdrawn: Address("withdraw", "withdraw"),
        e.CaseReopened: Address("reopen", "reopen"),
    }
)
