"""Which second step a sign-in must have, by the posts of its person."""

from datetime import UTC, date, datetime

import pytest

from counterpart.people.kinds import TIERS
from counterpart.people.securing import EITHER, PASSKEY, PASSKEY_TIERS, second_step_of
from tests.directory import a_partnership, a_person, a_post, an_account, an_agency, covers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_every_tier_that_needs_a_passkey_is_one_we_know() -> None:
    assert set(TIERS) >= PASSKEY_TIERS


@pytest.mark.parametrize("tier", TIERS)
def test_it_follows_from_the_tier(tier: str) -> None:
    account = an_account(a_person(a_post(an_agency(a_partnership()), tier)))
    wanted = PASSKEY if tier in PASSKEY_TIERS else EITHER
    assert second_step_of(account, NOW) == wanted


def test_an_administrator_needs_a_passkey_and_who_holds_no_post_either() -> None:
    assert second_step_of(an_account(a_person(), is_administrator=True), NOW) == PASSKEY
    assert second_step_of(an_account(a_person(), "other@x.example"), NOW) == EITHER


def test_who_stands_in_for_a_lead_needs_what_the_lead_needs() -> None:
    agency = an_agency(a_partnership())
    lead = a_person(a_post(agency, "designated_safeguarding_lead"))
    teacher = a_person(a_post(agency))
    account = an_account(teacher)
    covers(teacher, date(2026, 11, 23), date(2026, 11, 25), person=lead)
    assert second_step_of(account, NOW) == PASSKEY
    assert second_step_of(account, NOW.replace(day=26)) == EITHER
