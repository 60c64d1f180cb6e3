"""`counterpart policy worst-case`: how long a disagreement may lawfully stay undecided, and the way there.

The answer is `rehearsal.worst_case`'s, whose docstring says what is taken for granted. This is its words and its JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from counterpart.cli.policies.files import load_one
from counterpart.cli.policies.saying import HELD, NOT_HELD, counted, say, say_json
from counterpart.policy.calendars import calendar_of
from counterpart.policy.phrases import day_words, small
from counterpart.rehearsal.notation import END, moment_words
from counterpart.rehearsal.waits import LeftOpen, Owed, Visit, WorstCase, WorstStart
from counterpart.rehearsal.worst_case import worst_case, worst_start
from counterpart.worktime import LocalTimeProblem, in_london, parse_instant

YEARS = range(1900, 9999)


def answer(path: Path, *, raised: str, year: str, is_urgent: bool, as_json: bool) -> int:
    """Print the worst case of one policy, for a moment or for a year. Returns the exit code."""
    raised_at = _moment(raised, year)
    policy = load_one(path).policy
    calendar = calendar_of(policy)
    if raised_at is not None:
        case = worst_case(policy, raised_at, calendar, is_urgent=is_urgent)
        found: dict[str, Any] = _case(case)
        words = "\n".join(_words(case))
    else:
        start = worst_start(policy, int(year), calendar, is_urgent=is_urgent)
        case = start.case
        found = {
            "year": start.year,
            "day": start.day.isoformat() if start.day else None,
            "days_not_computed": start.uncounted,
            "case": _case(case),
        }
        words = "\n".join((*_of_year(start), *_words(case)))
    if as_json:
        say_json({"id": policy.id, "title": policy.title, **found})
    else:
        say(words)
    return NOT_HELD if case.cannot else HELD


def _moment(raised: str, year: str) -> datetime | None:
    """The moment it is raised, or None where a year is asked about."""
    if bool(raised) == bool(year):
        raise typer.BadParameter(
            "say when it is raised, or which year to look through", param_hint="--raised or --year"
        )
    if year:
        if not (year.isascii() and year.isdigit() and len(year) < 5 and int(year) in YEARS):
            raise typer.BadParameter("write a year like 2026", param_hint="--year")
        return None
    try:
        return parse_instant(raised)
    except LocalTimeProblem as problem:
        raise typer.BadParameter(str(problem), param_hint="--raised") from None


# --- in words -------------------------------------------------------------------------------------


def _of_year(start: WorstStart) -> Iterator[str]:
    if start.day:
        yield f"The worst day of {start.year} to raise it: {start.day:%A} {day_words(start.day)}."
    elif not start.case.cannot:
        yield f"No day of {start.year} is the worst: there is no bound on any."
    if start.uncounted:
        days = counted(start.uncounted, "day")
        yield f"For {days} of {start.year} it cannot be worked out."


def _words(case: WorstCase) -> Iterator[str]:
    yield f"Raised: {_at(case.raised_at)}"
    if case.cannot:
        yield f"It cannot be worked out. {case.cannot}"
        return
    if case.undecided_until:
        yield f"Undecided until {_at(case.undecided_until)}, at the latest"
    else:
        yield "No bound: the rules below leave open how long it may stay undecided"
    track = f", by “{case.track}”" if case.track else ""
    yield from ("", f"The way there{track}")
    for visit in case.path:
        yield from _visit(visit)
    if case.left_open:
        yield from ("", "What leaves it open")
        yield from (_open(one) for one in case.left_open)


def _visit(visit: Visit) -> Iterator[str]:
    yield f"- {visit.name} ({visit.clause})"
    if visit.entered_at:
        yield f"  from {_at(visit.entered_at)}"
    if visit.left_at:
        yield f"  to {_at(visit.left_at)}"
    else:
        yield "  to no time that the policy gives"
    if visit.bound:
        yield f"  bounded by {_owed(visit.bound)}"


def _owed(owed: Owed) -> str:
    guide = "; a guide, counted as if it were kept" if owed.is_guide else ""
    return f"“{owed.what}”: {small(owed.limit.rstrip('.'))} ({owed.clause}){guide}"


def _open(one: LeftOpen) -> str:
    clause = f" ({one.clause})" if one.clause else ""
    return f"- “{one.what}”: {one.why}{clause}"


def _at(at: datetime) -> str:
    """`Friday 18 December 2026 at 15:00`, or `the end of Tuesday 29 December 2026`."""
    words, weekday = moment_words(at), f"{in_london(at):%A}"
    if words.startswith(END):
        return f"the {END}{weekday} {words.removeprefix(END)}"
    return f"{weekday} {words}"


# --- in JSON --------------------------------------------------------------------------------------


def _case(case: WorstCase) -> dict[str, Any]:
    return {
        "raised": _iso(case.raised_at),
        "undecided_until": _iso(case.undecided_until),
        "cannot": case.cannot,
        "track": case.track or None,
        "path": [_visit_fields(visit) for visit in case.path],
        "left_open": [
            {"rule": one.rule, "what": one.what, "why": one.why, "clause": one.clause}
            for one in case.left_open
        ],
    }


def _visit_fields(visit: Visit) -> dict[str, Any]:
    return {
        "stage": visit.stage,
        "name": visit.name,
        "from": _iso(visit.entered_at),
        "to": _iso(visit.left_at),
        "way": visit.way,
        "clause": visit.clause,
        "bound": _owed_fields(visit.bound) if visit.bound else None,
        "owed": [_owed_fields(owed) for owed in visit.owed],
    }


def _owed_fields(owed: Owed) -> dict[str, Any]:
    return {
        "rule": owed.rule,
        "what": owed.what,
        "limit": owed.limit,
        "due": _iso(owed.due_at),
        "clause": owed.clause,
        "is_guide": owed.is_guide,
    }


def _iso(at: datetime | None) -> str | None:
    return in_london(at).isoformat() if at else None
