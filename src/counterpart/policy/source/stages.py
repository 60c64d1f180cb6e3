"""Stages, the steps taken at them, and the ways on from one to another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from counterpart.policy.source.limits import LimitSource, Timed
from counterpart.policy.source.written import (
    Cited,
    ForceWord,
    Name,
    OtherSeatText,
    SeatText,
    Text,
    Trigger,
    Written,
)

StepKind = Literal[
    "consultation",
    "discussion",
    "meeting",
    "letter",
    "notice",
    "referral",
    "decision",
    "review",
    "consideration",
]


class PointSource(Written):
    """A point that a letter must make, with what is offered to whoever writes it, for them to change."""

    text: Text = Field(description="What must be in it: `What has happened so far`.")
    begins_with: Literal["concern", "record"] = Field(
        description=(
            "What its box holds to begin with: the `concern`, as it was raised, or the `record`: "
            "the stages it came to, and what was done."
        )
    )


class StepSource(Timed):
    """Something done and written down."""

    id: Name = Field(description="Its own id; triggers name it: `done first-talk`.")
    what: Text = Field(description="What to do, as an instruction: `Speak to the other worker`.")
    purpose: str = Field("", description="What it is for, or what must be said.")
    kind: StepKind = Field(
        description="What kind of step it is. A `letter` may have `to`, `marked` and `says`. "
        "A `consideration` ends with whether something is needed, and why."
    )
    by: SeatText = Field(description="Who does it.")
    counterpart: OtherSeatText | None = Field(
        None, alias="with", description="With whom, or who is told."
    )
    settles: bool = Field(False, description="Whether the two sides can settle the matter here.")
    satisfies: SeatText | None = Field(
        None, description="Who must say that what was agreed satisfies them, before it is settled."
    )
    to: str = Field("", description="For a letter: the address it goes to.")
    marked: str = Field("", description="For a letter: for whose attention it is marked.")
    says: list[Text | PointSource] = Field([], description="What must be in it, point by point.")
    required_by: Literal["parties", "statutory"] | None = Field(
        None,
        description=(
            "For a meeting that may be required: by `parties`, each agency in the disagreement, or "
            "by `statutory`, any statutory agency of the partnership as well."
        ),
    )
    arranged_by: SeatText | None = Field(
        None,
        description="Who arranges a meeting that was required, if not the agency that requires it.",
    )
    starts: list[Trigger] | None = Field(None, description="What starts it, if not the stage.")
    stops: list[Trigger] | None = Field(None, description="What ends it, if not its being done.")


class AnyOf(Written):
    """One of these is enough."""

    any_of: list[str] = Field(
        alias="any", min_length=2, description="Conditions, of which one is enough."
    )


class Passed(Written):
    """So much time has passed since something happened."""

    passed: str = Field(description="How long: `10 working days`.")
    since: Trigger = Field(description="Since when: `opened managers`.")


ConditionSource = str | AnyOf | Passed


class NamedCondition(Cited):
    """Something that whoever moves the case on says is so."""

    id: Name = Field(description="Its own id; `when` names it.")
    title: Text = Field(description="What is so: `The child is still at risk of harm`.")
    keeps_own_agency_out: bool = Field(
        False,
        description="Whoever says so does not feel safe in their own agency: from then on nobody else of it "
        "speaks for it in the case, hears of it or sees it.",
    )


class Moving(Timed):
    """What every way to another stage has."""

    id: Name = Field(description="Its own id.")
    title: Text = Field(description="What to do, as an instruction: `Refer it to the managers`.")
    by: SeatText = Field(description="Who may take it, and owes it where it is owed.")
    after: list[Name] = Field([], description="Steps that must have been tried first.")
    when: list[ConditionSource] = Field(
        [],
        description=(
            "What must hold, all of it: `unresolved`, the id of one of `conditions`, `missed X`, "
            "`refused WAY`, `{any: […]}`, or `{passed: 10 working days, since: opened X}`."
        ),
    )
    approval: SeatText | None = Field(None, description="Who must approve it first.")


class WaySource(Moving):
    """A way on from the stage it is written in."""

    to: Name = Field(description="The stage it leads to; an earlier one, or its own, is allowed.")
    force: ForceWord = Field(
        "should", description="`must`, `should` (a guide), or `may` (offered and never owed)."
    )
    tracks: list[Name] = Field([], description="The tracks that have it; none means every one.")


class JumpSource(Moving):
    """A way to a stage from any other, with who may take it; the reason is always written down."""

    to: list[Name] = Field(min_length=1, description="The stages it may lead to.")
    from_stages: list[Name] = Field(
        [], alias="from", description="From which stages; none means from every one."
    )
    limit: LimitSource = Field(
        "not stated", description="How long it may take, where there is a time."
    )
    force: ForceWord = Field(
        "may", description="`must`, `should` (a guide), or `may` (offered and never owed)."
    )


class SpeaksSource(Written):
    """By which role each side speaks while the case is at a stage."""

    raising: Name = Field(
        description="The role that speaks for the agency that raised the concern."
    )
    receiving: Name = Field(description="The role that speaks for the other agency.")


class StageSource(Cited):
    """A named part of the way: who speaks for each side, what they do, and where it goes on."""

    id: Name = Field(description="Its own id; triggers name it: `opened managers`.")
    number: str = Field("", description="Its number on the page, as text: `Two`.")
    title: Text = Field(description="What it is called: `Manager to manager`.")
    band: Literal["informal", "formal"] | None = Field(None, description="How formal it is.")
    inside: Literal["raising"] | None = Field(
        None, description="`raising` where it happens within the agency that raised the concern."
    )
    speaks: SpeaksSource = Field(description="By which role each side speaks here.")
    tells: list[OtherSeatText] = Field([], description="Who is told when a case comes here.")
    steps: list[StepSource] = Field([], description="What is done here.")
    ways_on: list[WaySource] = Field([], description="Where it may go on to.")
    panel: Name | None = Field(None, description="The panel that sits at this stage.")


class StepsSource(Cited):
    """Steps that stand beside the stages."""

    steps: list[StepSource] = Field(min_length=1, description="The steps.")


class TrackSource(Cited):
    """An order of stages for one kind of disagreement. Tracks may share stages."""

    id: Name = Field(description="Its own id.")
    title: str = Field("", description="What people choose it by, where there are several.")
    when: str = Field("", description="For which disagreements it is, in a sentence.")
    grounds: list[Name] = Field([], description="The grounds it is for; none means any.")
    challenged: list[str] = Field(
        [], description="The kinds of agency challenged that it is for; none means any."
    )
    opened_by: list[Name] = Field([], description="The roles that may open it; none means any.")
    stages: list[Name] = Field(
        min_length=1, description="Its stages, in order; the first is where it begins."
    )
