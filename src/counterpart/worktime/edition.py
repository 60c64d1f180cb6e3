"""An edition: the bank holidays of the United Kingdom as they were known on one day.

Bank holidays are announced, not calculated, and some come with a few days' notice. So each sum
names the edition it used, and a later edition is a new value, never a change to an old one. The
editions we hold are in `editions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Self

ENGLAND_AND_WALES = "england-and-wales"
NORTHERN_IRELAND = "northern-ireland"
SCOTLAND = "scotland"

DIVISIONS = (ENGLAND_AND_WALES, NORTHERN_IRELAND, SCOTLAND)
"""The three divisions of the United Kingdom that keep different bank holidays."""

DIVISION_TITLES = {
    ENGLAND_AND_WALES: "England and Wales",
    NORTHERN_IRELAND: "Northern Ireland",
    SCOTLAND: "Scotland",
}
_LETTERS = {"E": ENGLAND_AND_WALES, "N": NORTHERN_IRELAND, "S": SCOTLAND}


class BankHoliday(NamedTuple):
    """One day, what it is for, and the divisions that keep it."""

    day: date
    title: str
    divisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Every bank holiday from `first_day` to `last_day`, as known on `taken_on`.

    Outside those days nothing is known: not that there are no bank holidays.
    """

    name: str
    taken_on: date
    source: str
    first_day: date
    last_day: date
    days: tuple[BankHoliday, ...] = field(hash=False, repr=False)

    def of(self, division: str) -> dict[date, str]:
        """The bank holidays of one division, with their titles, in order of date."""
        return {row.day: row.title for row in self.days if division in row.divisions}

    def with_day(
        self,
        *,
        name: str,
        taken_on: date,
        source: str,
        day: date,
        title: str,
        divisions: tuple[str, ...],
    ) -> Self:
        """The next edition, with one bank holiday more."""
        if not self.first_day <= day <= self.last_day:
            raise ValueError(f"Edition {self.name} does not reach {day}.")
        for division in divisions:
            if division not in DIVISIONS or day in self.of(division):
                raise ValueError(f"{day} cannot be added for {division}.")
        days = tuple(sorted((*self.days, BankHoliday(day, title, divisions))))
        return replace(self, name=name, taken_on=taken_on, source=source, days=days)


def holidays(rows: Iterable[tuple[str, str, str]]) -> tuple[BankHoliday, ...]:
    """Rows of date, title and the letters of the divisions (E, N, S), as edition modules hold."""
    return tuple(
        BankHoliday(date.fromisoformat(day), title, tuple(_LETTERS[each] for each in letters))
        for day, title, letters in rows
    )
