"""A whole policy file, key by key."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from counterpart.policy.source.afterwards import (
    ClosingSource,
    GapsSource,
    RecordSource,
    ReviewSource,
    StandingSource,
)
from counterpart.policy.source.around import (
    CheckSource,
    ClockSource,
    ExitSource,
    GroundsSource,
    InvokedSource,
    UrgentSource,
)
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

    id: ClauseId
    title: Text
    quote: Text = Field(description="A few words of the policy's own text that find the clause.")


class ReadingSource(Written):
    """A meaning that was chosen where the text leaves one open."""

    id: Name
    clause: ClauseId
    question: Text = Field(description="What the text leaves open.")
    reading: Text = Field(description="The meaning chosen.")
    why: Text


class SilenceSource(Cited):
    """Something the policy does not say, or says in a text that is not held here."""

    about: Text = Field(description="What is not said: `How long the managers have`.")
    why: Text = Field(description="`Source not held`, or that the text is silent.")


class LeftOutSource(Written):
    """A rule of the text this one extends, that does not hold here."""

    rule: Text = Field(description="Its kind and id: `stages panel`, `standing yearly-report`.")
    why: Text
    clause: ClauseId | None = None


class LayerSource(Written):
    """A text this one was laid over. Written by `bundle`, not by an author."""

    id: Name
    title: Text
    edition: Text
    published_by: Text


class RelatedSource(Cited):
    """Another procedure this policy works with or sends people to."""

    id: Name
    title: Text
    where: str = Field("", description="Where it is found.")


class PolicySource(Written):
    """A whole policy file."""

    format: Literal[1] = Field(description="The version of this language: `1`.")
    id: Name
    title: Text
    area: Text
    published_by: Text
    edition: Text
    in_force_from: date | None = None
    calendar: Nation | list[Nation] = Field(
        description="Whose bank holidays are no working days; a list where several nations work together."
    )
    counting: CountingSource = CountingSource()
    clause: ClauseId = Field(description="The clause the head of the policy comes from.")
    review: ReviewSource | None = None
    layers: list[LayerSource] = []
    leaves_out: list[LeftOutSource] = []
    clauses: list[ClauseSource] = Field(min_length=1)
    readings: list[ReadingSource] = []
    not_stated: list[SilenceSource] = []
    principles: list[TextSource] = []
    related: list[RelatedSource] = []
    contacts: list[ContactSource] = []
    about: list[Literal["child", "unborn child", "adult"]] = Field(
        ["child", "unborn child", "adult"], description="Whom a concern may be about."
    )
    roles: list[RoleSource] = Field(min_length=1)
    opposite_numbers: list[OppositeSource] = []
    outsiders: list[OutsiderSource] = []
    grounds: GroundsSource
    before_raising: list[CheckSource] = []
    meanwhile: list[TextSource] = []
    support: TextSource | None = None
    invoked: InvokedSource | None = None
    urgent: UrgentSource | None = None
    exits: list[ExitSource] = []
    services: list[ServiceSource] = []
    bands: BandsSource | None = None
    dates: list[DateSource] = []
    conditions: list[NamedCondition] = []
    tracks: list[TrackSource] = []
    stages: list[StageSource] = Field(min_length=1)
    jumps: list[JumpSource] = []
    any_stage: StepsSource | None = None
    afterwards: StepsSource | None = None
    panels: list[PanelSource] = []
    clocks: list[ClockSource] = []
    closing: ClosingSource
    records: list[RecordSource] = []
    gaps: GapsSource | None = None
    standing: list[StandingSource] = []
