"""People of the demonstration in a browser: signing in, and what they do in a case, by the words on the page.

Nothing here looks at the page's code or at the database: who cannot find a button by its name cannot press it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

PASSWORD = "northmere-demonstration"
UK = ZoneInfo("Europe/London")
DAY = timedelta(days=1)

AMARA = "amara.osei@oakfield.northmere.example"
ROBERT = "robert.kendall@oakfield.northmere.example"
MARYAM = "maryam.siddiqui@oakfield.northmere.example"
CALLUM = "callum.reid@care.northmere.example"
RUTH = "ruth.okonkwo@care.northmere.example"
LORRAINE = "lorraine.beck@care.northmere.example"
NGOZI = "ngozi.adeyemi@northmere.example"
BABATUNDE = "babatunde.ojo@icb.northmere.example"
HELEN = "helen.marsh@northmere.example"


def sign_in(page: Page, email: str) -> Page:
    """By the password everybody in the demonstration has. Ends on one's own page."""
    page.goto("/sign-in?next=/me")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    return page


def sign_in_by_code(page: Page, email: str) -> Page:
    """By a code that comes to the mailbox, as somebody does who never chose a password."""
    page.goto("/sign-in/code?next=/me")
    page.get_by_label("Email").fill(email)
    press(page, "Send me a code")
    mailbox = page.context.new_page()
    mailbox.goto("/mailbox")
    letter = mailbox.get_by_role("row").filter(has_text=email)
    letter.filter(has_text="Your code").get_by_role("link").first.click()
    found = re.search(r"Your code is (\S+)", mailbox.locator("main").inner_text())
    assert found is not None
    mailbox.close()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(found[1])
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    return page


def press(page: Page, name: str) -> None:
    """Press a button, once, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def go_on(page: Page, button: str = "Continue") -> None:
    """Answer a question and go on to the next."""
    press(page, button)


def follow(page: Page, name: str) -> None:
    """Follow the first link of that name in the page itself."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def when(page: Page, at: datetime | None = None) -> None:
    """Fill in a day and a time: a minute ago unless another is given."""
    local = (at or datetime.now(UTC) - timedelta(minutes=1)).astimezone(UK)
    page.get_by_label("Day", exact=True).fill(str(local.day))
    page.get_by_label("Month", exact=True).fill(str(local.month))
    page.get_by_label("Year", exact=True).fill(str(local.year))
    page.get_by_label("Time", exact=True).fill(f"{local:%H:%M}")


def on(page: Page, at: datetime) -> None:
    """Fill in the first day on the page."""
    page.get_by_label("Day", exact=True).first.fill(str(at.day))
    page.get_by_label("Month", exact=True).first.fill(str(at.month))
    page.get_by_label("Year", exact=True).first.fill(str(at.year))


def write(page: Page, label: str, text: str) -> None:
    """Write into a box."""
    page.get_by_label(label, exact=True).fill(text)
