"""Placing the record of each stage, and of the end, where the policy wants it kept: one duty for each agency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.moving import cannot_move
from counterpart.engine.notices import NEW_DUTY, TO_PLACE
from counterpart.policy.model import Policy
from tests.casebook import Case
from tests.fakes import HEALTH, PARTNERSHIP, SCHOOL, SOCIAL_CARE
from tests.kinds import ALL, a_policy
from tests.property.endings import endings

TODAY = date(2026, 11, 2)


def placed(stage: str, agency: str = SCHOOL, *on: str, day: date = TODAY) -> e.RecordPlaced:
    return e.RecordPlaced(
        stage=Code(stage), agency=Id(agency), on=tuple(map(Code, on or ("agency",))), placed_on=day
    )


def to_place(case: Case) -> list[tuple[str, str]]:
    return sorted((d.clock, d.body) for d in case.duties() if d.clock.startswith("record:"))


def case_of(policy: Policy | None = None, **how: object) -> Case:
    return Case(policy or endings(), grounds=("plan",), **how)  # type: ignore[arg-type]  # of `Case`


def met() -> Case:
    return case_of().moves("up")


def ended() -> Case:
    case = met().records("talk", "agreed", SOCIAL_CARE)
    return case.proposes().confirms(SCHOOL).confirms(SOCIAL_CARE)


def kept(*rules: dict[str, object]) -> Policy:
    """A policy with these rules for its records."""
    usual = {"what": "What was done", "force": "should", "shared_with": [], **ALL}
    return a_policy(records=[usual | rule for rule in rules])


def test_nothing_is_owed_while_the_case_is_still_at_its_stage() -> None:
    assert to_place(case_of()) == []


def test_of_a_stage_inside_the_agency_only_that_agency_places_a_record() -> None:
    case = met()
    assert to_place(case) == [("record:one", SCHOOL)]
    duty = case.duty("record:one")
    assert (duty.role, duty.post, duty.about) == ("worker", "school-practitioner", None)
    assert (duty.force, duty.due.at, duty.clause) == ("should", None, "1")


def test_of_a_stage_where_they_met_each_agency_does_by_whoever_spoke_for_it_there() -> None:
    case = met().records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    assert to_place(case)[1:] == [("record:two", SCHOOL), ("record:two", SOCIAL_CARE)]
    duty = case.duty("record:two", SOCIAL_CARE)
    assert (duty.role, duty.post) == ("worker", "social-care-practitioner")
    assert (duty.force, duty.due.at is None) == ("must", False)
    assert case.policy.placing["two"].on == ("agency", "child")


def test_of_several_agencies_each_places_its_own() -> None:
    case = case_of(receiving=(SOCIAL_CARE, HEALTH)).moves("up")
    for agency in (SOCIAL_CARE, HEALTH):
        case.records("talk", "not_agreed", agency)
    case.moves("on")
    assert len([one for one in to_place(case) if one[0] == "record:two"]) == 3


def test_an_agency_that_takes_anothers_place_owes_the_records_of_the_stages_since_it_came() -> None:
    case = met().records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    earlier = [("record:one", SCHOOL), ("record:two", SCHOOL)]
    assert to_place(case) == [*earlier, ("record:two", SOCIAL_CARE)]
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    assert to_place(case) == earlier
    assert case.is_refused(placed("two", SOCIAL_CARE)) == "not_a_party"
    here = met().does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    here.records("talk", "not_agreed", HEALTH).moves("on")
    assert to_place(here) == [
        ("record:one", SCHOOL),
        ("record:two", HEALTH),
        ("record:two", SCHOOL),
    ]


def test_the_duty_ends_once_the_record_is_on_everything_the_policy_asks_for() -> None:
    case = met().records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    case.does(placed("two", SCHOOL, "agency"))
    assert ("record:two", SCHOOL) in to_place(case)
    case.does(placed("two", SCHOOL, "child"))
    assert ("record:two", SCHOOL) not in to_place(case)
    assert ("record:two", SOCIAL_CARE) in to_place(case)
    assert [one.on for one in case.state.endings.placed_of("two", SCHOOL)] == [
        ("agency",),
        ("child",),
    ]


def test_the_last_stage_and_the_end_are_one_duty() -> None:
    case = ended()
    assert to_place(case) == [("record:end", SCHOOL), ("record:one", SCHOOL)]
    duty = case.duty("record:end")
    assert (duty.role, duty.force) == ("senior", "must")
    case.does(placed("end", SCHOOL, "agency", "child"))
    assert to_place(case) == [("record:one", SCHOOL)]


def test_where_no_rule_speaks_of_the_end_the_last_stage_is_owed_at_the_end() -> None:
    case = case_of(kept({"at": ["one"], "kept_on": ["child"]})).does(e.CaseWithdrawn())
    assert to_place(case) == [("record:one", SCHOOL), ("record:one", SOCIAL_CARE)]


def test_a_case_that_ends_before_the_sides_met_asks_nothing_of_the_other_side() -> None:
    rule = {"at": "the end", "kept_on": ["child"]}
    usual = {"what": "W", "force": "must", "shared_with": [], **ALL}
    stages = [
        {"id": "one", "title": "One", "inside": "raising", **ALL,
         "speaks": {"raising": "worker", "receiving": "worker"},
         "steps": [{"id": "t", "what": "T", "kind": "discussion", "settles": True, "by": "raising",
                    "with": "receiving", "limit": "not stated", **ALL}]},
    ]  # fmt: skip
    case = case_of(a_policy(stages=stages, records=[usual | rule])).does(e.CaseWithdrawn())
    assert to_place(case) == [("record:end", SCHOOL)]


def test_what_is_only_written_or_only_may_be_kept_is_no_duty() -> None:
    rules: tuple[dict[str, object], ...] = (
        {"at": "every stage"},
        {"at": "every stage", "kept_on": ["child"], "force": "may"},
    )
    assert not kept(*rules).placing


def test_reopened_what_was_left_is_owed_still_and_where_it_goes_on_is_not() -> None:
    case = ended().does(e.CaseReopened(stage=Code("two")))
    assert to_place(case) == [("record:one", SCHOOL)]
    case.records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    assert ("record:two", SCHOOL) in to_place(case)


def test_left_twice_the_record_is_owed_again_and_only_once_at_a_time() -> None:
    case = met().records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    case.does(placed("two", SCHOOL, "agency", "child"))
    case.moves("back").records("talk", "not_agreed", SOCIAL_CARE).moves("on")
    owed = to_place(case)
    assert ("record:two", SCHOOL) in owed
    assert owed.count(("record:two", SOCIAL_CARE)) == 1
    case.does(placed("two", SCHOOL, "child"))
    assert ("record:two", SCHOOL) in to_place(case)


def test_anybody_may_place_a_record_when_no_duty_asks_for_it() -> None:
    case = case_of(kept({"at": "every stage"}))
    case.does(placed("one", SOCIAL_CARE, "child")).does(e.CaseWithdrawn())
    case.does(placed("end", SCHOOL, "agency")).does(placed("end", PARTNERSHIP, "partnership"))
    assert len(case.state.endings.placed) == 3


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (placed("three"), "not_been_there"),
        (placed("end"), "not_ended"),
        (placed("two", HEALTH), "not_a_party"),
        (placed("two", SCHOOL, "elsewhere"), "no_such_record"),
        (placed("two", SCHOOL, "child", "child"), "no_such_record"),
        (placed("two", day=date(2026, 11, 3)), "in_the_future"),
        (placed("two", day=date(2024, 1, 1)), "too_long_ago"),
    ],
)
def test_what_cannot_be_is_refused(event: e.RecordPlaced, reason: str) -> None:
    assert met().is_refused(event) == reason


def test_on_no_record_at_all_is_refused() -> None:
    event = e.RecordPlaced(stage=Code("two"), agency=SCHOOL, on=(), placed_on=TODAY)
    assert met().is_refused(event) == "no_such_record"


def test_a_record_to_place_is_told_in_the_morning_and_not_at_once() -> None:
    told = case_of().notices_of(case_of().move("up"))
    kinds = {notice.clock: notice.kind for notice in told if notice.clock}
    assert kinds["record:one"] == TO_PLACE
    assert NEW_DUTY in kinds.values()


def test_the_shortest_of_several_times_holds() -> None:
    rules: tuple[dict[str, object], ...] = (
        {"at": ["one"], "kept_on": ["child"], "limit": "5 working days"},
        {"at": ["one"], "kept_on": ["each agency"], "limit": "1 working day"},
        {"at": ["one"], "kept_on": ["each agency"]},
    )
    case = case_of(kept(*rules)).does(e.CaseWithdrawn(), after=timedelta(0))
    due = case.duty("record:one", SCHOOL).due
    assert len(due.sums) == 2
    assert due.at == min(total.at for total in due.sums)


def test_a_case_whose_end_was_placed_can_still_go_to_another_edition() -> None:
    case = ended().does(placed("end", SCHOOL, "child"))
    assert cannot_move(case.policy, case.record) is None
