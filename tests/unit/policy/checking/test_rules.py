"""What the rules look at and leave alone, beyond the pair of examples that each kind has."""

from __future__ import annotations

from datetime import date

import pytest

from counterpart.policy.checking import Finding, check
from counterpart.policy.checking.safety import review_due
from counterpart.policy.loading import load_policy
from tests.made_up import ADVICE, ONE_TALK, UP_THE_LINE
from tests.unit.policy.checking.little import little

TODAY = date(2026, 11, 21)


def findings(example: str, today: date = TODAY) -> tuple[Finding, ...]:
    return check(little(example), today=today)


def codes(example: str) -> list[str]:
    return [found.code for found in findings(example)]


def one(example: str, code: str) -> Finding:
    (found,) = [x for x in findings(example) if x.code == code]
    return found


# --- time -----------------------------------------------------------------------------------------


def test_a_rule_without_a_time_is_named_by_its_title_and_placed_at_its_limit() -> None:
    found = one("stages: [{id: talk, steps: [{id: speak, limit: not stated}]}]", "no-time")
    assert found.where == ("stages", "talk", "steps", "speak", "limit")
    assert found.clause == "1"
    assert found.words.startswith("“Speak to each other” (Talk) must be done")


@pytest.mark.parametrize(
    ("example", "where"),
    [
        (
            "stages: [{id: talk, ways_on: [{id: to-managers, limit: not stated}]}]",
            ("stages", "talk", "ways_on", "to-managers", "limit"),
        ),
        (
            "panels: [{id: resolution, convene_limit: not stated}]",
            ("panels", "resolution", "convene_limit"),
        ),
        (
            "panels: [{id: resolution, decide_limit: not stated}]",
            ("panels", "resolution", "decide_limit"),
        ),
        ("closing: {write_limit: not stated}", ("closing", "write_limit")),
        ("closing: {confirm_limit: not stated}", ("closing", "confirm_limit")),
    ],
)
def test_every_kind_of_rule_without_a_time_is_placed(example: str, where: tuple[str, ...]) -> None:
    assert one(example, "no-time").where == where


def test_what_people_only_may_do_needs_no_time() -> None:
    example = "stages: [{id: talk, steps: [{id: speak, limit: not stated, force: may}]}]"
    assert "no-time" not in codes(example)


def test_an_urgent_step_without_a_time_says_that_a_child_is_at_risk() -> None:
    step = (
        "{id: tell, what: Tell the lead, kind: notice, by: raising, limit: not stated, clause: '1'}"
    )
    assert "risk of immediate harm" in one(f"urgent: {{steps: [{step}]}}", "no-time").words


OUTER = """
stages: [{id: talk, steps: [{id: speak, limit: as soon as possible}]}]
clocks:
  - id: at-most
    what: Have spoken
    owner: raising
    starts: [raised]
    stops: [done speak]
    limit: 3 working days
    force: must
    clause: "1"
"""


def test_a_step_that_another_limit_waits_for_is_not_without_a_time() -> None:
    assert codes(OUTER) == ["no-time-of-its-own"]


def test_a_limit_that_waits_for_something_else_does_not_bound_its_stage() -> None:
    other = OUTER.replace("done speak", "done meet").replace("starts:", "over: [talk]\n    starts:")
    assert "no-time" in codes(other)


def test_a_limit_over_the_whole_case_bounds_every_stage() -> None:
    found = one(OUTER.replace("done speak", "settled"), "no-time-of-its-own")
    assert found.where == ("clocks", "at-most", "limit")
    assert "3 working days" in found.words


def test_a_limit_on_which_people_agree_is_a_time() -> None:
    limit = "{agreed_by: each, at_most: 5 working days}"
    assert codes(f"stages: [{{id: talk, steps: [{{id: speak, limit: {limit}}}]}}]") == []


