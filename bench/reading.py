"""Figures of what is read: by a person with 30 cases among many, and by a business manager on their desk.

Neither may grow with the number of cases: of each there is how many statements are made, and how many rows they
read. On SQLite, which does not say how many rows it read, the steps of its own programs are counted instead: it
takes some for each row, however large the table.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.figures import Figure, at_most, same, say
from bench.installations import Installations

if TYPE_CHECKING:
    from bench.plans import Statement

SIZES = (1_000, 100_000)
CASES = 30
WARM = 3
WANTED = ("reads-visible", "reads-my-page", "reads-my-cases", "reads-desk")
UNITS = {"sqlite": "steps of SQLite’s programs", "postgresql": "rows"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look takes: statements, and the rows (or steps) that they read."""

    statements: int
    rows: int


def figures(only: str, server: str | None) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    wanted = [name for name in WANTED if name.startswith(only) or only.startswith(name)]
    if not wanted:
        return
    unit = UNITS["postgresql" if server else "sqlite"]
    with _running(Installations(server)) as running:
        for name in wanted:
            say(f"Counting {name}")
            small, large = (_asked(running[cases], name) for cases in SIZES)
            before = f"the same at {SIZES[0]:,} cases"
            found = (
                same(
                    f"{name}-statements", large.statements, "statements", before, small.statements
                ),
                at_most(f"{name}-rows-read", large.rows, unit, before, small.rows, 1),
            )
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
            processes.append(spawned.Process(target=_serve, args=arguments, daemon=True))
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


def _asked(pipe: Connection, name: str) -> Reading:
    pipe.send(name)
    try:
        found: Reading = pipe.recv()
    except EOFError:
        raise SystemExit(f"{name} could not be counted: what is above says why") from None
    return found


def _serve(pipe: Connection, environment: Mapping[str, str]) -> None:
    """In a process of its own: answer each name with a `Reading`, until the pipe is closed."""
    os.environ.clear()
    os.environ.update(environment)
    from counterpart.cli import installation

    installation.start_django()
    from bench.plans import rows_read

    looks = _looks()
    with contextlib.suppress(EOFError):  # told to stop by closing the pipe
        while True:
            look = looks[pipe.recv()]
            for _ in range(WARM):
                made = look()
            pipe.send(Reading(len(made), rows_read(made)))


def _looks() -> Mapping[str, Callable[[], tuple[Statement, ...]]]:
    """Each look by its name. It makes the statements and gives them back."""
    from bench.requests import Application, Asked, recorded, signed_in
    from counterpart.access.visibility import visible
    from counterpart.people.kinds import BUSINESS_MANAGER
    from counterpart.people.models import Account

    application, person = Application(), _with_cases()
    mine = signed_in(Account.objects.get(person=person))
    manager = signed_in(Account.objects.get(person__holdings__post__tier=BUSINESS_MANAGER))
    now = datetime.now(UTC)

    def seen() -> tuple[Statement, ...]:
        with recorded() as made:
            found = len(visible(person, now))
        if found != CASES:
            raise ValueError(f"{found} cases are seen, not {CASES}")
        return tuple(made)

    return {
        "reads-visible": seen,
        "reads-my-page": lambda: application.statements(Asked(mine, "/me")),
        "reads-my-cases": lambda: application.statements(Asked(mine, "/me/cases")),
        "reads-desk": lambda: application.statements(Asked(manager, "/desk")),
    }


def _with_cases() -> str:
    """A person who has just come, and raised 30 of the open cases: the same ones at every size."""
    from counterpart.access.kinds import BY_PERSON, RAISER
    from counterpart.access.models import Relation
    from counterpart.lists.models import CaseRow
    from counterpart.people import changes
    from counterpart.people.models import Agency

    person, post = uuid4().hex, uuid4().hex
    agency = Agency.objects.order_by("name", "id")[0]
    changes.add_person(id=person, name="Bench Person")
    changes.add_post(id=post, body=agency.id, tier="practitioner", title="Bench post")
    changes.appoint(id=uuid4().hex, post=post, person=person, from_on=date(2020, 1, 1))
    changes.open_account(id=uuid4().hex, person=person, email="bench@counterpart.example")
    open_now = CaseRow.objects.filter(status="open").order_by("reference")[:CASES]
    Relation.objects.bulk_create(
        Relation(case=row.case, subject_kind=BY_PERSON, subject=person, kind=RAISER,
                 from_at=row.raised_at)
        for row in open_now
    )  # fmt: skip
    return person
