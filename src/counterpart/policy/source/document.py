"""A whole policy file, key by key."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from counterpart.policy.source.afterwards import (
    ClosingSource,
    ExtendingSource,
    GapsSource,
    RecordSource,
    ReviewSource,
    StandingSource,
    StillAtRiskSource,
)
from counterpart.policy.source.around import (
    CheckSource,
    ClockSource,
    ExitSource,
    GroundsSource,
    InvokedSource,
    UrgentSource,
)
from counterpart.policy.source.ladder import RungSource
from counterpart.policy.source.limits import (
    BandsSource,
    CountingSource,
    DateSource,
    ServiceSource,
)
from counterpart.policy.source.panels import PanelSource
from counterpart.policy.source.people import (
    ContactSource,
    OppositeSource,
    OutsiderSource,
    RoleSource,
)
from counterpart.policy.source.stages import (
    JumpSource,
    NamedCondition,
    StageSource,
    StepsSource,
    TrackSource,
)
from counterpart.policy.source.written import Cited, ClauseId, Name, Text, TextSource, Written

Nation = Literal["england-and-wales", "scotland", "northern-ireland"]


class ClauseSource(Written):
    """A clause of the policy’s own text."""

    id: ClauseId = Field(description="Its number in the text, or a word for it: `2.3`.")
    title: Text = Field(description="What it is about, in a few words.")
    quote: Text = Field(description="A few words of the policy's own text that find the clause.")


class ReadingSource(Written):
    """A meaning that was chosen where the text leaves one open."""

    id: Name = Field(description="Its own id; rules cite it in `reading`.")
    clause: ClauseId = Field(description="The clause that leaves it open.")
    question: Text = Field(description="What the text leaves open.")
    reading: Text = Field(description="The meaning chosen.")
    why: Text = Field(description="Why this meaning was chosen.")


class SilenceSource(Cited):
    """Something the policy does not say, or says in a text that is not held here."""

    about: Text = Field(description="What is not said: `How long the managers have`.")
    why: Text = Field(description="`Source not held`, or that the text is silent.")


class LeftOutSource(Written):
    """A rule of the text this one extends, that does not hold here."""

    rule: Text = Field(description="Its kind and id: `stages panel`, `standing yearly-report`.")
    why: Text = Field(description="Why it does not hold here.")
    clause: ClauseId | None = Field(
        None, description="The clause of this text that says so, if one does."
    )


class LayerSource(Written):
    """A text this one was laid over. Written by `bundle`, not by an author."""

    id: Name = Field(description="The id of that text.")
    title: Text = Field(description="Its title.")
    edition: Text = Field(description="Its edition.")
    published_by: Text = Field(description="Who published it.")
    clauses: list[ClauseId] = Field([], description="The clauses that are its own.")


class RelatedSource(Cited):
    """Another procedure this policy works with or sends people to."""

    id: Name = Field(description="Its own id.")
    title: Text = Field(description="What it is called.")
    where: str = Field("", description="Where it is found.")


class PolicySource(Written):
    """A whole policy file."""

    format: Literal[1] = Field(description="The version of this language: `1`.")
    id: Name = Field(description="A short name for the policy, which its editions share: `brent`.")
    title: Text = Field(description="The title on the cover.")
    area: Text = Field(description="The area it is for.")
    published_by: Text = Field(description="Who published it.")
    edition: Text = Field(description="The edition as printed: `Version 2`.")
    in_force_from: date | None = Field(
        None, description="The day it came into force: `2014-12-03`."
    )
    calendar: Nation | list[Nation] = Field(
        description="Whose bank holidays are no working days; a list where several nations work together."
    )
    counting: CountingSource = Field(
        CountingSource(), description="How days are counted in all its limits."
    )
    clause: ClauseId = Field(description="The clause the head of the policy comes from.")
    review: ReviewSource | None = Field(None, description="When the policy itself is reviewed.")
    layers: list[LayerSource] = Field(
        [],
        description="The texts this was laid over. Filled in by `bundle`; an author writes `extends`.",
    )
    leaves_out: list[LeftOutSource] = Field(
        [], description="Rules of the text it extends that do not hold here."
    )
    clauses: list[ClauseSource] = Field(
        min_length=1, description="The clauses of the text that anything here comes from."
    )
    readings: list[ReadingSource] = Field(
        [], description="The meanings that were chosen where the text leaves one open."
    )
    not_stated: list[SilenceSource] = Field(
        [], description="What the text does not say and somebody will look for."
    )
    principles: list[TextSource] = Field([], description="Sentences that stand above the rules.")
    related: list[RelatedSource] = Field([], description="Other texts it works with or speaks of.")
    contacts: list[ContactSource] = Field([], description="Addresses it gives.")
    about: list[Literal["child", "unborn child", "adult"]] = Field(
        ["child", "unborn child", "adult"], description="Whom a concern may be about."
    )
    roles: list[RoleSource] = Field(
        min_length=1, description="Everybody it speaks of who has a duty or speaks for an agency."
    )
    opposite_numbers: list[OppositeSource] = Field(
        [], description="Its table of whom to ask, profession by profession."
    )
    outsiders: list[OutsiderSource] = Field(
        [], description="People who are told or heard and use no account."
    )
    grounds: GroundsSource = Field(
        description="What a disagreement may be about, and whether it may be about more."
    )
    before_raising: list[CheckSource] = Field(
        [], description="What to check before a concern is raised."
    )
    meanwhile: list[TextSource] = Field([], description="What holds while a case goes on.")
    support: TextSource | None = Field(
        None, description="What help there is for the person who raises it."
    )
    invoked: InvokedSource | None = Field(
        None, description="From when the policy counts as invoked."
    )
    urgent: UrgentSource | None = Field(
        None, description="What is done when a child is at risk of immediate harm."
    )
    exits: list[ExitSource] = Field([], description="Ways out of this policy, or beside it.")
    services: list[ServiceSource] = Field(
        [], description="Services whose opening hours a limit may count."
    )
    bands: BandsSource | None = Field(None, description="Bands of priority.")
    dates: list[DateSource] = Field([], description="Dates from outside that a limit may start at.")
    conditions: list[NamedCondition] = Field(
        [], description="What somebody may say is so when moving a case on."
    )
    tracks: list[TrackSource] = Field(
        [],
        description="Which stages a disagreement goes through; one through all of them, if none is given.",
    )
    stages: list[StageSource] = Field(min_length=1, description="The stages, in order.")
    jumps: list[JumpSource] = Field([], description="Ways straight to a stage, from any other.")
    any_stage: StepsSource | None = Field(None, description="Steps that may be taken at any stage.")
    afterwards: StepsSource | None = Field(
        None, description="Steps that are taken once a case has ended."
    )
    panels: list[PanelSource] = Field([], description="Bodies that hear both sides.")
    clocks: list[ClockSource] = Field([], description="Limits that no single step has.")
    ladder: list[RungSource] = Field(
        [], description="Who is reminded of a duty, and who is told when it is not done in time."
    )
    closing: ClosingSource = Field(description="How an outcome is written down and confirmed.")
    records: list[RecordSource] = Field([], description="What is written, when, and who gets it.")
    extending: ExtendingSource | None = Field(
        None, description="Whether more time may be agreed, where the text says something of it."
    )
    still_at_risk: StillAtRiskSource | None = Field(
        None,
        description="Who is told where a child is still believed to be at risk once it is settled.",
    )
    gaps: GapsSource | None = Field(None, description="To whom a gap in policies is brought.")
    standing: list[StandingSource] = Field([], description="What is done regularly, with no case.")
