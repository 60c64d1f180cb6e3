"""Signing in as everywhere but in the demonstration: an invitation, a second step, a code for a lost phone, an agency's
own sign-in. Every page on the way passes axe, and none asks another host for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import PATIENCE, Visitor
from tests.browser.people import (
    AMARA,
    CALLUM,
    HELEN,
    PASSWORD,
    follow,
    go_by,
    letter_to,
    press,
    write,
)
from tests.identity_provider import provider
from tests.second_steps import code_of

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True}
NARROW = {"viewport": {"width": 320, "height": 640}}
CARE = "Northmere Children’s Social Care"
A_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def strict(
    demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    """The demonstration's people in an installation that demands a second step."""
    home = sites.copied(demonstration_home, tmp_path_factory.mktemp("strict") / "home")
    with sites.demanding(home) as running:
        yield running


@pytest.fixture
def someone(visitor: Visitor, strict: sites.Site) -> Visitor:
    """Make a visitor of that installation."""

    def make(**options: object) -> Page:
        return visitor(base_url=strict.address, **options)

    return make


def with_passkey(page: Page) -> Page:
    """Give the visitor's browser a passkey of its own, which says yes to whatever is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY})
    return page


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Address and password."""
    page.goto("/sign-in?next=/me")
    write(page, "Email address", email)
    write(page, "Password", password)
    press(page, "Sign in")


def type_code(page: Page, code: str, button: str = "Continue") -> None:
    """Type a code of either kind."""
    page.get_by_role("textbox", name=re.compile("code", re.IGNORECASE)).fill(code)
    press(page, button)


def set_up_app(page: Page) -> tuple[str, list[str]]:
    """From where one is led after signing in to one's own page: the app's secret, and the codes."""
    heading(page, "Set up a second step")
    is_sound(page)
    follow(page, "Use an authenticator app")
    is_sound(page)
    secret = page.locator(".app-key").inner_text().replace(" ", "")
    type_code(page, "123", "Finish")
    expect(page.get_by_role("alert")).to_contain_text("not the code")
    is_sound(page)
    type_code(page, code_of(secret), "Finish")
    heading(page, "Recovery codes")
    is_sound(page)
    codes = page.locator(".app-codes li").all_inner_texts()
    press(page, "I have kept them")
    return secret, codes


def heading(page: Page, name: str) -> None:
    """The page has this heading."""
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_an_authenticator_app_and_a_recovery_code_on_a_narrow_phone(someone: Visitor) -> None:
    page = someone(**NARROW)
    sign_in(page, AMARA)
    secret, codes = set_up_app(page)
    heading(page, "My page")
    press_sign_out(page)

    again = someone(java_script_enabled=False, **NARROW)
    sign_in(again, AMARA)
    heading(again, "Second step")
    # The next code: one is good once only, and half a minute early, however the clock stands between the two.
    type_code(again, code_of(secret, steps=1))
    heading(again, "My page")

    lost = someone(**NARROW)
    sign_in(lost, AMARA)
    is_sound(lost)
    type_code(lost, codes[4])
    heading(lost, "My page")
    lost.goto("/account")
    expect(lost.locator("main")).to_contain_text("You have 9 codes left")
    is_sound(lost)
    assert "If it was not, tell" in letter_to(lost, AMARA, "sign-in has changed")

    used = someone(**NARROW)
    sign_in(used, AMARA)
    type_code(used, codes[4])
    expect(used.get_by_role("alert")).to_contain_text("has been used")
    is_sound(used)


def press_sign_out(page: Page) -> None:
    """Sign out, wherever the menu is folded to."""
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    press(page, "Sign out")


