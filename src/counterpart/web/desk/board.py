"""One page of the desk, ready to be drawn: the views with their counts, and the lines of one view.

A fixed number of queries, however many cases there are. It must not be made for somebody whose
desk it is not: `access.visibility.kept_from_desk` answers that, and what to leave out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from counterpart.access.visibility import KeptOut
from counterpart.casework import editions
from counterpart.lists import finding
from counterpart.lists.finding import Capped, DeskRow, View
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import CONFIRM_OUTCOME, Policy
from counterpart.web.desk.places import Place
from counterpart.web.lines import (
    CaseLine,
    Line,
    case_line,
    count_words,
    line,
    names_of,
    steps_first,
)
from counterpart.worktime import WorkingDays, due_at

SOON = WorkingDays(2)
LOUDEST = 5
"""How many vacancies with nobody to go to stand at the top of the landing page."""

TITLES: Mapping[View, str] = MappingProxyType(
    {
        "nobody": "Nobody to go to",
        "late": "Late",
        "due_soon": "Due in the next two working days",
        "confirming": "Waiting for confirmation",
        "open": "Open",
    }
)
EMPTY: Mapping[View, str] = MappingProxyType(
    {
        "nobody": "Everything that has to be done has somebody to do it.",
        "late": "Nothing is late.",
        "due_soon": "Nothing falls due in the next two working days.",
        "confirming": "No written outcome is waiting for an answer.",
        "open": "No case is open here.",
    }
)
VIEWS_OF_CASES = ("open", "confirming")


@dataclass(frozen=True, slots=True)
class Choice:
    """A plain link to a view or a stage, with how many there are."""

    text: str
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A part in a case that nobody is there to play, and everything it has to do."""

    first: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """What has nobody to go to: how many things, the first few vacancies, and where they all are."""

    count: int
    count_words: str
    vacancies: tuple[Vacancy, ...]
    has_more: bool
    href: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the desk's page draws of its lists. One of `duties` and `cases` is empty."""

    view: View
    is_landing: bool
    views: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    title: str
    empty: str
    duties: tuple[Line, ...]
    cases: tuple[CaseLine, ...]
    nobody: Nobody
    older: str
    newest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A desk asked for at a place: whose, what to leave out of it, under which policy, when."""

    desk: str
    place: Place
    kept_out: KeptOut
    policy: Policy | None
    now: datetime

    @property
    def is_landing(self) -> bool:
        """Whether it is the page one comes to first."""
        return self.place.view is None and not self.place.after

    @property
    def soon_by(self) -> datetime | None:
        """The end of the second working day from now; None where it cannot be worked out."""
        if self.policy is None:
            return None
        answer = due_at(SOON, self.now, calendar_of(self.policy))
        return answer if isinstance(answer, datetime) else None


def board(asked: Asked) -> Board:
    """The page of a desk at a place."""
    place = asked.place
    counts = finding.desk_counts(asked.desk, asked.kept_out, asked.now, soon_by=asked.soon_by)
    rows, following = _rows(asked)
    loud = _loudest(asked) if asked.is_landing and counts["nobody"].n else ()
    duties, cases, nobody = _lines(asked, rows, loud)
    return Board(
        view=place.shown,
        is_landing=asked.is_landing,
        views=tuple(_views(place, counts)),
        stages=tuple(_stages(asked, counts["open"])),
        title=_title(asked),
        empty=EMPTY[place.shown],
        duties=duties,
        cases=cases,
        nobody=nobody_to_go_to(counts["nobody"], nobody, place.to("nobody").href),
        older=replace(place, view=place.shown, after=following).href if following else "",
        newest=replace(place, after="").href if place.after else "",
    )


def _rows(asked: Asked) -> tuple[tuple[DeskRow, ...], str]:
    place = asked.place
    found = finding.desk(
        asked.desk, asked.kept_out, place.shown, asked.now,
        stage=place.stage, edition=place.edition, after=place.after, soon_by=asked.soon_by,
    )  # fmt: skip
    return found.rows, found.next


def _loudest(asked: Asked) -> tuple[DeskRow, ...]:
    """The longest waiting of what has nobody to go to; immediate risk before all."""
    rows = finding.desk(asked.desk, asked.kept_out, "nobody", asked.now).rows
    return tuple(sorted(rows, key=lambda row: not row.is_urgent))


def nobody_to_go_to(count: Capped, lines: Sequence[Line], href: str, most: int = LOUDEST) -> Nobody:
    """What has nobody, by vacancy: one may hold up several things, and choosing somebody mends them all.

    There are `count` of them, of which `lines` are the first; `href` is where they all are. At most so many
    vacancies.
    """
    found: dict[tuple[str, str, str, str], list[Line]] = {}
    for each in lines:
        found.setdefault((each.reference, each.body, each.role, each.owner), []).append(each)
    shown = [Vacancy(same[0], steps_first(same)) for same in found.values()][:most]
    return Nobody(
        count=count.n,
        count_words=count_words(count),
        vacancies=tuple(shown),
        has_more=sum(len(vacancy.lines) for vacancy in shown) < count.n or count.is_more,
        href=href,
    )


def _lines(
    asked: Asked, rows: Sequence[DeskRow], loud: Sequence[DeskRow]
) -> tuple[tuple[Line, ...], tuple[CaseLine, ...], tuple[Line, ...]]:
    """The rows as lines of duties or of cases, and the loud ones; their names are found together."""
    shown, now = asked.place.shown, asked.now
    in_cases: dict[str, tuple[DeskRow, ...]] = {}
    if shown in VIEWS_OF_CASES:
        found = finding.duties_of_cases([row.case for row in rows])
        in_cases = {case: tuple(_wanted(shown, duties)) for case, duties in found.items()}
    names = names_of([*rows, *loud, *(one for some in in_cases.values() for one in some)], now)
    nobody = tuple(line(row, names, now) for row in loud)
    if shown in VIEWS_OF_CASES:
        return (), tuple(case_line(row, in_cases[row.case], names, now) for row in rows), nobody
    return tuple(line(row, names, now) for row in rows), (), nobody


def _wanted(view: View, duties: Sequence[DeskRow]) -> Iterator[DeskRow]:
    """What a line of a case shows: where an outcome waits, only who has still to answer it."""
    return (one for one in duties if view == "open" or one.clock == CONFIRM_OUTCOME)


def _views(place: Place, counts: Mapping[View, Capped]) -> Iterator[Choice]:
    for view, title in TITLES.items():
        text = f"{title} ({count_words(counts[view])})"
        yield Choice(text, place.to(view).href, view == place.shown)


def _stages(asked: Asked, everything: Capped) -> Iterator[Choice]:
    """Every stage of the policy in force, where the open cases are shown."""
    place, policy = asked.place, asked.policy
    if place.shown != "open" or place.edition or policy is None:
        return
    yield Choice(f"All stages ({count_words(everything)})", place.to("open").href, not place.stage)
    counts = finding.by_stage(asked.desk, asked.kept_out, list(policy.stages))
    for stage, count in counts.items():
        text = f"{policy.stages[stage].name} ({count_words(count)})"
        yield Choice(text, place.to("open", stage=stage).href, place.stage == stage)


def _title(asked: Asked) -> str:
    if asked.place.edition:
        return f"Open under {editions.label_of(asked.place.edition) or 'no edition kept here'}"
    stages = asked.policy.stages if asked.policy else {}
    if asked.place.stage in stages:
        return f"Open at {stages[asked.place.stage].name}"
    return TITLES[asked.place.shown]
