"""People of the demonstration in a browser: signing in, and what they do in a case, by the words on the page.

Nothing here looks at the page's code or at the database: who cannot find a button by its name cannot press it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

TRIES = 120  # half a second each: what the worker sends comes from another process
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
    found = re.search(r"Your code is (\S+)", letter_to(page, email, "Your code"))
    assert found is not None
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(found[1])
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    return page


def letter_to(page: Page, email: str, subject: str) -> str:
    """The text of the newest letter to somebody with these words in its subject, once it has been sent."""
    mailbox = page.context.new_page()
    letter = mailbox.get_by_role("row").filter(has_text=email).filter(has_text=subject)
    for _ in range(TRIES):
        mailbox.goto("/mailbox")
        if letter.count():
            break
        mailbox.wait_for_timeout(500)
    go_by(mailbox, letter.first.get_by_role("link").first)
    text = mailbox.locator("main").inner_text()
    mailbox.close()
    return text


def go_by(page: Page, what: Locator) -> None:
    """Go where a link or a button leads, once, and wait for the page there.

    Whatever leads to another page is pressed through here, or by `enter`: who looks at once sees the page before, or
    half of the one that comes.
    """
    with page.expect_navigation():
        what.click()


def enter(page: Page) -> None:
    """The same by keyboard, from where the focus is."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button, once, and wait for the page it leads to."""
    go_by(page, page.get_by_role("button", name=name, exact=True))


def submit(page: Page, button: str = "") -> None:
    """Send the form of the page by its last button, or the last of that name, and wait for what comes."""
    buttons = page.locator("main form button[type=submit]")
    go_by(page, (buttons.filter(has_text=button) if button else buttons).last)


def start(page: Page) -> None:
    """Begin to raise a concern."""
    page.goto("/raise")
    press(page, re.compile("^Start"))


def go_on(page: Page, button: str = "Continue") -> None:
    """Answer a question and go on to the next."""
    press(page, button)


def follow(page: Page, name: str | re.Pattern[str], *, exact: bool = False) -> None:
    """Follow the first link of that name in the page itself, and wait for the page it leads to."""
    go_by(page, page.locator("main").get_by_role("link", name=name, exact=exact).first)


def when(page: Page, at: datetime | None = None) -> None:
    """Fill in a day and a time: a minute ago unless another is given."""
    local = (at or datetime.now(UTC) - timedelta(minutes=1)).astimezone(UK)
    page.get_by_label("Day", exact=True).fill(str(local.day))
    page.get_by_label("Month", exact=True).fill(str(local.month))
    page.get_by_label("Year", exact=True).fill(str(local.year))
    page.get_by_label("Time", exact=True).fill(f"{local:%H:%M}")


def on(page: Page, at: datetime) -> None:
    """Fill in the first day on the page: the one on which this is in the United Kingdom."""
    local = at.astimezone(UK)
    page.get_by_label("Day", exact=True).first.fill(str(local.day))
    page.get_by_label("Month", exact=True).first.fill(str(local.month))
    page.get_by_label("Year", exact=True).first.fill(str(local.year))


def write(page: Page, label: str, text: str) -> None:
    """Write into a box."""
    page.get_by_label(label, exact=True).fill(text)
