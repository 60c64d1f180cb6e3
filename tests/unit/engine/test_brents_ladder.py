"""A whole case under Brent's policy, from a worry to a confirmed outcome, act by act."""

from datetime import UTC, datetime, timedelta

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from tests.casebook import (
    Case,
    a_step,
    acting,
    an_action,
    at_panel,
    at_stage_four,
    at_stage_three,
    at_stage_two,
    members,
    settled,
)
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE

FULL_PANEL = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), (POLICE, "chair"))


def a_panel(case: Case) -> e.PanelConvened:
    return e.PanelConvened(
        panel=Code("resolution-panel"),
        members=FULL_PANEL,
        meets_at=case.now + timedelta(days=3),
    )


def test_a_case_begins_with_the_talk_with_ones_own_manager() -> None:
    case = Case()
    assert case.state.stage == "own-manager"
    assert case.owed() == ["consult-manager", "one-working-week"]
    talk = case.duty("consult-manager")
    assert (talk.body, talk.role, talk.post) == (SCHOOL, "worker", "school-practitioner")
    assert talk.due.at is None
    assert talk.clause == "2.2"


def test_after_that_talk_the_duty_is_to_go_to_the_other_worker() -> None:
    case = Case().records("consult-manager")
    assert case.owed() == ["one-working-week", "way-to-other-worker"]
    case.moves("to-other-worker")
    assert case.owed() == ["one-working-week", "workers-discuss"]
    talk = case.duty("workers-discuss")
    assert (talk.body, talk.about) == (SCHOOL, SOCIAL_CARE)
    assert talk.due.at is None
    assert talk.due.without[0].limit.__class__.__name__ == "AsSoonAsPossible"


def test_a_talk_with_a_manager_that_could_not_be_held_does_not_hold_the_matter_up() -> None:
    case = Case().records("consult-manager", "not_held")
    assert case.is_refused(case.move("to-other-worker")) is None


def test_every_stage_up_to_the_panel_asks_its_own_people_to_speak() -> None:
    for case, clock, role in (
        (at_stage_two(), "workers-discuss", "worker"),
        (at_stage_three(), "managers-discuss", "line-manager"),
        (at_stage_four(), "seniors-discuss", "senior"),
    ):
        duty = case.duty(clock)
        assert (duty.body, duty.role) == (SCHOOL, role)
    assert at_panel().duty("convene-resolution-panel").post == "partnership-independent_chair"


def test_at_stage_four_the_other_sides_manager_reports_upwards_too() -> None:
    case = at_stage_four()
    duty = case.duty("receiving-manager-reports")
    assert (duty.body, duty.role) == (SOCIAL_CARE, "line-manager")
    case.records("receiving-manager-reports", "done", SOCIAL_CARE)
    assert "receiving-manager-reports" not in case.owed()
    assert "seniors-discuss" in case.owed()


def test_moving_on_when_it_was_not_tried_is_refused() -> None:
    case = at_stage_two()
    assert case.is_refused(case.move("to-managers")) == "not_tried"


def test_moving_on_when_the_sides_agree_is_refused() -> None:
    case = settled()
    assert case.is_refused(case.move("to-managers")) == "settled"


def test_a_second_tab_that_already_moved_on_is_told_where_the_case_is() -> None:
    case = at_stage_three()
    move = case.move("to-managers")
    assert case.is_refused(move) == "already_moved"


def test_a_talk_that_could_not_be_held_counts_as_tried() -> None:
    case = at_stage_two().records("workers-discuss", "not_held", SOCIAL_CARE)
    assert case.owed() == ["one-working-week", "way-to-managers"]
    case.moves("to-managers")
    assert case.state.stage == "managers"


def test_an_agreement_in_part_is_not_settled() -> None:
    case = at_stage_two().records("workers-discuss", "partly", SOCIAL_CARE)
    assert not case.state.is_settled
    assert "way-to-managers" in case.owed()


