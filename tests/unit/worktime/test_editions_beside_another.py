"""The bank holidays we hold, beside what others say: the package `holidays`, and days anybody can look up.

`holidays` works days out from rules and lists of exceptions of its own; our editions are copies of the official feed.
It also lists the Saturday or Sunday that a substitute day stands for, which never was a working day.
"""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from counterpart.worktime import Edition, calendar, editions

EW, S, NI = "england-and-wales", "scotland", "northern-ireland"
NEWEST = editions()[-1]

# Announced on 3 February 2026; the copy of the feed that edition 2026-02 was made from did not have it yet.
NOT_YET_KNOWN = {("2026-02", S): {date(2026, 6, 15)}}


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.name)
@pytest.mark.parametrize(("division", "code"), [(EW, "ENG"), (EW, "WLS"), (S, "SCT"), (NI, "NIR")])
def test_every_bank_holiday_of_every_year_is_one_by_another_account(
    division: str, code: str, edition: Edition
) -> None:
    years = range(edition.first_day.year, edition.last_day.year + 1)
    theirs = holidays.country_holidays("GB", subdiv=code, years=years)
    on_weekdays = {day for day in theirs if day.weekday() < 5}

    missing = NOT_YET_KNOWN.get((edition.name, division), set())
    assert set(edition.of(division)) == on_weekdays - missing


@pytest.mark.parametrize(
    ("day", "kept_by"),
    [
        (
            date(2012, 5, 28),
            set(),
        ),  # the spring bank holiday, moved to 4 June for the Diamond Jubilee
        (date(2012, 6, 4), {EW, S, NI}),
        (date(2012, 6, 5), {EW, S, NI}),  # Diamond Jubilee
        (date(2020, 5, 4), set()),  # the early May bank holiday, moved to VE Day
        (date(2020, 5, 8), {EW, S, NI}),  # VE Day, 75 years on
        (date(2021, 12, 27), {EW, S, NI}),  # Christmas on a Saturday: two substitute days
        (date(2021, 12, 28), {EW, S, NI}),
        (
            date(2022, 5, 30),
            set(),
        ),  # the spring bank holiday, moved to 2 June for the Platinum Jubilee
        (date(2022, 6, 2), {EW, S, NI}),
        (date(2022, 6, 3), {EW, S, NI}),  # Platinum Jubilee
        (date(2022, 9, 19), {EW, S, NI}),  # the funeral of Queen Elizabeth II
        (date(2023, 5, 8), {EW, S, NI}),  # the coronation of King Charles III
        (date(2024, 1, 2), {S}),  # 2 January
        (date(2022, 1, 4), {S}),  # 2 January 2022 was a Sunday
        (date(2025, 4, 21), {EW, NI}),  # Easter Monday
        (date(2025, 8, 4), {S}),  # the summer bank holiday there
        (date(2025, 8, 25), {EW, NI}),  # and elsewhere
        (date(2025, 12, 1), {S}),  # St Andrew's Day, which was a Sunday
        (date(2026, 3, 17), {NI}),  # St Patrick's Day
        (date(2026, 7, 13), {NI}),  # the Battle of the Boyne: 12 July was a Sunday
        (date(2026, 6, 15), {S}),  # World Cup
        (date(2026, 12, 28), {EW, S, NI}),  # Boxing Day on a Saturday
        (date(2028, 12, 26), {EW, S, NI}),
    ],
)
def test_days_that_anybody_can_look_up(day: date, kept_by: set[str]) -> None:
    assert {each for each in (EW, S, NI) if calendar(each).bank_holiday(day)} == kept_by


def test_there_is_something_for_each_nation_in_every_published_year() -> None:
    for division in (EW, S, NI):
        years = {day.year for day in NEWEST.of(division)}
        assert years == set(range(2012, NEWEST.last_day.year + 1))
