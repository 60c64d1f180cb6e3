"""Panels: who convenes them, who sits, whom they hear, and what their decision means."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from counterpart.policy.source.limits import LimitSource
from counterpart.policy.source.written import Cited, ClauseId, Name, SeatText, Text

Authority = Literal["binding", "recommendation", "mediation", "arbitration", "not stated"]


class MembersSource(Cited):
    """Who must sit on a panel."""

    at_least_agencies: int = Field(ge=1, le=50, description="How many agencies at the least.")
    parties: Literal["required", "where possible", "excluded", "not stated"] = Field(
        description="Whether the agencies in the disagreement sit on it."
    )
    drawn_from: Name | None = Field(None, description="The role the members have.")
    drawn: Literal["in turn", "by lot"] | None = Field(None, description="How they are chosen.")
    independent_chair: bool = Field(
        False, description="Whether the chair must be from outside the disagreement."
    )
    declare: bool = Field(False, description="Whether members declare a conflict of interest.")


class ReportSource(Cited):
    """A report of a panel’s work. Whoever convened the panel owes it, once the panel has decided."""

    what: Text = Field(description="What it reports.")
    to: SeatText = Field(description="Who gets the report.")
    limit: LimitSource = Field("not stated", description="How long it may take, from the decision.")


class PanelSource(Cited):
    """A body that hears both sides, and what its decision means."""

    id: Name = Field(description="Its own id; a stage names it in `panel`.")
    title: Text = Field(description="What it is called: `Resolution panel`.")
    convened_by: SeatText = Field(description="Who calls it together.")
    chaired_by: SeatText | None = Field(None, description="Who chairs it, where the policy says.")
    convene_limit: LimitSource = Field(
        description="How long that may take, from when the case comes to its stage."
    )
    decide_limit: LimitSource = Field(
        description="How long it has to decide, from when it was convened."
    )
    members: MembersSource | Literal["not stated"] = Field(
        description="Who sits on it, or `not stated`."
    )
    hears: SeatText = Field(description="Whom it hears: `each`, usually.")
    evidence: str = Field("", description="What else it looks at.")
    authority: Authority = Field(description="What its decision means.")
    must_decide: bool = Field(False, description="Whether it may not leave the matter open.")
    decision_clause: ClauseId = Field(description="The clause that says what its decision means.")
    report: ReportSource | None = Field(None, description="A report of its work, if it makes one.")
