"""Changing a password, and what the owner of an account is told about it."""

import pytest
from django.test import Client

from counterpart.messages.composing import compose
from counterpart.messages.kinds import ACCOUNT_NEWS
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Account, KnownBrowser
from counterpart.web.signin import browsers, stepping_up
from tests.directory import PASSWORD
from tests.integration.signin.somebody import ADDRESS, browser, is_in, second_step, sign_in
from tests.second_steps import set_up_app

pytestmark = pytest.mark.django_db

ANOTHER = "another long sentence nobody knows"


def told() -> list[str]:
    """What the account was told by e-mail, so far."""
    return [row.key.split("|")[1] for row in OutboxRow.objects.order_by("made_at", "key")]


def test_a_new_password_ends_every_other_session_and_is_told(
    client: Client, teacher: Account
) -> None:
    other = browser()
    sign_in(client)
    sign_in(other)
    assert client.post("/account/password", {"password": ANOTHER}).status_code == 303
    assert is_in(client)
    assert not is_in(other)
    assert "password_changed" in told()
    assert sign_in(browser(), password=PASSWORD).status_code == 422
    assert sign_in(browser(), password=ANOTHER).status_code == 302


@pytest.mark.parametrize("weak", ["", "short", "1234567891234567"])
def test_a_weak_one_is_refused(client: Client, teacher: Account, weak: str) -> None:
    sign_in(client)
    assert client.post("/account/password", {"password": weak}).status_code == 422
    assert sign_in(browser()).status_code == 302


def test_who_forgot_it_comes_in_by_a_code_and_keeps_the_second_step(
    client: Client, teacher: Account, mailoutbox: list[object]
) -> None:
    sign_in(client)
    _, codes = set_up_app(client)
    other = browser()
    other.post("/sign-in/code", {"email": ADDRESS})
    code = str(mailoutbox[-1].body).split("Your code is ")[1].split()[0]  # type: ignore[attr-defined]  # an e-mail
    other.post("/sign-in/code/enter", {"code": code})
    assert other.get("/account/password")["Location"].startswith("/sign-in?")
    second_step(other, codes[0])
    assert other.post("/account/password", {"password": ANOTHER}).status_code == 303
    third = browser()
    assert sign_in(third, password=ANOTHER)["Location"] == "/sign-in/second-step"


def test_the_second_step_is_asked_for_again_when_it_is_long_ago(
    client: Client, teacher: Account
) -> None:
    sign_in(client)
    _, codes = set_up_app(client)
    assert client.get("/account/password").status_code == 200
    session = client.session
    session[stepping_up.STEP] = {"kind": "totp", "at": "2026-01-01T00:00:00+00:00"}
    session.save()
    asked = client.get("/account/password")
    assert asked["Location"] == "/account/confirm?next=%2Faccount%2Fpassword"
    handed_back = client.post("/account/password", {"password": ANOTHER})
    assert handed_back.status_code == 403
    assert ANOTHER not in handed_back.content.decode()
    page = client.get("/account/confirm?next=/account/password").content.decode()
    assert 'name="next" value="/account/password"' in page
    before = client.session.session_key
    sent = {"code": codes[0], "next": "/account/password"}
    assert client.post("/account/confirm", sent)["Location"] == "/account/password"
    assert client.session.session_key != before
    assert client.get("/account/password").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_from_there_nowhere_else_is_gone_to(
    client: Client, teacher: Account, elsewhere: str
) -> None:
    sign_in(client)
    _, codes = set_up_app(client)
    sent = {"code": codes[0], "next": elsewhere}
    assert client.post("/account/confirm", sent)["Location"] == "/account"


def test_a_wrong_code_there_changes_nothing(client: Client, teacher: Account) -> None:
    sign_in(client)
    set_up_app(client)
    assert client.post("/account/confirm", {"code": "12345678"}).status_code == 422


def test_a_browser_not_seen_before_is_told_and_one_that_was_is_not(
    client: Client, teacher: Account
) -> None:
    sign_in(client)
    assert told() == []  # the first ever
    client.post("/sign-out")
    sign_in(client)
    assert told() == []
    other = browser()
    sign_in(other)
    assert told() == ["new_browser"]
    other.post("/sign-out")
    sign_in(other)
    assert told() == ["new_browser"]


@pytest.mark.parametrize("planted", ["", "x", "a" * 5000, "../../etc", "é" * 43])
def test_a_mark_we_did_not_make_is_replaced(client: Client, teacher: Account, planted: str) -> None:
    client.cookies[browsers.cookie()] = planted
    sign_in(client)
    made = client.cookies[browsers.cookie()].value
    assert len(made) == 43
    assert made not in str(list(KnownBrowser.objects.values_list("mark", flat=True)))


def test_a_letter_about_an_account_holds_no_name_and_no_address(
    client: Client, teacher: Account
) -> None:
    sign_in(client)
    sign_in(browser())
    row = OutboxRow.objects.get()
    message = compose(row, "https://counterpart.example.org")
    whole = f"{message.subject} {message.text} {message.html}"
    assert ACCOUNT_NEWS["new_browser"] in whole
    assert not [word for word in ("Amara", "Osei", "oakfield", "@") if word in whole]
