"""Who may keep whose part of the directory: every act, every kind of person, held against a table written out here."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from counterpart.access.agencies import can_keep, led_by
from counterpart.access.rules import AGENCY_ACTS
from counterpart.people.kinds import TIERS
from tests import directory as d

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
LEADS = {"designated_safeguarding_lead", "named_professional", "head_of_safeguarding"}


def may(person: str, act: str, body: str) -> bool:
    return can_keep(person, act, body, NOW).is_allowed


def test_every_tier_in_every_place_against_every_act() -> None:
    here, there = d.a_partnership("Here"), d.a_partnership("There")
    school, other, shared = d.an_agency(here), d.an_agency(there), d.an_agency(here, there)
    bodies = {"here": here, "there": there, "school": school, "other": other, "shared": shared}
    reach = {"here": {"here", "school", "shared"}, "there": {"there", "other", "shared"}}
    for place, tier in product(bodies, TIERS):
        person = d.a_person(d.a_post(bodies[place], tier))
        for body, act in product(bodies, AGENCY_ACTS):
            manages = tier == "business_manager" and body in reach.get(place, ())
            leads = place not in reach and tier in LEADS and body == place
            expected = manages or (leads and act in ("keep_agency", "invite"))
            assert may(person, act, bodies[body]) == expected, (place, tier, body, act)


def test_not_before_not_after_and_never_an_administrator() -> None:
    school = d.an_agency(d.a_partnership())
    post = d.a_post(school, "designated_safeguarding_lead")
    gone, coming, runs_it = (d.a_person(name=name) for name in ("Gone", "Coming", "Runs It"))
    d.holds(gone, post, until=TODAY)
    d.holds(coming, post, since=TODAY + DAY)
    d.holds(runs_it, post)
    d.an_account(runs_it, is_administrator=True)
    for person in (gone, coming, runs_it):
        assert not may(person, "keep_agency", school)
        assert not led_by(person, NOW)


def test_whoever_stands_in_keeps_what_the_other_does_and_is_named_with_them() -> None:
    school = d.an_agency(d.a_partnership())
    lead = d.a_person(d.a_post(school, "designated_safeguarding_lead"))
    teacher = d.a_person(d.a_post(school))
    d.covers(teacher, TODAY, TODAY + DAY, person=lead)
    (allowed,) = led_by(teacher, NOW).values()
    assert allowed.acting_for == lead
    assert may(teacher, "keep_agency", school)
    assert not may(teacher, "settle_agency", school)


def test_what_is_no_agency_at_all_is_nobodys() -> None:
    manager = d.a_person(d.a_post(d.a_partnership(), "business_manager"))
    assert not may(manager, "keep_agency", "f" * 32)
