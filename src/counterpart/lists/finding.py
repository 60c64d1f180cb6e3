"""The questions pages ask of the lists, each a bounded read from one end of an index.

Paging is by key, never by offset; counting stops at a bound. Whether a person may ask is
decided before, by `access`: `kept_out` is what `access.visibility.kept_from_desk` answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from counterpart.access.visibility import KeptOut
from counterpart.lists.models import CaseRow, DutyRow

PAGE = 25
BOUND = 100
SOON = timedelta(days=2)

View = Literal["open", "late", "due_soon", "nobody", "confirming"]
VIEWS: tuple[View, ...] = ("late", "nobody", "due_soon", "confirming", "open")


@dataclass(frozen=True, slots=True)
class Capped:
    """A count that stops at a bound: `n`, and whether there are more."""

    n: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the desk: a case, and in the views of duties the duty it is there for."""

    case: str
    reference: str
    edition: str
    stage: str
    status: str
    raised_at: datetime
    ended_at: datetime | None
    is_urgent: bool
    clock: str = ""
    body: str = ""
    role: str = ""
    post: str = ""
    nobody: str = ""
    about: str = ""
    due_at: datetime | None = None
    since: datetime | None = None
    duty_id: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins ("" when there is none)."""

    rows: tuple[DeskRow, ...]
    next: str


def desk(
    partnership: str,
    kept_out: KeptOut,
    view: View,
    now: datetime,
    *,
    stage: str = "",
    edition: str = "",
    after: str = "",
    soon_by: datetime | None = None,
) -> Page:
    """One page of a view of the partnership's desk, the longest waiting first. One query.

    `soon_by` is how far ahead "due soon" looks: over a weekend, two days are not enough.
    """
    if view in ("open", "confirming"):
        column = "raised_at" if view == "open" else "waiting_since"
        cases = _cases(partnership, kept_out, view, stage, edition)
        query = _keyset(cases, column, "case", after)
        found = list(query.order_by(column, "case")[: PAGE + 1])
        rows = [_case_row(row, since=getattr(row, column)) for row in found]
        keys = [(getattr(row, column), row.case) for row in found]
        return _page(rows, keys)
    column = "opened_at" if view == "nobody" else "due_at"
    duties = _keyset(_duties(partnership, kept_out, view, now, soon_by), column, "id", after)
    found_duties = list(duties.select_related("case").order_by(column, "id")[: PAGE + 1])
    return _page(
        [_duty_row(row) for row in found_duties],
        [(getattr(row, column), row.id) for row in found_duties],
    )


def desk_counts(
    partnership: str, kept_out: KeptOut, now: datetime, *, soon_by: datetime | None = None
) -> dict[View, Capped]:
    """How many lines each view of the desk has, counted up to a bound. One query a view."""
    return {
        view: _capped(
            _cases(partnership, kept_out, view)
            if view in ("open", "confirming")
            else _duties(partnership, kept_out, view, now, soon_by)
        )
        for view in VIEWS
    }


def by_stage(partnership: str, kept_out: KeptOut, stages: Sequence[str]) -> dict[str, Capped]:
    """How many cases are open at each of the stages, counted up to a bound."""
    return {stage: _capped(_cases(partnership, kept_out, "open", stage)) for stage in stages}


def by_edition(partnership: str, kept_out: KeptOut, editions: Sequence[str]) -> dict[str, Capped]:
    """How many cases are open under each of these editions of a policy, counted up to a bound."""
    return {
        edition: _capped(_cases(partnership, kept_out, "open", edition=edition))
        for edition in editions
    }


def duties_of_posts(
    posts: Sequence[str], cases: QuerySet[Any], limit: int = 100
) -> tuple[DeskRow, ...]:
    """The open duties of these posts in the cases `cases` selects (`access.visible`). Two queries.

    The soonest due first, those without a time last.
    """
    # Row by row: a post has few open duties, and whoever holds it may have had to do with many cases.
    may_see = Exists(cases.filter(case=OuterRef("case")))
    query = DutyRow.objects.filter(may_see, post__in=list(posts)).select_related("case")
    timed = list(query.filter(due_at__isnull=False).order_by("due_at", "id")[:limit])
    untimed = query.filter(due_at__isnull=True).order_by("opened_at", "id")[:limit]
    return tuple(_duty_row(row) for row in [*timed, *untimed][:limit])


def duties_of_cases(cases: Sequence[str]) -> dict[str, tuple[DeskRow, ...]]:
    """The open duties of each of these cases (a page of them), the soonest due first. One query."""
    query = DutyRow.objects.filter(case__in=list(cases)).select_related("case")
    found: dict[str, list[DeskRow]] = {case: [] for case in cases}
    for row in query.order_by(F("due_at").asc(nulls_last=True), "opened_at", "id"):
        found[row.case_id].append(_duty_row(row))
    return {case: tuple(rows) for case, rows in found.items()}


def cases_by_id(cases: Sequence[str]) -> tuple[DeskRow, ...]:
    """These cases, open or not, the longest waiting first. One query."""
    rows = CaseRow.objects.filter(case__in=list(cases)).order_by("raised_at", "case")
    return tuple(_case_row(row) for row in rows)


def cases_of(cases: QuerySet[Any], *, is_open: bool, after: str = "") -> Page:
    """One page of the cases whose ids `cases` selects (`access.visible`), the newest first."""
    query = CaseRow.objects.filter(case__in=cases)
    query = query.filter(status="open") if is_open else query.exclude(status="open")
    if after:
        at, case = _read(after)
        query = query.filter(Q(raised_at__lt=at) | Q(raised_at=at, case__lt=case))
    found = list(query.order_by("-raised_at", "-case")[: PAGE + 1])
    return _page([_case_row(row) for row in found], [(r.raised_at, r.case) for r in found])


def longest_waiting(
    cases: QuerySet[Any], *, but: QuerySet[Any] | None = None, after: str = ""
) -> Page:
    """One page of the open cases that `cases` selects and `but` does not, the longest waiting first."""
    query = CaseRow.objects.filter(case__in=cases, status="open")
    query = query if but is None else query.exclude(case__in=but)
    found = list(
        _keyset(query, "raised_at", "case", after).order_by("raised_at", "case")[: PAGE + 1]
    )
    return _page([_case_row(row) for row in found], [(r.raised_at, r.case) for r in found])


def ended_since(cases: QuerySet[Any], since: datetime, *, after: str = "") -> Page:
    """One page of the cases that `cases` selects and that ended since then, the last ended first."""
    query = CaseRow.objects.filter(case__in=cases, ended_at__gte=since).exclude(status="open")
    if after:
        at, case = _read(after)
        query = query.filter(Q(ended_at__lt=at) | Q(ended_at=at, case__lt=case))
    found = list(query.order_by("-ended_at", "-case")[: PAGE + 1])
    return _page([_case_row(row) for row in found], [(r.ended_at, r.case) for r in found])


def same_child(indexes: Sequence[str], may_see: Exists) -> tuple[DeskRow, ...]:
    """Open cases about one of these children that `may_see` (`access.is_visible`) lets through."""
    about = [index for index in indexes if index]
    rows = CaseRow.objects.filter(may_see, status="open", children__index__in=about).distinct()
    return tuple(_case_row(row) for row in rows.order_by("raised_at")[:PAGE])


def case_by_reference(reference: str) -> str | None:
    """The id of the case with this reference, exactly as kept, or None."""
    return CaseRow.objects.filter(reference=reference).values_list("case", flat=True).first()


def _cases(
    partnership: str, kept_out: KeptOut, view: View, stage: str = "", edition: str = ""
) -> QuerySet[CaseRow]:
    query = CaseRow.objects.filter(partnership=partnership).exclude(case__in=kept_out)
    if view == "confirming":
        return query.filter(waiting_since__isnull=False)
    query = query.filter(status="open")
    if edition:
        query = query.filter(edition=edition)
    return query.filter(stage=stage) if stage else query


def _duties(
    partnership: str, kept_out: KeptOut, view: View, now: datetime, soon_by: datetime | None
) -> QuerySet[DutyRow]:
    query = DutyRow.objects.filter(partnership=partnership).exclude(case__in=kept_out)
    if view == "nobody":
        return query.exclude(nobody="")
    if view == "late":
        return query.filter(due_at__lt=now)
    return query.filter(due_at__gte=now, due_at__lt=soon_by or now + SOON)


def _capped(query: QuerySet[Any]) -> Capped:
    n = len(query.values_list("pk", flat=True)[: BOUND + 1])
    return Capped(min(n, BOUND), n > BOUND)


def _keyset(query: QuerySet[Any], column: str, key: str, after: str) -> QuerySet[Any]:
    if not after:
        return query
    at, id = _read(after)
    return query.filter(Q(**{f"{column}__gt": at}) | Q(**{column: at, f"{key}__gt": id}))


def _read(after: str) -> tuple[datetime, str]:
    """The place a page's `next` means. Raises ValueError for one we did not make."""
    at, _, id = after.partition("~")
    read = datetime.fromisoformat(at)
    if read.tzinfo is None or not id:
        raise ValueError("not a place in a list")
    return read, id


