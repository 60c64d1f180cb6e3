"""Who may sit on Brent's panel: each composition, and why it is refused."""

from datetime import timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from tests.casebook import MONDAY, Case, at_panel, at_stage_two, members
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE

HOUSING = "housing"


def convened(
    *seats: tuple[str, str], why: str = "", panel: str = "resolution-panel", days: int = 3
) -> e.PanelConvened:
    return e.PanelConvened(
        panel=Code(panel),
        members=members(*seats),
        meets_at=MONDAY + timedelta(days=days),
        why_parties_absent=Words(why),
    )


M, C = "member", "chair"
BOTH = ((SCHOOL, M), (SOCIAL_CARE, M))


@pytest.mark.parametrize(
    ("panel", "reason"),
    [
        (convened(*BOTH, (POLICE, C)), None),
        (convened(*BOTH, (POLICE, C), (HEALTH, M), (HOUSING, M)), None),
        (convened(*BOTH), "too_few_agencies"),
        (convened(*BOTH, (SCHOOL, C)), "too_few_agencies"),
        (convened(), "too_few_agencies"),
        (convened(*BOTH, (POLICE, M)), "no_chair"),
        (convened(*BOTH, (POLICE, C), (HEALTH, C)), "no_chair"),
        (convened((POLICE, C), (HEALTH, M), (HOUSING, M)), "why_party_missing"),
        (convened((POLICE, C), (HEALTH, M), (HOUSING, M), why="Both declined"), None),
        (convened((SCHOOL, M), (HEALTH, M), (POLICE, C)), "why_party_missing"),
        (convened((SCHOOL, M), (HEALTH, M), (POLICE, C), why="Nobody free"), None),
        (convened(*BOTH, (POLICE, C), panel="another"), "no_panel_here"),
        (convened(*BOTH, (POLICE, C), days=5000), "too_far"),
    ],
)
def test_a_panel_needs_three_agencies_the_parties_where_possible_and_one_chair(
    panel: e.PanelConvened, reason: str | None
) -> None:
    assert at_panel().is_refused(panel) == reason


def test_the_person_who_raised_it_cannot_sit_on_the_panel() -> None:
    teacher = e.Member(post=Id("another-post"), agency=SCHOOL, person=Id("teacher"), part=Code(M))
    seats = (*members((SOCIAL_CARE, M), (POLICE, C)), teacher)
    panel = e.PanelConvened(panel=Code("resolution-panel"), members=seats, meets_at=MONDAY)
    assert at_panel().is_refused(panel) == "party_decides"


def test_a_post_that_spoke_for_a_side_cannot_sit_on_the_panel() -> None:
    spoke = e.Member(
        post=Id("school-practitioner"), agency=SCHOOL, person=Id("somebody"), part=Code(M)
    )
    seats = (*members((SOCIAL_CARE, M), (POLICE, C)), spoke)
    panel = e.PanelConvened(panel=Code("resolution-panel"), members=seats, meets_at=MONDAY)
    assert at_panel().is_refused(panel) == "party_decides"


@pytest.mark.parametrize("same", ["post", "person"])
def test_nobody_sits_on_the_panel_twice(same: str) -> None:
    one, two, three = members(*BOTH, (POLICE, C))
    double = e.Member(
        post=one.post if same == "post" else Id("other"),
        agency=Id(HEALTH),
        person=one.person if same == "person" else Id("other"),
        part=Code(M),
    )
    panel = e.PanelConvened(
        panel=Code("resolution-panel"), members=(one, two, three, double), meets_at=MONDAY
    )
    assert at_panel().is_refused(panel) == "twice_on_panel"


@pytest.mark.parametrize(
    "event",
    [
        convened(*BOTH, (POLICE, C)),
        e.RepresentationHeard(agency=SCHOOL, how=Code("in_person")),
        e.PanelDecided(
            panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
        ),
    ],
)
def test_no_panel_acts_before_the_last_stage(event: object) -> None:
    assert at_stage_two().is_refused(event) == "no_panel_here"


@pytest.mark.parametrize(
    "event",
    [
        e.RepresentationHeard(agency=SCHOOL, how=Code("in_person")),
        e.PanelDecided(
            panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
        ),
    ],
)
def test_a_panel_that_was_not_convened_hears_nobody(event: object) -> None:
    assert at_panel().is_refused(event) == "not_convened"


def test_only_the_agencies_in_the_disagreement_are_heard() -> None:
    case = at_panel().does(convened(*BOTH, (POLICE, C)))
    assert case.is_refused(e.RepresentationHeard(agency=POLICE, how=Code("in_person"))) == (
        "not_a_party"
    )


def test_a_panel_called_together_anew_hears_everybody_anew() -> None:
    case = at_panel().does(convened(*BOTH, (POLICE, C)))
    case.does(e.RepresentationHeard(agency=SCHOOL, how=Code("in_person")))
    case.does(convened(*BOTH, (HEALTH, C)))
    assert case.state.panel is not None
    assert case.state.panel.heard == frozenset()
    assert case.owed() == ["decide-resolution-panel"]


def test_once_the_panel_decided_nobody_can_be_put_in_a_partys_place() -> None:
    case = _decided()
    redirect = e.PartyRedirected(from_agency=SOCIAL_CARE, to=e.Party(agency=HEALTH))
    assert case.is_refused(redirect) == "panel_decided"


def test_the_text_of_a_decision_cannot_be_written_over_by_a_side() -> None:
    case = _decided()
    assert case.is_refused(case.outcome()) == "panel_decides"
    assert case.is_refused(case.outcome(basis="decision")) == "panel_decides"


def test_a_decision_without_its_text_can_still_be_given_one() -> None:
    case = at_panel().does(convened(*BOTH, (POLICE, C)))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=Id(agency), how=Code("in_person")))
    case.does(
        e.PanelDecided(
            panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
        )
    )
    assert case.owed() == ["write-outcome"]
    assert case.is_refused(case.outcome()) == "another_basis"
    assert case.is_refused(case.outcome(basis="decision")) is None


def _decided() -> Case:
    case = at_panel().does(convened(*BOTH, (POLICE, C)))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=Id(agency), how=Code("in_person")))
    return case.decides()
