"""Regular duties, those with no case: which are owed for which period, by whom, since when, and what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Actor, Recorded
from counterpart.engine.regular import (
    POLICY_REVIEW,
    Member,
    Owed,
    book_of,
    owed,
    owed_at,
    regular_duties,
    since_when,
    tiers_of,
)
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
    RegularEntryWithdrawn,
)
from counterpart.policy.model import Policy, Review, Seat, Standing
from tests.unit.policy.written_policies import written

HERE = Id("partnership")
SCHOOL, CARE = Id("school"), Id("care")
NOBODY = Actor(person=None, post=None, agency=None, capacity=Code("business_manager"))
LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 11, 23)
BEXLEY, BRENT, NURSERY, SOMERSET = map(
    written, ("bexley", "brent", "ready-steady-grow", "somerset")
)
MEMBERS = (Member(CARE), Member(SCHOOL))


def entries(*events: Any) -> tuple[Recorded, ...]:
    """Events as entries of a partnership's stream; each is called by its number."""
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    return tuple(
        Recorded(
            id=Id(str(n)), stream="office", version=n, happened_at=at, written_at=at, actor=NOBODY,
            event=event,
        )
        for n, event in enumerate(events, start=1)
    )  # fmt: skip


def done(duty: str, period: str = "", **changed: Any) -> RegularDutyDone:
    given: dict[str, Any] = {"partnership": HERE, "edition": Code("e"), "agency": None, "occasion": None,
                             "done_on": TODAY}  # fmt: skip
    return RegularDutyDone(duty=Code(duty), period=Code(period), **(given | changed))


def answered(agency: str, period: str, **changed: Any) -> AgencyReturnGiven:
    given: dict[str, Any] = {
        "partnership": HERE,
        "edition": Code("e"),
        "occasion": None,
        "has_nothing": True,
    }
    given |= {"duty": Code("quarterly-return")}
    return AgencyReturnGiven(agency=Id(agency), period=Code(period), **(given | changed))


def fell_due(duty: str, occasion: str = "it", **changed: Any) -> RegularDutyFellDue:
    given: dict[str, Any] = {"partnership": HERE, "edition": Code("e"), "agency": None, "which": 0}
    return RegularDutyFellDue(
        duty=Code(duty), occasion=Id(occasion), happened_on=TODAY, **(given | changed)
    )


def found(
    policy: Policy, *events: Any, since: date = LONG_AGO, today: date = TODAY,
    members: tuple[Member, ...] = MEMBERS, last: int | None = None,
) -> tuple[Owed, ...]:  # fmt: skip
    """Everything owed under a policy that has been in force since then."""
    whole = {duty.id: since for duty in regular_duties(policy)}
    return owed(policy, whole, book_of(entries(*events)), today, members, last=last)


def of(duty: str, some: tuple[Owed, ...]) -> list[Owed]:
    return [one for one in some if one.duty.id == duty]


def periods_of(duty: str, some: tuple[Owed, ...]) -> list[str]:
    return [one.period.code for one in of(duty, some) if one.period]


def a_duty(every: str, **changed: Any) -> Standing:
    return replace(BRENT.standing[0], every=every, **changed)


def with_duties(*duties: Standing) -> Policy:
    return replace(BRENT, standing=duties, review=None)


# --- whose, and since when ------------------------------------------------------------------------


def test_every_agency_is_asked_each_quarter_and_nobody_is_said_to_be_late() -> None:
    some = of("quarterly-return", found(BEXLEY, since=date(2026, 5, 3), last=2))
    assert [(one.agency, one.period.code) for one in some if one.period] == [
        (CARE, "2026-q4"), (SCHOOL, "2026-q4"), (CARE, "2026-q3"), (SCHOOL, "2026-q3"),
    ]  # fmt: skip
    assert [one.state(TODAY) for one in some] == ["running"] * 2 + ["not_recorded"] * 2
    assert all(one.due_on is None for one in some)


def test_the_first_period_is_the_one_in_which_it_was_first_asked_for() -> None:
    assert periods_of("yearly-panel-report", found(BRENT, since=date(2024, 12, 31))) == [
        "2026", "2025", "2024",
    ]  # fmt: skip
    assert found(BRENT, since=TODAY + timedelta(days=1)) == ()


