"""What other policies do and Brent's does not: no end, a way back, advice, several talks."""

from datetime import UTC, datetime, timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.deciding import basis_of
from counterpart.engine.kinds import Code, Words
from tests.casebook import Case, a_step, acting, brent, members
from tests.fakes import HEALTH, SCHOOL, SOCIAL_CARE
from tests.made_up import advice, one_talk, up_the_line


def advised() -> Case:
    """The managers could not agree; the panel heard both and recommended."""
    case = Case(advice())
    case.records("talk", "not_agreed", SOCIAL_CARE).moves("to-panel")
    case.does(e.PanelConvened(panel=Code("advisers"), members=OUTSIDERS, meets_at=case.now))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    return case.decides("advisers")


OUTSIDERS = members(("housing", "chair"), ("probation", "member"))
PARTY_CHAIR = members((SCHOOL, "chair"), ("probation", "member"))


# --- nothing after the first talk ------------------------------------------------------------------


def test_where_nothing_follows_the_talk_is_owed_until_it_settles_the_matter() -> None:
    case = Case(one_talk())
    talk = case.duty("speak")
    case.records("speak", "not_agreed", SOCIAL_CARE)
    assert case.duty("speak").id == talk.id
    case.records("speak", "agreed", SOCIAL_CARE)
    assert case.owed() == ["write-outcome"]
    case.proposes().dissents(SOCIAL_CARE)
    assert case.duty("speak").id == talk.id


def test_hours_run_through_nights_and_weekends() -> None:
    friday = datetime(2026, 12, 18, 17, 30, tzinfo=UTC)
    assert Case(one_talk(), at=friday).duty("speak").due.at == friday + timedelta(hours=24)


def test_a_limit_for_confirming_is_each_agencys_own() -> None:
    case = Case(one_talk()).records("speak", "agreed", SOCIAL_CARE).proposes()
    assert {d.due.at for d in case.duties()} == {datetime(2026, 11, 4, 23, 59, 59, tzinfo=UTC)}


def test_a_closed_list_of_grounds_refuses_others_and_there_is_no_urgent_route() -> None:
    case = Case(one_talk())
    assert case.is_refused(e.ImmediateRiskReported()) == "no_urgent_route"


# --- up the line, and back -----------------------------------------------------------------------


def test_a_stage_may_lead_to_itself_again_and_again() -> None:
    case = Case(up_the_line()).moves("at-once")
    ids = {case.duty("managers-talk").id}
    for _ in range(3):
        assert case.is_refused(case.move("again")) == "not_tried"
        case.records("managers-talk", "not_agreed", SOCIAL_CARE).moves("again")
        ids.add(case.duty("managers-talk").id)
    assert len(ids) == 4
    assert [v.stage for v in case.state.visits] == ["workers", *["line"] * 4]


def test_each_visit_up_the_line_may_have_its_own_post() -> None:
    case = Case(up_the_line()).moves("at-once")
    case.records("managers-talk", "not_agreed", SOCIAL_CARE)
    seats = (e.SeatTaken(body=SCHOOL, role=Code("manager"), post=SCHOOL),)
    case.does(case.move("again", seats=seats))
    assert case.duty("managers-talk").post == SCHOOL


def test_the_matter_may_go_back_and_every_step_is_owed_anew() -> None:
    case = Case(up_the_line()).records("first-talk", "not_agreed", SOCIAL_CARE).moves("at-once")
    case.records("managers-talk", "not_agreed", SOCIAL_CARE).moves("back")
    assert case.state.stage == "workers"
    assert case.state.results == {}
    assert case.owed() == ["cap", "cap", "first-talk", "understand"]
    assert case.is_refused(case.move("up")) == "not_tried"


def test_a_cap_over_several_stages_goes_on_through_all_of_them() -> None:
    case = Case(up_the_line())
    ids = {d.id for d in case.duties() if d.clock == "cap"}
    case.moves("at-once").records("managers-talk", "not_agreed", SOCIAL_CARE).moves("back")
    assert {d.id for d in case.duties() if d.clock == "cap"} == ids
    assert {d.body for d in case.duties() if d.clock == "cap"} == {SCHOOL, SOCIAL_CARE}


def test_taking_a_way_on_that_needs_no_disagreement_lets_the_cap_run_on() -> None:
    case = Case(up_the_line()).records("first-talk", "agreed", SOCIAL_CARE)
    assert "cap" not in case.owed()
    case.moves("at-once")
    assert case.owed() == ["cap", "cap", "managers-talk"]


def test_what_one_may_do_is_offered_and_never_owed() -> None:
    case = Case(up_the_line())
    assert case.option(e.MovedOn, "at-once").is_allowed
    assert "way-at-once" not in case.owed()


# --- several steps in one stage -------------------------------------------------------------------


