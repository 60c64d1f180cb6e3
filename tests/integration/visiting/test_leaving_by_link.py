"""Somebody who came by a link knows the family: they say so and leave, and others have it to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.access.models import Denial, Read
from counterpart.casework.casefile import open_case
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.messages.recipients import Nobody, recipients_of
from counterpart.people.models import Person
from tests import directory as d
from tests.integration.visiting.mail import (
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
    waiting,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

OFFICE = "office.business_manager"
WHY = "She is my sister’s child."


def leaves(client: Client, case: Waiting) -> str:
    """Say so on the page of a tie; what is shown then."""
    path = f"/cases/{case.story.reference}/tie"
    hidden = dict(HIDDEN.findall(drawn(client.get(path))))
    answer = client.post(path, hidden | {"reason": "family_tie", "why": WHY})
    assert answer.status_code == 200
    return drawn(answer)


def told(template: str, case: Waiting) -> list[OutboxRow]:
    """The e-mails of a kind to the post that was written to."""
    post = case.place.posts[WORKER]
    return list(OutboxRow.objects.filter(template=template, to=post).order_by("made_at"))


def test_the_page_of_the_code_lets_them_say_so_before_they_read_a_word(
    client: Client, own: Waiting
) -> None:
    asks(client, own.path)
    assert "I may know the family" in drawn(client.get("/visit/code"))
    answer = client.post("/visit/code", {"code": newest_code(), "tie": "yes"})
    path = f"/cases/{own.story.reference}/tie"
    assert answer["Location"] == path
    page = drawn(client.get(path))
    assert "Oakfield Primary School" in page
    for words in ("closed without a visit", "NM-40218", "They will visit."):
        assert words not in page
    assert "/me" not in page.partition("<main")[2]
    assert [read.page for read in Read.objects.all()] == ["cases:tie"]


def test_so_it_is_for_whoever_has_to_say_who_they_are_first(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    client.post("/visit/code", {"code": newest_code(), "tie": "yes"})
    assert says(client)["Location"] == f"/cases/{case.story.reference}/tie"


def test_whoever_leaves_sees_no_more_of_it_and_the_office_is_told(
    client: Client, own: Waiting
) -> None:
    comes_by_own_mailbox(client, own)
    assert "You have left the case" in leaves(client, own)
    assert client.get("/visit").status_code == 403
    assert client.get(the_form(own)).status_code in (303, 404)
    assert Client().get(own.path).status_code == 410
    assert Denial.objects.get(case=own.story.case).person == own.place.people[WORKER]
    (notice,) = Notice.objects.filter(kind="left")
    assert notice.to == own.place.posts[OFFICE]
    manager = Client()
    sign_in(manager, d.an_account(own.place.people[OFFICE], "manager@office.example"))
    assert "should not deal with" in drawn(manager.get("/me/notices"))


def test_where_nobody_else_holds_the_post_it_is_a_fault_on_the_desk(
    client: Client, own: Waiting
) -> None:
    comes_by_own_mailbox(client, own)
    before = len(told("new_duty", own))
    leaves(client, own)
    post = own.place.posts[WORKER]
    rows = DutyRow.objects.filter(case=own.story.case, post=post)
    assert set(rows.values_list("nobody", flat=True)) == {"kept_out"}
    assert len(told("new_duty", own)) == before
    manager = Client()
    sign_in(manager, d.an_account(own.place.people[OFFICE], "manager@office.example"))
    assert f"/cases/{own.story.reference}" in drawn(manager.get("/desk"))


def test_whoever_else_holds_the_post_gets_a_link_of_their_own(client: Client, own: Waiting) -> None:
    other = d.a_person(own.place.posts[WORKER], name="Sol Abara")
    Person.objects.filter(id=other).update(mail="sol@surgery.example")
    comes_by_own_mailbox(client, own)
    before = len(told("new_duty", own))
    leaves(client, own)
    rows = told("new_duty", own)
    assert len(rows) == before + 1
    (to,) = recipients_of(rows[-1], timezone.now())  # type: ignore[misc]  # somebody, or the test fails
    assert (to.address, to.has_account) == ("sol@surgery.example", False)


def test_whoever_covers_the_post_but_not_the_person_does_it(client: Client, own: Waiting) -> None:
    """A stand-in for somebody who has left is kept out with them; another holder's is not."""
    other = d.a_person(own.place.posts[WORKER], name="Sol Abara")
    stands_in = d.a_person(d.a_post(own.place.agencies["care"]), name="Gwen Ito")
    today = timezone.now().date()
    d.covers(stands_in, today, today + timedelta(days=7), person=other)
    comes_by_own_mailbox(client, own)
    leaves(client, own)
    file = open_case(own.story.case, timezone.now())
    record = file.directory.post(own.place.posts[WORKER])  # type: ignore[arg-type]  # an id
    assert record is not None
    assert {holder.name for holder in record.holders} == {"Sol Abara", "Gwen Ito"}


def test_a_mailbox_that_several_share_is_asked_anew_and_the_one_who_left_is_not_let_in(
    client: Client, case: Waiting
) -> None:
    comes_in(client, case.path)
    before = len(told("new_duty", case))
    leaves(client, case)
    assert client.get("/visit").status_code == 404
    assert answers_are_refused(client, case)
    rows = told("new_duty", case)
    assert len(rows) == before + 1
    found = recipients_of(rows[-1], timezone.now())
    assert not isinstance(found, Nobody)
    assert [one.address for one in found] == [MAILBOX]
    assert Notice.objects.filter(kind="left").count() == 1
    again, other = Client(), Client()
    assert comes_in(again, case.path).status_code == 404
    assert comes_in(other, case.path, name="Sol Abara").status_code == 200
    assert answers(other, the_form(case)).status_code == 303


def answers_are_refused(client: Client, case: Waiting) -> bool:
    """Whether sending the form is answered as if it were not there."""
    sent = {"answer": "confirm", "comment": ""}
    return client.post(the_form(case), sent).status_code == 404


def test_the_page_of_a_duty_leads_there_too() -> None:
    case, client = waiting(), Client()
    assert f"/cases/{case.story.reference}/tie" in drawn(comes_in(client, case.path))
