"""What stands against an entry about a regular duty, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.regular import book_of, owed, regular_duties
from counterpart.engine.regular_events import RegularEntryWithdrawn
from counterpart.engine.regular_rules import refused
from counterpart.policy.model import Policy
from tests.unit.engine.test_regular import (
    BEXLEY,
    BRENT,
    HERE,
    LONG_AGO,
    MEMBERS,
    NURSERY,
    SCHOOL,
    SOMERSET,
    TODAY,
    answered,
    done,
    entries,
    fell_due,
)

REPORT = "yearly-panel-report"
SAID = Words("Two panels met.")


def why_not(policy: Policy, event: Any, *before: Any) -> str:
    """The code of the refusal, "" for none."""
    book = book_of(entries(*before))
    since = {duty.id: LONG_AGO for duty in regular_duties(policy)}
    found = owed(policy, since, book, TODAY, MEMBERS)
    answer = refused(event, policy, found, book, TODAY)
    return answer.code if answer else ""


def test_what_the_policy_asks_for_can_be_written_down_also_for_a_year_long_past() -> None:
    assert why_not(BRENT, done(REPORT, "2026", what=SAID)) == ""
    assert why_not(BRENT, done(REPORT, "2021", what=SAID)) == ""
    assert why_not(NURSERY, done("audit", agency=SCHOOL, what=SAID)) == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"duty": "no-such"},
        {"period": Code("2027")},
        {"period": Code("2026-q1")},
        {"period": Code("2019")},
        {"agency": SCHOOL},
        {"occasion": Id("none")},
    ],
)
def test_what_it_does_not_ask_for_cannot(changed: dict[str, Any]) -> None:
    assert why_not(BRENT, replace(done(REPORT, "2026", what=SAID), **changed)) == "not_asked"


def test_an_answer_is_for_what_every_agency_is_asked_and_for_nothing_else() -> None:
    asked = answered(SCHOOL, "2026-q4")
    assert why_not(BEXLEY, asked) == ""
    assert why_not(BEXLEY, replace(asked, agency=Id("elsewhere"))) == "not_asked"
    lessons = replace(asked, duty=Code("quarterly-lessons"))
    assert why_not(BEXLEY, lessons) == "not_asked"
    other = done("quarterly-return", "2026-q4", agency=SCHOOL, what=SAID)
    assert why_not(BEXLEY, other) == "not_asked"


def test_something_has_to_be_said_unless_there_was_nothing() -> None:
    assert why_not(BRENT, done(REPORT, "2026")) == "nothing_said"
    empty = answered(SCHOOL, "2026-q4", has_nothing=False)
    assert why_not(BEXLEY, empty) == "nothing_said"
    assert why_not(BEXLEY, replace(empty, what=SAID)) == ""


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (TODAY, ""),
        (TODAY + timedelta(days=1), "to_come"),
        (date(2026, 1, 1), ""),
        (date(2025, 12, 31), "too_early"),
    ],
)
def test_it_was_done_in_its_period_or_later_and_not_in_the_future(day: date, why: str) -> None:
    assert why_not(BRENT, done(REPORT, "2026", what=SAID, done_on=day)) == why


def test_what_somebody_has_written_meanwhile_is_not_written_twice_but_can_be_put_right() -> None:
    first = done(REPORT, "2025", what=SAID)
    assert why_not(BRENT, first, first) == "written_since"
    right = replace(first, corrects=Id("1"), done_on=date(2025, 12, 1), what=Words("Three."))
    assert why_not(BRENT, right, first) == ""
    assert why_not(BRENT, right, first, right) == "not_there"
    assert why_not(BRENT, replace(right, period=Code("2024")), first) == "another_place"


def test_what_is_done_now_and_then_is_written_each_time() -> None:
    audit = done("audit", agency=SCHOOL, what=SAID)
    assert why_not(NURSERY, audit, audit) == ""


def test_an_event_is_one_of_those_that_the_policy_names_and_has_happened() -> None:
    noted = fell_due("subgroup-learning")
    assert why_not(SOMERSET, noted) == ""
    assert why_not(SOMERSET, replace(noted, which=1)) == "not_asked"
    assert why_not(SOMERSET, replace(noted, which=-1)) == "not_asked"
    assert why_not(SOMERSET, replace(noted, duty=Code("no-such"))) == "not_asked"
    assert why_not(SOMERSET, replace(noted, happened_on=TODAY + timedelta(days=1))) == "to_come"


def test_an_event_put_right_stays_the_same_occasion() -> None:
    noted = fell_due("subgroup-learning")
    again = replace(noted, corrects=Id("1"), happened_on=date(2026, 11, 1))
    assert why_not(SOMERSET, again, noted) == ""
    assert why_not(SOMERSET, replace(again, occasion=Id("other")), noted) == "another_place"
    assert why_not(SOMERSET, done("subgroup-learning", corrects=Id("1")), noted) == "not_there"


def test_what_an_event_asks_for_is_not_done_before_it() -> None:
    noted = fell_due("subgroup-learning")
    closing = done("subgroup-learning", occasion=Id("it"), what=SAID)
    assert why_not(SOMERSET, closing, noted) == ""
    early = replace(closing, done_on=TODAY - timedelta(days=1))
    assert why_not(SOMERSET, early, noted) == "too_early"


def test_an_entry_is_withdrawn_once() -> None:
    first = done(REPORT, "2025", what=SAID)
    gone = RegularEntryWithdrawn(partnership=HERE, entry=Id("1"))
    assert why_not(BRENT, gone, first) == ""
    assert why_not(BRENT, gone, first, gone) == "not_there"
    assert why_not(BRENT, first, first, gone) == ""
