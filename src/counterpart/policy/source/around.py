"""What stands beside the stages: urgency, exits, the policy's own clocks, and what holds meanwhile."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from counterpart.policy.source.limits import LimitSource, Timed
from counterpart.policy.source.stages import StepSource
from counterpart.policy.source.written import (
    Cited,
    ForceWord,
    Name,
    SeatText,
    Text,
    Trigger,
    Written,
)

ExitKind = Literal[
    "emergency", "referral", "allegation", "whistleblowing", "complaint", "procedure",
    "arbiter", "note", "other",
]  # fmt: skip


class UrgentSource(Cited):
    """What goes on beside the stages when a child is at risk of immediate harm."""

    when: Text = Field(
        description="When it is for, in a sentence: `A child is at risk of immediate harm`."
    )
    steps: list[StepSource] = Field([], description="What is done at once, beside the stages.")
    tells: list[SeatText] = Field([], description="Who Counterpart tells at once.")
    limits: dict[Name, LimitSource] = Field(
        {}, description="A second timetable: for these steps, ways on and clocks, a shorter limit."
    )


class ExitSource(Cited):
    """A way out of this policy, to something else."""

    id: Name = Field(description="Its own id.")
    title: Text = Field(
        description="What to do, as an instruction: `Use the complaints procedure`."
    )
    kind: ExitKind = Field(
        description="What kind of way out it is. `note` only puts a dissent on the record."
    )
    when: Text = Field(description="When it is the right way, in a sentence.")
    where: Text = Field(description="Where it leads: a service, a procedure, a page.")
    stage: str = Field("", description="The named stage of another procedure, if it names one.")
    from_stages: list[Name] = Field([], alias="from", description="From which stages; none: any.")
    ends: bool = Field(False, description="Whether the case ends here when it is taken.")
    meanwhile: str = Field(
        "", description="What becomes of the case meanwhile: `The escalation goes on beside it`."
    )


class ClockSource(Timed):
    """A limit that no single step has: over a range of stages, or on an event."""

    id: Name = Field(description="Its own id; also what `missed` and `urgent.limits` call it.")
    what: Text = Field(
        description="What is to be done in the time: `Settle it through discussion`."
    )
    owner: SeatText = Field(description="Whose duty it is.")
    over: list[Name] = Field([], description="The range of stages one limit covers in all.")
    starts: list[Trigger] = Field(min_length=1, description="What starts it: any one of these.")
    stops: list[Trigger] = Field([], description="What ends it: any one of these.")
    resumes: list[Trigger] = Field([], description="What lets it go on after it was ended.")
    force: ForceWord = Field(
        description="`must`, `should` (a guide), or `may` (offered and never owed)."
    )


class GroundSource(Written):
    """Something a disagreement may be about."""

    id: Name = Field(description="Its own id.")
    title: Text = Field(description="What it is about: `Thresholds`.")
    hint: str = Field("", description="A few more words, for somebody who is not sure.")


class GroundsSource(Cited):
    """What a disagreement may be about."""

    open: bool = Field(description="Whether a ground that is not listed may be raised.")
    items: list[GroundSource] = Field(alias="list", description="The grounds that the text lists.")


class CheckSource(Cited):
    """Something to check before a concern is raised."""

    id: Name = Field(description="Its own id.")
    text: Text = Field(description="The question or reminder: `Have you written the referral?`")


class InvokedSource(Cited):
    """From when the policy counts as invoked; what is recorded before is kept all the same."""

    at: Trigger = Field(description="The trigger: `opened other-worker`.")
