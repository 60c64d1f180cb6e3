"""Canaries: names and words nobody else has, put where people type and looked for where they must not be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from counterpart.casework import raising
from counterpart.casework.writing import Done
from counterpart.messages.composing import compose
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Person
from tests import directory as d
from tests.integration.web.cases import holder_of, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
NAME, CHILD, WORDS = "Quillfeather", "Zebediah-0417", "Wexcombe marmalade"
MARKUP = "<img src=x onerror=alert(1)>"
CANARIES = (NAME, CHILD, "Zebediah", "Wexcombe", "marmalade")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def place() -> Northmere:
    made = northmere()
    for person in Person.objects.all():
        Person.objects.filter(id=person.id).update(name=f"{MARKUP} {NAME}")
    return made


@pytest.fixture
def reference(place: Northmere) -> str:
    """A concern with immediate risk, so that everything that can be sent is."""
    text = f"{WORDS} {MARKUP}"
    written = raising.RaiseWritten(
        partnership=place.partnership, raising_agency=place.school,
        raising_post=place.teacher_post, receiving=((place.care, None, NAME),),
        children=(("child", CHILD),), grounds=("thresholds",), dispute=text, why_unsafe=text,
        is_urgent=True, immediate_risk=text, desired_outcome=text, has_asked_rationale="yes",
        has_used_own_policy="yes", already_tried=text, supporter=place.lead_post,
    )  # fmt: skip
    actor = raising.actor_for_raising(person=place.teacher, post=place.teacher_post, at=AN_HOUR_AGO)
    done = raising.raise_concern(
        written=written, actor=replace(actor, name=NAME), now=AN_HOUR_AGO, key=d.new_id()
    )
    assert isinstance(done, Done)
    return done.reference


def pages(place: Northmere, reference: str) -> list[tuple[Client, str]]:
    teacher = signed_in(place.teacher, "teacher@x.example")
    manager = signed_in(manager_of(place), "manager@x.example")
    lead = signed_in(holder_of(place.lead_post), "lead@x.example")
    mine = ("/me", "/me/cases", "/me/notices", "/raise", "/raise/drafts", f"/cases/{reference}",
            f"/cases/{reference}/gap", f"/cases/{reference}/policy", f"/raise/sent/{reference}",
            f"/opposite-number/posts?agency={place.care}&you=role-worker",
            "/policy/brent/have-your-say")  # fmt: skip
    found = [(client, path) for client in (teacher, lead) for path in mine]
    desk = ("/desk", "/desk?view=open", "/desk?view=nobody", "/desk/find", f"/cases/{reference}",
            "/desk/policy", "/desk/policy/comments")  # fmt: skip
    return found + [(manager, path) for path in desk]


def test_titles_addresses_and_cookies_hold_nothing_of_a_case(
    place: Northmere, reference: str, caplog: pytest.LogCaptureFixture
) -> None:
    is_shown = False
    for client, path in pages(place, reference):
        answer = client.get(path)
        drawn = answer.content.decode()
        is_shown |= WORDS in drawn
        title = TITLE.search(drawn)
        kept = [str(cookie.value) for cookie in client.cookies.values()]
        links = re.findall(r'(?:href|action|src)="([^"]*)"', drawn)
        told = [title[1] if title else "", *kept, *links, *map(str, answer.headers.values())]
        assert not [text for text in told for canary in CANARIES if canary in text], path
        assert "<img" not in drawn, path
    assert is_shown
    assert not [r for r in caplog.records for canary in CANARIES if canary in r.getMessage()]


def test_what_is_sent_leaves_nothing_in_addresses_cookies_or_the_log(
    place: Northmere, reference: str, caplog: pytest.LogCaptureFixture
) -> None:
    teacher = signed_in(place.teacher, "teacher@x.example")
    sent = {"gap": WORDS, "idempotency_key": d.new_id(), "reference": CHILD, "kind": "child"}
    draft = teacher.post("/raise", {"idempotency_key": d.new_id()}).headers["Location"]
    answers = [teacher.post(f"/cases/{reference}/gap", sent), teacher.post(f"{draft}/child", sent)]
    answers.append(teacher.post(f"/cases/{reference}/gap", {"version": NAME, "gap": ""}))
    answers.append(Client().post("/sign-in", {"email": f"{NAME}@x.example", "password": WORDS * 2}))
    answers.append(Client().post("/sign-in/code", {"email": f"{NAME}@x.example"}))
    told = [record.getMessage() for record in caplog.records]
    for answer in answers:
        told += [
            *map(str, answer.headers.values()),
            *(str(c.value) for c in answer.cookies.values()),
        ]
    assert not [text for text in told for c in (*CANARIES, NAME.lower()) if c in text]


def test_messages_hold_no_name_and_no_words(reference: str) -> None:
    rows = list(OutboxRow.objects.all())
    assert rows
    for row in rows:
        message = compose(row, settings.ADDRESS)
        whole = f"{message.subject}{message.text}{message.html}{message.message_id}{row.path}"
        assert not [canary for canary in CANARIES if canary in whole]
        assert reference in whole.replace("-", "")
    for notice in Notice.objects.all():
        assert not [c for c in CANARIES if c in f"{notice.what}{notice.kind}"]
