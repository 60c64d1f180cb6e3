"""How long a disagreement may lawfully wait: instants checked by hand, and what leaves it open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.rehearsal.waits import WorstCase
from counterpart.rehearsal.worst_case import worst_case, worst_start
from counterpart.worktime import calendar
from tests.unit.policy.checking.little import little

BEFORE_CHRISTMAS = datetime(2026, 12, 18, 15, tzinfo=UTC)
ENGLAND = calendar("england-and-wales")
BRENT = Path(__file__).parents[3] / "policies" / "brent" / "policy.yaml"
SHORT = """
stages:
  - id: talk
    ways_on: []
"""
"""The little policy with nothing after the talk."""


def case(policy: Policy, raised_at: datetime = BEFORE_CHRISTMAS) -> WorstCase:
    return worst_case(policy, raised_at, ENGLAND)


def open_rules(found: WorstCase) -> list[str]:
    return [rule.rule for rule in found.left_open]


def end_of(year: int, month: int, day: int, hour: int = 23) -> datetime:
    return datetime(year, month, day, hour, 59, 59, tzinfo=UTC)


def test_over_christmas_every_stage_ends_at_its_last_lawful_moment() -> None:
    found = case(little())
    # 18 December is day zero. Working days: 21-24, 29, 30 (talk and a day to move); 31, 4-8 January.
    assert [(v.stage, v.left_at) for v in found.path] == [
        ("talk", end_of(2026, 12, 30)),
        ("managers", end_of(2027, 1, 8)),
        ("panel", end_of(2027, 1, 29)),
    ]
    assert found.undecided_until == end_of(2027, 1, 29)
    assert found.left_open == ()


def test_over_easter_and_the_clock_change_it_ends_in_summer_time() -> None:
    found = case(little(), datetime(2026, 3, 26, 15, tzinfo=UTC))
    # Good Friday is 3 April, Easter Monday 6 April, and 4 May is a bank holiday.
    assert found.path[0].left_at == end_of(2026, 4, 7, hour=22)
    assert found.undecided_until == end_of(2026, 5, 7, hour=22)


def test_the_path_says_what_bounds_each_stage_and_by_which_way_it_is_left() -> None:
    talk, managers, panel = case(little()).path
    assert talk.bound is not None
    assert (talk.bound.rule, talk.way) == ("way-to-managers", "Ask the managers")
    assert [owed.rule for owed in managers.owed] == ["way-to-panel", "meet"]
    assert panel.bound is not None
    assert (panel.bound.clause, panel.way) == ("1", None)


def test_the_worst_day_to_start_is_found() -> None:
    found = worst_start(little(), 2026, ENGLAND)
    # From Monday 30 March: Easter and the first bank holiday of May are both on the way.
    assert found.day == date(2026, 3, 30)
    assert found.case.undecided_until == end_of(2026, 5, 11, hour=22)
    assert found.uncounted == 0


def test_a_year_without_a_bound_says_so_at_once() -> None:
    found = worst_start(
        little("panels: [{id: resolution, decide_limit: not stated}]"), 2026, ENGLAND
    )
    assert found.day is None
    assert open_rules(found.case) == ["decide-resolution"]


def test_days_past_the_bank_holidays_that_are_known_are_counted_and_not_guessed() -> None:
    last = ENGLAND.last_day.year
    found = worst_start(little(SHORT), last, ENGLAND)
    assert found.uncounted > 0
    assert found.day is not None
    assert found.day.year == last


def test_a_start_past_the_bank_holidays_cannot_be_computed() -> None:
    found = case(little(), datetime(ENGLAND.last_day.year + 1, 3, 1, tzinfo=UTC))
    assert found.undecided_until is None
    assert found.cannot is not None
    assert "bank holidays" in found.cannot


def test_a_start_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        case(little(), datetime(2026, 12, 18, 15))  # noqa: DTZ001 - that is what is tested


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ("not stated", "its time is not stated"),
        ("as soon as possible", "its time is as soon as possible"),
        ("{agreed_by: each}", "the sides agree its time, and no longest is given"),
        ("{set_by: raising.manager}", "somebody sets its time, and no longest is given"),
    ],
)
def test_what_no_limit_bounds_is_named_with_its_clause(limit: str, why: str) -> None:
    found = case(little(f"stages: [{{id: talk, steps: [{{id: speak, limit: {limit}}}]}}]"))
    assert found.undecided_until is None
    assert [(x.rule, x.why, x.clause) for x in found.left_open] == [("speak", why, "1")]


def test_every_rule_that_leaves_it_open_is_named_and_what_is_known_is_still_told() -> None:
    found = case(
        little("panels: [{id: resolution, convene_limit: not stated, decide_limit: not stated}]")
    )
    assert open_rules(found) == ["convene-resolution", "decide-resolution"]
    assert found.path[-1].entered_at == end_of(2027, 1, 8)
    assert found.path[-1].left_at is None


def test_a_time_that_is_agreed_is_bounded_by_its_outer_limit() -> None:
    limit = "{agreed_by: each, at_most: 2 working days}"
    found = case(little(SHORT + f"    steps: [{{id: speak, limit: {limit}}}]"))
    assert found.undecided_until == end_of(2026, 12, 22)


def test_of_a_time_that_protects_the_child_the_fixed_part_counts() -> None:
    limit = "{shorter_of: [3 working days, 10 calendar days, protects the child]}"
    found = case(little(SHORT + f"    steps: [{{id: speak, limit: {limit}}}]"))
    assert found.undecided_until == end_of(2026, 12, 23)


def test_of_several_bands_the_longest_counts() -> None:
    bands = """