def test_an_edition_that_first_asks_for_it_in_the_middle_of_a_quarter_begins_with_that_quarter() -> (
    None
):
    without, quarterly = with_duties(), with_duties(a_duty("quarter"))
    had = [(date(2026, 1, 5), without), (date(2026, 8, 20), quarterly)]
    since = since_when(quarterly.standing[0], had)
    assert since == date(2026, 8, 20)
    assert periods_of("yearly-panel-report", found(quarterly, since=since)) == [
        "2026-q4", "2026-q3",
    ]  # fmt: skip


def test_it_is_counted_from_the_last_time_it_came_in_and_from_when_it_is_asked_as_often_as_now() -> (
    None
):
    duty = a_duty("quarter")
    had = [
        (date(2024, 1, 1), with_duties(duty)),
        (date(2025, 1, 1), with_duties()),
        (date(2026, 2, 1), with_duties(a_duty("year"))),
        (date(2026, 4, 1), with_duties(duty)),
        (date(2026, 9, 1), with_duties(a_duty("quarter", what="Said in other words"))),
    ]
    assert since_when(duty, had) == date(2026, 4, 1)
    assert since_when(duty, had[:2]) is None


def test_an_agency_is_asked_for_the_periods_on_whose_last_day_it_was_there() -> None:
    came = Member(CARE, since=date(2026, 8, 10))
    leaves = Member(SCHOOL, until=date(2026, 9, 30))
    some = of("quarterly-return", found(BEXLEY, members=(came, leaves), last=3))
    asked = [(one.agency, one.period.code) for one in some if one.period]
    assert asked == [(CARE, "2026-q4"), (CARE, "2026-q3"), (SCHOOL, "2026-q2")]


def test_an_agency_that_has_just_come_is_asked_for_the_period_that_runs() -> None:
    some = found(BEXLEY, members=(Member(CARE, since=TODAY),), last=1)
    assert [one.agency for one in of("quarterly-return", some)] == [CARE]
    later = found(BEXLEY, members=(Member(CARE, since=TODAY + timedelta(days=1)),), last=1)
    assert of("quarterly-return", later) == []


def test_a_role_of_the_agency_has_what_is_for_each_and_one_of_the_office_what_is_the_partnerships() -> (
    None
):
    audit = next(duty for duty in NURSERY.standing if duty.id == "audit")
    assert tiers_of(NURSERY, audit, SCHOOL) == ("senior_manager", "operations_manager")
    (learning,) = SOMERSET.standing
    assert tiers_of(SOMERSET, learning, None) == ("coordinator", "business_manager")
    ask = next(duty for duty in BEXLEY.standing if duty.from_each)
    assert tiers_of(BEXLEY, ask, SCHOOL) == ()


# --- what has no period ---------------------------------------------------------------------------


def test_what_is_done_now_and_then_has_no_period_and_shows_when_it_was_last_done() -> None:
    some = of("audit", found(NURSERY, done("audit", agency=SCHOOL), members=(Member(SCHOOL),)))
    (audit,) = some
    assert (audit.period, audit.because, audit.state(TODAY)) == (None, "any_time", "any_time")
    assert audit.entry is not None
    assert not audit.waits(TODAY)


def test_what_falls_due_on_an_event_alone_is_owed_only_once_one_is_noted() -> None:
    assert of("subgroup-learning", found(SOMERSET)) == []
    (one,) = of("subgroup-learning", found(SOMERSET, fell_due("subgroup-learning")))
    assert (one.state(TODAY), one.because, one.waits(TODAY)) == ("open", "occasion", True)
    closed = done("subgroup-learning", occasion=Id("it"))
    (one,) = of("subgroup-learning", found(SOMERSET, fell_due("subgroup-learning"), closed))
    assert one.state(TODAY) == "recorded"


def test_each_thing_that_happens_opens_it_once_more_beside_its_periods() -> None:
    two = (fell_due("policy-review", "a", agency=SCHOOL), fell_due("policy-review", "b"))
    closed = done("policy-review", occasion=Id("a"), agency=SCHOOL)
    some = of("policy-review", found(NURSERY, *two, closed, last=1))
    told = [(one.because, one.agency, one.state(TODAY)) for one in some]
    assert told == [
        ("occasion", CARE, "open"), ("occasion", SCHOOL, "open"), ("occasion", SCHOOL, "recorded"),
        ("period", CARE, "running"), ("period", SCHOOL, "running"),
    ]  # fmt: skip


