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
    "consultation", "discussion", "meeting", "letter", "notice", "referral", "decision", "review"
]


class StepSource(Timed):
    """Something done and written down."""

    id: Name
    what: Text = Field(description="What to do, as an instruction: `Speak to the other worker`.")
    purpose: str = Field("", description="What it is for, or what must be said.")
    kind: StepKind
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
    says: list[Text] = Field([], description="What must be in it, point by point.")
    starts: list[Trigger] | None = Field(None, description="What starts it, if not the stage.")
    stops: list[Trigger] | None = Field(None, description="What ends it, if not its being done.")


class AnyOf(Written):
    """One of these is enough."""

    any_of: list[str] = Field(alias="any", min_length=2)


class Passed(Written):
    """So much time has passed since something happened."""

    passed: str = Field(description="How long: `10 working days`.")
    since: Trigger = Field(description="Since when: `opened managers`.")


ConditionSource = str | AnyOf | Passed


class NamedCondition(Cited):
    """Something that whoever moves the case on says is so."""

    id: Name
    title: Text = Field(description="What is so: `The child is still at risk of harm`.")


class Moving(Timed):
    """What every way to another stage has."""

    id: Name
    title: Text
    by: SeatText
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
    force: ForceWord = "should"
    tracks: list[Name] = Field([], description="The tracks that have it; none means every one.")


class JumpSource(Moving):
    """A way to a stage from any other, with who may take it; the reason is always written down."""

    to: list[Name] = Field(min_length=1, description="The stages it may lead to.")
    from_stages: list[Name] = Field(
        [], alias="from", description="From which stages; none means from every one."
    )
    limit: LimitSource = "not stated"
    force: ForceWord = "may"


class SpeaksSource(Written):
    """By which role each side speaks while the case is at a stage."""

    raising: Name
    receiving: Name


class StageSource(Cited):
    """A named part of the way: who speaks for each side, what they do, and where it goes on."""

    id: Name
    number: str = Field("", description="Its number on the page, as text: `Two`.")
    title: Text
    band: Literal["informal", "formal"] | None = Field(None, description="How formal it is.")
    inside: Literal["raising"] | None = Field(
        None, description="`raising` where it happens within the agency that raised the concern."
    )
    speaks: SpeaksSource
    tells: list[OtherSeatText] = Field([], description="Who is told when a case comes here.")
    steps: list[StepSource] = []
    ways_on: list[WaySource] = []
    panel: Name | None = Field(None, description="The panel that sits at this stage.")


class StepsSource(Cited):
    """Steps that stand beside the stages."""

    steps: list[StepSource] = Field(min_length=1)


class TrackSource(Cited):
    """An order of stages for one kind of disagreement. Tracks may share stages."""

    id: Name
    title: str = Field("", description="What people choose it by, where there are several.")
    when: str = Field("", description="For which disagreements it is, in a sentence.")
    grounds: list[Name] = Field([], description="The grounds it is for; none means any.")
    challenged: list[str] = Field(
        [], description="The kinds of agency challenged that it is for; none means any."
    )
    opened_by: list[Name] = Field([], description="The roles that may open it; none means any.")
    stages: list[Name] = Field(min_length=1)
