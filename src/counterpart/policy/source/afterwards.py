"""The end of a case, what is written and shared, and what is done regularly with no case."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from counterpart.policy.source.limits import LimitSource
from counterpart.policy.source.written import (
    Cited,
    ClauseId,
    ForceWord,
    Name,
    PartySeatText,
    ReaderText,
    SeatText,
    Text,
)


class LeadSource(Cited):
    """The lead manager who sees the outcome through."""

    title: Text = Field(description="What they are called: `Lead manager`.")
    of: SeatText = Field(
        description="Whose place they hold: `each.senior` for somebody senior in any of the agencies."
    )


class ClosingSource(Cited):
    """What must be in writing before a case may close, and who confirms it."""

    outcome: Text = Field(
        description="What is written down, as an instruction: `Write down what was agreed`."
    )
    write_clause: ClauseId = Field(description="The clause that asks for it to be written.")
    write_limit: LimitSource = Field("not stated", description="How long writing it may take.")
    confirm: Text = Field(
        description="What the agencies then do, as an instruction: `Confirm the outcome in writing`."
    )
    confirmed_by: PartySeatText = Field(
        description="Who confirms: `each` for every agency in the disagreement."
    )
    confirm_limit: LimitSource = Field(
        description="How long confirming may take, from when the text was put to them."
    )
    lead: LeadSource | None = Field(
        None, description="Who sees the outcome through, where the policy asks for somebody."
    )
    open_actions: Literal["allowed", "forbidden"] = Field(
        "allowed",
        description=(
            "Whether the case may close while an agreed action is still to be done. Where it is "
            "`forbidden`, the case closes when the last one is."
        ),
    )


class RecordSource(Cited):
    """What is to be written, when, on whose file, and with whom it is shared."""

    at: Literal["every stage", "the end"] | list[Name] = Field(
        description="`every stage`, `the end`, or a list of stages."
    )
    what: Text = Field(description="What is written down: `What was done and what was decided`.")
    kept_on: list[Literal["child", "each agency", "partnership"]] = Field(
        [], description="Whose records it is placed on: `child` is the child’s own file."
    )
    shared_with: list[ReaderText] = Field(
        description="Who gets it; `raiser` is the person who raised the concern. May be empty."
    )
    force: ForceWord = Field(description="`must`, `should` or `may`.")
    by: SeatText | None = Field(
        None,
        description=(
            "Who places it on those records, where that is not whoever speaks for each agency at the stage."
        ),
    )
    limit: LimitSource = Field(
        "not stated",
        description="How long placing it may take, from when the stage is left or the case has ended.",
    )


class ExtendingSource(Cited):
    """Whether the agencies may agree, in one case, to more time than the policy gives."""

    allowed: bool = Field(description="Whether they may. They may where the text says nothing.")


class StillAtRiskSource(Cited):
    """Whom the person who raised the concern tells that the child is still at risk, once it is settled."""

    tells: list[SeatText] = Field(min_length=1, description="Who is told, at once.")
    by: SeatText | None = Field(
        None, description="Who says what will be done, if not the first who is told."
    )
    limit: LimitSource = Field(
        "not stated", description="How long they have to say what will be done: `1 working day`."
    )


class GapsSource(Cited):
    """To whom a gap in policies or procedures is brought."""

    tell: SeatText = Field(description="Who is told when somebody reports a gap.")


class StandingSource(Cited):
    """A duty with no case."""

    id: Name = Field(description="Its own id.")
    what: Text = Field(description="What is done: `A yearly report to the Board`.")
    owner: SeatText = Field(description="Whose duty it is.")
    every: Literal["month", "quarter", "half-year", "year", "now and then", "not stated"] = Field(
        description="How often; `not stated` where the text does not say."
    )
    kind: Literal["report", "return", "audit", "review", "training", "terms", "other"] = Field(
        "other", description="What kind of duty it is."
    )
    on: list[Text] = Field([], description="Events on which it falls due as well.")
    from_each: bool = Field(
        False, description="Whether every agency answers, with nil returns too."
    )


class ReviewSource(Cited):
    """When the policy itself is reviewed."""

    due: date | None = Field(None, description="The day it is due: `2027-12-31`.")
    every: Literal["year", "two years", "three years"] | None = Field(
        None, description="How often it is reviewed."
    )
    or_when: list[Text] = Field([], description="Events that bring a review forward.")
