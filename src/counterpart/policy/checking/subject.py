"""A policy as the rules of the checker look at it: with what leads where, and who speaks.

Worked out once for each check. It judges nothing: that is for the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from counterpart.policy import triggers
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    WRITE_OUTCOME,
    Clock,
    Policy,
    Seat,
    Stage,
    Step,
    Track,
    WayOn,
)

_SETTLING = frozenset({"settled", "panel decided"})
_MADE_OF_CLOCKS = frozenset({"hearing", "placing", "placing_at_end"})


@dataclass(frozen=True)
class Subject:
    """A policy, and the day on which it is looked at."""

    policy: Policy
    today: date

    @cached_property
    def records(self) -> tuple[Any, ...]:
        """Every record the policy is made of, itself first."""
        return tuple(_records(self.policy))

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The stages a case can come to: where a track begins, and all that leads on from there."""
        return self.closure(track.first for track in self.policy.tracks.values())

    @cached_property
    def after(self) -> Mapping[str, frozenset[str]]:
        """For each stage, those a case can come to once it has left it."""
        return {
            stage: self.closure(way.to_stage for way in self.leaving[stage])
            for stage in self.policy.stages
        }

    @cached_property
    def leaving(self) -> Mapping[str, tuple[WayOn, ...]]:
        """The ways that leave each stage, jumps with them."""
        found: dict[str, list[WayOn]] = {stage: [] for stage in self.policy.stages}
        for way in self.policy.ways_on.values():
            for stage in found if way.is_jump else (way.from_stage,):
                if way.leaves(stage):
                    found[stage].append(way)
        return {stage: tuple(ways) for stage, ways in found.items()}

    def closure(self, stages: Iterable[str], track: Track | None = None) -> frozenset[str]:
        """The stages that can be come to from these, with these. On a `track`, by its ways alone."""
        found: set[str] = set()
        todo = list(stages)
        while todo:
            stage = todo.pop()
            if stage in found:
                continue
            found.add(stage)
            todo += [
                way.to_stage
                for way in self.leaving[stage]
                if track is None or not way.tracks or track.id in way.tracks
            ]
        return frozenset(found)

    @cached_property
    def in_order(self) -> tuple[Clock, ...]:
        """The duties as a reader meets them: stage by stage, what is done and then the ways on."""
        places = {stage: i for i, stage in enumerate(self.policy.stages)}
        ends = (WRITE_OUTCOME, CONFIRM_OUTCOME)

        def place(clock: Clock) -> tuple[int, bool]:
            if clock.stage is not None:
                return places[clock.stage], clock.way is not None
            return len(places) if clock.is_afterwards or clock.id in ends else -1, False

        return tuple(sorted(self.policy.clocks.values(), key=place))

    @property
    def stages(self) -> Iterator[Stage]:
        """The stages a case can come to, in the order of the policy."""
        return (st for st in self.policy.stages.values() if st.id in self.reachable)

    def owed(self, stage: str) -> Iterator[Clock]:
        """The duties that somebody may come to owe at a stage."""
        return (
            clock
            for clock in (*self._at.get(stage, ()), *self._over)
            if clock.force != "may" and clock.starts
            if clock.stage == stage or stage in clock.over
        )

    @cached_property
    def _at(self) -> Mapping[str, tuple[Clock, ...]]:
        found: dict[str, list[Clock]] = {stage: [] for stage in self.policy.stages}
        for clock in self.policy.clocks.values():
            if clock.stage is not None:
                found[clock.stage].append(clock)
        return {stage: tuple(clocks) for stage, clocks in found.items()}

    @cached_property
    def _over(self) -> tuple[Clock, ...]:
        """The duties of no one stage, step or way."""
        return tuple(
            clock
            for clock in self.policy.clocks.values()
            if clock.stage is None and clock.step is None and clock.way is None
        )

    def caps(self, stage: str) -> Iterator[Clock]:
        """The limits by which the matter is settled or has left a stage, wherever they begin."""
        for clock in self.policy.clocks.values():
            is_own = clock.stage is None and clock.step is None and clock.way is None
            here = stage in clock.over if clock.over else bool(stage)
            ends = _SETTLING | {triggers.left(stage)}
            is_cap = ends & {*clock.stops} if clock.stops else clock.over
            if is_own and here and clock.force != "may" and is_cap:
                yield clock

    def bounds(self, clock: Clock) -> Iterator[Clock]:
        """Other limits that a duty has to keep: those over its stage, and those it ends."""
        yield from self.caps(clock.stage or "")
        done = triggers.done(clock.step) if clock.step else ""
        for other in self._stopped_by.get(done, ()):
            if other.id != clock.id and other.force != "may":
                yield other

    @cached_property
    def _stopped_by(self) -> Mapping[str, tuple[Clock, ...]]:
        found: dict[str, list[Clock]] = {}
        for clock in self.policy.clocks.values():
            for stop in clock.stops:
                found.setdefault(stop, []).append(clock)
        return {stop: tuple(clocks) for stop, clocks in found.items()}

    @cached_property
    def says(self) -> str:
        """Who says it, or rather does not: a text of which a part is not held may say more."""
        is_whole = not any("not held" in silence.why.lower() for silence in self.policy.silences)
        return "The policy" if is_whole else "What is held of this policy"

    def roles(self, seat: Seat, stage: str | None) -> frozenset[str]:
        """The roles a seat may mean: its own, or whoever speaks for its side there."""
        if seat.role is not None:
            return frozenset() if seat.side == "outside" else frozenset({seat.role})
        where = [self.policy.stages[stage]] if stage else list(self.stages)
        sides = ("raising", "receiving") if seat.side == "each" else (seat.side,)
        return frozenset(st.speaks[side] for st in where for side in sides if side in st.speaks)


def steps_of(policy: Policy, stage: str) -> tuple[Step, ...]:
    """The steps of a stage that the sides can settle the matter at."""
    return tuple(step for step in policy.stages[stage].steps if step.settles)


def _records(node: object) -> Iterator[Any]:
    if is_dataclass(node) and not isinstance(node, type):
        yield node
        for field in fields(node):
            if field.name not in _MADE_OF_CLOCKS:
                yield from _records(getattr(node, field.name))
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _records(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from _records(value)
