"""A case while its events are being folded: changed in place, then frozen once.

The fold is the hottest path of the house, and this is what makes it cheap. It knows how clocks
start, stop and resume, and how a case comes to a stage and ends; what each event means is
`fold`'s. Nothing here is ever seen by anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date, datetime
from types import MappingProxyType

from counterpart.engine import events as e
from counterpart.engine.between import NOTHING
from counterpart.engine.endings import NO_ENDINGS
from counterpart.engine.keeping import OPEN
from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Recorded
from counterpart.engine.state import (
    CaseState,
    MissedKey,
    Offer,
    OutcomeText,
    PanelState,
    PastSeat,
    Running,
    Visit,
)
from counterpart.policy.model import RECORD, REPORT, Clock, Policy

NO_AGENCY: tuple[Id | None, ...] = (None,)


class Draft:
    """A case while it is being folded. Only `fold` makes one."""

    __slots__ = (
        "actions_done", "answers", "approvals", "awaiting", "band", "barred", "between", "calendars", "clocks",
        "dates", "decided_at", "done", "edition", "ended_at", "ending", "endings", "entry", "exits",
        "first_here", "gap_at", "heard", "is_settled", "keeping", "latest", "letters", "limits", "missed",
        "missed_here", "offers", "others", "outcome", "panel", "past_seats", "policy", "raised", "raised_at",
        "raised_by", "raiser", "raising", "receiving", "results", "running", "said", "seats", "stage",
        "status", "supporter", "texts", "urgent_by", "urgent_since", "visits",
    )  # fmt: skip

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.entry: Recorded
        self.raised: e.ConcernRaised | None = None
        self.raised_by: Id
        self.raised_at: datetime
        self.raiser: Id | None = None
        self.raising: Id
        self.status: str = "open"
        self.ending: Code | None = None
        self.ended_at: datetime | None = None
        self.stage: Code = Code("")
        self.receiving: tuple[e.Party, ...] = ()
        self.others: tuple[Id, ...] = ()
        self.urgent_since: datetime | None = None
        self.urgent_by: Id | None = None
        self.supporter: Id | None = None
        self.seats: dict[tuple[Id, str], Id | None] = {}
        self.past_seats: list[PastSeat] = []
        self.visits: list[Visit] = []
        self.first_here = 0  # where the clocks of the present visit begin
        self.results: dict[tuple[str, Id], str] = {}
        self.letters: dict[Id, datetime] = {}
        self.latest: dict[Id, str] = {}  # what came of the last talk with each agency, this visit
        self.done: set[str] = set()
        self.is_settled = False
        self.clocks: list[Running] = []
        # where in `clocks` those stand that have not stopped, by clock and agency
        self.running: dict[str, dict[Id | None, int]] = {}
        self.limits: dict[str, datetime] = {}
        self.outcome: OutcomeText | None = None
        self.texts = 0
        self.answers: dict[Id, str] = {}
        self.actions_done: set[Id] = set()
        self.panel: PanelState | None = None
        self.heard: set[Id] = set()
        self.decided_at: datetime | None = None
        self.gap_at: datetime | None = None
        self.edition: Code
        self.band: Code | None = None
        self.dates: dict[str, date] = {}
        self.offers: dict[str, Offer] = {}
        self.approvals: dict[str, str] = {}
        self.awaiting: set[str] = set()
        self.missed: set[MissedKey] = set()
        self.missed_here: set[str] = set()
        self.barred: set[str] = set()
        self.exits: list[str] = []
        self.said: dict[str, datetime] = {}
        self.calendars: list[tuple[str, datetime]] = []
        self.keeping = OPEN
        self.between = NOTHING
        self.endings = NO_ENDINGS

    def is_with(self, receiving: Iterable[e.Party]) -> None:
        """Who the other side is."""
        self.receiving = tuple(receiving)
        self.others = tuple(party.agency for party in self.receiving)

    # --- seats ---------------------------------------------------------------------------------

    def seat(self, body: Id, role: str, post: Id | None) -> None:
        """Put a post in a role's place; the one that was there is remembered."""
        self.leave_seat(body, role, unless=post)
        self.seats[body, role] = post

    def leave_seat(self, body: Id, role: str, *, unless: Id | None = None) -> None:
        """Whoever was in this place no longer is, `unless` it is the same post again."""
        was = self.seats.pop((body, role), None)
        if was is not None and was != unless:
            side = "raising" if body == self.raising else "receiving"
            self.past_seats.append(PastSeat(was, side, self.entry.happened_at))

    def support(self, post: Id | None) -> None:
        """Name the supporter; the one before is remembered."""
        if self.supporter is not None and self.supporter != post:
            self.past_seats.append(PastSeat(self.supporter, "supporter", self.entry.happened_at))
        self.supporter = post

    # --- clocks --------------------------------------------------------------------------------

    def say(
        self, trigger: str, agencies: tuple[Id, ...] | None = None, at: datetime | None = None
    ) -> None:
        """Something a policy can name has happened: stop clocks, then resume and start them.

        `agencies` narrows it to the duties towards, or of, those agencies; a duty that is about
        no agency is always meant. `at` is when, if not when the entry happened.
        """
        hearing = self.policy.hearing.get(trigger)
        if hearing is None:
            return
        if hearing.is_watched:
            self.said[trigger] = at or self.entry.happened_at
        if not hearing.stops.isdisjoint(self.running):
            self.stop(hearing.stops, agencies)
        for clock in hearing.resumes:
            self.resume(clock)
        for clock in hearing.starts:
            self.start(clock, agencies, at)

    def stop(self, names: Container[str], agencies: tuple[Id, ...] | None = None) -> None:
        """Stop the running clocks of these names, towards these agencies if it is narrowed."""
        at, clocks = self.entry.happened_at, self.clocks
        for name in [name for name in self.running if name in names]:
            group = self.running[name]
            for agency in list(group):
                if agencies is None or agency is None or agency in agencies:
                    i = group.pop(agency)
                    c = clocks[i]
                    clocks[i] = Running(name, c.opened_by, c.started_at, agency,
                                        max(at, c.started_at))  # fmt: skip
            if not group:
                del self.running[name]

    def stop_all_but(self, is_kept: Callable[[Clock], bool]) -> None:
        """Stop every running clock that is not to be kept."""
        clocks = self.policy.clocks
        self.stop({name for name in self.running if not is_kept(clocks[name])})

    def start(
        self, clock: Clock, agencies: tuple[Id, ...] | None = None, at: datetime | None = None
    ) -> None:
        """Start a clock that belongs here and is not running already.

        A time set for the child was set for the clock that ran then: a new start is without it.
        """
        name = clock.id
        group = self.running.get(name)
        if (group is not None and not clock.per_agency) or not self.belongs(clock):
            return
        if group is None:
            group = self.running[name] = {}
            self.limits.pop(name, None)
        for agency in self.agencies_for(clock) if clock.per_agency else NO_AGENCY:
            if agency not in group and (agencies is None or agency is None or agency in agencies):
                group[agency] = len(self.clocks)
                started_at = at or self.entry.happened_at
                self.clocks.append(Running(name, self.entry.id, started_at, agency))
        if not group:
            del self.running[name]

    def resume(self, clock: Clock) -> None:
        """Let a clock go on that was stopped too soon, from when it first started.

        Moving on is owed from then even if it was not before: the sides had agreed at once.
        """
        if not self.belongs(clock):
            return
        first = self.first_here if clock.stage else 0
        for agency in self.agencies_for(clock) if clock.per_agency else NO_AGENCY:
            for i in range(len(self.clocks) - 1, first - 1, -1):
                c = self.clocks[i]
                if c.clock == clock.id and c.agency == agency:
                    if c.stopped_at is not None:
                        self.running.setdefault(c.clock, {})[agency] = i
                        self.clocks[i] = Running(c.clock, c.opened_by, c.started_at, agency)
                    break
        if clock.way is not None:
            self.start(clock)

    def hand_over(self, old: Id, new: Id) -> None:
        """What is owed towards one agency is owed towards another in its place."""
        for group in self.running.values():
            if old in group:
                i = group[new] = group.pop(old)
                self.clocks[i] = self.clocks[i]._replace(agency=new)

    def belongs(self, clock: Clock) -> bool:
        """Whether a clock may run at the present stage."""
        if clock.stage is not None:
            return clock.stage == self.stage
        return not clock.over or self.stage in clock.over

    def agencies_for(self, clock: Clock) -> tuple[Id, ...]:
        """The agencies of a clock that is one for each of them."""
        return (self.raising, *self.others) if clock.owner.side == "each" else self.others

    # --- where the case is, and whether the sides agree ---------------------------------------

    def leave(self, at: datetime) -> None:
        v = self.visits[-1]
        self.visits[-1] = Visit(v.stage, v.opened_by, v.opened_at, max(at, v.opened_at))

    def come_to(self, stage: str) -> None:
        """Open a stage, with nothing done at it yet. Visits follow one another in time."""
        at = self.entry.happened_at
        if self.visits:
            at = max(at, self.visits[-1].left_at or at)
        self.stage = Code(stage)
        self.visits.append(Visit(stage, self.entry.id, at))
        self.first_here = len(self.clocks)
        self.results, self.latest = {}, {}
        if self.done:
            self.done -= {step.id for step in self.policy.stages[stage].steps}
        if self.approvals or self.awaiting or self.missed_here or self.barred:
            self.approvals, self.awaiting = {}, set()
            self.missed_here, self.barred = set(), set()

    def unsettle(self) -> None:
        if self.is_settled:
            self.is_settled = False
            self.say("unsettled")

    # --- the end --------------------------------------------------------------------------------

    def end(self, status: str, ending: str | None) -> None:
        self.status = status
        self.ending = Code(ending) if ending else None
        self.ended_at = self.entry.written_at
        self.leave(self.entry.written_at)
        self.say("exited" if status == "left" else status)
        self.stop_all_but(lambda clock: clock.is_afterwards or clock.act in (RECORD, REPORT))

    def frozen(self, record: Sequence[Recorded]) -> CaseState:
        raised = self.raised
        if raised is None:
            raise ValueError("a case begins with a concern raised")
        return CaseState(
            reference=raised.reference,
            partnership=raised.partnership,
            policy=raised.policy,
            edition=self.edition,
            track=raised.track,
            status=self.status,  # type: ignore[arg-type]  # only `end` and `reopened` set it
            ending=self.ending,
            stage=self.stage,
            raised_by=self.raised_by,
            raised_at=self.raised_at,
            ended_at=self.ended_at,
            raiser=self.raiser,
            raising=raised.raising,
            receiving=self.receiving,
            children=raised.children,
            grounds=raised.grounds,
            urgent_since=self.urgent_since,
            urgent_by=self.urgent_by,
            supporter=self.supporter,
            seats=MappingProxyType(self.seats),
            past_seats=tuple(self.past_seats),
            visits=tuple(self.visits),
            results=MappingProxyType(self.results),
            done=frozenset(self.done),
            is_settled=self.is_settled,
            clocks=tuple(self.clocks),
            limits=MappingProxyType(self.limits),
            outcome=self.outcome_text(),
            texts=self.texts,
            actions_done=frozenset(self.actions_done),
            panel=self.panel_state(),
            gap_at=self.gap_at,
            band=self.band,
            dates=MappingProxyType(self.dates),
            offers=MappingProxyType(self.offers),
            approvals=MappingProxyType(self.approvals),
            awaiting=frozenset(self.awaiting),
            missed=frozenset(self.missed),
            missed_here=frozenset(self.missed_here),
            barred=frozenset(self.barred),
            exits=tuple(self.exits),
            said=MappingProxyType(self.said),
            calendars=tuple(self.calendars),
            letters=MappingProxyType(self.letters),
            keeping=self.keeping,
            between=self.between,
            endings=self.endings,
            acted=MappingProxyType(
                {(r.actor.post, r.actor.capacity): r.written_at for r in record if r.actor.post}
            ),
            entries=frozenset(entry.id for entry in record),
            last_at=record[-1].written_at,
            version=record[-1].version,
        )

    def outcome_text(self) -> OutcomeText | None:
        """The present text with who has answered it."""
        o = self.outcome
        if o is None:
            return None
        answers = MappingProxyType(self.answers)
        return OutcomeText(
            o.number, o.basis, o.proposed_by, o.proposed_at, o.actions, answers, o.lead
        )

    def panel_state(self) -> PanelState | None:
        """The panel with whom it has heard, and whether it has decided."""
        p = self.panel
        if p is None:
            return None
        heard = frozenset(self.heard)
        return PanelState(p.panel, p.members, p.meets_at, p.convened_by, p.convened_at, heard,
                          self.decided_at, p.papers_at)  # fmt: skip
