"""The outcome, from the mail that asks for it to the case that is done: neither side has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.casework.outcomes import propose_outcome
from counterpart.casework.writing import load
from counterpart.messages import outbox
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Person, Post
from tests.integration.messages.stories import RecordingChannel
from tests.integration.visiting.mail import (
    BEFORE,
    MAILBOX,
    WORKER,
    answers,
    asks,
    comes_in,
    newest_code,
    types,
)
from tests.integration.web.filling import filled
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

TEACHER = "amara@oakfield.example"
LINK = re.compile(r"/answer/[\w.-]+")


@pytest.fixture
def place() -> Town:
    """A practice whose mailbox several share, and a teacher with a mailbox of her own."""
    made = town()
    Post.objects.filter(id=made.posts[WORKER]).update(mail=MAILBOX)
    Person.objects.filter(id=made.people[RAISER]).update(mail=TEACHER)
    return made


def arrived() -> dict[str, list[str]]:
    """What goes out now, by address: the texts."""
    channel, now = RecordingChannel(), timezone.now() + timedelta(minutes=1)
    while batch := outbox.claim(now, "one"):
        deliver(Batch(batch), channel, now)
    found: dict[str, list[str]] = {}
    for to, message in channel.sent:
        found.setdefault(to, []).append(message.text)
    return found


def link_about(texts: list[str], what: str) -> str:
    """The link in the newest of these e-mails that is about it."""
    text = next(text for text in reversed(texts) if what in text)
    (found,) = LINK.findall(text)
    return str(found)


def test_each_side_confirms_by_a_link_and_each_step_sends_a_fresh_one(place: Town) -> None:
    story = Story(place, now=BEFORE, step=timedelta(minutes=20)).raised()
    raised = link_about(arrived()[TEACHER], "What to do:")
    story.to_workers()
    to_talk = link_about(arrived()[TEACHER], "What to do:")
    story.records("workers-discuss", "agreed", agreed="They will visit.")
    story.does(propose_outcome, agreed="They will visit.", actions=[story.action()])
    letters = arrived()
    confirm = {to: link_about(letters[to], "onfirm") for to in (TEACHER, MAILBOX)}
    assert len({raised, to_talk, *confirm.values()}) == 4

    gp, teacher = Client(), Client()
    page = comes_in(gp, confirm[MAILBOX])
    assert "They will visit." in page.content.decode()
    path = f"/cases/{story.reference}/answer"
    assert answers(gp, path).status_code == 303
    asks(teacher, confirm[TEACHER])
    assert types(teacher, newest_code())["Location"] == "/visit"
    assert answers(teacher, path).status_code == 303
    assert load(story.case).state.status == "closed"

    # What was agreed is the next thing to do. It comes with a link of its own; those before lead nowhere.
    due = OutboxRow.objects.filter(template="new_duty", key__contains=":action:")
    assert due.get().to == place.posts["care.line_manager"]
    for old in (to_talk, *confirm.values()):
        assert Client().get(old).status_code == 410


def test_the_one_who_carries_out_what_was_agreed_says_so_by_a_link(place: Town) -> None:
    story = Story(place, now=BEFORE, step=timedelta(minutes=15))
    Post.objects.filter(id=place.posts["care.line_manager"]).update(mail=MAILBOX)
    story.raised().settled().confirmed()
    client = Client()
    page = comes_in(client, link_about(arrived()[MAILBOX], "Carry out an agreed action"))
    found = re.search(rf"/cases/{story.reference}/action/\w+", page.content.decode())
    assert found is not None
    form = filled(client.get(found[0]).content.decode())
    answer = client.post(found[0], form)
    assert answer["Location"] == "/visit/passed-on"
    assert "It is recorded" in client.get("/visit/passed-on").content.decode()
