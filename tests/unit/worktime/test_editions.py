"""The bank holidays themselves: frozen, so that nothing can move an old deadline unnoticed.

The figures were taken from the official feed and checked against a second source on the day each
edition was made. If one of these fails, an edition was changed: make a new one instead.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest

from counterpart.worktime import DIVISIONS, Edition, calendar, editions

EW, S, NI = "england-and-wales", "scotland", "northern-ireland"
NEWEST = editions()[-1]

USUAL = {EW: 8, S: 9, NI: 10}  # bank holidays in an ordinary year
EXTRA = {  # one-off days, and the divisions that kept them
    date(2012, 6, 5): DIVISIONS,  # Diamond Jubilee
    date(2022, 6, 3): DIVISIONS,  # Platinum Jubilee
    date(2022, 9, 19): DIVISIONS,  # state funeral of Queen Elizabeth II
    date(2023, 5, 8): DIVISIONS,  # coronation
    date(2026, 6, 15): (S,),  # World Cup
}


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("2026-02", "ae35df56910e737efe764973643057814973a3d51f6540bf435bdb83512d4f00"),
        ("2026-11", "d74f8fa12ce3d9d113fd11ffd5955c36c2f1fd07250db6443057a87f0f9f51cd"),
    ],
)
def test_an_edition_never_changes(name: str, digest: str) -> None:
    (edition,) = (edition for edition in editions() if edition.name == name)
    text = "\n".join(f"{row.day} {row.title} {','.join(row.divisions)}" for row in edition.days)

    assert hashlib.sha256(text.encode()).hexdigest() == digest


def test_every_edition_is_frozen_above_and_in_order() -> None:
    assert [edition.name for edition in editions()] == ["2026-02", "2026-11"]
    assert [edition.taken_on for edition in editions()] == [date(2026, 2, 25), date(2026, 11, 21)]


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.name)
@pytest.mark.parametrize("division", DIVISIONS)
def test_bank_holidays_fall_on_weekdays_within_the_edition(division: str, edition: Edition) -> None:
    days = list(edition.of(division))

    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert all(edition.first_day <= day <= edition.last_day for day in days)


@pytest.mark.parametrize("division", DIVISIONS)
@pytest.mark.parametrize("year", range(2012, 2029))
def test_each_year_has_its_usual_days_and_the_extra_ones(year: int, division: str) -> None:
    found = Counter(day.year for day in NEWEST.of(division))
    extra = [day for day, kept_by in EXTRA.items() if day.year == year and division in kept_by]

    assert found[year] == USUAL[division] + len(extra)
    assert set(extra) <= set(NEWEST.of(division))


EASTER_SUNDAYS = {
    2012: (4, 8),
    2013: (3, 31),
    2014: (4, 20),
    2015: (4, 5),
    2016: (3, 27),
    2017: (4, 16),
    2018: (4, 1),
    2019: (4, 21),
    2020: (4, 12),
    2021: (4, 4),
    2022: (4, 17),
    2023: (4, 9),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
}


@pytest.mark.parametrize(("year", "easter"), EASTER_SUNDAYS.items())
def test_easter_by_the_church_calendar(year: int, easter: tuple[int, int]) -> None:
    sunday = date(year, *easter).toordinal()
    friday, monday = date.fromordinal(sunday - 2), date.fromordinal(sunday + 1)

    assert [NEWEST.of(each).get(friday) for each in DIVISIONS] == ["Good Friday"] * 3
    assert [monday in NEWEST.of(each) for each in (EW, NI, S)] == [True, True, False]


def test_the_newer_edition_is_the_older_with_one_day_more() -> None:
    older, newer = editions()

    assert set(older.days) < set(newer.days)
    assert [(row.day, row.divisions) for row in set(newer.days) - set(older.days)] == [
        (date(2026, 6, 15), (S,))
    ]


def test_a_day_may_be_added_to_make_a_new_edition() -> None:
    newer = NEWEST.with_day(
        name="2027-01",
        taken_on=date(2027, 1, 9),
        source="a proclamation",
        day=date(2027, 6, 7),
        title="An extra day",
        divisions=(EW, NI),
    )

    assert calendar(EW, newer).bank_holiday(date(2027, 6, 7)) == "An extra day"
    assert calendar(EW, newer).edition == "2027-01"
    assert calendar(EW).bank_holiday(date(2027, 6, 7)) is None
    assert calendar(S, newer).bank_holiday(date(2027, 6, 7)) is None


@pytest.mark.parametrize(
    ("day", "divisions"),
    [
        (date(2026, 12, 25), (EW,)),
        (date(2027, 6, 7), ("france",)),
        (date(2029, 1, 1), (EW,)),
    ],
)
def test_a_day_that_cannot_be_added_is_refused(day: date, divisions: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=str(day)):
        NEWEST.with_day(
            name="2027-01",
            taken_on=date(2027, 1, 9),
            source="a mistake",
            day=day,
            title="Once too often",
            divisions=divisions,
        )
