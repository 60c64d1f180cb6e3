"""What a policy may say of its end: where records go, open actions, what becomes of a case meanwhile, and the lead."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.policy.checking import check
from counterpart.policy.comparing import compare
from counterpart.policy.model import Policy
from counterpart.policy.problems import PolicyRefused
from counterpart.policy.usual import read_usual_ladder
from tests.kinds import ALL, a_policy, a_stage, a_step
from tests.property.endings import endings
from tests.unit.policy.explained import section
from tools.policy_docs import AS_OF

USUAL = "ladder: [{{id: a, when: at, tells: [{tells}], for: [{of}]}}]\nroles: []\nabove: {{}}\nwatches: [a]\n"


def kept(**keys: Any) -> Policy:
    rule = {"at": "every stage", "what": "What was done", "kept_on": ["child"],
            "shared_with": [], "force": "must", **ALL}  # fmt: skip
    return a_policy(records=[rule | keys])


def closing(**keys: Any) -> Policy:
    whole = {"outcome": "Write it down", "write_clause": "1", "confirm": "Confirm it",
             "confirmed_by": "each", "confirm_limit": "2 working days", **ALL}  # fmt: skip
    return a_policy(closing=whole | keys)


def a_way_out(**keys: Any) -> Policy:
    way = {"id": "out", "title": "Report it", "kind": "referral", "when": "It is so",
           "where": "There", **ALL}  # fmt: skip
    return a_policy(exits=[way | keys])


def test_several_rules_for_a_stage_are_one_placing_with_all_their_clauses() -> None:
    policy = endings()
    placing = policy.placing["two"]
    assert (placing.clock.id, placing.on) == ("record:two", ("agency", "child"))
    assert (placing.clock.force, placing.what) == ("must", ("Rule 0", "Rule 1"))
    assert policy.placing_at_end["two"].clock.id == "record:end"
    assert policy.placing_at_end["two"].on == ("child", "agency")
    assert set(policy.placing) == {"one", "two", "three"}


def test_a_role_of_the_partnership_may_place_it_for_everybody() -> None:
    clock = kept(by="partnership.coordinator").placing["one"].clock
    assert (str(clock.owner), clock.per_agency) == ("partnership.coordinator", False)


@pytest.mark.parametrize(
    "limit", [{"set_by": "partnership.coordinator"}, {"agreed_by": "each"}], ids=str
)
def test_nobody_sets_the_time_of_a_record_case_by_case(limit: dict[str, str]) -> None:
    with pytest.raises(PolicyRefused, match="nobody sets or agrees this time"):
        kept(limit=limit)


def test_no_stage_is_called_what_the_end_is_called() -> None:
    with pytest.raises(PolicyRefused, match="choose another id"):
        a_policy(stages=[a_stage("end", steps=[a_step("talk")])])


def test_who_places_a_record_and_by_when_is_explained_and_compared() -> None:
    policy = kept(by="raising.senior", limit="5 working days")
    text = section(policy, "records")
    assert "It is kept on the child’s own file." in text
    assert "Who places it there: Senior in the agency that raised the concern." in text
    assert "By when it is there: within 5 working days." in text
    assert [one.words for one in compare(kept(), policy)]
    assert not compare(policy, policy)
    assert "By when it is there" not in section(kept(), "records")


def test_a_record_to_place_is_nothing_a_child_waits_for() -> None:
    found = [one.words for one in check(kept(), today=AS_OF)]
    assert not [words for words in found if "Place the record" in words]


def test_where_no_action_may_be_open_that_is_explained_and_compared() -> None:
    policy = closing(open_actions="forbidden")
    assert not policy.closing.allows_open_actions
    assert "Once the last of the agreed actions is done." in section(policy, "confirmation")
    assert "the agreed actions" not in section(closing(), "confirmation")
    (difference,) = compare(closing(), policy)
    assert "only once every agreed action is done" in difference.words


def test_what_becomes_of_the_case_meanwhile_is_explained_and_compared() -> None:
    policy = a_way_out(meanwhile="The escalation goes on beside it")
    assert "The escalation goes on beside it." in section(policy, "exits")
    (difference,) = compare(a_way_out(), policy)
    assert "Meanwhile: The escalation goes on beside it" in difference.words


def test_a_rung_may_tell_who_sees_the_outcome_through() -> None:
    rung = {"id": "late", "when": "1 working day after", "tells": ["lead"], **ALL}
    policy = a_policy(ladder=[rung])
    assert str(policy.ladder[0].tells[0]) == "lead"
    assert "Whoever sees the agreed outcome through" in section(policy, "ladder")


def test_a_rung_of_the_usual_ladder_may_be_for_agreed_actions_only() -> None:
    usual = read_usual_ladder(USUAL.format(tells="lead", of="action").encode(), name="usual")
    assert usual.rungs[0].clocks == ("action",)
    with pytest.raises(ValueError, match="duties no case has"):
        read_usual_ladder(USUAL.format(tells="lead", of="talk").encode(), name="usual")


def test_a_consideration_is_a_step_like_another() -> None:
    consider = a_step("consider", kind="consideration", settles=False, by="raising")
    policy = a_policy(stages=[a_stage("one", steps=[a_step("talk"), consider])])
    assert policy.steps["consider"].kind == "consideration"