def test_different_units_are_left_alone_where_a_reading_says_it_is_meant() -> None:
    warn = """
stages:
  - id: talk
    steps:
      - {id: warn, what: Warn, kind: notice, by: raising, limit: 48 hours, clause: "1", reading: meant}
readings:
  - {id: meant, clause: "1", question: Hours?, reading: Hours as they pass., why: So it says.}
"""
    assert "mixed-units" not in codes(warn)
    assert "mixed-units" in codes(warn.replace(", reading: meant", ""))


# --- people ---------------------------------------------------------------------------------------


def test_the_partnerships_own_fallback_is_always_said() -> None:
    agency = one("roles: [{id: manager, tiers: [line_manager]}]", "no-stand-in")
    office = one("roles: [{id: chair, tiers: [independent_chair]}]", "no-stand-in")
    assert "agency’s own inbox and to the partnership’s business manager" in agency.words
    assert "business manager’s desk" in office.words


def test_the_business_manager_needs_no_stand_in_from_the_policy() -> None:
    assert codes("roles: [{id: chair, tiers: [business_manager]}]") == []


def test_a_role_that_owns_nothing_needs_no_stand_in() -> None:
    lead = '{id: lead, title: Lead, at: agency, tiers: [named_professional], clause: "1"}'
    assert codes(f"roles: [{lead}]\nurgent: {{tells: [raising.lead]}}") == []


# --- where a case goes ----------------------------------------------------------------------------


def test_a_last_stage_with_one_person_who_decides_has_a_last_word() -> None:
    example = """
stages:
  - id: managers
    ways_on: []
    steps:
      - id: rule
        what: Decide
        kind: decision
        settles: true
        by: partnership.chair
        with: each
        limit: 5 working days
        clause: "1"
"""
    found = codes(example)
    assert "no-last-word" not in found
    assert "no-last-word" in codes(example.replace("kind: decision", "kind: meeting"))


def test_a_named_procedure_after_the_last_stage_is_a_way_on() -> None:
    end = """
stages: [{id: managers, ways_on: []}]
exits:
  - id: london
    title: London’s procedure
    kind: procedure
    when: It is not settled
    where: London
    from: [managers]
    ends: true
    clause: "1"
"""
    assert "no-way-on" not in codes(end)
    assert "no-way-on" in codes(end.replace("from: [managers]", "from: []"))


def test_a_stage_of_a_track_that_its_ways_do_not_lead_to_is_named_with_the_track() -> None:
    tracks = """
tracks:
  - {id: one, title: Plans, when: Plans, stages: [talk, managers, panel], clause: "1"}
  - {id: two, title: Referrals, when: Referrals, stages: [managers, talk, panel], clause: "1"}
"""
    assert "on “Referrals”" in one(tracks, "unreachable-stage").words


def test_a_way_that_waits_for_time_without_a_number_can_never_be_taken() -> None:
    when = "[{passed: as soon as possible, since: opened talk}]"
    example = f"stages: [{{id: talk, ways_on: [{{id: to-managers, when: {when}}}]}}]"
    assert "way-never-taken" in codes(example)
    assert "way-never-taken" not in codes(example.replace("as soon as possible", "3 working days"))


def test_a_way_after_a_step_of_an_earlier_stage_can_be_taken() -> None:
    example = "stages: [{id: managers, ways_on: [{id: to-panel, after: [speak, meet]}]}]"
    assert "way-never-taken" not in codes(example)


def test_a_track_for_one_ground_beside_one_for_the_rest_is_told_apart() -> None:
    tracks = """
tracks:
  - {id: plans, title: Plans, grounds: [plan], stages: [talk, managers, panel], clause: "1"}
  - {id: rest, title: Anything else, stages: [managers, panel], clause: "1"}
"""
    assert codes(tracks) == []
    assert codes(tracks.replace("grounds: [plan], ", "")) == ["tracks-not-told-apart"]


