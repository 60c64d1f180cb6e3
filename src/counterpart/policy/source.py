"""The shape of a policy file as its author writes it.

Strict models: an unknown key, a wrong type or a missing value is a problem, never a guess.
`loading` reads a file into these, `linking` resolves them into `model.Policy`. The JSON Schema
and the reference documentation come from here, so each `description` is written for an author.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
SeatText = Annotated[
    str,
    StringConstraints(pattern=r"^(raising|receiving|each|partnership)(\.[a-z][a-z0-9-]*)?$"),
]
PartySeatText = Annotated[
    str, StringConstraints(pattern=r"^(raising|receiving|each)(\.[a-z][a-z0-9-]*)?$")
]
ReaderText = Annotated[
    str,
    StringConstraints(
        pattern=r"^(raiser|(raising|receiving|each|partnership)(\.[a-z][a-z0-9-]*)?)$"
    ),
]
ForceWord = Literal["must", "should", "may"]


class Written(BaseModel):
    """Anything written in a policy file: strict, closed, and not changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Cited(Written):
    """A rule that cites its clause and, where a meaning was chosen, the reading."""

    clause: ClauseId = Field(description="The clause of the policy this comes from.")
    reading: Name | None = Field(None, description="The reading that says what meaning was chosen.")
    also_read: list[Name] = Field([], description="Further readings this rule rests on.")


class ClauseSource(Written):
    id: ClauseId
    title: Text
    quote: Text = Field(description="A few words of the policy's own text that find the clause.")


class ReadingSource(Written):
    id: Name
    clause: ClauseId
    question: Text = Field(description="What the text leaves open.")
    reading: Text = Field(description="The meaning chosen.")
    why: Text


class ReviewSource(Cited):
    due: date


class PrincipleSource(Cited):
    text: Text


class RoleSource(Cited):
    id: Name
    title: Text
    at: Literal["agency", "partnership"]
    tiers: list[str] = Field(
        min_length=1, description="Tiers of the directory that fill it; the first that has a post."
    )


class GroundSource(Written):
    id: Name
    title: Text
    hint: str = ""


class GroundsSource(Cited):
    open: bool = Field(description="Whether a ground that is not listed may be raised.")
    items: list[GroundSource] = Field(alias="list")


class ShorterOf(Written):
    """The shortest of several limits; `protects the child` lets a person set a shorter one."""

    shorter_of: list[str] = Field(min_length=2)


LimitSource = str | ShorterOf


class StepSource(Cited):
    id: Name
    what: Text
    purpose: str = ""
    kind: Literal["consultation", "discussion", "meeting", "letter", "notice"]
    by: SeatText
    counterpart: SeatText | None = Field(None, alias="with")
    settles: bool = Field(False, description="Whether the two sides can settle the matter here.")
    limit: LimitSource = Field(description="How long, or `not stated`.")
    force: ForceWord = "must"
    starts: list[str] | None = None
    stops: list[str] | None = None


class WaySource(Cited):
    id: Name
    to: Name
    title: Text
    by: SeatText
    after: list[Name] = Field([], description="Steps that must have been tried first.")
    when: list[Literal["unresolved"]] = Field(
        [], description="What must hold, all of it: the matter is still open between the sides."
    )
    limit: LimitSource
    force: ForceWord = "should"


class SpeaksSource(Written):
    """By which role each side speaks while the case is at a stage."""

    raising: Name
    receiving: Name


class StageSource(Cited):
    id: Name
    number: str = ""
    title: Text
    inside: Literal["raising"] | None = None
    speaks: SpeaksSource
    steps: list[StepSource] = []
    ways_on: list[WaySource] = []
    panel: Name | None = None


class MembersSource(Cited):
    at_least_agencies: int = Field(ge=1, le=50)
    parties: Literal["required", "where possible", "excluded", "not stated"]
    drawn_from: Name | None = None
    independent_chair: bool = False


class PanelSource(Cited):
    id: Name
    title: Text
    convened_by: SeatText
    convene_limit: LimitSource
    decide_limit: LimitSource
    members: MembersSource
    hears: SeatText
    authority: Literal["binding", "recommendation", "mediation", "arbitration"]
    decision_clause: ClauseId


class ClockSource(Cited):
    id: Name
    what: Text
    owner: SeatText
    over: list[Name] = Field([], description="The range of stages one limit covers in all.")
    starts: list[str] = Field(min_length=1)
    stops: list[str] = []
    resumes: list[str] = []
    limit: LimitSource
    force: ForceWord


class UrgentSource(Cited):
    when: Text
    steps: list[StepSource] = []
    tells: list[SeatText] = Field([], description="Who Counterpart tells at once.")


class ClosingSource(Cited):
    outcome: Text
    write_clause: ClauseId
    confirm: Text
    confirmed_by: PartySeatText
    confirm_limit: LimitSource


class RecordSource(Cited):
    at: Literal["every stage"]
    what: Text
    shared_with: list[ReaderText]
    force: ForceWord


class GapsSource(Cited):
    tell: SeatText


class StandingSource(Cited):
    id: Name
    what: Text
    owner: SeatText
    every: Literal["quarter", "year"]


class TrackSource(Cited):
    id: Name
    stages: list[Name] = Field(min_length=1)


class PolicySource(Written):
    """A whole policy file."""

    format: Literal[1]
    id: Name
    title: Text
    area: Text
    published_by: Text
    edition: Text
    in_force_from: date | None = None
    calendar: Literal["england-and-wales", "scotland", "northern-ireland"]
    clause: ClauseId
    review: ReviewSource | None = None
    clauses: list[ClauseSource] = Field(min_length=1)
    readings: list[ReadingSource] = []
    principles: list[PrincipleSource] = []
    roles: list[RoleSource] = Field(min_length=1)
    grounds: GroundsSource
    support: PrincipleSource | None = None
    urgent: UrgentSource | None = None
    tracks: list[TrackSource] = []
    stages: list[StageSource] = Field(min_length=1)
    panels: list[PanelSource] = []
    clocks: list[ClockSource] = []
    closing: ClosingSource
    records: list[RecordSource] = []
    gaps: GapsSource | None = None
    standing: list[StandingSource] = []
