"""Regular duties in a real browser: on a phone, without script, by its words, and with nothing for axe to say."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.journeys import put_in_force
from tests.browser.people import HELEN, MARYAM, UK, follow, on, press, sign_in, write

PHONE = {"width": 375, "height": 700}
LAST_YEAR = datetime.now(UTC).astimezone(UK).year - 1
WHAT_WAS_DONE = "What was done, or what does it say?"


def opened(page: Page, words: str) -> None:
    """Open what is folded under these words."""
    page.get_by_text(words, exact=True).first.click()


def to_regular_duties(page: Page) -> None:
    page.goto("/desk")
    follow(page, "Regular duties")
    expect(page.get_by_role("heading", name="Regular duties")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_the_yearly_report_is_written_down_and_put_right_on_a_phone(
    visitor: Visitor, has_script: bool
) -> None:
    """It ends as it began, so that the other begins as it did."""
    page = sign_in(visitor(viewport=PHONE, java_script_enabled=has_script), HELEN)
    to_regular_duties(page)
    expect(page.get_by_text(f"Not recorded for {LAST_YEAR}.")).to_be_visible()
    is_sound(page, has_script=has_script)
    go_to_last_year(page)
    expect(page.get_by_role("heading", name="What to write it from")).to_be_visible()
    is_sound(page, has_script=has_script)
    press(page, "Write it down")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_sound(page, has_script=has_script)
    on(page, datetime.now(UTC).astimezone(UK))
    write(page, WHAT_WAS_DONE, "Two panels met. Both asked for a visit.")
    press(page, "Write it down")
    expect(page.get_by_text("It is written down, with your name and post.")).to_be_visible()
    opened(page, f"Read what was written down for: {LAST_YEAR}")
    expect(page.get_by_text("Two panels met.").first).to_be_visible()
    is_sound(page, has_script=has_script)
    follow(page, "Put it right")
    is_sound(page, has_script=has_script)
    write(page, WHAT_WAS_DONE, "Three panels met.")
    press(page, "Put it right")
    opened(page, f"Read what was written down for: {LAST_YEAR}")
    expect(page.get_by_text("Three panels met.").first).to_be_visible()
    follow(page, "withdraw it")
    is_sound(page, has_script=has_script)
    write(page, "Why is this withdrawn?", "It was for another year.")
    press(page, "Withdraw it")
    expect(page.get_by_text(f"Not recorded for {LAST_YEAR}.")).to_be_visible()


def go_to_last_year(page: Page) -> None:
    """By the words that are read out: on the page there are several of the name that is seen."""
    follow(page, re.compile(rf"^Write it down.*the decisions they made, {LAST_YEAR}$"))


def test_whoever_has_nothing_of_it_sees_a_page_that_says_so(visitor: Visitor) -> None:
    page = sign_in(visitor(viewport=PHONE), MARYAM)
    expect(page.get_by_role("link", name="Regular duties")).to_have_count(0)
    page.goto("/regular")
    expect(page.get_by_text("asks for nothing regularly that you write down")).to_be_visible()
    is_sound(page)


def test_every_agency_is_asked_and_something_that_happened_is_noted(
    own_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    phone: dict[str, Any] = {"base_url": own_site.address, "viewport": PHONE}
    helen, maryam = sign_in(visitor(**phone), HELEN), sign_in(visitor(**phone), MARYAM)
    put_in_force(helen, "bexley", tmp_path)
    maryam.goto("/me")
    follow(maryam, "Regular duties")
    expect(maryam.get_by_role("heading", name="Oakfield Primary School")).to_be_visible()
    is_sound(maryam)
    follow(maryam, re.compile("^Answer"))
    is_sound(maryam)
    maryam.get_by_label("No", exact=True).check()
    press(maryam, "Write it down")
    expect(maryam.get_by_text("Nothing to report.")).to_be_visible()
    to_regular_duties(helen)
    is_sound(helen)
    follow(helen, re.compile("^See each agency.*from panels, from meetings"))
    expect(helen.get_by_role("heading", name=re.compile("^Each agency,"))).to_be_visible()
    expect(helen.get_by_text("Nothing to report.").first).to_be_visible()
    is_sound(helen)
    follow(helen, re.compile("^Write it down"))
    expect(helen.get_by_label(re.compile("told you"))).to_be_visible()
    is_sound(helen)
    put_in_force(helen, "somerset", tmp_path)
    to_regular_duties(helen)
    follow(helen, "Say that it has happened")
    is_sound(helen)
    helen.get_by_role("radio").first.check()
    on(helen, datetime.now(UTC).astimezone(UK))
    write(helen, "What was it?", "Schools and the front door, in general.")
    press(helen, "Note it")
    expect(helen.get_by_text("Nothing is recorded yet.").first).to_be_visible()
    is_sound(helen)
