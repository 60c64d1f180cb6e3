"""The cases that have come to a person: those they have to do with, those they are told of, those over.

Made from facts alone: no word of what anybody wrote is opened for a list. Everything is asked of
`access.visible`. A fixed number of queries a page, however many cases there are. Nothing is counted, so
nothing is said of a case that somebody may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Q, QuerySet

from counterpart.access.kinds import TOLD
from counterpart.access.rules import JUDGES
from counterpart.access.visibility import visible
from counterpart.casework.several import Facts, facts_of
from counterpart.engine import events as e
from counterpart.engine.registry import Recorded
from counterpart.lists import finding
from counterpart.lists.finding import DeskRow, Page
from counterpart.people.finders import body_names, posts_of
from counterpart.people.kinds import DATA_PROTECTION_LEAD
from counterpart.people.standing import HeldPost
from counterpart.telling.dates import moment_short
from counterpart.telling.history import brought_by
from counterpart.web.lines import CaseLine, Line, Names, case_line, line, names_of, steps_first

View = Literal["with_you", "told", "over"]
VIEWS: Mapping[str, str] = {
    "with_you": "With you now",
    "told": "Told only",
    "over": "Finished lately",
}
LATELY = timedelta(days=30)
"""How long a case that has ended stands among those finished lately, while it may still be seen."""

BROUGHT = {
    e.MovedOn: "Referred",
    e.StepRecorded: "Sent to you in a letter",
    e.ConcernRaised: "Raised",
    e.CaseReopened: "Opened again",
}


@dataclass(frozen=True, slots=True)
class Come:
    """One case: since when the child waits, how it came, and what is asked. What happened before stands once,
    on the page that says why it came.

    `asks` are the open duties of one's own posts; `sits` says when the panel meets that one sits on.
    """

    case: CaseLine
    brought: str
    brought_at: datetime
    asks: tuple[Line, ...]
    sits: str


@dataclass(frozen=True, slots=True)
class ComePage:
    """A page of cases; where the next begins ("" for none)."""

    rows: tuple[Come, ...]
    next: str


def office_posts(posts: Iterable[HeldPost]) -> list[HeldPost]:
    """Those of somebody's posts that are in a partnership's office and have to do with its cases."""
    return [p for p in posts if p.body_is_partnership and p.tier != DATA_PROTECTION_LEAD]


def come_to(person: str, now: datetime, view: View, after: str = "") -> ComePage:
    """A page of the cases that have come to a person."""
    posts = {held.post for held in office_posts(posts_of(person, now))}
    page = _page(person, now, view, posts, after)
    return ComePage(_drawn(page.rows, posts, now), page.next)


def _page(person: str, now: datetime, view: View, posts: set[str], after: str) -> Page:
    if view == "over":
        theirs = visible(person, now).filter(Q(kind__in=JUDGES) | _is_told(posts))
        return finding.ended_since(theirs, now - LATELY, after=after)
    still: QuerySet[Any] = visible(person, now, only_open=True)
    with_you, told = still.filter(kind__in=JUDGES), still.filter(_is_told(posts))
    if view == "told":
        return finding.longest_waiting(told, but=with_you, after=after)
    return finding.longest_waiting(with_you, after=after)


def _is_told(posts: Iterable[str]) -> Q:
    return Q(kind=TOLD, subject__in=sorted(posts))


def _drawn(rows: Iterable[DeskRow], posts: set[str], now: datetime) -> tuple[Come, ...]:
    known = list(rows)
    ids = [row.case for row in known]
    duties = finding.duties_of_cases(ids)
    mine = {case: [one for one in some if one.post in posts] for case, some in duties.items()}
    names = names_of([*known, *(one for some in mine.values() for one in some)], now)
    facts = facts_of(ids)
    brought = {case: brought_by(f.state, f.record, posts)[-1] for case, f in facts.items()}
    bodies = body_names({entry.actor.agency or "" for entry in brought.values()} - {""})
    return tuple(
        _come(row, facts[row.case], brought[row.case], mine[row.case], names, bodies, now)
        for row in known
    )


def _come(
    row: DeskRow,
    facts: Facts,
    brought: Recorded,
    duties: Iterable[DeskRow],
    names: Names,
    bodies: Mapping[str, str],
    now: datetime,
) -> Come:
    who = bodies.get(brought.actor.agency or "", "the partnership")
    panel = facts.state.panel
    meets = panel.meets_at if panel and panel.decided_at is None and row.status == "open" else None
    return Come(
        case=case_line(row, (), names, now),
        brought=f"{BROUGHT.get(type(brought.event), 'Brought')} by {who}",
        brought_at=brought.happened_at,
        asks=steps_first(line(duty, names, now) for duty in duties),
        sits=f"The panel meets on {moment_short(meets)}" if meets else "",
    )
