"""A visit by a code: who it is, what is written down of it, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.access.models import Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.casework import acts
from counterpart.journal.models import Event
from counterpart.messages.models import Notice
from counterpart.people import changes
from counterpart.people.models import Holding, MailboxReader, Person
from counterpart.web.cases.outcome_forms import AnswerForm
from counterpart.web.signin import sessions
from tests import directory as d
from tests.integration.visiting.mail import (
    HIDDEN,
    MAILBOX,
    WORKER,
    Waiting,
    answers_blindly,
    comes_by_own_mailbox,
    comes_in,
    drawn,
    the_form,
    waiting,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_a_form_sent_after_the_visit_ended_is_handed_back(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    client.cookies.clear()
    answer = answers_blindly(client, case)
    assert (answer.status_code, "She was not seen." in drawn(answer)) == (403, True)


def test_a_post_taken_away_between_opening_and_sending(client: Client, own: Waiting) -> None:
    comes_by_own_mailbox(client, own)
    page = client.get(the_form(own))
    assert page.status_code == 200
    holding = Holding.objects.get(post=own.place.posts[WORKER])
    changes.end_holding(holding=holding.id, until_on=timezone.now().date())
    before = Event.objects.count()
    answer = client.post(the_form(own), {"answer": "dissent", "reason": "She was not seen."})
    assert answer.status_code == 403
    assert "You can no longer answer this" in drawn(answer)
    assert "She was not seen." in drawn(answer)
    assert Event.objects.count() == before
    assert client.get(the_form(own))["Location"].startswith("/sign-in")


def test_a_duty_handed_on_between_opening_and_sending(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    place, story = case.place, case.story
    page = client.get(the_form(case)).content.decode()
    story.does(
        acts.name_seat, WORKER, body=place.agencies["care"], role="worker", cause="handed_on",
        post=place.posts["care.line_manager"], reason="I am away.",
    )  # fmt: skip
    sent = {**dict(HIDDEN.findall(page)), "answer": "confirm", "comment": "The visit is booked."}
    answer = client.post(the_form(case), sent)
    assert answer.status_code == 403
    assert "The visit is booked." in drawn(answer)


def test_whoever_is_kept_from_the_case_is_so_at_the_next_request(
    client: Client, own: Waiting
) -> None:
    comes_by_own_mailbox(client, own)
    rewrite_denials(own.story.case, [DenialRow(own.place.people[WORKER], "subject_of_concern")])
    assert client.get("/visit").status_code == 403
    assert Client().get(own.path).status_code == 410


def test_whoever_has_an_account_signs_in(client: Client, own: Waiting) -> None:
    comes_by_own_mailbox(client, own)
    account = d.an_account(own.place.people[WORKER], MAILBOX)
    assert client.get("/visit").status_code == 403
    sign_in(client, account)
    assert client.get(own.path)["Location"] == f"/cases/{own.story.reference}"
    assert client.get("/visit").status_code == 404


def test_a_visit_ends_after_two_hours(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    session = client.session
    session[sessions.BEGAN] = (timezone.now() - timedelta(hours=2)).isoformat()
    session.save()
    assert "why=visit" in client.get("/visit")["Location"]


def test_a_visit_ends_when_left_alone_for_half_an_hour(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    used = sessions.sign_use(
        client.session.session_key or "", timezone.now() - timedelta(minutes=30)
    )
    client.cookies[sessions.used_cookie()] = used
    assert "why=visit" in client.get("/visit")["Location"]


def test_each_look_is_written_down_as_made_without_an_account(
    client: Client, case: Waiting
) -> None:
    comes_in(client, case.path)
    (read,) = Read.objects.all()
    assert (read.basis, read.page) == ("receiving_side, by code", "visiting:duty")
    assert read.post == case.place.posts[WORKER]


def test_whoever_comes_again_under_the_same_name_is_the_same_person(case: Waiting) -> None:
    for _ in range(2):
        comes_in(Client(), case.path)
    assert MailboxReader.objects.count() == 1
    comes_in(Client(), case.path, name="Somebody Else")
    assert MailboxReader.objects.count() == 2
    comes_in(Client(), case.path, name=case.place.names[WORKER].upper())
    assert MailboxReader.objects.count() == 2
    body = case.place.agencies["care"]
    added = Event.objects.filter(stream=f"directory-{body}", type="person_added")
    assert added.count() == 2


def test_the_agencys_lead_is_told_that_it_happened_and_no_more(case: Waiting) -> None:
    comes_in(Client(), case.path)
    (told,) = Notice.objects.filter(kind="visited")
    assert told.to == case.place.posts["care.designated_safeguarding_lead"]
    assert (told.case, told.reference, told.what) == ("", "", "")
    lead = Client()
    sign_in(
        lead, d.an_account(case.place.people["care.designated_safeguarding_lead"], "l@x.example")
    )
    assert "without an account" in drawn(lead.get("/me/notices"))


def test_signing_out_ends_the_visit(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    client.post("/sign-out")
    assert client.get("/visit")["Location"].startswith("/sign-in")
    assert Person.objects.filter(name="Dr Iris Vale").exists()


def test_what_was_written_for_another_link_comes_back_under_its_questions(
    client: Client, case: Waiting
) -> None:
    second = waiting(case.place)
    comes_in(client, case.path)
    comes_in(client, second.path)
    said = {"answer": "dissent", "reason": "She was not seen."}
    answer = client.post(the_form(case), said, headers={"sec-fetch-site": "same-origin"})
    page = drawn(answer)
    assert answer.status_code == 404
    assert str(AnswerForm.base_fields["reason"].label) in page
    assert "She was not seen." in page
    assert "What you wrote" not in page
    assert "the account the message came to" not in page
    assert "follow that link again" in page
