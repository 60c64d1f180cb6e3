"""The last lawful moments of one visit to a stage, if nobody settles it and nobody is late.

Everything is done at the last moment its limit allows; what no limit bounds stays open, and says
which rule leaves it so. A clock starts as in the fold: when its trigger is said while the case is
where the clock may run. See `worst_case` for what is taken for granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from counterpart.policy import triggers
from counterpart.policy.model import FINAL, Clock, LimitRule, Policy, Stage, Track, WayOn
from counterpart.policy.phrases import limit_words
from counterpart.rehearsal.longest_limits import gives_time, longest
from counterpart.rehearsal.waits import LeftOpen, Owed, When
from counterpart.worktime import (
    Calendar,
)

DECIDED = frozenset({"settled", "panel decided", "closed"})
"""What a clock waits for if it is over only once the matter is settled or decided."""

GIVES_A_TIME = frozenset({"set", "offer", "agree", "band"})


@dataclass(frozen=True)
class Journey:
    """What holds for every way on one track: the policy, its calendar, and how urgent it is.

    What follows from those alone is looked up once, however many starts are asked about.
    """

    policy: Policy
    track: Track
    calendar: Calendar
    is_urgent: bool = False

    @cached_property
    def ways(self) -> Mapping[str, tuple[WayOn, ...]]:
        """The ways out of each stage that are open on this track."""
        ways = [
            way
            for way in self.policy.ways_on.values()
            if not way.tracks or self.track.id in way.tracks
        ]
        return {
            stage: tuple(way for way in ways if way.leaves(stage)) for stage in self.policy.stages
        }

    @cached_property
    def by_ways(self) -> Mapping[str, frozenset[str]]:
        """For each stage, those that its ways lead to in the end, jumps left out."""
        found = {}
        for stage in self.policy.stages:
            reached: set[str] = set()
            todo = [stage]
            while todo:
                for way in self.ways[todo.pop()]:
                    if not way.is_jump and way.to_stage not in reached:
                        reached.add(way.to_stage)
                        todo.append(way.to_stage)
            found[stage] = frozenset(reached)
        return found

    @cached_property
    def owed(self) -> tuple[Clock, ...]:
        """The duties that may come to be owed, in the order of the policy.

        To give another its time is left out: what has no time until then is named itself.
        """
        return tuple(
            c
            for c in self.policy.clocks.values()
            if c.force != "may" and c.starts and c.act not in GIVES_A_TIME
        )

    @cached_property
    def own(self) -> tuple[Clock, ...]:
        """Those of them that belong to no one stage, step or way."""
        return tuple(
            c
            for c in self.owed
            if c.stage is None and c.step is None and c.way is None and not c.is_afterwards
        )

    @cached_property
    def moving(self) -> tuple[Clock, ...]:
        """Those of them that move the case on by themselves once missed."""
        return tuple(c for c in self.owed if c.if_missed and c.if_missed.then == "move")

    @cached_property
    def stopped_by(self) -> Mapping[str, tuple[Clock, ...]]:
        """Those of them that a trigger ends."""
        said = {stop for clock in self.owed for stop in clock.stops}
        return {stop: tuple(c for c in self.owed if stop in c.stops) for stop in said}

    @cached_property
    def at(self) -> Mapping[str, tuple[Clock, ...]]:
        """Those of them that may run at each stage and belong to it, or to a range it is in."""
        return {
            stage: tuple(c for c in self.owed if c.stage == stage or stage in c.over)
            for stage in self.policy.stages
        }


class LastMoments:
    """One visit. `running` has the last moments of the duties that run on from earlier stages."""

    def __init__(
        self,
        journey: Journey,
        stage: Stage,
        entered: When,
        running: Mapping[str, When],
        *,
        is_first: bool,
    ) -> None:
        self.journey, self.policy = journey, journey.policy
        self.stage, self.entered, self.is_first = stage, entered, is_first
        self.running = running
        self._dues: dict[str, When | None] = {}

    # --- duties -------------------------------------------------------------------------------

    def due(self, clock: Clock) -> When | None:
        """The last moment of a duty; None if it does not come to be owed here."""
        if clock.id in self.running:
            return self.running[clock.id]
        if clock.id not in self._dues:
            self._dues[clock.id] = None  # a duty that waits for itself is never owed
            self._dues[clock.id] = self._work_out(clock)
        return self._dues[clock.id]

    def _work_out(self, clock: Clock) -> When | None:
        here = clock.stage == self.stage.id if clock.stage else not clock.over
        if not (here or self.stage.id in clock.over):
            return None
        said = [self.said(trigger) for trigger in clock.starts]
        starts = earliest([when for when in said if when is not None])
        return self._after(clock, starts) if starts else None

    def _after(self, clock: Clock, starts: When) -> When:
        rule = clock.limit
        if self.journey.is_urgent and clock.urgent_limit is not None:
            rule = clock.urgent_limit
        why = why_open(clock, rule)
        if starts.at is None or why is not None:
            return When(None, (*starts.why, *([why] if why else [])))
        return When(longest(rule, starts.at, self.journey.calendar))

    def done(self, step: str) -> When:
        """The last moment by which a step is done."""
        clock = self.policy.clocks[step]
        dues = [self.due(clock)] if clock.force != "may" else []
        others = self.journey.stopped_by.get(triggers.done(step), ())
        dues += [self.due(other) for other in others if other.id != step]
        found = earliest([when for when in dues if when is not None])
        return found or When(None, (_open(clock, "nobody has to do it"),))

    def tried(self) -> When | None:
        """The last moment by which every step owed that can settle it was tried."""
        steps = [s.id for s in self.stage.steps if s.settles]
        owed = [s for s in steps if self.policy.clocks[s].force != "may"]
        return latest([self.done(step) for step in owed]) if owed else None

    # --- what is said -------------------------------------------------------------------------

    def said(self, trigger: str) -> When | None:
        """When a trigger is said during this visit, at the latest; None if it is not."""
        word, name = triggers.parts(trigger)
        if not name:
            return self._said_plainly(trigger)
        if word == "opened":
            return self.entered if name == self.stage.id else None
        if word == "tried":
            return self.tried() if name == self.stage.id else None
        if word in ("done", "not agreed"):
            is_here = self.policy.steps[name].stage == self.stage.id
            return self.done(name) if is_here else None
        if word == "missed":
            return self.due(self.policy.clocks[name])
        return self._said_by_people(word, name)

    def _said_plainly(self, trigger: str) -> When | None:
        match trigger:
            case "raised":
                return self.entered if self.is_first else None
            case "urgent":
                return self.entered if self.is_first and self.journey.is_urgent else None
            case "panel convened" | "panel heard":
                return self._panel("convene")
            case "panel decided":
                return self._panel("decide")
        return None

    def _said_by_people(self, word: str, name: str) -> When | None:
        if word == "date":
            date = self.policy.dates[name]
            why = "it counts from a date that comes from outside"
            return When(None, (LeftOpen(name, date.title, why, date.clause),))
        if word == "refused" and self.policy.ways_on[name].leaves(self.stage.id):
            return When(None, (self._approval(self.policy.ways_on[name]),))
        return None

    def _panel(self, word: str) -> When | None:
        if self.stage.panel is None:
            return None
        clock = self.policy.clocks[f"{word}-{self.stage.panel}"]
        dues = [self.due(clock)]
        if word == "convene":
            others = self.journey.stopped_by.get("panel convened", ())
            dues += [self.due(other) for other in others if other.id != clock.id]
        return earliest([when for when in dues if when is not None])

    # --- leaving ------------------------------------------------------------------------------

    def leaving(self) -> tuple[When, Clock | None]:
        """The last moment at which the case is still here, and the duty that makes it so."""
        found = [*self._by_ways(), *self.by_limits(), *self._by_talk(), *self._by_panel()]
        bounded = [(when, clock) for when, clock in found if when.at is not None]
        if bounded:
            return min(bounded, key=lambda pair: _known(pair[0]))
        why = tuple(dict.fromkeys(x for when, _ in found for x in when.why))
        nothing = LeftOpen(
            self.stage.id, self.stage.name, "nobody has to take it further", self.stage.clause
        )
        return When(None, why or (nothing,)), None

    def _by_ways(self) -> Iterable[tuple[When, Clock]]:
        """Each way on that is owed, and each by which the case moves of itself."""
        for way in self.journey.ways[self.stage.id]:
            clock = self.policy.clocks[f"way-{way.id}"]
            when = self.due(clock) if clock.force != "may" else None
            if when is not None and way.approval is not None:
                when = When(None, (*when.why, self._approval(way)))
            if when is not None:
                yield when, clock
        for clock in self.journey.moving:
            missed = clock.if_missed
            if missed is None or missed.way is None:
                continue
            leaves = self.policy.ways_on[missed.way].leaves(self.stage.id)
            when = self.due(clock) if leaves else None
            if when is not None:
                yield when, clock

    def by_limits(self) -> Iterable[tuple[When, Clock]]:
        """Limits over several stages, or the whole case, by which it is settled or has left."""
        for clock in self.journey.own:
            if not self._ends_by_leaving(clock):
                continue
            when = self.due(clock)
            if when is not None:
                yield when, clock

    def _ends_by_leaving(self, clock: Clock) -> bool:
        nexts = {triggers.opened(way.to_stage) for way in self.journey.ways[self.stage.id]}
        by_moving = nexts | {triggers.left(self.stage.id)}
        return not clock.stops or bool((DECIDED | by_moving) & set(clock.stops))

    def _by_talk(self) -> Iterable[tuple[When, Clock]]:
        """Where nothing has to follow, the talk is owed until it settles the matter."""
        clocks = [self.policy.clocks[step.id] for step in self.stage.steps if step.settles]
        until = [
            c
            for c in clocks
            if c.force != "may" and "settled" in c.stops and triggers.done(c.id) not in c.stops
        ]
        dues = [(self.done(clock.id), clock) for clock in until]
        if dues:
            last = latest([when for when, _ in dues])
            yield last, next((c for when, c in dues if when == last), until[-1])

    def _by_panel(self) -> Iterable[tuple[When, Clock]]:
        if self.stage.panel is None:
            return
        panel = self.policy.panels[self.stage.panel]
        clock = self.policy.clocks[f"decide-{panel.id}"]
        when = self._panel("decide")
        if when is None:
            return
        if panel.authority not in FINAL:
            why = "a side need not take its advice, and may then go on disagreeing"
            advice = LeftOpen(panel.id, panel.title, why, panel.decision_clause)
            when = When(None, (*when.why, advice))
        yield when, clock

    def _approval(self, way: WayOn) -> LeftOpen:
        why = "nothing says by when it is approved or refused"
        return LeftOpen(f"approve-{way.id}", way.title, why, way.clause)

    # --- telling ------------------------------------------------------------------------------

    def owed(self) -> tuple[Owed, ...]:
        """Every duty that comes to be owed here, in the order of the policy."""
        found = []
        for clock in self.journey.at[self.stage.id]:
            when = self.due(clock)
            if when is not None:
                found.append(tell(clock, when, is_urgent=self.journey.is_urgent))
        return tuple(found)

    def carried(self, to: str) -> dict[str, When]:
        """The duties that run on into the next stage, with their last moments."""
        found = {}
        for clock in self.journey.own:
            if not clock.over or to in clock.over:
                when = None if self._is_over(clock, to) else self.due(clock)
                if when is not None:
                    found[clock.id] = when
        return found

    def _is_over(self, clock: Clock, to: str) -> bool:
        """Whether what ends a duty has been said by the time the case is at the next stage."""
        leaving = {triggers.left(self.stage.id), triggers.opened(to)}
        return any(stop in leaving or self.said(stop) is not None for stop in clock.stops)


def tell(clock: Clock, when: When, *, is_urgent: bool) -> Owed:
    """A duty as it is told."""
    rule = clock.urgent_limit if is_urgent and clock.urgent_limit else clock.limit
    return Owed(
        clock.id, clock.what, limit_words(rule), when.at, clock.clause, clock.force == "should"
    )


def earliest(whens: list[When]) -> When | None:
    """The first of them; open only if all are. None of none."""
    known = [when for when in whens if when.at is not None]
    if known:
        return min(known, key=_known)
    return When(None, _whys(whens)) if whens else None


def latest(whens: list[When]) -> When:
    """The last of them; open if any is."""
    if any(when.at is None for when in whens):
        return When(None, _whys(whens))
    return max(whens, key=_known)


def _known(when: When) -> datetime:
    """Its moment. ValueError if it is open."""
    if when.at is None:
        raise ValueError("it has no last moment")
    return when.at


def _whys(whens: Iterable[When]) -> tuple[LeftOpen, ...]:
    return tuple(dict.fromkeys(why for when in whens for why in when.why))


def why_open(clock: Clock, rule: LimitRule) -> LeftOpen | None:
    """Why a limit gives no last moment; None if it gives one."""
    given = [*rule.by_band.values()] or list(rule.fixed)
    timed = [limit for limit in given if gives_time(limit)]
    if timed and (len(timed) == len(given) or not rule.by_band):
        return None
    if rule.by_band:
        return _open(clock, "a band of priority has no time")
    if rule.is_agreed:
        return _open(clock, "the sides agree its time, and no longest is given")
    if rule.set_by is not None or rule.protective:
        return _open(clock, "somebody sets its time, and no longest is given")
    return _open(clock, f"its time is {given[0]}" if given else "it has no time")


def _open(clock: Clock, why: str) -> LeftOpen:
    return LeftOpen(clock.id, clock.what, why, clock.clause)
