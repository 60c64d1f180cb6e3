"""The demonstration's mailbox in a real browser: readable on a phone, by everyone, while the database is down."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from counterpart.messages import mailbox
from counterpart.messages.channels import MailboxChannel
from counterpart.messages.composing import Message
from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.people import go_by

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOTHING_ANSWERS = "postgresql://nobody@127.0.0.1:1/none"
SUBJECT = "Counterpart 7F3K-92MQ: something for you to do"
LINK = "http://localhost:8000/cases/7F3K92MQ"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation with one message in its mailbox."""
    home = tmp_path_factory.mktemp("mailbox") / "home"
    home.mkdir()
    message = Message(SUBJECT, f"Read it here:\n{LINK}\n", f"<p>{LINK}</p>", "<0@localhost>", NOW)
    channel = MailboxChannel(mailbox.folder(home))
    channel.send(message, "a.colleague.with.a.rather.long.name@an.agency.northmere.example", NOW)
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Where it is served, with no database behind it."""
    with sites.serving(home, database_url=NOTHING_ANSWERS) as running:
        yield running.address


@pytest.mark.parametrize("width", [320, 1280])
def test_the_mailbox_is_accessible_and_fits_the_page(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    try:
        page.goto("/mailbox")
        is_sound(page)

        go_by(page, page.get_by_role("link", name=SUBJECT))
        page.get_by_text("All its headers").click()
        page.get_by_text("Its mark-up, as text").click()
        is_sound(page)
        assert page.get_by_role("link", name="Follow the link").get_attribute("href") == (
            "/cases/7F3K92MQ"
        )
    finally:
        context.close()
