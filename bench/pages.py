"""Figures of the web: each scene at every size beside its bare view, and whether it grows with the number of cases.

Sizes and views are asked turn about, and the medians compared. Of each there are two figures: the time on the wall,
which is what people wait, and the processor time of the web process, which other programs on the machine disturb less.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from bench import subject
from bench.figures import Figure, at_most, same, say
from bench.installations import Installations
from bench.timed import Asks, Timed

SCENES = ("case-page", "desk", "record-discussion")
SIZES = (1_000, 100_000)
PAIRS = {"case-page": 60, "desk": 60, "record-discussion": 40}

BARE = "a bare Django view making the same statements"
TIMES = 2.0
GROWTH = 1.25


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of one scene with so many cases."""

    cases: int
    asks: Asks
    timed: tuple[Timed, ...]

    def middle(self, view: str, clock: str) -> float:
        """The median in milliseconds, of `page` or `bare`, by `wall` or `cpu`."""
        seconds: list[float] = [getattr(getattr(one, view), clock) for one in self.timed]
        return 1000 * median(seconds)


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    wanted = [scene for scene in SCENES if scene.startswith(only) or only.startswith(scene)]
    if not wanted:
        return
    with _running(Installations(server)) as running:
        for scene in wanted:
            say(f"Measuring {scene}")
            found = _figures_of(scene, _measured(scene, running))
            yield from (figure for figure in found if figure.name.startswith(only))


@contextmanager
def _running(kept: Installations) -> Iterator[Mapping[int, Connection]]:
    """A process for each size, on a copy of its installation that is thrown away afterwards."""
    spawned = multiprocessing.get_context("spawn")
    copies = [kept.copied(kept.of(cases)) for cases in SIZES]
    pipes: dict[int, Connection] = {}
    processes = []
    try:
        for cases, copy in zip(SIZES, copies, strict=True):
            pipes[cases], theirs = spawned.Pipe()
            arguments = (theirs, kept.environment(copy))
            processes.append(spawned.Process(target=subject.serve, args=arguments, daemon=True))
            processes[-1].start()
            theirs.close()
        yield pipes
    finally:
        for pipe in pipes.values():
            pipe.close()
        for process in processes:
            process.join()
        for copy in copies:
            kept.drop(copy)


def _measured(scene: str, running: Mapping[int, Connection]) -> Sequence[Size]:
    asks = {cases: _asked(pipe, scene) for cases, pipe in running.items()}
    timed: dict[int, list[Timed]] = {cases: [] for cases in running}
    for _ in range(PAIRS[scene]):
        for cases, pipe in running.items():
            timed[cases].append(_asked(pipe, scene))
    return [Size(cases, asks[cases], tuple(timed[cases])) for cases in running]


def _asked(pipe: Connection, scene: str) -> Any:
    pipe.send(scene)
    try:
        return pipe.recv()
    except EOFError:
        raise SystemExit(f"{scene} could not be measured: what is above says why") from None


def _figures_of(scene: str, sizes: Sequence[Size]) -> Iterable[Figure]:
    for size in sizes:
        for clock, unit in (("wall", "ms"), ("cpu", "ms of processor time")):
            name = f"{scene}-{'' if clock == 'wall' else 'cpu-'}at-{size.cases}"
            mine, theirs = size.middle("page", clock), size.middle("bare", clock)
            yield at_most(name, mine, unit, BARE, theirs, TIMES)
    small, large = sizes[0], sizes[-1]
    before = f"the same at {small.cases:,} cases"
    for clock, unit in (("wall", "ms"), ("cpu", "ms of processor time")):
        name = f"{scene}-{'' if clock == 'wall' else 'cpu-'}growth"
        mine, theirs = large.middle("page", clock), small.middle("page", clock)
        yield at_most(name, mine, unit, before, theirs, GROWTH)
    asked = large.asks
    yield same(f"{scene}-statements", asked.statements, "statements", before, small.asks.statements)
    if asked.read_whole:
        say(f"{scene} reads whole, at {large.cases:,} cases: {', '.join(asked.read_whole)}")
    yield same(f"{scene}-read-whole", len(asked.read_whole), "growing tables read from end to end",
               "none", 0)  # fmt: skip
