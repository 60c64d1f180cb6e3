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

    title: Text
    of: SeatText


class ClosingSource(Cited):
    """What must be in writing before a case may close, and who confirms it."""

    outcome: Text
    write_clause: ClauseId
    write_limit: LimitSource = "not stated"
    confirm: Text
    confirmed_by: PartySeatText
    confirm_limit: LimitSource
    lead: LeadSource | None = None


class RecordSource(Cited):
    """What is to be written, when, on whose file, and with whom it is shared."""

    at: Literal["every stage", "the end"] | list[Name]
    what: Text
    kept_on: list[Literal["child", "each agency", "partnership"]] = Field(
        [], description="Whose records it is placed on: `child` is the child’s own file."
    )
    shared_with: list[ReaderText]
    force: ForceWord


class GapsSource(Cited):
    """To whom a gap in policies or procedures is brought."""

    tell: SeatText


class StandingSource(Cited):
    """A duty with no case."""

    id: Name
    what: Text
    owner: SeatText
    every: Literal["month", "quarter", "half-year", "year", "now and then", "not stated"]
    kind: Literal["report", "return", "audit", "review", "training", "terms", "other"] = "other"
    on: list[Text] = Field([], description="Events on which it falls due as well.")
    from_each: bool = Field(
        False, description="Whether every agency answers, with nil returns too."
    )


class ReviewSource(Cited):
    """When the policy itself is reviewed."""

    due: date | None = None
    every: Literal["year", "two years", "three years"] | None = None
    or_when: list[Text] = Field([], description="Events that bring a review forward.")
