"""Reading a service and its opening hours from a line of text, as a question in words gives it.

`front-door: Monday to Friday 09:00-12:00, 13:00-17:00; Saturday 10:00-13:00`, to which
`; open on bank holidays` may be added. A policy file says the same by weekday; `policy` reads
that. It takes what it knows and refuses the rest; it must not guess at hours nobody stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from counterpart.worktime.services import WEEKDAYS, DayHours, Opening, Service, parse_opening
from counterpart.worktime.spelling import nearest, shown

EXAMPLE = "Write a service like front-door: Monday to Friday 09:00-17:00."
_LONGEST = 500
_DAYS = {name.lower(): place for place, name in enumerate(WEEKDAYS)}
_SHORT = {name[:3]: place for name, place in _DAYS.items()}
_GROUPS = {"every day": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_BANK_HOLIDAYS = {"open on bank holidays": True, "closed on bank holidays": False}


class ServiceProblem(ValueError):
    """Words that are not a service and its hours. `words` says what is wrong."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def parse_service(text: str) -> Service:
    """The service that a line of text says. Raises ServiceProblem."""
    if len(text) > _LONGEST:
        raise ServiceProblem(f"A service is said in {_LONGEST} characters at most.")
    name, colon, said = text.partition(": ")
    if not colon:
        raise ServiceProblem(f'"{shown(text)}" names no service and hours. {EXAMPLE}')
    week: list[list[Opening]] = [[] for _ in WEEKDAYS]
    on_bank_holidays = False
    for part in filter(None, (" ".join(part.lower().split()) for part in said.split(";"))):
        if part in _BANK_HOLIDAYS:
            on_bank_holidays = _BANK_HOLIDAYS[part]
            continue
        for day, openings in _part(part):
            week[day] += openings
    return _made(" ".join(name.split()), week, open_on_bank_holidays=on_bank_holidays)


def _part(part: str) -> Iterable[tuple[int, list[Opening]]]:
    """Days, and the hours of each: monday to friday 09:00-12:00, 13:00-17:00."""
    found = re.search(r"[0-9]", part)
    if found is None or found.start() == 0:
        raise ServiceProblem(f'"{shown(part)}" does not say days and then hours. {EXAMPLE}')
    openings = [_opening(each) for each in re.split(r",| and ", part[found.start() :])]
    for day in _days(part[: found.start()].strip()):
        yield day, openings


def _days(said: str) -> Iterable[int]:
    """The days of the week that some words name, Monday 0."""
    if said in _GROUPS:
        return _GROUPS[said]
    days: list[int] = []
    for piece in re.split(r",| and ", said):
        first, _, last = piece.strip().partition(" to ")
        start = _weekday(first)
        end = _weekday(last) if last else start
        days += range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
    return days


def _weekday(name: str) -> int:
    plain = name.strip().lower()
    if plain in _DAYS:
        return _DAYS[plain]
    if plain in _SHORT:
        return _SHORT[plain]
    near = nearest(plain, _DAYS)
    instead = f" Did you mean {WEEKDAYS[_DAYS[near]]}?" if near else ""
    raise ServiceProblem(f'"{shown(name)}" is not a day of the week.{instead}')


def _opening(text: str) -> Opening:
    try:
        return parse_opening(text)
    except ValueError as problem:
        raise ServiceProblem(f'"{shown(text)}": {problem}') from None


def _made(name: str, week: list[list[Opening]], *, open_on_bank_holidays: bool) -> Service:
    hours: list[DayHours] = [tuple(sorted(day)) for day in week]
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = hours
    try:
        return Service(
            name,
            (monday, tuesday, wednesday, thursday, friday, saturday, sunday),
            open_on_bank_holidays,
        )
    except ValueError as problem:
        raise ServiceProblem(str(problem)) from None
