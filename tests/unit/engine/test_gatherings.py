"""Meetings and panels as calendars know them: the same one at another time, over, or off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counterpart.engine import events as e
from counterpart.engine.between import Meeting
from counterpart.engine.gatherings import Gathering, gatherings
from counterpart.engine.kinds import Code, Id
from tests.casebook import MONDAY, Case, at_panel, at_stage_two, members
from tests.fakes import POLICE, SCHOOL, SOCIAL_CARE

SEATS = ((SCHOOL, "member"), (SOCIAL_CARE, "member"), (POLICE, "chair"))
MEETS_AT = MONDAY + timedelta(days=3)


def convened(*, by_post: bool = False, days: int = 3) -> e.PanelConvened:
    sitting = members(*SEATS)
    if by_post:
        sitting = tuple(replace(member, person=None) for member in sitting)
    return e.PanelConvened(
        panel=Code("resolution-panel"), members=sitting, meets_at=MONDAY + timedelta(days=days)
    )


def of(case: Case) -> tuple[Gathering, ...]:
    return gatherings(case.policy, case.state, case.record, case.directory)


def with_meeting(case: Case, **how: object) -> tuple[Gathering, ...]:
    """What there is where the case has this meeting."""
    given: dict[str, object] = {
        "id": "meeting",
        "step": "workers-discuss",
        "by": SCHOOL,
        "agencies": (SCHOOL, SOCIAL_CARE),
        "arranger": SCHOOL,
        "required_at": MONDAY,
        "meets_at": MEETS_AT,
    }
    meeting = Meeting(**{**given, **how})  # type: ignore[arg-type]  # a test's own values
    between = replace(case.state.between, meetings=(meeting,))
    state = replace(case.state, between=between)
    return gatherings(case.policy, state, case.record, case.directory)


def test_a_case_in_which_nobody_meets_has_none() -> None:
    assert of(at_panel()) == ()


def test_a_panel_is_known_by_the_entry_that_called_it_together() -> None:
    case = at_panel().does(convened())
    (panel,) = of(case)

    assert (panel.id, panel.is_panel, panel.meets_at) == (case.record[-1].id, True, MEETS_AT)
    assert (panel.arranged, panel.status, panel.posts) == (0, "on", ())
    assert panel.people == tuple(member.person for member in members(*SEATS))


def test_a_member_without_a_name_is_asked_by_their_post() -> None:
    (panel,) = of(at_panel().does(convened(by_post=True)))
    assert (panel.people, panel.posts) == ((), tuple(member.post for member in members(*SEATS)))


def test_called_together_again_it_is_the_same_panel() -> None:
    case = at_panel().does(convened())
    (first,) = of(case)
    (again,) = of(case.does(convened(days=4)))

    assert (again.id, again.arranged) == (first.id, 1)
    assert again.meets_at == MONDAY + timedelta(days=4)


def test_a_panel_that_has_decided_is_over_also_when_the_case_has_ended() -> None:
    case = at_panel().does(convened())
    for agency in case.state.parties:
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    (decided,) = of(case.decides())
    for agency in case.state.parties:
        case.confirms(agency)
    (ended,) = of(case)

    assert not case.state.is_open
    assert (decided.status, ended.status) == ("over", "over")


def test_a_case_that_ends_calls_its_panel_off_and_the_next_is_another_one() -> None:
    case = at_panel().does(convened()).does(e.CaseWithdrawn())
    (off,) = of(case)
    assert off.status == "off"

    case.does(e.CaseReopened(stage=case.state.stage))
    assert [one.status for one in of(case)] == ["off"]
    before, now = of(case.does(convened(days=5)))
    assert (before.id, before.status) == (off.id, "off")
    assert (now.id != off.id, now.status, now.arranged) == (True, "on", 0)


@pytest.mark.parametrize(
    ("how", "status"),
    [({}, "on"), ({"status": "held"}, "over"), ({"status": "off"}, "off")],
)
def test_a_meeting_is_on_until_it_was_held_or_called_off(how: dict[str, str], status: str) -> None:
    (meeting,) = with_meeting(at_stage_two(), sequence=2, **how)
    assert (meeting.id, meeting.is_panel, meeting.meets_at) == ("meeting", False, MEETS_AT)
    assert (meeting.status, meeting.arranged) == (status, 2)


def test_a_meeting_without_a_time_is_in_no_calendar() -> None:
    assert with_meeting(at_stage_two(), meets_at=None) == ()


def test_whoever_speaks_for_each_agency_asked_is_asked_and_whoever_arranges_it() -> None:
    case = at_stage_two()
    (meeting,) = with_meeting(case, agencies=(Id(SOCIAL_CARE),))
    (own,) = with_meeting(case, agencies=(Id(SOCIAL_CARE),), arranger=Id(SOCIAL_CARE))

    assert set(meeting.posts) == {"social-care-practitioner", "school-practitioner"}
    assert own.posts == ("social-care-practitioner",)
