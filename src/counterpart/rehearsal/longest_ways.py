"""Every path a disagreement can take that nobody settles, and how long each lawfully lasts.

A path goes on until a last stage, a decision that stands, or a stage it has been at before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from counterpart.policy.model import FINAL, Clock, Stage, WayOn
from counterpart.rehearsal.last_moments import Journey, LastMoments, tell
from counterpart.rehearsal.longest_limits import CannotBeComputed
from counterpart.rehearsal.waits import LeftOpen, Visit, When

Running = Mapping[str, When]
MOST_VISITS = 5_000
"""More visits to stages than this, and a policy is answered for as one that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way through. It lasts until `ends.at`, or `ends.why` says what leaves it open."""

    visits: tuple[Visit, ...]
    ends: When

    @property
    def known_until(self) -> datetime:
        """The last moment on it that can be told."""
        return max(t for v in self.visits for t in (v.entered_at, v.left_at) if t is not None)


def paths(journey: Journey, raised_at: datetime) -> Iterator[Path]:
    """Every path of one track, less those that only come sooner to where another has been."""
    first = journey.policy.stages[journey.track.first]
    yield from _Walk(journey).from_stage(first, When(raised_at), {}, ())


class _Walk:
    def __init__(self, journey: Journey) -> None:
        self.journey, self.policy = journey, journey.policy
        self.latest: dict[object, datetime | None] = {}
        self.visits = 0

    def from_stage(
        self, stage: Stage, entered: When, running: Running, before: tuple[Visit, ...]
    ) -> Iterator[Path]:
        """Every path from here. `entered` has what left the earlier part open, if anything did."""
        if self._is_no_later(stage, entered, running):
            if entered.why:
                yield Path(before, entered)
            return
        self._count()
        here = LastMoments(self.journey, stage, entered, running, is_first=not before)
        until, clock = here.leaving()
        until = When(until.at, _joined(entered, until))
        visit = _visit(self.journey, here, until, clock)
        nexts = self._nexts(stage)
        if not nexts or self._is_decided(stage):
            yield Path((*before, visit), until)
        been = {v.stage for v in before} | {stage.id}
        for way in nexts:
            path = (*before, replace(visit, way=way.title))
            if way.to_stage not in been:
                to = self.policy.stages[way.to_stage]
                yield from self.from_stage(to, until, here.carried(to.id), path)
            elif not way.is_jump:
                yield from self._again(here, way, path, until)

    def _is_no_later(self, stage: Stage, entered: When, running: Running) -> bool:
        """Whether the case has been here before as late, with the same limits running on."""
        limits = tuple(sorted((name, str(when.at)) for name, when in running.items()))
        key = (stage.id, entered.at is None, limits)
        if key in self.latest:
            before = self.latest[key]
            if before is None or entered.at is None or entered.at <= before:
                return True
        self.latest[key] = entered.at
        return False

    def _count(self) -> None:
        self.visits += 1
        if self.visits > MOST_VISITS:
            raise CannotBeComputed("There are more ways through this policy than can be followed.")

    def _nexts(self, stage: Stage) -> list[WayOn]:
        """The ways out. A jump counts only where no ordinary way leads there in the end."""
        return [
            way
            for way in self.journey.ways[stage.id]
            if not way.is_jump or way.to_stage not in self.journey.by_ways[stage.id]
        ]

    def _is_decided(self, stage: Stage) -> bool:
        return stage.panel is not None and self.policy.panels[stage.panel].authority in FINAL

    def _again(
        self, here: LastMoments, way: WayOn, path: tuple[Visit, ...], until: When
    ) -> Iterator[Path]:
        """Back at a stage. A limit over all of the round bounds it; else it may go on for ever."""
        first = next(i for i, visit in enumerate(path) if visit.stage == way.to_stage)
        around = list(dict.fromkeys(visit.stage for visit in path[first:]))
        found = _over(here, around)
        if found is None or until.why:
            why = "it leads back, as often as people choose"
            back = LeftOpen(f"way-{way.id}", way.title, why, way.clause)
            yield Path(path, When(None, (*until.why, back)))
            return
        end, clock = found
        been = {visit.stage for visit in path}
        for name in around:
            self._count()
            carried = here.carried(name)
            there = LastMoments(
                self.journey, self.policy.stages[name], until, carried, is_first=False
            )
            visit = _visit(self.journey, there, end, clock)
            yield Path((*path, visit), end)
            for out in self._nexts(there.stage):
                if out.to_stage not in been:
                    to = self.policy.stages[out.to_stage]
                    onward = (*path, replace(visit, way=out.title))
                    yield from self.from_stage(to, end, there.carried(to.id), onward)


def _over(here: LastMoments, around: list[str]) -> tuple[When, Clock] | None:
    """The limit that bounds a round of stages, and its last moment; None if none does."""
    found = [
        (when, clock)
        for when, clock in here.by_limits()
        if when.at is not None
        and (not clock.over or set(around) <= set(clock.over))
        and not _restarts(clock, around)
    ]
    return min(found, key=lambda pair: (pair[0].at is None, pair[0].at)) if found else None


def _restarts(clock: Clock, stages: list[str]) -> bool:
    """Whether going round says again what starts it, once what stops it has been said."""
    return any(stop in {f"left {s}" for s in stages} for stop in clock.stops)


def _visit(journey: Journey, here: LastMoments, until: When, clock: Clock | None) -> Visit:
    bound = tell(clock, When(until.at), is_urgent=journey.is_urgent) if clock else None
    return Visit(
        here.stage.id,
        here.stage.name,
        here.entered.at,
        until.at,
        here.stage.clause,
        here.owed(),
        bound,
    )


def _joined(before: When, here: When) -> tuple[LeftOpen, ...]:
    return tuple(dict.fromkeys((*before.why, *here.why)))
