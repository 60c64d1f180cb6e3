"""Asking when something is due in words, as a person types them: on a page, in a command, in a file.

It reads each part, gathers every problem under the part that it is in, and only when there is
none asks `deadlines`. It must not lay anything out, nor take an unclear word for a clear one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeVar

from counterpart.worktime.answers import Answer
from counterpart.worktime.calendars import (
    Calendar,
    CalendarProblem,
    WorkingIn,
    calendar,
    combined,
    edition_named,
)
from counterpart.worktime.counting import DAY_ZERO, ClosedDays, Counting, StartDay
from counterpart.worktime.deadlines import FIRST_YEAR, LAST_YEAR, due
from counterpart.worktime.edition import Edition
from counterpart.worktime.limits import Limit
from counterpart.worktime.localtime import LAST_SECOND, LocalTimeProblem, parse_instant
from counterpart.worktime.opening_hours import ServiceProblem, parse_service
from counterpart.worktime.parsing import LimitProblem, parse_limit
from counterpart.worktime.services import Service
from counterpart.worktime.spelling import nearest, shown

Part = Literal[
    "from",
    "limit",
    "calendar",
    "working_in",
    "edition",
    "start_day",
    "closed_days",
    "cut_off",
    "day_ends",
    "service",
]

PARTS_OF_A_READING: tuple[Part, ...] = ("start_day", "closed_days", "cut_off", "day_ends")
"""What `reading` may state, each in words: see `counting.Counting`."""

_NOTHING_STATED: Mapping[str, str] = MappingProxyType({})
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_Given = TypeVar("_Given")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of a question, and what would be read instead, if anything."""

    part: Part
    words: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Problems:
    """A question that cannot be asked as it stands: everything wrong with it, in order."""

    each: tuple[Problem, ...]

    def of(self, part: Part) -> tuple[str, ...]:
        """What to say beside one part."""
        return tuple(problem.words for problem in self.each if problem.part == part)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was understood, and its answer."""

    answer: Answer
    start_at: datetime
    limit: Limit
    calendar: Calendar | None
    counting: Counting


def ask(
    start: str,
    limit: str,
    calendars: Sequence[str] = (),
    *,
    edition: str | None = None,
    working_in: str = WorkingIn.ALL,
    reading: Mapping[str, str] = _NOTHING_STATED,
    services: Iterable[str] = (),
) -> Answered | Problems:
    """When a limit that started at `start` is due.

    `start`: `2026-12-18T15:00`, London time unless it has an offset. `calendars`: one nation or
    several, by name; working time needs one. `reading`: how days are counted where that is not
    the usual way, by the names in PARTS_OF_A_READING; a part left empty is a part not given.
    `services`: lines that `parse_service` reads, for a limit in service hours.
    """
    sheet = _Sheet()
    start_at = sheet.read("from", _start, start)
    known = sheet.read("service", _services, services)
    of = None if known is None else sheet.read("limit", parse_limit, limit, known)
    as_known = sheet.read("edition", edition_named, edition)
    shared = sheet.read("working_in", _choice, WorkingIn, working_in)
    days = None
    if calendars:
        days = sheet.read("calendar", _calendar, calendars, as_known, shared)
    counting = _counting(sheet, reading)
    if sheet.problems or start_at is None or of is None or counting is None:
        return Problems(tuple(sheet.problems))
    return Answered(due(of, start_at, days, counting), start_at, of, days, counting)


class Unclear(ValueError):
    """Words that cannot be taken as given, in a part that has no problem of its own kind."""

    def __init__(self, words: str, suggestion: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.suggestion = suggestion


class _Sheet:
    """The problems found while the parts of a question are read, one after another."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, part: Part, reader: Callable[..., _Given], *given: object) -> _Given | None:
        """What `reader` makes of what was given, or None with the problem noted."""
        try:
            return reader(*given)
        except (LimitProblem, CalendarProblem, Unclear) as problem:
            self.problems.append(Problem(part, problem.words, problem.suggestion))
        except (LocalTimeProblem, ServiceProblem) as problem:
            self.problems.append(Problem(part, problem.words))
        return None


def _start(text: str) -> datetime:
    start_at = parse_instant(text)
    if not FIRST_YEAR <= start_at.year <= LAST_YEAR:
        raise Unclear(f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return start_at


def _services(lines: Iterable[str]) -> dict[str, Service]:
    known: dict[str, Service] = {}
    for each in map(parse_service, lines):
        if each.name in known:
            raise Unclear(f'The service "{shown(each.name)}" is given twice.')
        known[each.name] = each
    return known


def _calendar(
    names: Iterable[str], edition: Edition | None, working_in: WorkingIn | None
) -> Calendar:
    return combined([calendar(name, edition) for name in names], working_in or WorkingIn.ALL)


def _counting(sheet: _Sheet, reading: Mapping[str, str]) -> Counting | None:
    """The reading stated, or None with its problems noted."""
    for name in reading:
        if name not in PARTS_OF_A_READING:
            raise ValueError(f"{name!r} is no part of a reading.")
    if not any(reading.values()):
        return DAY_ZERO
    start_day = sheet.read("start_day", _choice, StartDay, reading.get("start_day") or "day_zero")
    cut_off = sheet.read("cut_off", _clock, reading.get("cut_off"))
    day_ends = sheet.read("day_ends", _clock, reading.get("day_ends"))
    # The one reading that a cut-off hour can be joined with; see Counting.
    usual = ClosedDays.NEXT_WORKING_DAY if cut_off is not None else ClosedDays.STAY
    closed_days = sheet.read(
        "closed_days", _choice, ClosedDays, reading.get("closed_days") or usual
    )
    if start_day is None or closed_days is None:
        return None
    return sheet.read("cut_off", _joined, start_day, closed_days, cut_off, day_ends)


def _joined(
    start_day: StartDay, closed_days: ClosedDays, cut_off: time | None, day_ends: time | None
) -> Counting:
    try:
        return Counting(
            start_day, closed_days, cut_off, LAST_SECOND if day_ends is None else day_ends
        )
    except ValueError as problem:
        raise Unclear(str(problem)) from None


@lru_cache(maxsize=64)
def _choice(kind: type[_Choice], text: str) -> _Choice:
    """One of a few words, written with hyphens, underscores or spaces."""
    known = [str(each) for each in kind]
    plain = "_".join(re.split(r"[-_\s]+", text.strip().lower()))
    if plain in known:
        return kind(plain)
    spoken = [each.replace("_", "-") for each in known]
    near = nearest(plain.replace("_", "-"), spoken)
    instead = f" Did you mean {near}?" if near else ""
    raise Unclear(f'"{shown(text)}" is not one of {", ".join(spoken)}.{instead}', near)


def _clock(text: str | None) -> time | None:
    """A London time of day, or None where there is none."""
    if not text:
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise Unclear(f'"{shown(text)}" is not a time of day. Write it like 17:00.')
    hour, minute, second = (int(each or 0) for each in found.groups())
    return time(hour, minute, second)