def test_a_meeting_is_owed_only_after_the_talk_and_with_that_agency() -> None:
    case = Case(up_the_line(), receiving=(SOCIAL_CARE, HEALTH))
    assert "meeting" not in case.owed()
    case.records("first-talk", "not_agreed", HEALTH)
    assert [d.about for d in case.duties() if d.clock == "meeting"] == [HEALTH]


def test_a_meeting_that_agrees_settles_what_the_talk_did_not() -> None:
    case = Case(up_the_line()).records("first-talk", "not_agreed", SOCIAL_CARE)
    case.records("meeting", "agreed", SOCIAL_CARE)
    assert case.state.is_settled
    assert case.owed() == ["understand", "write-outcome"]


def test_the_stage_was_tried_when_every_talk_was() -> None:
    case = Case(up_the_line()).records("first-talk", "not_agreed", SOCIAL_CARE)
    assert "way-up" not in case.owed()
    case.records("meeting", "not_held", SOCIAL_CARE)
    assert {d.body for d in case.duties() if d.clock == "way-up"} == {SCHOOL, SOCIAL_CARE}


def test_the_shortest_of_several_limits_holds_and_may_be_cut_for_the_child() -> None:
    case = Case(up_the_line())
    duty = case.duty("first-talk")
    assert duty.due.at == datetime(2026, 11, 4, 23, 59, 59, tzinfo=UTC)
    assert len(duty.due.sums) == 2
    case.does(e.LimitSet(clock=Code("first-talk"), due_at=case.now + timedelta(hours=5)))
    assert case.duty("first-talk").due.is_set_for_child


def test_a_time_set_for_the_child_is_for_that_time_round_only() -> None:
    case = Case(up_the_line())
    case.does(e.LimitSet(clock=Code("first-talk"), due_at=case.now + timedelta(hours=9)))
    case.records("first-talk", "not_agreed", SOCIAL_CARE).moves("at-once")
    case.records("managers-talk", "not_agreed", SOCIAL_CARE).moves("back")
    assert not case.duty("first-talk").due.is_set_for_child


def test_a_step_for_each_side_is_two_duties_and_one_talk_ends_both() -> None:
    case = Case(advice())
    assert {d.body for d in case.duties()} == {SCHOOL, SOCIAL_CARE}
    case.records("talk", "not_agreed", SOCIAL_CARE, by=acting(SOCIAL_CARE))
    assert case.owed() == ["way-to-panel"]


# --- a panel that advises ----------------------------------------------------------------------------


def test_what_an_outcome_rests_on_depends_on_the_panels_authority() -> None:
    assert basis_of(brent(), "resolution-panel") == "decision"
    assert basis_of(advice(), "advisers") == "agreement"


def test_advice_that_both_sides_take_is_an_agreement() -> None:
    case = advised().confirms(SCHOOL).confirms(SOCIAL_CARE)
    assert case.state.ending == "agreed"


def test_advice_that_one_side_does_not_take_settles_nothing() -> None:
    case = advised().confirms(SCHOOL).dissents(SOCIAL_CARE)
    assert case.state.is_open
    assert case.owed() == ["decide-advisers"]


def test_a_panel_whose_advice_was_not_taken_may_be_asked_again_or_the_matter_goes_back() -> None:
    case = advised()
    again = e.PanelDecided(
        panel=Code("advisers"), authority=Code("recommendation"), why_early=Words("W.")
    )
    assert case.is_refused(again) == "panel_decided"
    case.dissents(SOCIAL_CARE)
    assert case.is_refused(again) is None
    case = advised().dissents(SOCIAL_CARE).moves("back")
    assert case.owed() == ["talk", "talk"]


def test_a_second_time_at_the_panel_is_a_second_panel() -> None:
    case = advised().dissents(SOCIAL_CARE).moves("back")
    case.records("talk", "not_held", SOCIAL_CARE).moves("to-panel")
    assert case.state.panel is None
    assert case.owed() == ["convene-advisers"]


@pytest.mark.parametrize(
    ("seats", "reason"),
    [(OUTSIDERS, None), (PARTY_CHAIR, "party_on_panel"), (OUTSIDERS[:1], "too_few_agencies")],
)
def test_a_panel_from_which_the_parties_are_excluded(
    seats: tuple[e.Member, ...], reason: str | None
) -> None:
    case = Case(advice()).records("talk", "not_agreed", SOCIAL_CARE).moves("to-panel")
    panel = e.PanelConvened(panel=Code("advisers"), members=seats, meets_at=case.now)
    assert case.is_refused(panel) == reason


def test_a_route_that_only_tells_may_be_used_again_at_once() -> None:
    case = Case(advice(), is_urgent=True)
    assert case.is_refused(e.ImmediateRiskReported()) is None
    assert case.is_refused(a_step("talk", "agreed", SOCIAL_CARE)) is None
