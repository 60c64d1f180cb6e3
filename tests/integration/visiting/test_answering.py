"""Answering by the link of a message and a code, without an account: what may be done, and what not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from counterpart.access.models import Read
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from tests.integration.visiting.mail import (
    BEFORE,
    HIDDEN,
    MAILBOX,
    WORKER,
    Waiting,
    answers,
    asks,
    comes_by_own_mailbox,
    comes_in,
    drawn,
    newest_code,
    says,
    the_form,
    types,
)
from tests.town import Story

pytestmark = pytest.mark.django_db


def test_from_the_link_to_the_answer(client: Client, case: Waiting) -> None:
    assert client.get(case.path).status_code == 200
    assert asks(client, case.path)["Location"] == "/visit/code"
    assert mail.outbox[-1].to == [MAILBOX]
    assert types(client, newest_code())["Location"] == "/visit/who"
    assert says(client)["Location"] == "/visit"
    page = client.get("/visit").content.decode()
    assert "The referral was closed without a visit." in page
    assert f"/cases/{case.story.reference}/answer" in page
    done = answers(client, f"/cases/{case.story.reference}/answer")
    assert client.get(done["Location"])["Location"] == "/visit"
    assert "Nothing more to do here" in client.get("/visit").content.decode()
    last = read_whole(case.story.case)[-1]
    assert last.names["actor_name"] == "Dr Iris Vale"
    assert last.names["actor_post"].startswith("GP partner, Northmere Children")
    assert last.recorded.actor.post == case.place.posts[WORKER]
    assert last.recorded.actor.capacity == "receiving_side"


def test_a_mailbox_of_ones_own_says_who_one_is(client: Client, own: Waiting) -> None:
    assert comes_by_own_mailbox(client, own)["Location"] == "/visit"
    assert answers(client, the_form(own)).status_code == 303
    last = read_whole(own.story.case)[-1]
    assert last.names["actor_name"] == own.place.names[WORKER]
    assert last.recorded.actor.person == own.place.people[WORKER]


def test_a_second_step_is_asked_of_accounts_alone(
    client: Client, case: Waiting, settings: LazySettings
) -> None:
    settings.SECOND_STEP_DEMANDED = True
    assert comes_in(client, case.path).status_code == 200
    assert answers(client, the_form(case)).status_code == 303


def test_another_case_is_not_there(client: Client, case: Waiting) -> None:
    other = Story(case.place, now=BEFORE, step=timedelta(minutes=20)).raised().settled().reference
    comes_in(client, case.path)
    reads = Read.objects.count()
    for path in (f"/cases/{other}", f"/cases/{other}/answer", f"/raise/sent/{other}", "/raise"):
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code in (404, 405), path
    for path in ("/me", "/desk", "/account", f"/cases/{other}/policy"):
        assert client.get(path)["Location"].startswith("/sign-in"), path
    assert Read.objects.count() == reads


def test_only_what_the_duty_asks_may_be_done(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    here = f"/cases/{case.story.reference}"
    for act in ("outcome", "withdraw", "reopen", "gap", "step/consult-manager", "move/to-managers"):
        assert client.get(f"{here}/{act}").status_code == 404, act
        assert client.post(f"{here}/{act}").status_code == 404, act
    assert client.get(f"{here}/telephoned/answer")["Location"].startswith("/sign-in")
    for act in ("answer", "risk", "who"):
        assert client.get(f"{here}/{act}").status_code == 200, act


def test_what_is_another_agencys_is_passed_on(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    path = f"/cases/{case.story.reference}/redirect"
    sent = dict(HIDDEN.findall(drawn(client.get(path))))
    sent |= {"to_agency": case.place.agencies["police"], "reason": "It is about an arrest."}
    assert client.post(path, sent)["Location"] == "/visit/passed-on"
    assert client.get("/visit/passed-on").status_code == 200
    last = read_whole(case.story.case)[-1]
    assert last.names["actor_post"].endswith("(as stated)")
    assert client.get("/visit").status_code == 403


def test_what_one_wrote_oneself_may_be_corrected_afterwards(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    answers(client, the_form(case))
    own, another = (read_whole(case.story.case)[n].recorded.id for n in (-1, 0))
    here = f"/cases/{case.story.reference}/correct"
    assert f"{here}/{own}" in drawn(client.get("/visit"))
    assert client.get(f"{here}/{own}").status_code == 200
    assert client.get(f"{here}/{another}").status_code in (303, 404)


def test_pressed_twice_is_recorded_once(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    drawn_once = client.get(the_form(case)).content.decode()
    sent: dict[str, Any] = {"answer": "confirm", "comment": ""}
    sent |= dict(HIDDEN.findall(drawn_once))
    assert [client.post(the_form(case), sent).status_code for _ in range(2)] == [303, 303]
    assert Event.objects.filter(stream=case.story.case, type="outcome_confirmed").count() == 1


def test_what_somebody_else_of_the_mailbox_has_done_meanwhile_is_not_done_twice(
    client: Client, case: Waiting
) -> None:
    other = Client()
    comes_in(client, case.path)
    comes_in(other, case.path, name="Somebody Else")
    page = client.get(the_form(case)).content.decode()
    assert answers(other, the_form(case)).status_code == 303
    before = Event.objects.count()
    sent = {**dict(HIDDEN.findall(page)), "answer": "dissent", "reason": "She was not seen."}
    answer = client.post(the_form(case), sent)
    assert answer.status_code == 409
    assert "She was not seen." in drawn(answer)
    assert Event.objects.count() == before