bands:
  title: Priority
  set_by: raising
  clause: "1"
  list: [{id: red, title: Red}, {id: green, title: Green}]
"""
    limit = "{band: {red: 4 hours, green: 2 working days}}"
    found = case(little(bands + SHORT + f"    steps: [{{id: speak, limit: {limit}}}]"))
    assert found.undecided_until == end_of(2026, 12, 22)


def test_where_nothing_follows_the_limit_of_the_talk_bounds_it() -> None:
    found = case(little(SHORT))
    assert found.undecided_until == end_of(2026, 12, 29)
    assert found.path[0].bound is not None
    assert found.path[0].bound.rule == "speak"


def test_hours_run_over_the_weekend_and_steps_follow_one_another() -> None:
    steps = """
    steps:
      - {id: speak, limit: 48 hours}
      - id: meet-up
        what: Meet
        kind: meeting
        settles: true
        by: raising
        with: receiving
        starts: [not agreed speak]
        limit: 24 hours
        clause: "1"
"""
    assert case(little(SHORT + steps)).undecided_until == datetime(2026, 12, 21, 15, tzinfo=UTC)


CAP = """
clocks:
  - id: in-all
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 3 working days
    force: should
    clause: "1"
"""


def test_a_cap_over_two_stages_bounds_them_and_a_guide_is_named_as_one() -> None:
    unstated = "stages: [{id: talk, steps: [{id: speak, limit: not stated}]}]"
    found = case(little(CAP + unstated))
    assert [v.left_at for v in found.path[:2]] == [end_of(2026, 12, 23)] * 2
    # The panel is convened in five working days of that, and decides in ten more.
    assert found.undecided_until == end_of(2027, 1, 18)
    assert {owed.rule for owed in found.guides} == {"in-all"}


def test_a_cap_that_starts_before_its_range_never_runs() -> None:
    cap = CAP.replace("[talk, managers]", "[managers]")
    assert case(little(cap)).undecided_until == case(little()).undecided_until


LOOP = """
stages:
  - id: managers
    ways_on:
      - id: back
        title: Back to the workers
        to: talk
        by: raising
        limit: not stated
        force: may
        clause: "1"
"""


def test_a_way_back_has_no_bound() -> None:
    found = case(little(LOOP))
    assert [(x.rule, x.why) for x in found.left_open] == [
        ("way-back", "it leads back, as often as people choose")
    ]


def test_a_cap_over_the_whole_round_bounds_going_round() -> None:
    found = case(little(LOOP + CAP.replace("3 working", "20 working")))
    assert found.left_open == ()
    assert [v.stage for v in found.path] == ["talk", "managers", "managers", "panel"]
    # Twenty working days from 18 December end on 20 January; the panel has fifteen more.
    assert found.path[2].left_at == end_of(2027, 1, 20)
    assert found.undecided_until == end_of(2027, 2, 10)


def test_where_two_ways_are_owed_the_earlier_holds() -> None:
    way = """
stages:
  - id: talk
    ways_on:
      - id: straight
        title: Straight to the panel
        to: panel
        by: raising
        after: [speak]
        when: [unresolved]
        limit: 3 working days
        clause: "1"
"""
    found = case(little(way))
    assert found.path[0].left_at == end_of(2026, 12, 30)
    assert [v.stage for v in found.path] == ["talk", "managers", "panel"]


def test_the_longer_of_two_tracks_is_told() -> None:
    tracks = """
tracks:
  - {id: short, title: Short, when: One, stages: [managers, panel], clause: "1"}
  - {id: long, title: Long, when: Two, stages: [talk, managers, panel], clause: "1"}
