"""Clocks of every kind: bands, agreed and set times, urgent timetables, outside dates, services."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.duties import AGREEMENT, BAND, SETTING, duties
from counterpart.engine.kinds import Code
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy
from counterpart.worktime import parse_instant
from tests.casebook import Case, acting
from tests.fakes import SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy, a_step, stages

DAY = timedelta(days=1)
TWO_DAYS = parse_instant("2026-11-04T23:59:59")


def with_limit(limit: Any, **keys: Any) -> Policy:
    return a_policy(stages=stages(steps=[a_step("talk", limit=limit)]), **keys)


def due(case: Case, clock: str = "talk") -> datetime | None:
    return case.duty(clock).due.at


# --- bands of priority -------------------------------------------------------------------------

BANDS = {
    "title": "Priority",
    "set_by": "partnership.coordinator",
    "list": [{"id": name, "title": name.title()} for name in ("red", "amber", "green")],
    **ALL,
}
BY_BAND = {"band": {"red": "4 hours", "amber": "1 working day", "green": "3 working days"}}


def test_a_limit_is_looked_up_by_the_band_and_there_is_none_until_somebody_says_which() -> None:
    case = Case(with_limit(BY_BAND, bands=BANDS), grounds=())
    assert due(case) is None
    assert case.duty("talk").due.awaits == BAND
    case.does(e.BandSet(band=Code("red")))
    assert due(case) == case.state.raised_at + timedelta(hours=4)
    case.does(e.BandSet(band=Code("green")))
    assert due(case) == parse_instant("2026-11-05T23:59:59")


def test_a_band_the_policy_does_not_have_is_refused() -> None:
    case = Case(with_limit(BY_BAND, bands=BANDS), grounds=())
    assert case.is_refused(e.BandSet(band=Code("blue"))) == "no_such_band"
    case.does(e.BandSet(band=Code("red")))
    assert case.is_refused(e.BandSet(band=Code("red"))) == "same_band"
    assert Case(a_policy(), grounds=()).is_refused(e.BandSet(band=Code("red"))) == "no_bands"


# --- times that people set ---------------------------------------------------------------------


def test_a_time_that_one_role_sets_may_be_changed_within_the_outer_limit() -> None:
    policy = with_limit({"set_by": "partnership.coordinator", "at_most": "2 working days"})
    case = Case(policy, grounds=())
    assert case.duty("talk").due.awaits == SETTING
    assert due(case) == TWO_DAYS
    case.does(e.LimitSet(clock=Code("talk"), due_at=case.now + 4 * timedelta(hours=1)))
    first = due(case)
    case.does(e.LimitSet(clock=Code("talk"), due_at=case.now + DAY))
    later = due(case)
    assert first is not None
    assert later is not None
    assert first < later < TWO_DAYS
    too_late = e.LimitSet(clock=Code("talk"), due_at=TWO_DAYS + DAY)
    assert case.is_refused(too_late) == "past_outer_limit"


def test_a_time_the_sides_agree_holds_once_every_one_of_them_has() -> None:
    case = Case(with_limit({"agreed_by": "each"}), grounds=())
    assert case.duty("talk").due.awaits == AGREEMENT
    assert case.is_refused(e.LimitAgreed(clock=Code("talk"), agency=SCHOOL)) == "no_offer"
    at = case.now + DAY
    case.does(e.LimitSet(clock=Code("talk"), due_at=at))
    assert due(case) is None
    again = e.LimitAgreed(clock=Code("talk"), agency=SCHOOL)
    assert case.is_refused(again) == "already_agreed"
    case.does(e.LimitAgreed(clock=Code("talk"), agency=SOCIAL_CARE), by=acting(SOCIAL_CARE, "sw"))
    assert due(case) == at
    assert case.duty("talk").due.awaits is None


def test_a_new_offer_does_not_undo_what_was_agreed_until_it_is_agreed_too() -> None:
    case = Case(with_limit({"agreed_by": "each"}), grounds=())
    at = case.now + DAY
    case.does(e.LimitSet(clock=Code("talk"), due_at=at))
    case.does(e.LimitAgreed(clock=Code("talk"), agency=SOCIAL_CARE))
    case.does(e.LimitSet(clock=Code("talk"), due_at=at + DAY))
    assert due(case) == at
    case.does(e.LimitAgreed(clock=Code("talk"), agency=SOCIAL_CARE))
    assert due(case) == at + DAY


# --- a second timetable, outside dates, services, counting ----------------------------------------

URGENT = {"when": "A child is in danger", "limits": {"talk": "4 hours", "up": "1 hour"}, **ALL}


def test_urgent_cases_have_a_timetable_of_their_own() -> None:
    policy = a_policy(urgent=URGENT)
    assert due(Case(policy, grounds=())) == TWO_DAYS
    urgent = Case(policy, grounds=(), is_urgent=True)
    assert due(urgent) == urgent.state.raised_at + timedelta(hours=4)


def test_risk_reported_later_shortens_what_is_running_from_then() -> None:
    case = Case(a_policy(urgent=URGENT), grounds=())
    case.does(e.ImmediateRiskReported())
    assert due(case) == case.now + timedelta(hours=4)
    case.now = TWO_DAYS - timedelta(hours=2)
    late = Case(a_policy(urgent=URGENT), grounds=())
    late.does(e.ImmediateRiskReported(), after=TWO_DAYS - timedelta(hours=2) - late.now)
    assert due(late) == TWO_DAYS


CONFERENCE = [{"id": "conference", "title": "The conference", "statutory": True, **ALL}]


def test_a_clock_starts_on_an_outside_date_and_anew_if_the_date_changes() -> None:
    before = {
        "id": "after-conference",
        "what": "Say what follows from the conference",
        "owner": "receiving",
        "starts": ["date conference"],
        "limit": "3 working days",
        "force": "must",
        **ALL,
    }
    case = Case(a_policy(dates=CONFERENCE, clocks=[before]), grounds=())
    assert "after-conference" not in case.owed()
    case.does(e.OutsideDateGiven(which=Code("conference"), on=date(2026, 11, 10)))
    assert due(case, "after-conference") == parse_instant("2026-11-13T23:59:59")
    case.does(e.OutsideDateGiven(which=Code("conference"), on=date(2026, 11, 17)))
    assert due(case, "after-conference") == parse_instant("2026-11-20T23:59:59")
    same = e.OutsideDateGiven(which=Code("conference"), on=date(2026, 11, 17))
    assert case.is_refused(same) == "same_date"
    unknown = e.OutsideDateGiven(which=Code("hearing"), on=date(2026, 11, 17))
    assert case.is_refused(unknown) == "no_such_date"


def test_the_day_after_and_arrival_after_hours_are_readings_of_the_policy() -> None:
    counting = {"start_day": "day one", "cut_off": "17:00", "closed_days": "next working day"}
    evening = datetime(2026, 11, 6, 18, 0, tzinfo=UTC)
    usual = Case(a_policy(), grounds=(), at=evening)
    read = Case(a_policy(counting=counting), grounds=(), at=evening)
    assert due(usual) == parse_instant("2026-11-10T23:59:59")
    assert due(read) == parse_instant("2026-11-10T23:59:59")
    monday = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert due(Case(a_policy(counting=counting), grounds=(), at=monday)) == parse_instant(
        "2026-11-03T23:59:59"
    )


def test_one_rule_may_count_otherwise_than_the_rest() -> None:
    talk = a_step("talk", counting={"start_day": "day one"})
    case = Case(a_policy(stages=stages(steps=[talk])), grounds=())
    assert due(case) == parse_instant("2026-11-03T23:59:59")


def test_a_service_counts_only_while_it_is_open() -> None:
    hours = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday")}
    services = [{"id": "front-door", "title": "The front door", "hours": hours, **ALL}]
    policy = with_limit("10 service hours of front-door", services=services)
    assert due(Case(policy, grounds=())) == parse_instant("2026-11-03T11:00")


def test_two_nations_work_together_on_days_that_are_working_days_in_both() -> None:
    christmas = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    one = Case(a_policy(), grounds=(), at=christmas)
    both = Case(a_policy(calendar=["england-and-wales", "scotland"]), grounds=(), at=christmas)
    assert due(one) == parse_instant("2027-01-05T23:59:59")
    assert case_due_in(both, ["england-and-wales", "scotland"]) == parse_instant(
        "2027-01-06T23:59:59"
    )


def case_due_in(case: Case, nations: list[str]) -> datetime | None:
    days = calendar_of(case.policy)
    assert list(days.divisions) == nations
    (talk,) = (
        d for d in duties(case.policy, case.state, case.directory, days) if d.clock == "talk"
    )
    return talk.due.at


# --- giving a time is a duty too -------------------------------------------------------------------


def test_whoever_sets_the_time_owes_it_until_it_is_set() -> None:
    case = Case(with_limit({"set_by": "partnership.coordinator"}), grounds=())
    assert case.owed() == ["set-talk", "talk"]
    assert case.duty("set-talk").post == "partnership-business_manager"
    case.does(e.LimitSet(clock=Code("talk"), due_at=case.now + DAY))
    assert case.owed() == ["talk"]


def test_a_time_to_be_agreed_is_put_forward_by_one_side_and_answered_by_the_others() -> None:
    case = Case(with_limit({"agreed_by": "each"}), grounds=())
    assert case.owed() == ["offer-talk", "talk"]
    case.does(e.LimitSet(clock=Code("talk"), due_at=case.now + DAY))
    assert [(d.clock, d.about) for d in case.duties() if d.clock != "talk"] == [
        ("agree-talk", SOCIAL_CARE)
    ]
    other = e.LimitSet(clock=Code("talk"), due_at=case.now + 2 * DAY)
    case.does(other, by=acting(SOCIAL_CARE, "sw"))
    assert case.duty("agree-talk").about == SCHOOL
    case.does(e.LimitAgreed(clock=Code("talk"), agency=SCHOOL))
    assert case.owed() == ["talk"]


def test_nobody_owes_a_time_for_what_is_done() -> None:
    case = Case(with_limit({"agreed_by": "each"}), grounds=())
    case.records("talk", "agreed", SOCIAL_CARE)
    assert case.owed() == ["write-outcome"]


def test_the_band_is_owed_by_whoever_says_which_it_is() -> None:
    case = Case(with_limit(BY_BAND, bands=BANDS), grounds=())
    assert case.duty("say-the-band").post == "partnership-business_manager"
    case.does(e.BandSet(band=Code("red")))
    assert case.owed() == ["talk"]


def test_no_band_at_all_is_no_band_of_the_policy() -> None:
    case = Case(with_limit(BY_BAND, bands=BANDS), grounds=())
    assert case.is_refused(e.BandSet(band=Code(""))) == "no_such_band"
