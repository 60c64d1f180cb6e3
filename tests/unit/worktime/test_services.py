"""Opening hours as they are written and checked."""

from __future__ import annotations

import pytest

from counterpart.worktime import Opening, Service, parse_opening
from counterpart.worktime.services import DayHours

NINE_TO_FIVE = Opening(9 * 60, 17 * 60)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("09:00-17:00", NINE_TO_FIVE),
        ("9:00 to 17:00", NINE_TO_FIVE),
        ("09:00–17:00", NINE_TO_FIVE),
        ("00:00-24:00", Opening(0, 24 * 60)),
        (" 08:30 - 12:15 ", Opening(8 * 60 + 30, 12 * 60 + 15)),
    ],
)
def test_opening_hours_are_read(text: str, opening: Opening) -> None:
    assert parse_opening(text) == opening


def test_opening_hours_in_words() -> None:
    assert str(NINE_TO_FIVE) == "09:00 to 17:00"
    assert parse_opening(str(NINE_TO_FIVE)) == NINE_TO_FIVE


@pytest.mark.parametrize(
    "text",
    ["", "9-5", "09:00", "17:00-09:00", "09:00-09:00", "09:60-17:00", "09:00-24:01", "25:00-26:00"],
)
def test_opening_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"opening hours|opens before"):
        parse_opening(text)


@pytest.mark.parametrize(
    ("name", "hours", "words"),
    [
        ("", ((NINE_TO_FIVE,),) * 7, "needs a name"),
        ("two  spaces", ((NINE_TO_FIVE,),) * 7, "needs a name"),
        ("a\nb", ((NINE_TO_FIVE,),) * 7, "needs a name"),
        ("x" * 81, ((NINE_TO_FIVE,),) * 7, "at most 80"),
        ("desk", ((),) * 7, "open at some time"),
        ("desk", ((NINE_TO_FIVE,),) * 6, "seven days"),
        ("desk", ((NINE_TO_FIVE, Opening(16 * 60, 18 * 60)),) * 7, "should come after"),
    ],
)
def test_a_service_that_makes_no_sense_is_refused(
    name: str, hours: tuple[DayHours, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Service(name, hours)  # type: ignore[arg-type]  # one of the faults is the number of days


def test_a_weekday_service_is_closed_at_weekends() -> None:
    desk = Service.on_weekdays("desk", NINE_TO_FIVE)

    assert desk.hours == ((NINE_TO_FIVE,),) * 5 + ((), ())
    assert not desk.open_on_bank_holidays
