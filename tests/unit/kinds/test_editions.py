"""A case keeps its edition; moving it lists each deadline; new bank holidays move what is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from counterpart.engine import events as e
from counterpart.engine.duties import duties
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code
from counterpart.engine.moving import cannot_move, deadlines_moved, edition_of
from counterpart.policy.model import Policy
from counterpart.worktime import calendar, parse_instant
from tests.casebook import Case
from tests.fakes import SOCIAL_CARE
from tests.kinds import a_policy, a_step, a_way, stages

OLD = calendar("scotland", "2026-02")
NEW = calendar("scotland", "2026-11")
FRIDAY = datetime(2026, 6, 12, 9, 0, tzinfo=UTC)
"""Scotland's bank holiday of 15 June 2026 was proclaimed after the first edition."""


def a_case(policy: Policy, at: datetime = FRIDAY) -> Case:
    case = Case(policy, at=at, grounds=())
    raised = case.record[0].event
    object.__setattr__(raised, "calendar", Code("2026-02"))
    return case


def due(case: Case) -> datetime | None:
    (talk,) = (d for d in duties(case.policy, case.state, case.directory, NEW) if d.clock == "talk")
    return talk.due.at


def move_calendar(case: Case, after: timedelta) -> None:
    case.does(
        e.CalendarMoved(from_edition=Code("2026-02"), to_edition=Code("2026-11")), after=after
    )


def test_a_case_counts_by_the_edition_it_began_with() -> None:
    case = a_case(a_policy(calendar="scotland"))
    assert due(case) == parse_instant("2026-06-16T23:59:59")


def test_a_bank_holiday_added_later_moves_what_is_open_by_a_recorded_event() -> None:
    case = a_case(a_policy(calendar="scotland"))
    move_calendar(case, timedelta(hours=1))
    assert due(case) == parse_instant("2026-06-17T23:59:59")
    again = e.CalendarMoved(from_edition=Code("2026-11"), to_edition=Code("2026-11"))
    assert case.is_refused(again) == "same_calendar"


def test_a_deadline_that_had_passed_is_not_rewritten() -> None:
    case = a_case(a_policy(calendar="scotland"))
    move_calendar(case, timedelta(days=10))
    assert due(case) == parse_instant("2026-06-16T23:59:59")


def longer() -> Policy:
    talk = a_step("talk", limit="5 working days")
    return a_policy(edition="Second", stages=stages(steps=[talk]))


def test_moving_a_case_lists_each_deadline_before_and_after() -> None:
    case = Case(a_policy(), grounds=())
    new = longer()
    assert cannot_move(new, case.record) is None
    before = case.duties()
    after = duties(new, fold(new, case.record), case.directory, calendar("england-and-wales"))
    (moved,) = deadlines_moved(before, after)
    assert (moved.clock, moved.agency) == ("talk", SOCIAL_CARE)
    assert moved.before_at == parse_instant("2026-11-04T23:59:59")
    assert moved.after_at == parse_instant("2026-11-09T23:59:59")
    case.does(
        e.EditionMoved(
            from_edition=Code(case.policy.edition), to_edition=Code(new.edition), deadlines=(moved,)
        )
    )
    assert edition_of(case.record) == new.edition
    case.policy = new
    assert case.state.edition == new.edition
    assert case.duty("talk").due.at == moved.after_at


def test_a_case_that_went_where_the_other_edition_does_not_go_stays() -> None:
    case = Case(a_policy(), grounds=()).records("talk", "not_agreed", SOCIAL_CARE).moves("up")
    other = a_policy(stages=stages(a_way("across", "two")))
    refusal = cannot_move(other, case.record)
    assert refusal is not None
    assert refusal.words.startswith(
        "This case has been through what the other edition does not have: up."
    )


def test_a_move_to_the_edition_a_case_is_under_is_refused() -> None:
    case = Case(a_policy(), grounds=())
    edition = Code(case.policy.edition)
    assert (
        case.is_refused(e.EditionMoved(from_edition=edition, to_edition=edition)) == "same_edition"
    )