def test_an_agreement_is_written_down_confirmed_by_both_and_closes_the_case() -> None:
    case = settled()
    assert case.owed() == ["write-outcome"]
    case.proposes(an_action())
    assert [(d.clock, d.about) for d in case.duties()] == [
        ("confirm-outcome", SCHOOL),
        ("confirm-outcome", SOCIAL_CARE),
    ]
    case.confirms(SOCIAL_CARE)
    assert case.state.is_open
    assert [d.about for d in case.duties()] == [SCHOOL]
    case.confirms(SCHOOL)
    assert (case.state.status, case.state.ending) == ("closed", "agreed")
    assert [d.clock for d in case.duties()] == ["action"]


def test_an_agreed_action_is_a_duty_until_it_is_done() -> None:
    case = settled().proposes(an_action())
    assert case.is_refused(e.ActionDone(action=Id("action"))) == "not_yet_agreed"
    case.confirms(SCHOOL).confirms(SOCIAL_CARE)
    duty = case.duty("action")
    assert (duty.post, duty.due.at) == (
        "social-care-line_manager",
        datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC),
    )
    case.does(e.ActionDone(action=Id("action")))
    assert case.duties() == ()
    assert case.is_refused(e.ActionDone(action=Id("action"))) == "action_done"


def test_dissent_keeps_the_case_open_and_brings_back_the_week_and_the_way_on() -> None:
    case = Case()
    week = case.duty("one-working-week")
    case = settled().proposes().confirms(SCHOOL).dissents(SOCIAL_CARE)
    assert case.state.is_open
    assert not case.state.is_settled
    assert case.owed() == ["one-working-week", "way-to-managers"]
    assert case.duty("one-working-week").due.at == week.due.at
    assert case.duty("one-working-week").id == week.id


def test_after_dissent_a_new_text_may_be_agreed() -> None:
    case = settled().proposes().dissents(SOCIAL_CARE).proposes()
    assert case.state.outcome is not None
    assert case.state.outcome.number == 2
    case.confirms(SCHOOL).confirms(SOCIAL_CARE)
    assert case.state.ending == "agreed"


def test_after_dissent_the_matter_may_go_to_the_managers() -> None:
    case = settled().proposes().dissents(SCHOOL).moves("to-managers")
    assert case.owed() == ["managers-discuss", "one-working-week"]
    assert case.state.outcome is None


def test_a_later_talk_that_does_not_agree_undoes_the_agreement() -> None:
    case = settled().records("workers-discuss", "not_agreed", SOCIAL_CARE)
    assert not case.state.is_settled
    assert case.owed() == ["one-working-week", "way-to-managers"]


def test_an_answer_to_an_older_text_is_refused() -> None:
    case = settled().proposes().proposes()
    assert case.is_refused(case.confirmation(SCHOOL, number=1)) == "older_text"


def test_a_number_is_never_used_for_two_texts_even_after_moving_on() -> None:
    case = settled().proposes().dissents(SCHOOL).moves("to-managers")
    case.records("managers-discuss", "agreed", SOCIAL_CARE)
    first = e.OutcomeProposed(number=1, basis=Code("agreement"))
    assert case.is_refused(first) == "older_text"
    case.proposes()
    assert case.is_refused(case.confirmation(SCHOOL, number=1)) == "older_text"


def test_the_panel_hears_everyone_decides_and_its_decision_stands_against_dissent() -> None:
    case = at_panel()
    assert case.owed() == ["convene-resolution-panel"]
    case.does(a_panel(case))
    assert case.owed() == ["decide-resolution-panel"]
    decision = e.PanelDecided(
        panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
    )
    assert case.is_refused(decision) == "not_heard"
    case.does(e.RepresentationHeard(agency=SCHOOL, how=Code("in_person")))
    case.does(e.RepresentationHeard(agency=SOCIAL_CARE, how=Code("declined")))
    case.decides()
    assert case.is_refused(decision) == "panel_decided"
    assert case.owed() == ["confirm-outcome", "confirm-outcome"]
    case.dissents(SOCIAL_CARE)
    assert case.state.is_open
    case.confirms(SCHOOL)
    assert (case.state.status, case.state.ending) == ("closed", "decided")


