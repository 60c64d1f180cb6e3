"""A process that has one installation, and times a request in it whenever it is told to.

The sizes are measured in processes of their own, turn about, so that what else the machine does falls on all of
them alike. A scene is refused where its bare view does not make the statements that its page makes.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from bench.timed import Asks, Timed

if TYPE_CHECKING:
    from bench.plans import Statement
    from bench.requests import Application
    from bench.scenes import Pair

WARM = {"case-page": 14, "desk": 6, "record-discussion": 4}
"""How often each is asked for before the clock counts: whatever a process remembers, it then does."""


class OutOfStep(RuntimeError):
    """A bare view no longer asks the database what its page asks. The message says what differs."""


def serve(pipe: Connection, environment: Mapping[str, str]) -> None:
    """Answer each name of a scene with an `Asks`, and from then on with a `Timed`, until the pipe is closed."""
    os.environ.clear()
    os.environ.update(environment)
    subject = _Subject()
    with contextlib.suppress(EOFError):  # told to stop by closing the pipe
        while True:
            pipe.send(subject.answer(pipe.recv()))


class _Subject:
    def __init__(self) -> None:
        from counterpart.cli import installation

        installation.start_django()
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.urls"
        from bench.requests import Application

        self._application: Application = Application()
        self._pairs: dict[str, Iterator[Pair]] = {}
        self._is_turned = False

    def answer(self, scene: str) -> Asks | Timed:
        """The first time, what it asks of the database; from then on, how long it takes."""
        if scene not in self._pairs:
            return self._begin(scene)
        self._is_turned = not self._is_turned
        pair = next(self._pairs[scene])
        gc.collect()
        if self._is_turned:
            bare = self._application.ask(pair.bare)
            return Timed(self._application.ask(pair.page), bare)
        return Timed(self._application.ask(pair.page), self._application.ask(pair.bare))

    def _begin(self, scene: str) -> Asks:
        from bench.plans import read_whole
        from bench.scenes import SCENES

        self._pairs[scene] = SCENES[scene]()
        for _ in range(WARM[scene]):
            pair = next(self._pairs[scene])
            page = self._application.statements(pair.page)
            bare = self._application.statements(pair.bare)
        _require_in_step(scene, page, bare)
        return Asks(len(page), read_whole(page))


def _require_in_step(scene: str, page: Sequence[Statement], bare: Sequence[Statement]) -> None:
    from bench.requests import tables

    wanted, made = Counter(tables(page)), Counter(tables(bare))
    if wanted != made:
        raise OutOfStep(
            f"The bare view of {scene} must ask what the page asks. "
            f"Missing: {sorted((wanted - made).elements())}. "
            f"Too many: {sorted((made - wanted).elements())}."
        )
