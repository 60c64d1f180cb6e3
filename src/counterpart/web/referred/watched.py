"""The cases that somebody watches because the business manager may not see them: what the desk would show of them.

They are few, and all of them are shown: nothing that has nobody may fall off the end. Made of the same lines as the
desk, from facts alone. It must not be made of a case that the person does not watch: `casework.watching` says which
those are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.casework.watching import watched_by
from counterpart.lists import finding
from counterpart.lists.finding import Capped
from counterpart.web.desk import watching
from counterpart.web.desk.board import Nobody, nobody_to_go_to
from counterpart.web.lines import CaseLine, Line, case_line, line, names_of


@dataclass(frozen=True, slots=True)
class Late:
    """A table of what is late, as the desk has it."""

    title: str
    duties: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class All:
    """A table of the cases, as the desk has it."""

    title: str
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What whoever watches some cases sees of them. `view` is as on the desk: none of its lists."""

    nobody: Nobody
    late: Late
    all: All
    not_heard: tuple[watching.NotHeard, ...]
    unsent: tuple[watching.Unsent, ...]
    unsent_count: str
    view: str = ""


def watched(person: str, now: datetime) -> Watched | None:
    """What there is to watch for a person; None for nothing, as it mostly is. A fixed number of queries."""
    ids = watched_by(person, now)
    if not ids:
        return None
    cases = finding.cases_by_id(ids)
    duties = finding.duties_of_cases([row.case for row in cases])
    rows = [row for some in duties.values() for row in some]
    names = names_of([*cases, *rows], now)
    vacant = [line(row, names, now) for row in rows if row.nobody]
    late = [line(row, names, now) for row in rows if row.due_at is not None and row.due_at < now]
    unsent, count = watching.unsent_of(ids, now)
    loud = sorted(vacant, key=lambda one: not one.is_urgent)
    return Watched(
        nobody=nobody_to_go_to(Capped(len(vacant), is_more=False), loud, "", most=len(vacant)),
        late=Late("Late in the cases you watch", tuple(late)),
        all=All(
            "Cases you watch", tuple(case_line(row, duties[row.case], names, now) for row in cases)
        ),
        not_heard=watching.not_heard_in(ids),
        unsent=unsent,
        unsent_count=str(count.n),
    )
