"""More than one agency on the other side: duties towards each, settled only if all agree."""

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Words
from tests.casebook import acting, at_panel, at_stage_four, at_stage_two, members
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE

THREE = (SOCIAL_CARE, HEALTH, POLICE)


def test_the_talk_is_owed_towards_each_of_them() -> None:
    case = at_stage_two(receiving=THREE)
    talks = [d for d in case.duties() if d.clock == "workers-discuss"]
    assert {d.about for d in talks} == set(THREE)
    assert {d.body for d in talks} == {SCHOOL}
    assert len({d.id for d in talks}) == 3


def test_a_talk_with_one_leaves_the_others_owed() -> None:
    case = at_stage_two(receiving=THREE).records("workers-discuss", "agreed", HEALTH)
    assert {d.about for d in case.duties() if d.clock == "workers-discuss"} == {
        SOCIAL_CARE,
        POLICE,
    }
    assert not case.state.is_settled


def test_it_is_settled_only_when_all_agree() -> None:
    case = at_stage_two(receiving=THREE)
    case.records("workers-discuss", "agreed", HEALTH, POLICE)
    assert not case.state.is_settled
    case.records("workers-discuss", "agreed", SOCIAL_CARE)
    assert case.owed() == ["write-outcome"]
    assert case.state.is_settled


def test_it_goes_up_when_all_were_tried_and_one_does_not_agree() -> None:
    case = at_stage_two(receiving=THREE)
    case.records("workers-discuss", "not_agreed", HEALTH)
    assert case.is_refused(case.move("to-managers")) == "not_tried"
    case.records("workers-discuss", "agreed", SOCIAL_CARE, POLICE)
    assert case.owed() == ["one-working-week", "way-to-managers"]
    case.moves("to-managers")
    assert len([d for d in case.duties() if d.clock == "managers-discuss"]) == 3


def test_a_second_talk_that_agrees_settles_it_after_all() -> None:
    case = at_stage_two(receiving=(SOCIAL_CARE, HEALTH))
    case.records("workers-discuss", "not_agreed", SOCIAL_CARE, HEALTH)
    case.records("workers-discuss", "agreed", SOCIAL_CARE)
    assert not case.state.is_settled
    case.records("workers-discuss", "agreed", HEALTH)
    assert case.state.is_settled


def test_each_of_their_managers_reports_upwards() -> None:
    case = at_stage_four(receiving=THREE)
    reports = [d for d in case.duties() if d.clock == "receiving-manager-reports"]
    assert {d.body for d in reports} == set(THREE)
    case.records("receiving-manager-reports", by=acting(HEALTH))
    reports = [d for d in case.duties() if d.clock == "receiving-manager-reports"]
    assert {d.body for d in reports} == {SOCIAL_CARE, POLICE}


def test_every_one_of_them_confirms_before_it_closes() -> None:
    case = at_stage_two(receiving=THREE)
    case.records("workers-discuss", "agreed", *THREE).proposes()
    for agency in (SCHOOL, *THREE[:-1]):
        case.confirms(agency)
        assert case.state.is_open
    case.confirms(THREE[-1])
    assert case.state.ending == "agreed"


def test_the_panel_hears_every_one_of_them() -> None:
    case = at_panel(receiving=THREE)
    seats = members(
        (SCHOOL, "member"), (SOCIAL_CARE, "member"), (HEALTH, "member"), (POLICE, "chair")
    )
    case.does(e.PanelConvened(panel=Code("resolution-panel"), members=seats, meets_at=case.now))
    decision = e.PanelDecided(
        panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
    )
    for agency in (SCHOOL, *THREE):
        assert case.is_refused(decision) == "not_heard"
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_writing")))
    assert case.is_refused(decision) is None


def test_an_agency_that_is_no_party_took_part_in_nothing() -> None:
    case = at_stage_two()
    step = e.StepRecorded(
        step=Code("workers-discuss"), how=Code("video"), result=Code("agreed"),
        agencies=(SOCIAL_CARE, POLICE),
    )  # fmt: skip
    assert case.is_refused(step) == "not_a_party"
    nobody = e.StepRecorded(
        step=Code("workers-discuss"), how=Code("video"), result=Code("agreed"), agencies=(SCHOOL,)
    )
    assert case.is_refused(nobody) == "nobody_spoken_to"


def test_one_of_several_may_say_it_is_not_for_them() -> None:
    case = at_stage_two(receiving=(SOCIAL_CARE, HEALTH))
    case.records("workers-discuss", "agreed", SOCIAL_CARE)
    case.does(e.PartyRedirected(from_agency=HEALTH, to=e.Party(agency=POLICE)))
    case.records("workers-discuss", "agreed", POLICE)
    assert case.state.is_settled
