"""Whose duty it is: posts through the directory, and the loud answer when there is nobody."""

import pytest

from counterpart.engine import events as e
from counterpart.engine.duties import NO_POST, NOT_NAMED, VACANT
from counterpart.engine.kinds import Code, Id
from tests.casebook import Case, at_panel, at_stage_four, at_stage_three, at_stage_two
from tests.fakes import PARTNERSHIP, SCHOOL, SOCIAL_CARE, FakeDirectory, a_directory

CHAIR = "partnership-independent_chair"
MANAGER = "school-line_manager"


@pytest.mark.parametrize(
    ("directory", "post", "nobody"),
    [
        (a_directory(), MANAGER, None),
        (a_directory().with_vacant(MANAGER), MANAGER, VACANT),
        (a_directory().without(MANAGER), None, NO_POST),
        (a_directory().with_second(MANAGER), None, NOT_NAMED),
    ],
)
def test_a_duty_has_a_post_or_says_why_there_is_nobody(
    directory: FakeDirectory, post: str | None, nobody: str | None
) -> None:
    (duty,) = (d for d in at_stage_three().duties(directory) if d.clock == "managers-discuss")
    assert (duty.post, duty.nobody) == (post, nobody)


def test_a_vacant_chair_is_shown_and_the_duty_does_not_vanish() -> None:
    case = at_panel(directory=a_directory().with_vacant(CHAIR))
    (duty,) = case.duties()
    assert (duty.body, duty.post, duty.nobody) == (PARTNERSHIP, CHAIR, VACANT)


def test_the_next_tier_stands_in_for_one_an_agency_lacks() -> None:
    directory = a_directory().without("school-operations_manager")
    case = at_stage_four(directory=directory)
    assert case.duty("seniors-discuss").post == "school-designated_safeguarding_lead"


def test_the_post_named_on_the_case_comes_first() -> None:
    directory = a_directory().with_second(MANAGER)
    case = at_stage_three(directory=directory)
    assert case.duty("managers-discuss").nobody == NOT_NAMED
    named = e.SeatTaken(body=SCHOOL, role=Code("line-manager"), post=Id(f"{MANAGER}-2"))
    case.does(e.SeatNamed(seat=named, cause=Code("named")))
    assert case.duty("managers-discuss").post == f"{MANAGER}-2"


def test_a_named_post_that_fell_vacant_is_said_to_be_vacant() -> None:
    case = at_stage_three()
    named = e.SeatTaken(body=SCHOOL, role=Code("line-manager"), post=Id(MANAGER))
    case.does(e.SeatNamed(seat=named, cause=Code("named")))
    (duty,) = (
        d for d in case.duties(a_directory().with_vacant(MANAGER)) if d.clock == "managers-discuss"
    )
    assert (duty.post, duty.nobody) == (MANAGER, VACANT)


def test_the_way_on_names_who_speaks_next() -> None:
    case = at_stage_two().records("workers-discuss", "not_agreed", SOCIAL_CARE)
    seats = (e.SeatTaken(body=SCHOOL, role=Code("line-manager"), post=Id("deputy-head")),)
    case.does(case.move("to-managers", seats=seats))
    assert case.duty("managers-discuss").post == "deputy-head"


@pytest.mark.parametrize(
    ("body", "role", "reason"),
    [
        (SCHOOL, "line-manager", None),
        (SOCIAL_CARE, "senior", None),
        (PARTNERSHIP, "chair", None),
        (SCHOOL, "supporter", None),
        (SCHOOL, "chair", "no_such_role"),
        (PARTNERSHIP, "line-manager", "no_such_role"),
        (Id("elsewhere"), "line-manager", "no_such_role"),
        (SCHOOL, "headteacher", "no_such_role"),
    ],
)
def test_a_seat_is_a_role_of_the_policy_in_a_body_that_has_it(
    body: Id, role: str, reason: str | None
) -> None:
    seat = e.SeatTaken(body=body, role=Code(role), post=Id("post"))
    assert Case().is_refused(e.SeatNamed(seat=seat, cause=Code("named"))) == reason


def test_a_supporter_can_be_named_later() -> None:
    seat = e.SeatTaken(body=SCHOOL, role=Code("supporter"), post=Id("friend"))
    case = Case().does(e.SeatNamed(seat=seat, cause=Code("named")))
    assert case.state.supporter == "friend"


def test_the_person_who_telephoned_is_the_one_who_raised_it() -> None:
    case = Case()
    assert case.state.raiser == "teacher"
    assert case.state.seats[SCHOOL, "worker"] == "school-practitioner"