def test_a_passkey_where_it_is_demanded(someone: Visitor) -> None:
    page = with_passkey(someone())
    sign_in(page, HELEN)
    heading(page, "Set up a second step")
    expect(page.locator("main")).to_contain_text("it has to be this one")
    is_sound(page)
    page.goto("/desk")
    heading(page, "Set up a second step")
    follow(page, "Use phone, computer or security key")
    is_sound(page)
    write(page, "What do you call it?", "Work phone")
    press(page, "Add it")
    heading(page, "Recovery codes")
    press(page, "I have kept them")
    heading(page, "My page")

    press_sign_out(page)
    sign_in(page, HELEN)
    heading(page, "Second step")
    is_sound(page)
    press(page, "Use phone or security key")
    heading(page, "My page")
    page.goto("/account")
    expect(page.locator("main")).to_contain_text("Work phone")
    is_sound(page)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/account/password", "/account/confirm", "/account/codes", "/account"):
        page.goto(path)
        is_sound(page)

    page.goto("/directory")
    follow(page, "Northmere Police")
    follow(page, "Ewan Laidlaw")
    follow(page, re.compile("sign in"))
    is_sound(page)
    press(page, "Send the link")
    expect(page.locator("main")).to_contain_text("The invitation is on its way")
    is_sound(page)

    other = with_passkey(someone())
    sign_in(other, HELEN)
    other.get_by_role("button", name="Use phone or security key").click()
    expect(other.get_by_role("alert")).to_contain_text("That did not work")
    is_sound(other)


def test_without_script_a_passkey_says_what_to_do_instead(someone: Visitor) -> None:
    page = someone(java_script_enabled=False, **PHONE)
    sign_in(page, CALLUM)
    follow(page, "Use phone, computer or security key")
    expect(page.locator("main")).to_contain_text("This page needs script")
    expect(page.get_by_role("button", name="Add it")).to_be_hidden()
    follow(page, "Use an authenticator app instead")
    heading(page, "Set up an authenticator app")


def test_an_invitation_is_taken_up_on_a_phone(someone: Visitor, strict: sites.Site) -> None:
    address = "ada.lovelace@northmere.example"
    sites.run(strict.home, "account", "invite", address, "--administrator", "Ada Lovelace")
    page = with_passkey(someone(**PHONE))
    found = re.search(
        r"http://localhost:\d+(/invitation/\S+)", letter_to(page, address, "link to sign in")
    )
    assert found is not None
    page.goto(found[1])
    heading(page, "Open your account")
    is_sound(page)
    write(page, "New password", "too short")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("15 characters or more")
    is_sound(page)
    write(page, "New password", "a sentence of her very own")
    press(page, "Continue")
    heading(page, "Set up a second step")
    follow(page, "Use phone, computer or security key")
    write(page, "What do you call it?", "Phone")
    press(page, "Add it")
    press(page, "I have kept them")
    heading(page, "My page")

    other = someone(**PHONE)
    other.goto(found[1])
    heading(other, "This link does not work any more")
    is_sound(other)


def test_an_agencys_own_sign_in(browser: Browser, strict: sites.Site, tmp_path: Path) -> None:
    """The one journey that leaves this host, for another address on this machine."""
    secret = tmp_path / "secret"
    secret.write_text("theirs", encoding="utf-8")
    who = {"sub": "gareth", "email": "gareth.pugh@care.northmere.example", "email_verified": True}
    with provider(who) as issuer:
        add = ["--agency", CARE, "--issuer", issuer, "--client", "counterpart"]
        more = ["--secret-file", str(secret), "--domain", "care.northmere.example"]
        said = sites.run(strict.home, "provider", "add", "care", *add, *more)
        assert "/sign-in/agency/care/back" in said
        context = browser.new_context(base_url=strict.address, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/sign-in")
        follow(page, "Sign in through your agency")
        is_sound(page)
        press(page, CARE)
        heading(page, "Go to your agency’s sign-in")
        is_sound(page)
        follow(page, "Go to sign-in")
        go_by(page, page.get_by_role("button", name="gareth"))
        heading(page, "Set up a second step")
        page.goto("/me")
        heading(page, "Set up a second step")
        context.close()


def test_the_demonstration_says_that_it_leaves_the_second_step_out(page: Page) -> None:
    page.goto("/sign-in")
    expect(page.locator("main")).to_contain_text("Everywhere else signing in takes a second step")
    is_sound(page)
