"""Without an account, on a phone and without script: a GP answers by the link of a real e-mail, a teacher raises.

The web server runs in this process and the mail server in another, so that what is typed is what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import partial
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail import get_connection
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, expect

from counterpart.journal.reading import read_whole
from counterpart.lists.models import CaseRow
from counterpart.messages.channels import SmtpChannel
from counterpart.people.models import Agency, AgencyDomain, Post
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import mailserver
from tests.browser import pictures
from tests.browser.accessibility import is_sound
from tests.browser.conftest import PATIENCE
from tests.browser.inside import served
from tests.browser.people import follow, go_on, press
from tests.integration.visiting.mail import MAILBOX, WORKER, waiting
from tests.mailserver import MailServer
from tests.town import Story, town

pytestmark = pytest.mark.django_db(transaction=True)

PHONE: ViewportSize = {"width": 375, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 640}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
TEACHER = "nell.hart@oakfield.example"
CODE = re.compile(r"Your code is (\d{4} \d{4})")


@dataclass
class PostOffice:
    """The post office: what is owed goes out, and what arrived is read."""

    server: MailServer

    def goes_out(self) -> None:
        """The worker sends what is owed."""
        connect = partial(get_connection, SMTP, host="127.0.0.1", port=self.server.port, timeout=10)
        deliver = Deliver("one", SmtpChannel(connect))
        while take(deliver, datetime.now(UTC)) is Turn.WORKED:
            pass

    def newest(self, to: str) -> str:
        """The text of the newest letter to this address."""
        letters = [one for one in self.server.letters() if one["To"] == to]
        return _text(letters[-1])

    def link(self, to: str, about: str) -> str:
        """The link in the letter to this address about one thing to do."""
        texts = [_text(one) for one in self.server.letters() if one["To"] == to]
        text = next(one for one in reversed(texts) if about in one)
        found = re.search(r"https?://\S+/answer/\S+", text)
        assert found is not None, text
        return found[0]

    def code(self, to: str) -> str:
        """The code in the newest letter to this address."""
        found = CODE.search(self.newest(to))
        assert found is not None
        return found[1]


def _text(letter: Message) -> str:
    part = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@pytest.fixture
def mail(tmp_path: Path, settings: LazySettings) -> Iterator[PostOffice]:
    """A real mail server, and Django told of it."""
    cache.clear()
    with mailserver.running(tmp_path / "mail") as running:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield PostOffice(running)


@pytest.fixture
def address(settings: LazySettings) -> Iterator[str]:
    """Where the pages are served."""
    with served(WSGIHandler()) as port:
        settings.ADDRESS = f"http://localhost:{port}"
        yield settings.ADDRESS
    connections.close_all()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        base_url=address, locale="en-GB", viewport=PHONE, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def look(page: Page, name: str) -> None:
    """Nothing is wrong with the page as it stands, on a phone and narrower, and nothing hangs off its side."""
    for window in (NARROW, PHONE):
        page.set_viewport_size(window)
        is_sound(page, name, has_script=False)
    pictures.take(page, f"without an account, {name}", whole=True)
    assert page.locator("h1").count() == 1, name


def test_a_gp_answers_by_link_and_code(phone: Page, mail: PostOffice) -> None:
    place = town()
    Agency.objects.filter(id=place.agencies["care"]).update(name="Harbour Road Surgery")
    Post.objects.filter(id=place.posts[WORKER]).update(title="General practitioner")
    case = waiting(place)
    mail.goes_out()
    link = mail.link(MAILBOX, "onfirm")
    assert "You need no account" in mail.newest(MAILBOX)

    phone.goto(link)
    look(phone, "link")
    press(phone, "Send me a code")
    look(phone, "code")
    press(phone, "Continue")
    look(phone, "code, with errors")
    phone.get_by_label("Code").fill(mail.code(MAILBOX))
    press(phone, "Continue")
    look(phone, "who")
    phone.get_by_label("Your full name").fill("Dr Iris Vale")
    phone.get_by_label("Your post").fill("GP partner")
    press(phone, "Continue")
    expect(phone.get_by_text("The referral was closed without a visit.")).to_be_visible()
    look(phone, "duty")
    follow(phone, "Read it and answer")
    look(phone, "answer")
    phone.get_by_label("Yes, we confirm it in writing").check()
    press(phone, "Send your answer")
    expect(phone.get_by_role("heading", name="Nothing more to do here")).to_be_visible()
    look(phone, "answered")

    last = read_whole(case.story.case)[-1]
    assert last.names["actor_name"] == "Dr Iris Vale"
    assert last.names["actor_post"] == "GP partner, Harbour Road Surgery (as stated)"
    press(phone, "Sign out")
    phone.goto(link)
    expect(phone.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    look(phone, "over")


def test_whoever_may_know_the_family_leaves_before_they_read_a_word(
    phone: Page, mail: PostOffice
) -> None:
    case = waiting()
    mail.goes_out()
    phone.goto(mail.link(MAILBOX, "onfirm"))
    press(phone, "Send me a code")
    phone.get_by_label("Code").fill(mail.code(MAILBOX))
    press(phone, "Continue, but I may know the family")
    phone.get_by_label("Your full name").fill("Dr Iris Vale")
    phone.get_by_label("Your post").fill("GP partner")
    press(phone, "Continue")
    look(phone, "tie")
    assert phone.get_by_text("The referral was closed without a visit.").count() == 0
    phone.get_by_label("I am related to somebody in it").check()
    press(phone, "Leave this case")
    expect(phone.get_by_role("heading", name="You have left the case")).to_be_visible()
    look(phone, "left")
    assert phone.goto("/visit").status == 404  # type: ignore[union-attr]  # an address of ours
    assert type(read_whole(case.story.case)[-1].recorded.event).__name__ == "PersonKeptOut"


def test_an_alert_of_immediate_risk_is_read_by_its_link(phone: Page, mail: PostOffice) -> None:
    place = town()
    lead = place.posts["school.designated_safeguarding_lead"]
    Post.objects.filter(id=lead).update(mail=MAILBOX)
    Story(place, now=datetime.now(UTC) - timedelta(hours=1)).raised(
        is_urgent=True, immediate_risk="He was seen with a burn."
    )
    mail.goes_out()
    phone.goto(mail.link(MAILBOX, "immediate risk"))
    press(phone, "Send me a code")
    phone.get_by_label("Code").fill(mail.code(MAILBOX))
    press(phone, "Continue")
    phone.get_by_label("Your full name").fill("Joan Lead")
    phone.get_by_label("Your post").fill("Safeguarding lead")
    press(phone, "Continue")
    expect(phone.get_by_text("He was seen with a burn.")).to_be_visible()
    look(phone, "to be read")


def test_a_teacher_raises_without_an_account(phone: Page, mail: PostOffice) -> None:
    place = town()
    AgencyDomain.objects.create(agency_id=place.agencies["school"], domain="oakfield.example")
    phone.goto("/")
    follow(phone, "a code sent to your work email")
    look(phone, "ask")
    press(phone, "Send me a code")
    look(phone, "ask, with errors")
    phone.get_by_label("Your work email address").fill(TEACHER)
    press(phone, "Send me a code")
    look(phone, "code to raise")
    phone.get_by_label("Code").fill(mail.code(TEACHER))
    press(phone, "Continue")
    look(phone, "who raises")
    phone.get_by_label("Your full name").fill("Nell Hart")
    phone.get_by_label("Your post").fill("Reception teacher")
    press(phone, "Continue")
    look(phone, "start")

    press(phone, "Start now")
    phone.get_by_label("A child", exact=True).check()
    phone.get_by_label("A reference that both agencies").fill("NM-55120")
    go_on(phone)
    phone.get_by_label("No", exact=True).check()
    go_on(phone)
    phone.get_by_label("Thresholds").first.check()
    go_on(phone)
    phone.get_by_role("textbox").fill("The referral was closed.")
    go_on(phone)
    phone.get_by_role("textbox").fill("Two new bruises.")
    go_on(phone)
    phone.get_by_label("No, not at this moment").check()
    go_on(phone)
    phone.get_by_role("textbox").fill("A visit.")
    go_on(phone)
    phone.get_by_label("Not yet", exact=True).check()
    go_on(phone)
    phone.get_by_label("No", exact=True).check()
    go_on(phone)
    go_on(phone)
    phone.get_by_label("Northmere Children’s Social Care").check()
    go_on(phone)
    phone.get_by_label("I do not know who").check()
    phone.get_by_label("Their name or job").fill("The duty worker")
    go_on(phone)
    look(phone, "about a person")
    go_on(phone)
    phone.get_by_label("No, thank you").check()
    go_on(phone)
    look(phone, "check")
    press(phone, "Send")
    expect(phone.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    look(phone, "receipt")

    raised = read_whole(CaseRow.objects.get().case)[0]
    assert raised.names["actor_post"] == "Reception teacher, Oakfield Primary School (as stated)"
    mail.goes_out()
    phone.goto(mail.link(TEACHER, "Talk to your supervisor"))
    press(phone, "Send me a code")
    phone.get_by_label("Code").fill(mail.code(TEACHER))
    press(phone, "Continue")
    expect(phone.get_by_role("heading", name="What you are asked")).to_be_visible()
    look(phone, "duty of her own")
