"""The demonstration's mailbox, which needs no sign-in and no database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from counterpart.access.routes import rule_of
from counterpart.messages import mailbox
from counterpart.messages.channels import MailboxChannel
from counterpart.messages.composing import Message
from counterpart.web.mailbox import views

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BACKEND = "counterpart.web.mailbox.backend.MailboxBackend"


@pytest.fixture
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.HOME = tmp_path
    settings.ADDRESS = "http://localhost:8000"
    return tmp_path


def keep(home: Path, subject: str, *, text: str = "Hello\n", minutes: int = 0) -> str:
    """A message the worker sent; gives its id."""
    message = Message(subject, text, f"<p>{subject}</p>", "<0@localhost>", NOW)
    at = NOW + timedelta(minutes=minutes)
    MailboxChannel(mailbox.folder(home)).send(message, "amara.osei@oakfield.example", at)
    return mailbox.letters(mailbox.folder(home), limit=1).letters[0].id


def test_an_empty_mailbox_says_so(client: Client, home: Path) -> None:
    assert "There are no messages yet." in client.get("/mailbox").content.decode()


def test_messages_are_listed_newest_first(client: Client, home: Path) -> None:
    keep(home, "the older one")
    newest = keep(home, "the newer one", minutes=5)

    shown = client.get("/mailbox").content.decode()
    assert shown.index("the newer one") < shown.index("the older one")
    assert f'href="/mailbox/{newest}"' in shown
    assert "amara.osei@oakfield.example" in shown


def test_more_than_a_page_of_messages_has_a_way_to_older_ones(client: Client, home: Path) -> None:
    for n in range(51):
        keep(home, f"message {n:02}", minutes=n)

    first = client.get("/mailbox").content.decode()
    assert "message 00" not in first
    href = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(href).content.decode()
    assert "message 00" in second
    assert "message 50" not in second


def test_a_message_shows_its_headers_its_text_and_its_mark_up_as_text(
    client: Client, home: Path
) -> None:
    name = keep(home, "a <b>bold</b> subject", text="Read <i>this</i>\n")

    shown = client.get(f"/mailbox/{name}").content.decode()
    assert "a &lt;b&gt;bold&lt;/b&gt; subject" in shown
    assert "Read &lt;i&gt;this&lt;/i&gt;" in shown
    assert "&lt;p&gt;a " in shown
    assert "&lt;0@localhost&gt;" in shown
    assert "auto-generated" in shown


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("Read it here:\nhttp://localhost:8000/cases/7F3K92MQ\n", "/cases/7F3K92MQ"),
        ("http://localhost:8000//elsewhere.example/\n", "/elsewhere.example/"),
    ],
)
def test_the_link_in_a_message_can_be_followed_here(
    client: Client, home: Path, text: str, href: str
) -> None:
    shown = client.get(f"/mailbox/{keep(home, 'x', text=text)}").content.decode()

    assert f'<a class="govuk-link" href="{href}">Follow the link' in shown


def test_a_message_without_a_link_offers_none(client: Client, home: Path) -> None:
    assert "Follow the link" not in client.get(f"/mailbox/{keep(home, 'x')}").content.decode()


def test_the_codes_to_sign_in_arrive_here_too(client: Client, home: Path) -> None:
    code = EmailMessage("Your code", "Your code is ABC-DEF", to=["amara.osei@oakfield.example"])
    code.connection = get_connection(BACKEND)
    code.send()

    (letter,) = mailbox.letters(mailbox.folder(home)).letters
    assert "Your code is ABC-DEF" in client.get(f"/mailbox/{letter.id}").content.decode()


@pytest.mark.parametrize("name", ["none", "20261124T120000000000-0123abcd", "a" * 300])
def test_a_message_that_is_not_there_is_not_found(client: Client, home: Path, name: str) -> None:
    assert client.get(f"/mailbox/{name}").status_code == 404


@pytest.mark.parametrize("path", ["", "/{}"])
def test_outside_the_demonstration_there_is_no_mailbox(
    client: Client, home: Path, settings: LazySettings, path: str
) -> None:
    name = keep(home, "a message")
    settings.DEMO = False

    assert client.get(f"/mailbox{path.format(name)}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_mailbox_is_only_read(client: Client, home: Path, method: str) -> None:
    assert getattr(client, method)("/mailbox").status_code == 405


def test_the_pages_declare_that_they_are_public() -> None:
    assert str(rule_of(views.messages)) == str(rule_of(views.message)) == "public"