def test_what_was_noted_by_mistake_or_put_right_counts_no_more() -> None:
    first = fell_due("subgroup-learning")
    gone = RegularEntryWithdrawn(partnership=HERE, entry=Id("1"))
    assert of("subgroup-learning", found(SOMERSET, first, gone)) == []
    again = replace(first, corrects=Id("1"), happened_on=date(2026, 11, 2))
    (one,) = of("subgroup-learning", found(SOMERSET, first, again))
    assert one.occasion is not None
    assert one.occasion.event.happened_on == date(2026, 11, 2)


# --- what is on the record ------------------------------------------------------------------------


def test_a_nil_return_is_an_answer_and_the_others_are_still_asked() -> None:
    some = of("quarterly-return", found(BEXLEY, answered("school", "2026-q3"), last=2))
    states = {(one.agency, one.period.code): one.state(TODAY) for one in some if one.period}
    assert states[SCHOOL, Code("2026-q3")] == "recorded"
    assert states[CARE, Code("2026-q3")] == "not_recorded"


def test_an_entry_put_right_stands_in_the_place_of_the_one_before() -> None:
    first = done("yearly-panel-report", "2025")
    again = replace(first, corrects=Id("1"), done_on=date(2026, 2, 1))
    some = of("yearly-panel-report", found(BRENT, first, again))
    (of_2025,) = [one for one in some if one.period and one.period.code == "2025"]
    assert of_2025.entry is not None
    assert of_2025.entry.id == "2"


def test_a_place_is_found_by_its_period_or_by_what_happened() -> None:
    some = found(SOMERSET, fell_due("subgroup-learning"))
    assert owed_at(some, "subgroup-learning", None, "", "it") is some[0]
    assert owed_at(some, "subgroup-learning", None, "", "another") is None


# --- the review of the policy ---------------------------------------------------------------------


@pytest.mark.parametrize("days", [-15, 0, 400])
def test_the_review_of_a_policy_is_owed_by_its_day_which_nobody_is_reminded_of(days: int) -> None:
    assert BRENT.review is not None
    assert BRENT.review.due is not None
    today = BRENT.review.due + timedelta(days=days)
    (review,) = of(POLICY_REVIEW, found(BRENT, today=today, since=date(2014, 12, 3)))
    assert (review.because, review.due_on) == ("day", BRENT.review.due)
    assert (review.state(today), review.waits(today)) == ("open", False)


def test_a_review_counts_for_the_edition_that_was_reviewed() -> None:
    reviewed = done(POLICY_REVIEW, edition=Code(BRENT.edition))
    assert of(POLICY_REVIEW, found(BRENT, reviewed))[0].state(TODAY) == "recorded"
    other = done(POLICY_REVIEW, edition=Code("another"))
    assert of(POLICY_REVIEW, found(BRENT, other))[0].state(TODAY) == "open"


def test_a_review_that_is_a_regular_duty_already_is_not_asked_for_twice() -> None:
    assert POLICY_REVIEW not in {duty.id for duty in regular_duties(NURSERY)}


def test_a_review_without_a_day_is_made_as_often_as_the_policy_says() -> None:
    clause = BRENT.clause
    yearly = replace(with_duties(), review=Review(None, "year", (), clause))
    assert periods_of(POLICY_REVIEW, found(yearly, since=date(2025, 3, 1))) == ["2026", "2025"]
    two_years = replace(with_duties(), review=Review(None, "two years", (), clause))
    assert [one.because for one in found(two_years)] == ["any_time"]
    on_events = replace(with_duties(), review=Review(None, None, ("The law changes",), clause))
    assert found(on_events) == ()
    (one,) = found(on_events, fell_due(POLICY_REVIEW))
    assert (one.because, one.agency, one.duty.owner) == ("occasion", None, Seat("partnership"))


@pytest.mark.parametrize(
    ("today", "waits"),
    [(date(2026, 12, 1), False), (date(2026, 12, 2), True), (date(2026, 12, 31), True)],
)
def test_somebody_is_reminded_once_a_period_nears_its_end(today: date, waits: bool) -> None:
    (one,) = of("yearly-panel-report", found(BRENT, today=today, last=1))
    assert one.waits(today) == waits
