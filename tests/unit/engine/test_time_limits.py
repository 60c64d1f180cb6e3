"""Brent's one working week: what it covers, how it is cut short for a child, and what it is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from counterpart.engine import events as e
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id
from tests.casebook import (
    MONDAY,
    Case,
    a_step,
    acting,
    at_panel,
    at_stage_four,
    at_stage_three,
    settled,
)
from tests.fakes import SOCIAL_CARE

WEEK = "one-working-week"


def set_to(due_at: datetime, clock: str = WEEK) -> e.LimitSet:
    return e.LimitSet(clock=Code(clock), due_at=due_at)


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        # Monday morning: the whole week to the next Monday's end.
        (datetime(2026, 11, 2, 9, 0, tzinfo=UTC), datetime(2026, 11, 9, 23, 59, 59, tzinfo=UTC)),
        # The Friday before Christmas: 25 and 28 December are bank holidays.
        (datetime(2026, 12, 18, 15, 0, tzinfo=UTC), datetime(2026, 12, 29, 23, 59, 59, tzinfo=UTC)),
        # In summer time the day ends an hour earlier by the stored clock.
        (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), datetime(2026, 7, 8, 22, 59, 59, tzinfo=UTC)),
        # Over Easter: Good Friday is 3 April, Easter Monday 6 April.
        (datetime(2026, 3, 30, 9, 0, tzinfo=UTC), datetime(2026, 4, 8, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_week_is_five_working_days_after_the_day_it_was_raised(
    raised: datetime, due: datetime
) -> None:
    duty = Case(at=raised).duty(WEEK)
    assert duty.due.at == due
    assert duty.clause == "2.1"
    assert duty.readings == ("one-week-in-all", "five-days", "week-anew")


def test_one_week_in_all_covers_stages_one_to_four_and_not_the_panel() -> None:
    ends = Case().duty(WEEK).due.at
    for case in (Case(), at_stage_three(), at_stage_four()):
        assert case.duty(WEEK).due.at == ends
    assert WEEK not in at_panel().owed()


def test_the_week_ends_when_the_sides_agree() -> None:
    case = settled()
    assert WEEK not in case.owed()
    (clock,) = (c for c in case.state.clocks if c.clock == WEEK)
    assert clock.stopped_at == case.state.last_at


def test_a_person_may_set_an_earlier_time_that_protects_the_child() -> None:
    case = Case().does(set_to(MONDAY + timedelta(days=1)))
    duty = case.duty(WEEK)
    assert duty.due.at == MONDAY + timedelta(days=1)
    assert duty.due.is_set_for_child
    assert len(duty.due.sums) == 1


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(24, None), (48, "not_shorter"), (47, None), (-1, "limit_passed"), (24 * 30, "not_shorter")],
)
def test_a_time_once_set_may_only_be_made_earlier(hours: int, reason: str | None) -> None:
    case = Case().does(set_to(MONDAY + timedelta(hours=48)))
    assert case.is_refused(set_to(MONDAY + timedelta(hours=hours))) == reason


def test_no_time_later_than_the_policys_own_can_be_set() -> None:
    case = Case()
    ends = case.duty(WEEK).due.at
    assert ends is not None
    assert case.is_refused(set_to(ends)) == "not_shorter"
    assert case.is_refused(set_to(ends - timedelta(seconds=1))) is None


@pytest.mark.parametrize("clock", ["consult-manager", "convene-resolution-panel", "nothing"])
def test_a_limit_the_policy_fixed_or_left_open_cannot_be_set_for_one_child(clock: str) -> None:
    assert Case().is_refused(set_to(MONDAY + timedelta(days=1), clock)) == "fixed_limit"


def test_a_time_that_is_not_running_cannot_be_set() -> None:
    case = settled()
    assert case.is_refused(set_to(case.now + timedelta(days=1))) == "clock_stopped"


def test_a_time_set_for_the_child_holds_again_after_dissent() -> None:
    case = Case().does(set_to(MONDAY + timedelta(days=2)))
    case.records("consult-manager").moves("to-other-worker")
    case.records("workers-discuss", "agreed", SOCIAL_CARE).proposes().dissents(SOCIAL_CARE)
    assert case.duty(WEEK).due.at == MONDAY + timedelta(days=2)


def test_a_case_opened_again_has_one_working_week_anew() -> None:
    case = Case().does(set_to(MONDAY + timedelta(days=1))).does(e.CaseWithdrawn())
    case.does(e.CaseReopened(stage=Code("own-manager")), after=timedelta(days=21))
    duty = case.duty(WEEK)
    assert duty.opened_at == case.now
    assert duty.due.at == datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    assert not duty.due.is_set_for_child


def test_a_past_edition_of_the_bank_holidays_gives_no_date_and_says_so() -> None:
    due = Case(at=datetime(2040, 1, 2, 9, 0, tzinfo=UTC)).duty(WEEK).due
    assert due.at is None
    assert [c.code for c in due.cannot] == ["past_edition"]


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (timedelta(0), None),
        (timedelta(days=3), None),
        (timedelta(days=400), "too_long_ago"),
        (timedelta(minutes=-1), "in_the_future"),
    ],
)
def test_a_talk_may_be_written_down_late_but_not_before_it_happened(
    happened: timedelta, reason: str | None
) -> None:
    assert Case().is_refused(a_step("consult-manager"), happened=happened) == reason


def test_the_case_cannot_have_moved_before_it_came_to_where_it_is() -> None:
    case = at_stage_three().records("managers-discuss", "not_agreed", SOCIAL_CARE)
    move = case.move("to-seniors")
    assert case.is_refused(move, happened=timedelta(days=1)) == "before_this_stage"
    assert case.is_refused(move) is None


def test_a_talk_held_before_the_concern_was_raised_leaves_the_visits_in_order() -> None:
    case = Case().records("consult-manager", happened=timedelta(days=2)).moves("to-other-worker")
    case.records("workers-discuss", "agreed", SOCIAL_CARE, happened=timedelta(days=1))
    case.proposes().dissents(SOCIAL_CARE)
    visits = case.state.visits
    assert [v.stage for v in visits] == ["own-manager", "other-worker"]
    assert visits[0].left_at == visits[1].opened_at
    assert all(c.stopped_at is None or c.stopped_at >= c.started_at for c in case.state.clocks)


def test_duties_are_ordered_by_when_they_are_due_and_keep_their_ids() -> None:
    case = settled().proposes()
    once, again = case.duties(), case.duties()
    assert [d.id for d in once] == [d.id for d in again]
    assert Case().duties()[0].clock == WEEK


def test_the_ids_of_duties_say_which_entry_opened_them() -> None:
    case = at_stage_three(receiving=(SOCIAL_CARE,))
    assert case.duty("managers-discuss").id == "entry-5:managers-discuss:social-care"
    assert case.duty(WEEK).id == "entry-1:one-working-week"
    assert acting().person == Id("teacher")


def test_a_record_with_impossible_times_still_folds_in_order() -> None:
    """The fold never refuses: what stands in the journal has happened."""
    case = at_stage_three()
    early = [
        replace(entry, happened_at=MONDAY - timedelta(days=i)) if i else entry
        for i, entry in enumerate(case.record)
    ]
    state = fold(case.policy, early)
    for visit, following in pairwise(state.visits):
        assert visit.left_at is not None
        assert visit.opened_at <= visit.left_at <= following.opened_at
    assert all(c.stopped_at is None or c.stopped_at >= c.started_at for c in state.clocks)
