"""Handing on and being away, in a real browser: on a phone, without script, and with nothing for axe to say."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import AMARA, DAY, MARYAM, UK, follow, press, sign_in, write

PHONE = {"width": 375, "height": 667}
Look = Callable[[Page], None]
WHY = "I am away until the new year."


def to_do(page: Page) -> int:
    """How many cases wait for whoever is signed in."""
    return page.locator("section[aria-labelledby=waiting] .app-todo").count()


def a_day_that_lasts(page: Page) -> datetime:
    """The day it is, with enough of it left to send a form that no day before it may be on."""
    now = datetime.now(UTC).astimezone(UK)
    if (now.hour, now.minute) == (23, 59):
        page.wait_for_timeout(60_000)
    return datetime.now(UTC).astimezone(UK)


def one_is_handed_on(page: Page, look: Look) -> None:
    before = to_do(page)
    assert before > 1
    follow(page, "Hand this on")
    look(page)
    press(page, "Hand it on")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)
    page.get_by_role("radio").first.check()
    write(page, "Why are you giving this to someone else?", WHY)
    press(page, "Hand it on")
    expect(page.get_by_text("It is handed on.")).to_be_visible()
    assert to_do(page) == before - 1


def everything_is_handed_on(page: Page, look: Look) -> None:
    follow(page, "Hand on all that you have to do")
    look(page)
    press(page, "Hand it on")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)
    for ticked in page.get_by_role("checkbox").all():
        expect(ticked).to_be_checked()
    page.get_by_role("combobox").select_option(index=1)
    write(page, "Why are you handing this on?", WHY)
    press(page, "Hand it on")
    expect(page.get_by_role("heading", name="What they have now")).to_be_visible()
    look(page)


def somebody_stands_in(page: Page, name: str, look: Look) -> None:
    page.goto("/me")
    follow(page, "Say that you are going to be away")
    look(page)
    press(page, "Arrange it")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)
    today = a_day_that_lasts(page)
    for i, at in enumerate((today, today + 3 * DAY)):
        page.get_by_label("Day", exact=True).nth(i).fill(str(at.day))
        page.get_by_label("Month", exact=True).nth(i).fill(str(at.month))
        page.get_by_label("Year", exact=True).nth(i).fill(str(at.year))
    chosen = page.get_by_role("combobox")
    value = chosen.locator("option", has_text=name).get_attribute("value")
    chosen.select_option(value=value)
    press(page, "Arrange it")
    expect(page.get_by_text("It is arranged.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=f"{name} acts for you")).to_be_visible()
    look(page)


def test_a_teacher_hands_on_one_thing_then_somebody_stands_in_then_all_is_handed_on(
    own_site: sites.Site, visitor: Visitor
) -> None:
    without_script: Look = partial(is_sound, has_script=False)
    page = visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False)
    sign_in(page, AMARA)
    without_script(page)
    one_is_handed_on(page, without_script)
    somebody_stands_in(page, "Maryam Siddiqui", without_script)
    colleague = visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False)
    sign_in(colleague, MARYAM)
    standing_in = colleague.locator("section[aria-labelledby=cover]")
    expect(standing_in.get_by_text(re.compile("You act for"))).to_contain_text("Amara Osei")
    waiting = colleague.locator("section[aria-labelledby=waiting]")
    expect(waiting.get_by_text("for Amara Osei").first).to_be_visible()
    without_script(colleague)
    page.goto("/me/away")
    press(page, re.compile("End this now"))
    expect(page.get_by_text("Nobody stands in for you by this any more.")).to_be_visible()
    colleague.goto("/me")
    expect(colleague.get_by_text(re.compile("You act for"))).to_have_count(0)
    page.goto("/me")
    everything_is_handed_on(page, without_script)
    page.goto("/me/hand-on")
    without_script(page)


def test_the_pages_are_accessible_also_with_their_errors(visitor: Visitor) -> None:
    page = sign_in(visitor(viewport=PHONE), AMARA)
    is_sound(page)
    follow(page, "Hand this on")
    is_sound(page)
    press(page, "Hand it on")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_sound(page)
    for address, button in (("/me/hand-on", "Hand it on"), ("/me/away", "Arrange it")):
        page.goto(address)
        is_sound(page)
        press(page, button)
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        is_sound(page)


def test_what_became_of_it_is_accessible(own_site: sites.Site, visitor: Visitor) -> None:
    page = sign_in(visitor(base_url=own_site.address, viewport=PHONE), AMARA)
    everything_is_handed_on(page, is_sound)
    is_sound(page)
    somebody_stands_in(page, "Maryam Siddiqui", is_sound)
    is_sound(page)
    page.goto("/me")
    is_sound(page)
