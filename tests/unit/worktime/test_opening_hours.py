"""A service and its hours, from a line of text."""

from __future__ import annotations

import pytest

from counterpart.worktime import Opening, ServiceProblem, parse_service

MORNING, AFTERNOON = Opening(9 * 60, 12 * 60), Opening(13 * 60, 17 * 60)
ALL_DAY = Opening(9 * 60, 17 * 60)
NONE: tuple[Opening, ...] = ()


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("front-door: Monday to Friday 09:00-17:00", [(ALL_DAY,)] * 5 + [NONE] * 2),
        ("front-door: weekdays 9:00 to 17:00", [(ALL_DAY,)] * 5 + [NONE] * 2),
        ("front-door: Mon to Fri 09:00-17:00", [(ALL_DAY,)] * 5 + [NONE] * 2),
        ("front-door:  EVERY DAY  09:00-17:00 ;", [(ALL_DAY,)] * 7),
        ("front-door: weekends 09:00-17:00", [NONE] * 5 + [(ALL_DAY,)] * 2),
        (
            "front-door: Saturday to Monday 09:00-17:00",
            [(ALL_DAY,)] + [NONE] * 4 + [(ALL_DAY,)] * 2,
        ),
        (
            "front-door: Monday, Wednesday and Friday 09:00-12:00, 13:00-17:00; Tuesday 09:00-12:00",
            [(MORNING, AFTERNOON), (MORNING,), (MORNING, AFTERNOON), NONE, (MORNING, AFTERNOON)]
            + [NONE] * 2,
        ),
        (
            "front-door: Monday 13:00-17:00; Monday 09:00-12:00",
            [(MORNING, AFTERNOON)] + [NONE] * 6,
        ),
        (
            "front-door: Monday 09:00-12:00 and 13:00-17:00",
            [(MORNING, AFTERNOON)] + [NONE] * 6,
        ),
    ],
)
def test_a_service_is_read(text: str, week: list[tuple[Opening, ...]]) -> None:
    found = parse_service(text)

    assert found.name == "front-door"
    assert list(found.hours) == week
    assert not found.open_on_bank_holidays


@pytest.mark.parametrize(("said", "is_open"), [("open", True), ("closed", False)])
def test_bank_holidays_are_said(said: str, is_open: bool) -> None:
    found = parse_service(f"Out of hours: every day 00:00-24:00; {said} on bank holidays")

    assert found.name == "Out of hours"
    assert found.open_on_bank_holidays is is_open


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no service and hours"),
        ("front-door", "Write a service like front-door"),
        (": Monday 09:00-17:00", "needs a name"),
        ("front-door: ", "open at some time"),
        ("front-door: 09:00-17:00", "days and then hours"),
        ("front-door: Monday", "days and then hours"),
        ("front-door: Mondy 09:00-17:00", "Did you mean Monday?"),
        ("front-door: Monday to 09:00-17:00", '"monday to" is not a day of the week'),
        ("front-door: Monday 9-5", '"9-5": Write opening hours like 09:00-17:00.'),
        ("front-door: Monday 09:00-17:00; Monday 16:00-18:00", "should come after"),
        ("front-door: Monday 09:00-17:00; open at Easter", "days and then hours"),
        ("x" * 600, "500 characters"),
    ],
)
def test_what_is_not_a_service_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ServiceProblem) as caught:
        parse_service(text)

    assert words in caught.value.words
