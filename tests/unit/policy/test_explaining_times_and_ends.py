"""Each kind of rule in plain words: times, panels, the end, what is kept, and who is who."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.policy.explaining import explain
from counterpart.policy.model import Policy
from tests.kinds import ALL, a_policy, a_stage, a_step, a_way
from tests.unit.policy.explained import first_stage, said, section
from tests.unit.policy.written_policies import written

COORDINATOR = "partnership.coordinator"


# --- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missed", "words"),
    [
        ({"then": "tell"}, "It is shown."),
        ({"then": "tell", "tells": [COORDINATOR]}, "Who is told: Coordinator."),
        ({"then": "fail"}, "It counts as not agreed."),
        (
            {"then": "move", "way": "up", "tells": [COORDINATOR]},
            "The case goes on by itself: “Go on to two”. Who is told: Coordinator.",
        ),
        (
            {"then": "choose", "by": COORDINATOR},
            "Somebody must choose what comes next. Who chooses: Coordinator.",
        ),
        ({"then": "bar", "way": "up"}, "This is no longer open: “Go on to two”."),
    ],
)
def test_what_follows_when_a_time_has_passed(missed: dict[str, Any], words: str) -> None:
    text = first_stage(steps=[a_step("talk", if_missed=missed | ALL)])
    assert f"- If that time passes: {words} (1)" in text


def test_a_rule_counted_otherwise_says_how() -> None:
    counted = a_step("talk", counting={"start_day": "day one"})
    words = first_stage(steps=[counted])
    assert "- How its days are counted: The day it starts is day one" in words
    assert "How its days are counted" not in first_stage()


def a_clock(**keys: Any) -> dict[str, Any]:
    clock = {"id": "cap", "what": "Settle it", "owner": "raising", "starts": ["raised"], **ALL}
    return clock | {"limit": "10 working days", "force": "must"} | keys


def test_a_limit_over_stages_says_which_and_when_it_starts_and_ends() -> None:
    cap = a_clock(over=["one", "two"], stops=["settled"], resumes=["unsettled"])
    words = said("limits", clocks=[cap])
    assert words.startswith("## Time limits over the stages")
    assert "- What is to be done: Settle it. This must be done. (1)" in words
    assert "- It starts when: The concern is raised." in words
    assert "- It covers: “Stage one” and “Stage two”, all together." in words
    assert "- It ends when: The sides say that they agree." in words
    assert "- It goes on when: The sides no longer agree." in words
    assert "- It covers: “Stage two”." in said("limits", clocks=[a_clock(over=["two"])])
    at_the_stage = said("limits", clocks=[a_clock(over=["two"], starts=["opened two"])])
    assert "It covers" not in at_the_stage
    assert said("limits", clocks=[a_clock()]).startswith("## Further duties and their times")


def test_bands_dates_and_services() -> None:
    items = [{"id": "red", "title": "Red"}, {"id": "green", "title": "Green"}]
    bands = {"title": "Priority", "set_by": COORDINATOR, "list": items, **ALL}
    words = said("bands", bands=bands)
    assert words.startswith("## Priority")
    assert "one of these: “Red” or “Green”. Who says which: Coordinator. (1)" in words
    date = {"id": "conference", "title": "The conference", **ALL}
    assert "- The conference. (1)" in said("dates", dates=[date])
    assert "The law sets it. (1)" in said("dates", dates=[date | {"statutory": True}])
    week = {key: ["09:00-12:00", "13:00-17:00"] for key in ("monday", "tuesday", "wednesday")}
    door = {"id": "front-door", "title": "Front door", "hours": week, **ALL}
    words = said("services", services=[door])
    assert "“front door”: Monday to Wednesday: 09:00 to 12:00 and 13:00 to 17:00." in words
    assert "Thursday to Sunday: closed. It is not open on bank holidays." in words
    words = said("services", services=[door | {"on_bank_holidays": "open"}])
    assert "It is open on bank holidays." in words


def test_how_days_are_counted_is_said_where_any_limit_counts_them() -> None:
    words = said("counting", calendar=["england-and-wales", "scotland"])
    assert "one in all of these: England and Wales and Scotland." in words
    assert "The bank holidays of England and Wales are not working days." in said("counting")
    assert section(written("bexley"), "counting") == ""
    urgent = {"when": "Danger", "limits": {"talk": "1 working day"}, **ALL}
    asap = [a_stage("one", steps=[a_step("talk", limit="as soon as possible")])]
    closing: dict[str, Any] = {"outcome": "Write", "write_clause": "1", "confirm": "Confirm", **ALL}
    closing |= {"confirmed_by": "each", "confirm_limit": "not stated"}
    assert said("counting", stages=asap, closing=closing) == ""
    assert said("counting", stages=asap, closing=closing, urgent=urgent)


# --- panels, the end, and what is kept ------------------------------------------------------------


def with_a_panel(**keys: Any) -> Policy:
    panel = {"id": "p", "title": "Panel", "convened_by": COORDINATOR, "hears": "each", **ALL}
    panel |= {"convene_limit": "5 working days", "decide_limit": "not stated"}
    panel |= {"members": "not stated", "authority": "not stated", "decision_clause": "1"} | keys
    ways = [a_way("up", "two")]
    first = a_stage("one", steps=[a_step("talk")], ways_on=ways)
    return a_policy(stages=[first, a_stage("two", panel="p")], panels=[panel])


def test_a_panel_of_which_the_policy_says_little() -> None:
    words = section(with_a_panel(), "panel-p")
    assert "The policy does not say who sits on it." in words
    assert "The policy does not say what its decision means." in words
    assert "Who chairs it" not in words
    assert "Whether it must decide" not in words
    assert "The panel sits at this stage." in section(with_a_panel(), "stage-two")


def test_a_panel_of_which_the_policy_says_all() -> None:
    members = {"at_least_agencies": 1, "parties": "required", "drawn_from": "senior", **ALL}
    members |= {"drawn": "by lot", "independent_chair": True, "declare": True}
    report = {"what": "A report", "to": COORDINATOR, "limit": "1 working week", **ALL}
    more = {"chaired_by": "partnership.chair", "evidence": "The records", "must_decide": True}
    policy = with_a_panel(members=members, report=report, authority="arbitration", **more)
    words = section(policy, "panel-p").replace("**", "")
    assert "- Who chairs it: Chair (1)" in words
    assert (
        "People from at least one agency. Each is from this group: Senior. They are drawn by lot. "
        "They include every agency in the disagreement. Its chair is independent. Each says first "
        "whether they have a conflict of interest. (1)"
    ) in words
    assert "- What it looks at: The records. (1)" in words
    assert "- Whether it must decide: It must. It may not leave the matter open. (1)" in words
    assert "- What it reports: A report. (1)\n- Who gets the report: Coordinator (1)" in words
    assert "- When it reports: Within 1 working week (5 working days). (1)" in words


def a_record(**keys: Any) -> dict[str, Any]:
    record = {"at": "every stage", "what": "What was done", "shared_with": [], "force": "must"}
    return record | ALL | keys


def test_a_record_says_when_whose_file_and_who_gets_it() -> None:
    every = [
        a_record(),
        a_record(at=["two"], kept_on=["child", "each agency"], shared_with=["raiser", "each"]),
        a_record(at="the end", force="should", kept_on=["partnership"]),
    ]
    words = said("records", records=every)
    assert "- At every stage, this must be written down: what was done. (1)" in words
    assert (
        "- At “Stage two”, this must be written down: what was done. It is kept on the child’s own "
        "file and the records of each agency. Who gets it: The person who raised the concern and "
        "manager in each agency. (1)"
    ) in words
    assert "- At the end, this should be written down: what was done. It is kept on the" in words


def test_the_closing_says_who_sees_it_through_and_each_time_that_there_is() -> None:
    closing = {"outcome": "Write", "write_clause": "1", "confirm": "Confirm", **ALL}
    closing |= {"confirmed_by": "each", "confirm_limit": "2 working days"}
    assert said("confirmation", closing=closing).count("By when") == 1
    lead = {"title": "Lead manager", "of": "each.senior", **ALL}
    words = said("confirmation", closing=closing | {"lead": lead, "write_limit": "1 working day"})
    assert words.count("By when") == 2
    assert "- Who sees it through: A lead manager. Who may be it: Senior in each agency." in words


def a_duty(**keys: Any) -> dict[str, Any]:
    return {"id": "d", "what": "A return", "owner": COORDINATOR, "every": "year", **ALL} | keys


def test_what_is_done_regularly_says_how_often_when_else_and_who_answers() -> None:
    words = said("standing", standing=[a_duty(on=["A review", "A request."], from_each=True)])
    assert "- What is done: A return. (1)\n- Who does it: Coordinator" in words
    assert "- How often: Every year.\n- Also when this happens: A review; or a request." in words
    assert "- Who answers: Every agency. One with nothing to report says so." in words
    words = said("standing", standing=[a_duty(every="not stated")])
    assert "- How often: The policy does not say how often." in words
    words = said("standing", standing=[a_duty(every="not stated", on=["A review"])])
    assert "How often" not in words
    assert "- When: A review." in words


# --- people ---------------------------------------------------------------------------------------


def test_opposite_numbers_are_a_table() -> None:
    words = section(written("somerset"), "opposite-numbers")
    assert "| For | Ask | Advice |" in words
    assert "| Social worker (2.3 social worker) | Team leader |  |" in words
    assert "| Health visitor (2.3 health visitor) | All of: Locality" in words
    row = {"id": "gp", "of": "GP", "ask": [{"title": "Doctor"}, {"title": "Nurse"}], **ALL}
    words = said("opposite-numbers", opposite_numbers=[row | {"choice": "one of"}])
    assert "| For | Ask |\n| --- | --- |\n| GP (1) | One of: Doctor; Nurse |" in words


def test_roles_are_told_in_the_words_of_the_directory() -> None:
    words = said("roles", outsiders=[{"id": "parent", "title": "Parent", **ALL}])
    assert "- Manager: In each agency: line manager. (1)" in words
    assert "- Chair: In the partnership: independent chair. (1)" in words
    assert "- Parent: Somebody from outside. They are heard or told. (1)" in words
    assert "Where several are named" not in words
    assert "Where several are named" in section(written("brent"), "roles")


def test_a_policy_without_any_of_it_has_no_section_for_it() -> None:
    anchors = {part.anchor for part in explain(a_policy())}
    assert anchors == {
        "about", "grounds", "immediate-risk", "stages", "stage-one", "stage-two", "counting",
        "confirmation", "roles", "clauses",
    }  # fmt: skip
