"""The boxes a date or an instant is typed into, and reading what was typed in them.

Pure reading: text in, a day or a time out, or a `BoxError` that says what is wrong and in which box. It must not know
which form asked, nor read a clock.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

DATE_PARTS = ("day", "month", "year")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_EARLIEST, _LATEST = 1900, 2100
_TIME = re.compile(r"(\d{1,2})(?:[:. ]?([0-5]\d))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class Boxes(forms.Widget):
    """Boxes posted as `name-day`, `name-month`, `name-year` and, for an instant, `name-time`."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.parts = parts
        super().__init__()

    def value_from_datadict(self, data: Mapping[str, Any], _: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], _: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in self.parts)


class BoxError(ValidationError):
    """An error that knows which boxes it is about, so that they can be marked and linked to."""

    def __init__(self, message: str, *boxes: str) -> None:
        self.boxes = boxes
        super().__init__(message, code="date")


def read_date(typed: Mapping[str, str], named: str) -> date:
    """The day typed in three boxes. `named` begins each message, for example `The date you spoke`."""
    empty = [part for part in DATE_PARTS if not typed[part]]
    if empty:
        wanted = " and ".join(f"a {part}" for part in empty)
        raise BoxError(f"{named} must include {wanted}", *empty)
    year = _year(typed["year"], named)
    month = _month(typed["month"], named)
    return date(year, month, _day(typed["day"], month, year, named))


def read_time(typed: str, named: str) -> time:
    """The time typed in one box: `3:40pm`, `15:40`, `9am`, `midday`. Refuses what could be either half of the day."""
    if typed.lower() in _NAMED_TIMES:
        return _NAMED_TIMES[typed.lower()]
    found = _TIME.fullmatch(typed)
    if not found:
        raise _not_a_time(named)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        return _twelve_hour(hour, minute, half, named)
    if hour > 23 or (found[2] is None and len(found[1]) < 2 and hour != 0):
        raise _not_a_time(named)
    if 1 <= hour <= 6 and not found[1].startswith("0"):
        raise BoxError(
            f"{named}: say whether {typed} is in the morning (am) or the afternoon (pm)", "time"
        )
    return time(hour, minute)


def _twelve_hour(hour: int, minute: int, half: str, named: str) -> time:
    if hour > 12:  # "15:40pm" says the same thing twice
        if half == "p" and hour < 24:
            return time(hour, minute)
        raise _not_a_time(named)
    if hour == 0:
        raise _not_a_time(named)
    return time(hour % 12 + (12 if half == "p" else 0), minute)


def _not_a_time(named: str) -> BoxError:
    return BoxError(f"{named} must include a time, for example 9:30am or 3pm", "time")


def _year(typed: str, named: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise BoxError(f"{named} must have a year of 4 numbers, for example 2026", "year")
    if not _EARLIEST <= int(typed) <= _LATEST:
        raise BoxError(f"{named} must have a year between {_EARLIEST} and {_LATEST}", "year")
    return int(typed)


def _month(typed: str, named: str) -> int:
    """A month by its number or by its name, in full or by three letters or more."""
    word = typed.lower().rstrip(".")
    named_months = [
        n for n, month in enumerate(_MONTHS, 1) if len(word) >= 3 and month.startswith(word)
    ]
    if len(named_months) == 1:
        return named_months[0]
    if typed.isascii() and typed.isdigit() and len(typed) <= 2 and 1 <= int(typed) <= 12:
        return int(typed)
    raise BoxError(f"{named} must have a month from 1 to 12", "month")


def _day(typed: str, month: int, year: int, named: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2):
        raise BoxError(f"{named} must have a day that is a number, for example 27", "day")
    last = monthrange(year, month)[1]
    if not 1 <= int(typed) <= last:
        month_name = _MONTHS[month - 1].capitalize()
        raise BoxError(
            f"{named} must be a real date. {month_name} {year} has days from 1 to {last}", "day"
        )
    return int(typed)
