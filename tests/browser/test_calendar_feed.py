"""The page of one's calendar feed in a real browser: on a phone, without script, and by keyboard."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import CALLUM, HELEN, RUTH, enter, follow, press, sign_in
from tests.browser.pictures import take

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


def is_well(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing off the side, and a picture of it."""
    is_sound(page, name)
    take(page, f"{name}-{page.evaluate('window.innerWidth')}", whole=True)


def fetched(address: str) -> bytes:
    """As a calendar does it: another program, without this browser's cookies."""
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own site's
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        whole: bytes = answer.read()
    return whole


@pytest.mark.parametrize(
    ("window", "who"), [(PHONE, CALLUM), (DESKTOP, RUTH)], ids=["phone", "desktop"]
)
def test_the_feed_is_switched_on_read_by_a_program_and_switched_off(
    visitor: Visitor, window: dict[str, int], who: str
) -> None:
    page = sign_in(visitor(viewport=window), who)
    follow(page, "See this in your own calendar")
    is_well(page, "calendar-off")

    press(page, "Switch on and show the address")
    expect(page.get_by_role("heading", level=1)).to_have_text("The address of your calendar feed")
    address = page.get_by_label("Your address").input_value()
    is_well(page, "calendar-address")
    assert fetched(address).startswith(b"BEGIN:VCALENDAR\r\n")

    page.goto("/me/calendar")
    is_well(page, "calendar-on")
    press(page, "Switch off the feed")
    expect(page.get_by_text("Its address does not work any more.")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(address)


def test_it_can_be_switched_on_by_keyboard_and_without_script(visitor: Visitor) -> None:
    page = sign_in(visitor(java_script_enabled=False), HELEN)
    page.goto("/me/calendar")
    button = page.get_by_role("button", name="Switch on and show the address")
    button.focus()
    enter(page)
    address = page.get_by_label("Your address")
    expect(address).to_be_visible()
    assert address.input_value().endswith(".ics")
