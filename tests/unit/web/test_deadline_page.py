"""Working out a deadline on the public page: when it is due, every day of it, and what to do about a mistake."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

START = {"start-day": "18", "start-month": "12", "start-year": "2026", "start-time": "3pm"}
ROW = re.compile(
    r'<th scope="row"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>', re.DOTALL
)


def page(status: int = 200, /, **asked: str | list[str]) -> str:
    answer = Client().get(f"/work-out-a-deadline?{urlencode(START | asked, doseq=True)}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def rows(page: str) -> list[tuple[str, ...]]:
    return ROW.findall(page)


def test_a_limit_over_christmas_shows_each_day_counted_or_skipped_and_why() -> None:
    found = page(limit="5 working days", nations="england-and-wales")
    assert "Due at the end of Tuesday 29 December 2026 (11:59pm)" in found
    days = rows(found)
    assert len(days) == 12
    assert days[0] == ("Fri 18 December 2026", "No", "The day it starts: day zero")
    assert days[7] == ("Fri 25 December 2026", "No", "Bank holiday: Christmas Day")
    assert days[-1] == ("Tue 29 December 2026", "Yes", "Working day 5 of 5")
    assert "5 days counted and 7 days skipped" in found
    assert "edition" in found


def test_hours_run_through_the_night_the_clocks_change() -> None:
    autumn = {"start-day": "24", "start-month": "10", "start-time": "3pm"}
    found = page(limit="24 hours", nations="england-and-wales", **autumn)
    assert "Due Sunday 25 October 2026 at 2pm" in found


def test_several_nations_count_only_the_days_that_all_of_them_work() -> None:
    new_year = {"start-day": "31", "start-month": "12", "start-time": "9am"}
    alone = page(limit="1 working day", nations="england-and-wales", **new_year)
    both = page(limit="1 working day", nations=["england-and-wales", "scotland"], **new_year)
    assert "Monday 4 January 2027" in alone
    assert "Tuesday 5 January 2027" in both


def test_a_policys_own_limit_is_worked_out_under_its_own_calendar() -> None:
    found = page(limit="", rule="brent/one-working-week")
    assert "Due at the end of Tuesday 29 December 2026 (11:59pm)" in found
    assert "clause" in found
    assert ">Brent: Settle it through discussion" in found


def test_a_limit_without_a_number_has_no_deadline() -> None:
    found = page(limit="as soon as possible", nations="england-and-wales")
    assert "There is no deadline" in found


def test_a_sum_past_the_bank_holidays_we_know_is_not_made_up() -> None:
    far = {"start-year": "2098"}
    found = page(limit="5 working days", nations="england-and-wales", **far)
    assert "This cannot be worked out" in found
    assert rows(found) == []


def test_the_middle_of_a_very_long_sum_stands_in_one_line() -> None:
    found = page(limit="9999 hours", nations="england-and-wales")
    assert len(rows(found)) == 81
    assert "Some of them" in found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": ""}, "Write how long the limit is, or choose one of a policy"),
        ({"limit": "5 workng days"}, "Did you mean"),
        ({"limit": "5 days"}, "working days or calendar days"),
        ({"limit": "5 working days", "nations": []}, "Choose at least one nation"),
        ({"limit": "5 working days", "rule": "brent/one-working-week"}, "not both"),
        ({"limit": "1 hour", "start-day": "31", "start-month": "2"}, "must be a real date"),
        ({"limit": "1 hour", "start-time": ""}, "must include a time"),
        ({"limit": "", "rule": "brent/nothing"}, "Choose from the answers on this page"),
        ({"limit": "x" * 200}, "100 characters or fewer"),
        (
            {"limit": "1 hour", "start-day": "28", "start-month": "3", "start-year": "2027",
             "start-time": "1:30am"},
            "The clocks went forward",
        ),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_says_what_to_do(
    asked: dict[str, str | list[str]], said: str
) -> None:
    found = page(422, **({"nations": "england-and-wales"} | asked))
    assert said in found
    assert "There is a problem" in found
    assert "<title>Error: Work out a deadline" in found


def test_nothing_asked_is_no_mistake() -> None:
    found = Client().get("/work-out-a-deadline?from=a-newsletter")
    assert found.status_code == 200
    assert "There is a problem" not in found.content.decode()


def test_the_address_of_the_page_is_where_the_sum_stands() -> None:
    found = page(limit="48 hours", nations="scotland")
    assert 'method="get"' in found
    assert "csrfmiddlewaretoken" not in found.split('method="get"')[1].split("</form>")[0]
    assert 'value="48 hours"' in found
