"""Somebody without an account: the message they are sent, and what they do in a browser. No assertions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from counterpart.messages.answering import answer_path
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Person, Post
from tests.town import Story, Town, town

BEFORE = datetime.now(UTC) - timedelta(hours=6)  # the pages read the real clock
MAILBOX = "safeguarding@surgery.example"
WORKER = "care.practitioner"
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
PRIVATE = (
    "Oakfield",
    "Children’s",
    "NM-40218",
    "closed without a visit",
    "Idris",
    "Amara",
    MAILBOX,
)
FIGURES = re.compile(r"Your code is (\d{4}) (\d{4})")


@dataclass(frozen=True)
class Waiting:
    """A case in which the worker of the other side, who has no account, has been written to."""

    place: Town
    story: Story
    row: OutboxRow

    @property
    def path(self) -> str:
        """Where the link of the message leads."""
        return answer_path(self.row.id, MAILBOX)


def waiting(place: Town | None = None, *, is_shared: bool = True) -> Waiting:
    """Both sides are asked to confirm an outcome. The mailbox is the post's own, or its holder's."""
    where = place or town()
    if is_shared:
        Post.objects.filter(id=where.posts[WORKER]).update(mail=MAILBOX)
    else:
        Person.objects.filter(id=where.people[WORKER]).update(mail=MAILBOX)
    story = Story(where, now=BEFORE, step=timedelta(minutes=20)).raised().settled()
    to_it = OutboxRow.objects.filter(case=story.case, to=where.posts[WORKER], template="new_duty")
    row = to_it.get(key__contains="confirm")
    return Waiting(where, story, row)


def newest_code() -> str:
    """The code in the letter that was sent last."""
    found = FIGURES.search(str(mail.outbox[-1].body))
    if found is None:
        raise LookupError("no code was sent")
    return found[1] + found[2]


def asks(client: Client, path: str) -> HttpResponse:
    """Press “Send me a code” behind a link."""
    return client.post(path)  # type: ignore[return-value]  # of the test's client


def types(client: Client, code: str) -> HttpResponse:
    """Type a code."""
    return client.post("/visit/code", {"code": code})  # type: ignore[return-value]


def says(client: Client, name: str = "Dr Iris Vale", title: str = "GP partner") -> HttpResponse:
    """Say who one is."""
    return client.post("/visit/who", {"name": name, "title": title})  # type: ignore[return-value]


def answers(client: Client, path: str, **changed: str) -> HttpResponse:
    """Confirm the outcome, on the page that is open at `path`."""
    drawn = client.get(path).content.decode()
    hidden = dict(HIDDEN.findall(drawn))
    said = {"answer": "confirm", "reason": "", "comment": "The visit is booked."}
    return client.post(path, hidden | said | changed)  # type: ignore[return-value]


def comes_in(client: Client, path: str, **who: str) -> HttpResponse:
    """By the link and the code of a shared mailbox; ends on the page of the duty."""
    asks(client, path)
    types(client, newest_code())
    says(client, **who)
    return client.get("/visit")  # type: ignore[return-value]


def drawn(answer: Any) -> str:
    """A page as text."""
    return str(answer.content.decode())


def the_form(case: Waiting) -> str:
    """Where the outcome is confirmed."""
    return f"/cases/{case.story.reference}/answer"


def answers_blindly(client: Client, case: Waiting) -> Any:
    """Send the form without having looked at it."""
    return client.post(the_form(case), {"answer": "dissent", "reason": "She was not seen."})


def comes_by_own_mailbox(client: Client, case: Waiting) -> HttpResponse:
    """By the link and the code of a mailbox of one's own."""
    asks(client, case.path)
    return types(client, newest_code())
