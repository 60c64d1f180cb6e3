"""When a duty comes to each rung of its ladder, and who is told then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from counterpart.casework.ladders import the_usual_ladder
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import Duty
from counterpart.engine.ladder import (
    RungDue,
    next_at,
    next_step,
    passed_rungs,
    rungs,
    told_by,
)
from counterpart.policy.model import Policy, Rung
from tests.casebook import DAYS, Case
from tests.fakes import FakeDirectory, a_directory, a_post
from tests.kinds import ALL, a_policy, a_step, stages

USUAL = the_usual_ladder()
THURSDAY = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)


def a_rung(id: str, when: str, *tells: str, **keys: Any) -> dict[str, Any]:
    return {"id": id, "when": when, "tells": list(tells or ["owner"]), **ALL, **keys}


THREE = [
    a_rung("soon", "1 working day before"),
    a_rung("due", "at"),
    a_rung("late", "1 working day after"),
]


def with_talk(limit: str, ladder: list[dict[str, Any]] | None = None, **talk: Any) -> Policy:
    return a_policy(stages=stages(steps=[a_step("talk", limit=limit, **talk)]), ladder=ladder or [])


def climbed(case: Case, duty: Duty | None = None) -> list[tuple[str, str]]:
    duty = duty or case.duty("talk")
    found = rungs(case.policy, case.state, duty, DAYS, USUAL)
    return [(one.id, f"{one.at:%Y-%m-%d %H:%M}") for one in found]


# --- when -----------------------------------------------------------------------------------------


def test_over_a_weekend_only_working_days_count() -> None:
    case = Case(with_talk("2 working days", THREE), at=THURSDAY, grounds=["plan"])
    assert f"{case.duty('talk').due.at:%A}" == "Monday"
    # The day before begins on Friday; the day after ends on Tuesday.
    assert climbed(case) == [
        ("soon", "2026-11-06 00:00"),
        ("due", "2026-11-09 23:59"),
        ("late", "2026-11-10 23:59"),
    ]


def test_over_christmas_the_bank_holidays_do_not_count() -> None:
    at = datetime(2026, 12, 23, 10, 0, tzinfo=UTC)
    case = Case(with_talk("2 working days", THREE), at=at, grounds=["plan"])
    assert climbed(case) == [
        ("soon", "2026-12-24 00:00"),
        ("due", "2026-12-29 23:59"),
        ("late", "2026-12-30 23:59"),
    ]


def test_when_the_clocks_change_a_day_begins_at_midnight_in_london() -> None:
    at = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)  # summer time ends on Sunday the 25th
    ladder = [a_rung("soon", "3 calendar days before"), a_rung("due", "at")]
    case = Case(with_talk("2 working days", ladder), at=at, grounds=["plan"])
    assert climbed(case) == [("soon", "2026-10-22 23:00"), ("due", "2026-10-26 23:59")]


def test_hours_pass_as_they_pass() -> None:
    ladder = [a_rung("soon", "4 hours before"), a_rung("late", "6 hours after")]
    case = Case(with_talk("48 hours", ladder), grounds=["plan"])
    assert climbed(case) == [("soon", "2026-11-04 05:00"), ("late", "2026-11-04 15:00")]


def test_what_had_passed_when_the_duty_was_opened_is_not_told() -> None:
    case = Case(with_talk("1 working day", THREE), grounds=["plan"])
    assert [id for id, _ in climbed(case)] == ["due", "late"]


@pytest.mark.parametrize("limit", ["not stated", "as soon as possible"])
def test_a_duty_without_a_time_has_no_rungs(limit: str) -> None:
    case = Case(with_talk(limit, THREE), grounds=["plan"])
    assert climbed(case) == []


def test_a_rung_for_some_duties_is_for_those_and_the_others_climb_the_usual_ladder() -> None:
    ladder = [a_rung("mine", "at", **{"for": ["talk"]})]
    case = Case(with_talk("2 working days", ladder), grounds=["plan"])
    assert [id for id, _ in climbed(case)] == ["mine"]
    other = replace(case.duty("talk"), clock="another")
    assert [id for id, _ in climbed(case, other)] == [
        rung.id for rung in USUAL.rungs if not rung.clocks
    ]


def test_where_the_bank_holidays_end_no_rung_is_made_up() -> None:
    case = Case(with_talk("2 working days", THREE), grounds=["plan"])
    duty = case.duty("talk")
    far = replace(duty, due=replace(duty.due, at=datetime(2090, 1, 4, 12, tzinfo=UTC)))
    assert [id for id, _ in climbed(case, far)] == ["due"]


# --- who ------------------------------------------------------------------------------------------


def told(case: Case, directory: FakeDirectory, *tells: str) -> list[str]:
    (rung,) = a_policy(ladder=[a_rung("one", "at", *tells)]).ladder
    return _told(case, directory, rung)


def _told(case: Case, directory: FakeDirectory, rung: Rung) -> list[str]:
    (duty,) = (d for d in case.duties(directory) if d.clock == "talk")
    found = told_by(case.policy, case.state, directory, duty, rung, USUAL)
    return [post.id for post in found]


@pytest.fixture
def case() -> Case:
    return Case(with_talk("2 working days"), grounds=["plan"])


def test_the_owner_and_the_next_one_up_are_told(case: Case) -> None:
    assert told(case, a_directory(), "owner", "above") == [
        "school-practitioner",
        "school-line_manager",
    ]


def test_a_role_of_the_owner_is_in_the_owners_agency(case: Case) -> None:
    assert told(case, a_directory(), "owner.senior") == ["school-operations_manager"]


def test_seats_of_the_sides_and_the_partnership_are_told(case: Case) -> None:
    assert told(case, a_directory(), "receiving.manager", "partnership.chair") == [
        "social-care-line_manager",
        "partnership-independent_chair",
    ]


def test_a_vacant_post_is_not_told_and_the_line_goes_on_up_past_it(case: Case) -> None:
    directory = a_directory().with_vacant("school-line_manager")
    assert told(case, directory, "above") == ["school-operations_manager"]
    assert told(case, a_directory().with_vacant("school-practitioner"), "owner") == []


def test_of_several_at_one_tier_nobody_is_picked_by_chance(case: Case) -> None:
    directory = a_directory().with_second("school-line_manager")
    assert told(case, directory, "above") == ["school-operations_manager"]
    assert told(case, directory, "owner.manager") == []


def test_a_ladder_that_names_a_post_nobody_has_tells_nobody(case: Case) -> None:
    directory = FakeDirectory(
        [a_post("school-practitioner", "school", "practitioner"), *_of("social-care")]
    )
    assert told(case, directory, "above") == []
    assert told(case, directory, "partnership.chair") == []


def _of(agency: str) -> list[PostRecord]:
    return [post for post in a_directory().everybody if post.body == agency]


def test_the_usual_ladder_has_roles_of_its_own(case: Case) -> None:
    late, _, very_late = USUAL.rungs[-3:]
    assert _told(case, a_directory(), late) == [
        "school-practitioner",
        "school-line_manager",
        "school-designated_safeguarding_lead",
    ]
    assert _told(case, a_directory(), very_late) == ["partnership-business_manager"]


def test_the_other_side_hears_of_nothing_before_it_is_spoken_to() -> None:
    inside = Case()  # Brent's first stage is inside the raising agency
    (rung,) = a_policy(ladder=[a_rung("one", "at", "receiving.manager")]).ladder
    policy = replace(inside.policy, roles=a_policy().roles)
    duty = next(d for d in inside.duties() if d.due.at)
    assert told_by(policy, inside.state, a_directory(), duty, rung, USUAL) == ()


# --- which of several -----------------------------------------------------------------------------


@pytest.fixture
def ladder() -> tuple[RungDue, ...]:
    case = Case(with_talk("2 working days", THREE), at=THURSDAY, grounds=["plan"])
    return rungs(case.policy, case.state, case.duty("talk"), DAYS, USUAL)


SOMEBODY = (a_post("p", "school", "practitioner"),)
ALL_TELL = {"soon": SOMEBODY, "due": SOMEBODY, "late": SOMEBODY}
MONDAY_MORNING = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
A_WEEK_ON = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def step(
    ladder: tuple[RungDue, ...], now: datetime, *fired: str, tells: Any = ALL_TELL
) -> tuple[str, list[str], list[str]] | None:
    found = next_step(ladder, fired, tells, now)
    if found is None:
        return None
    return (
        found.told[0].id if found.told else "",
        [one.id for one in found.overtaken],
        [one.id for one in found.nobody],
    )


def test_a_rung_is_told_when_the_duty_comes_to_it_and_not_again(
    ladder: tuple[RungDue, ...],
) -> None:
    assert step(ladder, THURSDAY) is None
    assert step(ladder, MONDAY_MORNING) == ("soon", [], [])
    assert step(ladder, MONDAY_MORNING, "soon") is None
    assert [one.id for one in passed_rungs(ladder, MONDAY_MORNING)] == ["soon"]


def test_after_a_week_only_the_latest_is_told_and_the_others_are_overtaken(
    ladder: tuple[RungDue, ...],
) -> None:
    assert step(ladder, A_WEEK_ON) == ("late", ["soon", "due"], [])


def test_where_a_rung_has_nobody_the_next_is_told_at_once(ladder: tuple[RungDue, ...]) -> None:
    tells = ALL_TELL | {"soon": ()}
    assert step(ladder, MONDAY_MORNING, tells=tells) == ("due", [], ["soon"])
    assert step(ladder, MONDAY_MORNING, tells=tells | {"due": ()}) == ("late", [], ["soon"])


def test_where_nobody_is_left_the_rungs_above_keep_their_own_time(
    ladder: tuple[RungDue, ...],
) -> None:
    tells: dict[str, tuple[PostRecord, ...]] = {"soon": (), "due": (), "late": ()}
    assert step(ladder, MONDAY_MORNING, tells=tells) == ("", [], ["soon"])
    assert next_at(ladder, ["soon"]) == ladder[1].at


def test_when_all_have_fired_there_is_no_next(ladder: tuple[RungDue, ...]) -> None:
    assert next_at(ladder, []) == ladder[0].at
    assert next_at(ladder, ["soon", "due", "late"]) is None
