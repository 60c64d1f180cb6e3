"""What is true of a case now: the frozen result of folding its events under its policy.

Everything here is a fact or follows from facts. There are no words, no deadlines and no names:
deadlines and owners are worked out from this by `duties`, when somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from counterpart.engine.between import NOTHING, Between, RunningKey
from counterpart.engine.endings import NO_ENDINGS, Endings
from counterpart.engine.events import Action, Child, Member, Party
from counterpart.engine.keeping import Keeping
from counterpart.engine.kinds import Code, Id

Status = Literal["open", "closed", "withdrawn", "left"]
"""`left`: the case ended by the last of its `exits`, for another procedure."""

SeatKey = tuple[Id, str]
"""(agency or partnership, role of the policy)."""


class Running(NamedTuple):
    """A clock that has started, and if it has stopped, when.

    Its identity is (`opened_by`, `clock`, `agency`): the event that started it, the clock of
    the policy and, for a duty towards or of each agency, which agency.
    """

    clock: str
    opened_by: Id
    started_at: datetime
    agency: Id | None = None
    stopped_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def duty_id(self) -> str:
        """The id of its duty: the same however often it is worked out."""
        about = f":{self.agency}" if self.agency else ""
        return f"{self.opened_by}:{self.clock}{about}"

    @property
    def key(self) -> RunningKey:
        return self.clock, self.opened_by, self.agency


@dataclass(frozen=True, slots=True)
class Visit:
    """A time the case spent at a stage."""

    stage: str
    opened_by: Id
    opened_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastSeat:
    """A post that once spoke for a side, or supported somebody, and no longer does.

    `side` is `raising`, `receiving` or `supporter`. Having been a party is remembered: it bars
    a person from deciding.
    """

    post: Id
    side: str
    until_at: datetime


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """The present text of the outcome and who has answered it.

    `answers` maps an agency to `confirmed` or `dissented`. `lead` is the post that sees it through.
    """

    number: int
    basis: Code
    proposed_by: Id
    proposed_at: datetime
    actions: tuple[Action, ...]
    answers: Mapping[Id, str]
    lead: Id | None = None


@dataclass(frozen=True, slots=True)
class PanelState:
    """A panel that has been convened for this case.

    Its papers are the record at version `papers_at`; 0 where that was not written down.
    """

    panel: Code
    members: tuple[Member, ...]
    meets_at: datetime
    convened_by: Id
    convened_at: datetime
    heard: frozenset[Id]
    decided_at: datetime | None
    papers_at: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A time put to the sides for a clock whose limit they agree, and who has agreed to it."""

    due_at: datetime
    agreed: frozenset[Id]


MissedKey = RunningKey
"""Which duty's time passed and was put on the record."""


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as it stands. `version` is the stream's, to be expected at the next append.

    `approvals` maps a way on to `asked`, `given` or `refused` at this stage. `awaiting` are steps
    whose agreement waits for somebody to be satisfied. `missed_here` are the clocks whose time
    passed at this stage, `barred` the ways on that this closed. `said` holds when the triggers
    that the policy counts from were last said. `calendars` are the editions of the bank holidays
    the case has counted by, each with when it came into use, oldest first. `letters` are the posts
    that Counterpart sent a letter to, each with when it first did. `acted` maps a post, and the
    capacity somebody wrote in by it, to when they last did. `between` is what passes between
    the sides beside the policy's stages, `endings` what belongs to its end.
    """

    reference: Code
    partnership: Id
    policy: Code
    edition: Code
    track: Code
    status: Status
    ending: Code | None
    stage: Code
    raised_by: Id
    raised_at: datetime
    ended_at: datetime | None
    raiser: Id | None
    raising: Party
    receiving: tuple[Party, ...]
    children: tuple[Child, ...]
    grounds: tuple[Code, ...]
    urgent_since: datetime | None
    urgent_by: Id | None
    supporter: Id | None
    seats: Mapping[SeatKey, Id | None]
    past_seats: tuple[PastSeat, ...]
    visits: tuple[Visit, ...]
    results: Mapping[tuple[str, Id], str]
    done: frozenset[str]
    is_settled: bool
    clocks: tuple[Running, ...]
    limits: Mapping[str, datetime]
    outcome: OutcomeText | None
    texts: int
    actions_done: frozenset[Id]
    panel: PanelState | None
    gap_at: datetime | None
    band: Code | None
    dates: Mapping[str, date]
    offers: Mapping[str, Offer]
    approvals: Mapping[str, str]
    awaiting: frozenset[str]
    missed: frozenset[MissedKey]
    missed_here: frozenset[str]
    barred: frozenset[str]
    exits: tuple[str, ...]
    said: Mapping[str, datetime]
    calendars: tuple[tuple[str, datetime], ...]
    letters: Mapping[Id, datetime]
    keeping: Keeping
    acted: Mapping[tuple[Id, Code], datetime]
    entries: frozenset[Id]
    last_at: datetime
    version: int
    between: Between = NOTHING
    endings: Endings = NO_ENDINGS

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def parties(self) -> tuple[Id, ...]:
        """Every agency in the disagreement, the raising one first."""
        return (self.raising.agency, *(p.agency for p in self.receiving))

    @property
    def receiving_agencies(self) -> tuple[Id, ...]:
        return tuple(p.agency for p in self.receiving)

    def side_of(self, agency: Id) -> str | None:
        """`raising`, `receiving`, or None for an agency that is no party."""
        if agency == self.raising.agency:
            return "raising"
        return "receiving" if agency in self.receiving_agencies else None
