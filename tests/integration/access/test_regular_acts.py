"""Who may write down what a policy asks for with no case: every act and tier in every place, against a table here."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from counterpart.access.answers import Allowed
from counterpart.access.regular import can_regular
from counterpart.access.rules import REGULAR_ACTS
from counterpart.people.kinds import TIERS
from tests import directory as d

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
LEADS = {"designated_safeguarding_lead", "named_professional", "head_of_safeguarding"}
ROLE = ("coordinator", "senior_manager")


def may(person: str, act: str, here: str, body: str, tiers: tuple[str, ...] = ROLE) -> bool:
    return can_regular(person, act, here, body, tiers, NOW).is_allowed


def test_every_tier_in_every_place_against_every_act() -> None:
    here, there = d.a_partnership("Here"), d.a_partnership("There")
    school, other, shared = d.an_agency(here), d.an_agency(there), d.an_agency(here, there)
    bodies = {"here": here, "there": there, "school": school, "other": other, "shared": shared}
    of_here = {"here", "school", "shared"}
    for place, tier in product(bodies, TIERS):
        person = d.a_person(d.a_post(bodies[place], tier))
        for body, act in product(bodies, REGULAR_ACTS):
            manages = place == "here" and tier == "business_manager"
            own = place == body
            leads = (
                own and tier in LEADS and body not in ("here", "there") and act != "do_for_office"
            )
            fills = own and tier in ROLE and act != "give_return"
            expected = body in of_here and (manages or leads or fills)
            assert may(person, act, here, bodies[body]) == expected, (place, tier, body, act)


def test_where_no_role_is_named_nobody_fills_it() -> None:
    here = d.a_partnership()
    coordinator = d.a_person(d.a_post(here, "coordinator"))
    assert may(coordinator, "do_for_office", here, here)
    assert not may(coordinator, "do_for_office", here, here, ())


def test_an_agencys_lead_who_also_has_the_desk_writes_as_its_lead() -> None:
    here = d.a_partnership()
    school = d.an_agency(here)
    lead = d.a_post(school, "designated_safeguarding_lead")
    both = d.a_person(d.a_post(here, "business_manager"), lead)
    answer = can_regular(both, "give_return", here, school, (), NOW)
    assert isinstance(answer, Allowed)
    assert (answer.basis, answer.post) == ("leads", lead)


def test_not_before_not_after_and_never_an_administrator() -> None:
    here = d.a_partnership()
    school = d.an_agency(here)
    post = d.a_post(school, "designated_safeguarding_lead")
    gone, coming, runs_it = (d.a_person(name=name) for name in ("Gone", "Coming", "Runs It"))
    d.holds(gone, post, until=TODAY)
    d.holds(coming, post, since=TODAY + DAY)
    d.holds(runs_it, post)
    d.an_account(runs_it, is_administrator=True)
    for person in (gone, coming, runs_it):
        assert not may(person, "give_return", here, school)


def test_whoever_stands_in_may_and_is_named_with_whom_they_stand_in_for() -> None:
    here = d.a_partnership()
    school = d.an_agency(here)
    lead = d.a_person(d.a_post(school, "designated_safeguarding_lead"))
    teacher = d.a_person(d.a_post(school))
    d.covers(teacher, TODAY, TODAY + DAY, person=lead)
    answer = can_regular(teacher, "give_return", here, school, (), NOW)
    assert isinstance(answer, Allowed)
    assert answer.acting_for == lead


def test_an_agency_that_left_the_partnership_is_nobodys_there() -> None:
    here = d.a_partnership()
    manager = d.a_person(d.a_post(here, "business_manager"))
    assert not may(manager, "give_return", here, "f" * 32)