# --- panels, safety, words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "is_found"),
    [
        ("{at_least_agencies: 2, parties: required, independent_chair: true, clause: '1'}", True),
        ("{at_least_agencies: 3, parties: required, independent_chair: true, clause: '1'}", False),
        (
            "{at_least_agencies: 1, parties: not stated, independent_chair: false, clause: '1'}",
            True,
        ),
        ("{at_least_agencies: 1, parties: excluded, independent_chair: false, clause: '1'}", False),
    ],
)
def test_a_panel_too_small_for_its_own_rule(members: str, is_found: bool) -> None:
    found = codes(f"panels: [{{id: resolution, members: {members}}}]")
    assert ("panel-too-small" in found) is is_found


def test_a_review_is_due_so_many_years_after_a_policy_began() -> None:
    policy = little("in_force_from: 2024-02-29\nreview: {due: ~, every: two years, clause: '1'}")
    assert review_due(policy) == date(2026, 2, 28)
    assert [x.code for x in check(policy, today=date(2026, 2, 28))] == []
    assert [x.code for x in check(policy, today=date(2026, 3, 1))] == ["review-overdue"]


@pytest.mark.parametrize(
    "quote",
    [
        "within three days",
        "within 10 days",
        "within a week",
        "it should normally be settled",
        "the doctor and/or the nurse",
        "respond within 24 hours",
        "tell them immediately",
        "as soon as possible",
    ],
)
def test_words_that_partnerships_read_in_two_ways(quote: str) -> None:
    assert codes(f'clauses: [{{id: "1", quote: {quote}}}]') == ["two-readings"]


@pytest.mark.parametrize(
    "quote",
    [
        "within three working days",
        "within 10 calendar days",
        "one day they spoke",
        "day-to-day work",
    ],
)
def test_words_that_leave_nothing_open(quote: str) -> None:
    assert "two-readings" not in codes(f'clauses: [{{id: "1", quote: {quote}}}]')


def test_as_soon_as_possible_is_not_ambiguous_where_a_rule_says_just_that() -> None:
    example = """
clauses: [{id: "1", quote: as soon as possible}]
stages: [{id: talk, steps: [{id: speak, limit: as soon as possible}]}]
"""
    assert codes(example) == ["no-time"]


def test_a_text_of_which_a_part_is_not_held_is_not_said_to_be_silent() -> None:
    example = """
urgent: ~
not_stated: [{about: Urgency, why: "Source not held: the county’s text.", clause: "1"}]
"""
    assert one(example, "no-urgent-route").words.startswith(
        "What is held of this policy does not say"
    )


def test_a_clock_that_starts_before_its_range_never_starts() -> None:
    cap = """
clocks:
  - id: cap
    what: Settle it
    owner: raising
    over: [managers]
    starts: [raised]
    stops: [settled]
    limit: 9 working days
    force: must
    clause: "1"
"""
    assert one(cap, "clock-never-starts").where == ("clocks", "cap", "starts")
    assert "clock-never-starts" not in codes(cap.replace("[managers]", "[talk, managers]"))


def test_every_kind_of_thing_declared_and_not_used_is_found() -> None:
    example = """
roles: [{id: lead, title: Lead, at: agency, tiers: [named_professional], clause: "1"}]
outsiders: [{id: parent, title: Parent, clause: "1"}]
dates: [{id: conference, title: Conference, clause: "1"}]
services: [{id: door, title: Front door, hours: {monday: ["09:00-17:00"]}, clause: "1"}]
bands: {title: Priority, set_by: raising, clause: "1", list: [{id: a, title: A}, {id: b, title: B}]}
"""
    found = [x.where for x in findings(example) if x.code == "not-used"]
    assert found == [
        ("roles", "lead"),
        ("outsiders", "parent"),
        ("dates", "conference"),
        ("services", "door"),
        ("bands",),
    ]


@pytest.mark.parametrize("text", [ONE_TALK, UP_THE_LINE, ADVICE])
def test_made_up_policies_of_other_kinds_can_be_checked_and_have_no_error(text: str) -> None:
    found = check(load_policy(text.encode()), today=TODAY)
    assert {x.severity for x in found} <= {"warning", "note"}
    assert found == check(load_policy(text.encode()), today=TODAY)
