"""A case played through the engine as an installation would, with a made-up directory.

A `Rehearsal` proposes events to `decide`, keeps what is accepted, and folds. It adds no rule of
its own: what it says is what an installation with this policy would say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.deciding import decide, next_number
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty, duties, owner, place
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import Notice, notices
from counterpart.engine.passing import passed
from counterpart.engine.registry import Actor, Recorded
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat
from counterpart.worktime import Calendar

A_MOMENT = timedelta(seconds=1)
CLOCK = Actor(person=None, post=None, agency=None, capacity=Code("clock"))
"""Who acts when nobody does: a time has passed."""


class Rehearsal:
    """A case being played: its record so far, and the moment it has come to."""

    def __init__(
        self,
        policy: Policy,
        concern: e.ConcernRaised,
        *,
        at: datetime,
        by: Actor,
        directory: Directory,
        calendar: Calendar,
    ) -> None:
        """Begin with a concern, which must be one that the policy lets somebody raise."""
        self.policy = policy
        self.directory = directory
        self.calendar = calendar
        self.now = at
        self.record: list[Recorded] = []
        self.newest: tuple[Recorded, ...] = ()
        self._folded: tuple[int, CaseState] | None = None
        self._starts: list[int] = []  # where in the record each act begins
        self._line: int | None = None
        self._append([concern], at, by)

    @property
    def state(self) -> CaseState:
        """What is true of the case now; folded once for as long as nothing more happens."""
        if self._folded is None or self._folded[0] != len(self.record):
            self._folded = len(self.record), fold(self.policy, self.record)
        return self._folded[1]

    def propose(
        self,
        event: Any,
        *,
        now: datetime,
        by: Actor,
        happened_at: datetime | None = None,
        more: Sequence[Any] = (),
    ) -> Refusal | None:
        """Propose an event at a moment; it is kept if it is accepted, else the case stays as it was.

        `happened_at` is earlier than `now` where something is written down afterwards. `more` are
        events that are written in the same act.
        """
        at = now if happened_at is None else happened_at
        answer = decide(
            self.policy,
            self.state,
            event,
            happened_at=at,
            now=now,
            calendar=self.calendar,
            more=more,
        )
        if isinstance(answer, Refusal):
            return answer
        self.now = now
        self._append((answer[0], *more, *answer[1:]), at, by)
        return None

    def wait_until(self, at: datetime) -> None:
        """Whatever follows of itself from a time that passes before then happens, in order."""
        while found := passed(self.policy, self.state, now=at, calendar=self.calendar):
            moment = found[0].due_at + A_MOMENT
            refusal = self.propose(found[0], now=max(moment, self.now), by=CLOCK)
            if refusal:
                raise RuntimeError(f"a time that passed was not taken: {refusal.words}")

    # --- what may be proposed -----------------------------------------------------------------

    def move(self, way: str, **fields: Any) -> e.MovedOn:
        """The move by a way on, or a jump, that the policy has. A jump is from where the case is."""
        w = self.policy.ways_on[way]
        here = self.state.stage if w.is_jump else Code(w.from_stage)
        return e.MovedOn(way=Code(way), from_stage=here, to_stage=Code(w.to_stage), **fields)

    def outcome(
        self, *actions: e.Action, basis: str = "agreement", lead: Id | None = None
    ) -> e.OutcomeProposed:
        """The next text of the outcome."""
        return e.OutcomeProposed(
            number=next_number(self.state), basis=Code(basis), actions=tuple(actions), lead=lead
        )

    def confirmation(self, agency: str, number: int | None = None) -> e.OutcomeConfirmed:
        """One agency's confirmation of the present text, or of another."""
        return e.OutcomeConfirmed(number=number or self.state.texts, agency=Id(agency))

    # --- what is true now ----------------------------------------------------------------------

    def duties(self, directory: Directory | None = None) -> tuple[Duty, ...]:
        """Every duty open now."""
        return duties(self.policy, self.state, directory or self.directory, self.calendar)

    def told(self) -> tuple[Notice, ...]:
        """The notices owed for the newest act, or for all since `begin_line`."""
        since = len(self.record) - len(self.newest) if self._line is None else self._line
        starts = [start for start in self._starts if start >= since]
        ends = [*starts[1:], len(self.record)] if starts else []  # an act may have been refused
        return tuple(n for s, end in zip(starts, ends, strict=True) for n in self._owed(s, end))

    def begin_line(self) -> None:
        """What happens from here on is one line of a story, whatever it brings with it."""
        self._line = len(self.record)

    def _owed(self, start: int, end: int) -> tuple[Notice, ...]:
        """The notices for the entries that one act appended."""
        earlier, state = self.record[:start], fold(self.policy, self.record[:end])
        before = self._duties_after(fold(self.policy, earlier)) if earlier else ()
        after, new = self._duties_after(state), self.record[start:end]
        return notices(self.policy, state, new, before, after, self.directory)

    def _duties_after(self, state: CaseState) -> tuple[Duty, ...]:
        return duties(self.policy, state, self.directory, self.calendar)

    def actor(self, seat: Seat, about: Id | None = None) -> Actor:
        """Whoever has this seat of the case now, as the one who acts."""
        state = self.state
        side = Seat("raising", seat.role) if seat.side in ("each", "raiser") else seat
        body, role = place(self.policy, state, side, about)
        return self.actor_at(body, role)

    def actor_at(self, body: str, role: str) -> Actor:
        """Whoever fills a role of the policy in an agency, or in the partnership."""
        post, _ = owner(self.policy, self.state, self.directory, Id(body), role)
        record = self.directory.post(post) if post else None
        holders = record.holders if record else ()
        return Actor(
            person=holders[0].person if holders else None,
            post=post,
            agency=None if body == self.state.partnership else Id(body),
            capacity=Code("party"),
        )

    def _append(self, events: Sequence[Any], happened_at: datetime, actor: Actor) -> None:
        made = [
            Recorded(
                id=Id(f"entry-{len(self.record) + i + 1}"),
                stream="case",
                version=len(self.record) + i + 1,
                happened_at=happened_at if i == 0 else self.now,
                written_at=self.now,
                actor=actor,
                event=event,
            )
            for i, event in enumerate(events)
        ]
        self._starts.append(len(self.record))
        self.record += made
        self.newest = tuple(made)