def _page(rows: list[DeskRow], keys: list[tuple[Any, str]]) -> Page:
    if len(rows) <= PAGE:
        return Page(tuple(rows), "")
    at, id = keys[PAGE - 1]
    return Page(tuple(rows[:PAGE]), f"{at.isoformat()}~{id}")


def _case_row(row: CaseRow, since: datetime | None = None) -> DeskRow:
    return DeskRow(
        case=row.case,
        reference=row.reference,
        edition=row.edition,
        stage=row.stage,
        status=row.status,
        raised_at=row.raised_at,
        ended_at=row.ended_at,
        is_urgent=row.is_urgent,
        since=since,
    )


def _duty_row(row: DutyRow) -> DeskRow:
    return DeskRow(
        case=row.case_id,
        reference=row.case.reference,
        edition=row.case.edition,
        stage=row.case.stage,
        status=row.case.status,
        raised_at=row.case.raised_at,
        ended_at=row.case.ended_at,
        is_urgent=row.case.is_urgent,
        clock=row.clock,
        body=row.body,
        role=row.role,
        post=row.post,
        nobody=row.nobody,
        about=row.about,
        due_at=row.due_at,
        since=row.opened_at,
        duty_id=row.id,
    )


def cases_with_passed_time(now: datetime, most: int) -> list[str]:
    """Cases in which a time has passed that something follows from, the longest past first."""
    found = DutyRow.objects.filter(acts_at__isnull=False, acts_at__lt=now).order_by("acts_at")
    return list(dict.fromkeys(found.values_list("case_id", flat=True)[:most]))


def cases_with_rung_reached(now: datetime, most: int) -> list[str]:
    """Cases in which a duty has come to a rung of its ladder, the longest past first."""
    found = DutyRow.objects.filter(next_rung_at__isnull=False, next_rung_at__lte=now)
    ids = found.order_by("next_rung_at").values_list("case_id", flat=True)[:most]
    return list(dict.fromkeys(ids))


def cases_counting_by_earlier(edition: str, most: int) -> list[str]:
    """Open cases that count by an earlier edition of the bank holidays than this one."""
    found = CaseRow.objects.filter(status="open", calendar__lt=edition).exclude(calendar="")
    return list(found.order_by("case").values_list("case", flat=True)[:most])
