"""The calendar's months, quarters, half-years and years, for what a policy asks for so often.

A period has a first and a last day and no day on which anything is due: a policy that gives none has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from counterpart.engine.kinds import Code

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""How many months each period of a policy has. Whatever else a policy says has no period."""

_MARKS = {1: "", 3: "q", 6: "h"}
_CODE = re.compile(r"([12][0-9]{3})(?:-(?:([01][0-9])|q([1-4])|h([12])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of the calendar: its first day, and for how many months."""

    begins_on: date
    months: int

    @property
    def until_on(self) -> date:
        """The first day after it."""
        month = self.begins_on.month - 1 + self.months
        return date(self.begins_on.year + month // 12, month % 12 + 1, 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.until_on - timedelta(days=1)

    @property
    def code(self) -> Code:
        """`2026`, `2026-h1`, `2026-q3` or `2026-09`."""
        year, month = self.begins_on.year, self.begins_on.month
        if self.months == MONTHS["year"]:
            return Code(f"{year}")
        if self.months == 1:
            return Code(f"{year}-{month:02}")
        return Code(f"{year}-{_MARKS[self.months]}{(month - 1) // self.months + 1}")

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until_on <= today

    def is_ending(self, today: date) -> bool:
        """Whether no more of it is left than a twelfth, a month of a year, or it is over."""
        left = (self.until_on - today).days
        return left * 12 <= (self.until_on - self.begins_on).days


def period_of(every: str, day: date) -> Period | None:
    """The period that a day falls in; None where there are no periods. Years 1000 to 2999."""
    months = MONTHS.get(every)
    if months is None:
        return None
    first = (day.month - 1) // months * months + 1
    return Period(date(day.year, first, 1), months)


def period_called(code: str) -> Period | None:
    """The period with this code, or None."""
    read = _CODE.fullmatch(code)
    if read is None:
        return None
    year, month, quarter, half = (int(part) if part else 0 for part in read.groups())
    if read[2]:
        return Period(date(year, month, 1), 1) if 1 <= month <= 12 else None
    if quarter:
        return Period(date(year, quarter * 3 - 2, 1), 3)
    return Period(date(year, half * 6 - 5, 1), 6) if half else Period(date(year, 1, 1), 12)


def periods(every: str, since: date, today: date, last: int | None = None) -> tuple[Period, ...]:
    """The periods from the one that `since` falls in to today's, the newest first; the `last` of them.

    () where there are none, and where `since` is still to come.
    """
    found: list[Period] = []
    current = period_of(every, today)
    while current and current.until_on > since and since <= today:
        if last is not None and len(found) == last:
            break
        found.append(current)
        current = period_of(every, current.begins_on - timedelta(days=1))
    return tuple(found)