"""
    found = case(little(tracks))
    assert found.track == "Long"
    assert found.undecided_until == end_of(2027, 1, 29)


def test_a_way_of_another_track_is_not_taken() -> None:
    tracks = """
tracks:
  - {id: short, title: Short, stages: [talk], clause: "1"}
  - {id: late, title: Late, stages: [panel], clause: "1"}
stages:
  - {id: talk, ways_on: [{id: to-managers, tracks: [late]}]}
"""
    found = case(little(tracks))
    assert [v.stage for v in found.path] == ["talk"]
    assert [(x.rule, x.why) for x in found.left_open] == [("talk", "nobody has to take it further")]


def test_an_urgent_case_has_the_second_timetable() -> None:
    policy = little("urgent: {limits: {speak: 4 hours, to-managers: 1 hour, meet: 1 working day}}")
    found = worst_case(policy, BEFORE_CHRISTMAS, ENGLAND, is_urgent=True)
    assert found.path[0].left_at == datetime(2026, 12, 18, 20, tzinfo=UTC)
    assert found.path[1].left_at == end_of(2026, 12, 22)
    assert case(policy).undecided_until == end_of(2027, 1, 29)


def test_advice_that_need_not_be_taken_has_no_bound() -> None:
    found = case(little("panels: [{id: resolution, authority: recommendation}]"))
    assert open_rules(found) == ["resolution"]
    assert found.left_open[0].clause == "1"


def test_approval_has_no_bound() -> None:
    found = case(
        little("stages: [{id: talk, ways_on: [{id: to-managers, approval: raising.manager}]}]")
    )
    assert open_rules(found) == ["approve-to-managers"]


def test_a_case_that_moves_by_itself_leaves_when_the_time_has_passed() -> None:
    found = case(
        little(
            """
stages:
  - id: talk
    steps:
      - id: speak
        limit: 2 working days
        if_missed: {then: move, way: to-managers, clause: "1"}
"""
        )
    )
    assert found.path[0].left_at == end_of(2026, 12, 22)


def test_a_jump_adds_a_stage_that_nothing_else_leads_to_and_never_leads_back() -> None:
    jumps = """
jumps:
  - {id: again, title: Start again, to: [talk], by: partnership.chair, clause: "1"}
  - {id: up, title: Straight to the panel, to: [panel], by: partnership.chair, clause: "1"}
"""
    assert case(little(jumps)).undecided_until == end_of(2027, 1, 29)
    found = case(little(jumps + SHORT + "  - {id: managers, ways_on: []}\n"))
    assert [v.stage for v in found.path] == ["talk", "panel"]


def a_row_of(stages: int) -> Policy:
    """So many stages, each with a way to all of the fourteen after it."""
    steps = (
        "{id: s%d, what: Talk, kind: meeting, settles: true, by: raising, with: receiving, "
        'limit: 1 working day, clause: "1"}'
    )
    way = (
        "{id: w%d-%d, title: On, to: row-%d, by: raising, when: [unresolved], "
        'limit: 1 working day, clause: "1"}'
    )
    row = [
        f'  - {{id: row-{i}, title: Row, clause: "1", speaks: {{raising: worker, receiving: worker}}, '
        f"steps: [{steps % i}], "
        f"ways_on: [{', '.join(way % (i, j, j) for j in range(i + 1, min(stages, i + 15)))}]}}\n"
        for i in range(stages)
    ]
    tracks = 'tracks: [{id: row, stages: [row-0], clause: "1"}]\n'
    return little(tracks + "stages:\n" + "".join(row))


def test_a_policy_with_very_many_paths_is_still_walked_through() -> None:
    found = case(a_row_of(16))
    assert len(found.path) == 16
    assert found.undecided_until is not None


def test_a_policy_of_more_stages_than_can_be_walked_through_says_so() -> None:
    policy = a_row_of(98)
    assert len(policy.stages) == 101
    assert case(policy).cannot == "This policy has more than 100 stages."
    assert worst_start(policy, 2026, ENGLAND).case.cannot == "This policy has more than 100 stages."


def test_brents_week_bounds_the_talking_and_nothing_bounds_the_panel() -> None:
    found = case(load_policy(BRENT.read_bytes()))
    assert [v.left_at for v in found.path[:4]] == [end_of(2026, 12, 29)] * 4
    assert found.undecided_until is None
    assert [(x.rule, x.clause) for x in found.left_open] == [
        ("convene-resolution-panel", "2.6"),
        ("decide-resolution-panel", "2.6 decision"),
    ]
    assert {owed.clause for owed in found.guides} == {"2.1"}