def test_a_decision_with_another_authority_than_the_policys_is_refused() -> None:
    case = at_panel()
    case.does(a_panel(case))
    case.does(e.RepresentationHeard(agency=SCHOOL, how=Code("in_person")))
    case.does(e.RepresentationHeard(agency=SOCIAL_CARE, how=Code("in_person")))
    advice = e.PanelDecided(
        panel=Code("resolution-panel"), authority=Code("recommendation"), why_early=Words("W.")
    )
    assert case.is_refused(advice) == "not_its_authority"


def test_the_sides_may_still_agree_while_they_wait_for_the_panel() -> None:
    case = at_panel()
    case.does(case.outcome())
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.OutcomeConfirmed(number=1, agency=Id(agency)))
    assert (case.state.status, case.state.ending) == ("closed", "agreed")
    assert case.owed() == []


def test_a_concern_may_be_withdrawn_and_opened_again_where_it_ended() -> None:
    case = at_stage_three().does(e.CaseWithdrawn())
    assert (case.state.status, case.duties()) == ("withdrawn", ())
    assert case.is_refused(a_step("managers-discuss", "agreed", SOCIAL_CARE)) == "case_ended"
    assert case.is_refused(e.CaseReopened(stage=Code("own-manager"))) == "another_stage"
    case.does(e.CaseReopened(stage=Code("managers")))
    assert case.state.is_open
    assert case.owed() == ["managers-discuss", "one-working-week"]


def test_an_open_case_cannot_be_reopened() -> None:
    assert Case().is_refused(e.CaseReopened(stage=Code("own-manager"))) == "case_open"


def test_a_correction_needs_an_entry_of_this_case_and_changes_no_fact() -> None:
    case = settled()
    assert case.is_refused(e.EntryCorrected(entry=Id("elsewhere"))) == "no_such_entry"
    before = case.state
    case.does(e.EntryCorrected(entry=Id("entry-2")))
    after = case.state
    assert (after.clocks, after.stage, after.is_settled) == (
        before.clocks,
        before.stage,
        before.is_settled,
    )


def test_a_closed_case_can_still_be_corrected_and_a_gap_reported() -> None:
    case = settled().proposes().confirms(SCHOOL).confirms(SOCIAL_CARE)
    assert case.is_refused(e.EntryCorrected(entry=Id("entry-1"))) is None
    assert case.is_refused(e.PolicyGapReported()) is None
    assert not case.state.is_open


def test_not_us_gives_what_is_owed_to_the_other_agency() -> None:
    case = at_stage_two()
    case.does(
        e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)),
        by=acting(SOCIAL_CARE),
    )
    assert case.state.receiving_agencies == (HEALTH,)
    assert case.duty("workers-discuss").about == HEALTH
    case.records("workers-discuss", "not_agreed", HEALTH).moves("to-managers")
    assert case.duty("managers-discuss").about == HEALTH


def test_not_us_after_the_talk_means_talking_to_the_other_agency_too() -> None:
    case = at_stage_two().records("workers-discuss", "not_agreed", SOCIAL_CARE)
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    assert case.owed() == ["one-working-week", "workers-discuss"]
    assert case.is_refused(case.move("to-managers")) == "not_tried"
    case.records("workers-discuss", "not_agreed", HEALTH)
    assert case.owed() == ["one-working-week", "way-to-managers"]


def test_not_us_after_agreement_undoes_it() -> None:
    case = settled().proposes()
    case.does(e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH)))
    assert not case.state.is_settled
    assert case.owed() == ["one-working-week", "workers-discuss"]
    assert case.is_refused(case.confirmation(HEALTH)) == "no_outcome"


def test_who_cannot_be_redirected() -> None:
    case = at_stage_two()
    own = e.PartyRedirected(from_agency=SCHOOL, to=e.Party(agency=HEALTH))
    same = e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=SCHOOL))
    assert case.is_refused(own) == "not_receiving"
    assert case.is_refused(same) == "already_party"
