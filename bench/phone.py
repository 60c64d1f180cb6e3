"""Answer by the link of a mail as somebody would on a phone, and count it: `python -m bench.phone MAILBOX CHROMIUM`.

MAILBOX is `shared` or `own`. Called by `by_link`, with the environment of an empty installation.

The pace is assumed, and is not measured here: four words are read a second (240 a minute, an ordinary reader), three
keys typed a second (36 words a minute, an ordinary thumb), a field or a choice takes a second to find, a press one and
a half, and to fetch the code from the mail program and come back ten.
The mail and each page are read from the top to what is pressed there, and the page of the duty to its end; a line that
was read once is not read again. The concern is a short one, of some forty words: a long one takes as long as it takes.

Prints one JSON object: the seconds, and what there was of each.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from socketserver import ThreadingMixIn
from time import perf_counter
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

READS = 4.0  # words a second
TYPES = 3.0  # keys a second
FIND, PRESS, FETCH = 1.0, 1.5, 10.0  # seconds
CODE = re.compile(r"Your code is (\d{4}) (\d{4})")
LINK = re.compile(r"https?://\S+/answer/\S+")
MAILBOX = "safeguarding@surgery.example"
WORKER = "care.practitioner"


def main(mailbox: str, chromium: str) -> None:
    """Prepare the installation and go."""
    from counterpart.cli.installation import migrate

    migrate(quietly=True)
    with _serving() as address:
        mail = _mailed(address, is_shared=mailbox == "shared")
        print(json.dumps(_answered(mail, chromium, is_shared=mailbox == "shared")))


@dataclass
class Person:
    """Somebody at a browser. Every step is counted, at the pace above; what the pages took is measured."""

    page: Any
    pages: int = 0
    words: int = 0
    fields: int = 0
    keys: int = 0
    presses: int = 0
    fetches: int = 0
    waited: float = 0.0
    read: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        """All of it."""
        reads, types = self.words / READS, self.keys / TYPES
        moves = self.fields * FIND + self.presses * PRESS + self.fetches * FETCH
        return reads + types + moves + self.waited

    def reads(self, text: str, until: str = "") -> None:
        """Read a text, to its end or to the line that holds `until`; but no line twice."""
        for line in text.splitlines():
            if line not in self.read:
                self.words += len(line.split())
            self.read.add(line)
            if until and until in line:
                return

    def opens(self, mail: str) -> None:
        """Read a mail, and follow its link."""
        self.reads(mail, "/answer/")
        link = LINK.search(mail)
        assert link is not None
        self._presses(lambda: self.page.goto(link[0]))

    def presses_button(self, name: str) -> None:
        """Read the page as far as a button or a link, and press that."""
        self.reads(self.page.inner_text("main"), name)
        named = self.page.get_by_role("button", name=name, exact=True)
        found = named.or_(self.page.get_by_role("link", name=name, exact=True))
        self._presses(found.first.click)

    def fills(self, label: str, text: str) -> None:
        """Type into a field; nothing where it stands there already."""
        box = self.page.get_by_label(label)
        self.fields += 1
        if box.input_value() != text:
            self.keys += len(text)
            box.fill(text)

    def chooses(self, label: str) -> None:
        """Choose one answer."""
        self.fields += 1
        self.page.get_by_label(label).check()

    def _presses(self, press: Any) -> None:
        began = perf_counter()
        press()
        self.page.wait_for_load_state("load")
        self.waited += perf_counter() - began
        self.presses += 1
        self.pages += 1


def _answered(letter: str, chromium: str, *, is_shared: bool) -> dict[str, Any]:
    from django.core import mail
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 375, "height": 740}, locale="en-GB", java_script_enabled=False
        )
        person = Person(context.new_page())
        person.opens(letter)
        person.presses_button("Send me a code")
        person.fetches += 1
        figures = CODE.search(str(mail.outbox[-1].body))
        assert figures is not None
        person.fills("Code", figures[1] + figures[2])
        person.presses_button("Continue")
        if is_shared:
            person.fills("Your full name", "Dr Iris Vale")
            person.fills("Your post", "GP partner")
            person.presses_button("Continue")
        person.reads(person.page.inner_text("main"))
        person.presses_button("Read it and answer")
        person.chooses("Yes, we confirm it in writing")
        person.presses_button("Send your answer")
        assert person.page.get_by_role("heading", name="Nothing more to do here").count()
        browser.close()
    names = ("pages", "words", "fields", "keys", "presses")
    return {"seconds": person.seconds} | {name: getattr(person, name) for name in names}


def _mailed(address: str, *, is_shared: bool) -> str:
    """The text of the mail that asks somebody without an account to confirm an outcome."""
    from counterpart.messages.answering import links_of
    from counterpart.messages.composing import compose
    from counterpart.messages.models import OutboxRow
    from counterpart.people.models import Person as Known
    from counterpart.people.models import Post
    from tests.town import Story, town

    place = town()
    if is_shared:
        Post.objects.filter(id=place.posts[WORKER]).update(mail=MAILBOX)
    else:
        Known.objects.filter(id=place.people[WORKER]).update(mail=MAILBOX)
    now = datetime.now(UTC) - timedelta(hours=6)
    story = Story(place, now=now, step=timedelta(minutes=20)).raised().settled()
    rows = OutboxRow.objects.filter(case=story.case, to=place.posts[WORKER], template="new_duty")
    row = rows.get(key__contains="confirm")
    return compose(row, address, links=links_of(row, MAILBOX)).text


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: standard output is for the figures."""


@contextmanager
def _serving() -> Iterator[str]:
    """The pages, served by this process, so that the code that was sent can be read here."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    server = make_server("localhost", 0, WSGIHandler(), _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    import django

    django.setup()
    main(*sys.argv[1:])
