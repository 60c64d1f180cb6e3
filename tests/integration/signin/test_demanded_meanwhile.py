"""What is demanded of an open session: by a post that came meanwhile, and after another second step was set up."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from counterpart.casework import accounts
from counterpart.messages.kinds import PASSKEY_ADDED
from counterpart.people.models import Account, Cover, Holding
from counterpart.people.securing import PASSKEY_TIERS
from counterpart.web.signin import factors, stepping_up
from tests.directory import a_person, a_post, covers, holds
from tests.integration.signin.somebody import browser, is_in, second_step, sign_in
from tests.second_steps import a_passkey, code_of, set_up_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demanded")]

TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)


@pytest.fixture
def app(client: Client, teacher: Account) -> tuple[str, list[str]]:
    """The teacher's app and codes, set up in the browser they are signed in with."""
    sign_in(client)
    return set_up_app(client)


def school(account: Account) -> str:
    agency = account.person.holdings.get().post.agency_id
    assert agency
    return agency


def passkey(account: Account) -> None:
    """They have a passkey too."""
    kept = {"name": "Telephone", "credential": a_passkey()}
    Authenticator.objects.create(user=account, type=factors.PASSKEY, data=kept)


@pytest.mark.parametrize("tier", sorted(PASSKEY_TIERS))
def test_who_comes_to_a_post_that_needs_a_passkey_is_asked_for_one_at_their_next_request(
    client: Client, teacher: Account, app: object, tier: str
) -> None:
    assert is_in(client)
    post = a_post(school(teacher), tier)
    holding = holds(teacher.person_id, post, since=TODAY)
    for path in ("/me", "/raise", "/account"):
        assert client.get(path)["Location"] == "/account/second-step", path
    assert client.post("/raise")["Location"] == "/account/second-step"
    assert "it has to be this one" in client.get("/account/second-step").content.decode()
    Holding.objects.filter(id=holding).delete()
    assert is_in(client)


def test_so_is_who_becomes_an_administrator(client: Client, teacher: Account, app: object) -> None:
    Account.objects.filter(pk=teacher.pk).update(is_administrator=True)
    assert client.get("/me")["Location"] == "/account/second-step"


def test_so_is_who_stands_in_for_a_lead_while_they_do(
    client: Client, teacher: Account, app: object
) -> None:
    lead = a_person(a_post(school(teacher), "designated_safeguarding_lead"), name="Lead")
    covers(teacher.person_id, TODAY - DAY, TODAY + 7 * DAY, person=lead)
    assert client.get("/me")["Location"] == "/account/second-step"
    Cover.objects.update(until_on=TODAY)
    assert is_in(client)


def test_who_has_a_passkey_but_came_in_by_an_app_is_asked_for_it(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    passkey(teacher)
    other = browser()
    sign_in(other)
    second_step(other, code_of(app[0]))
    assert is_in(other)
    holds(teacher.person_id, a_post(school(teacher), "named_professional"), since=TODAY)
    assert other.get("/me?after=x")["Location"] == "/account/confirm?next=%2Fme%3Fafter%3Dx"
    handed_back = other.post("/raise", {"said": "What I had written."})
    assert handed_back.status_code == 403
    assert "What I had written." in handed_back.content.decode()
    asked = other.get("/account/confirm?next=/me").content.decode()
    assert re.search(r">\s*A recovery code\s*<", asked)
    wrong = other.post("/account/confirm", {"code": code_of(app[0], steps=1), "next": "/me"})
    assert wrong.status_code == 422
    assert not is_in(other)
    assert other.post("/account/confirm", {"code": app[1][0], "next": "/me"}).status_code == 303
    assert is_in(other)


def test_setting_up_a_second_step_ends_every_other_session(
    client: Client, teacher: Account
) -> None:
    other, third = browser(), browser()
    sign_in(client)
    sign_in(other)
    sign_in(third)
    set_up_app(client)
    assert is_in(client)
    for left in (other, third):
        assert left.get("/account/second-step")["Location"].startswith("/sign-in?")


def test_so_does_one_more_and_taking_one_off(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    for what, code in (("added", app[1][0]), ("taken off", app[1][1])):
        other = browser()
        sign_in(other)
        second_step(other, code)
        assert is_in(other)
        if what == "added":
            passkey(teacher)
            accounts.change_second_step(account=teacher, what=PASSKEY_ADDED, now=datetime.now(UTC))
            sign_in(client)
            second_step(client, app[1][2])
        else:
            assert client.post("/account/second-step/app/remove").status_code == 303
            assert is_in(client)
        assert not is_in(other), what


def test_a_second_step_given_in_one_session_is_none_in_another(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    other = browser()
    sign_in(other)
    assert stepping_up.STEP not in other.session
    assert other.get("/me")["Location"].startswith("/sign-in?")
