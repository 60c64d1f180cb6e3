"""A mailbox that several read is never one person: each visit says who it is, and keeps its drafts to itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from counterpart.casework.drafts import LEFT_ALONE
from counterpart.casework.models import Draft
from counterpart.journal.reading import read_whole
from counterpart.messages.answering import answer_path
from counterpart.messages.models import OutboxRow
from counterpart.people import changes
from counterpart.people.mailboxes import is_shared
from counterpart.people.models import Agency, AgencyDomain, Holding, Person, Post
from tests import directory as d
from tests.integration.visiting.mail import asks, drawn, newest_code, says, types
from tests.integration.web.northmere import Northmere, answer_all, begin, northmere

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)

INBOX = "safeguarding@oakfield.example"
OFFICE = "office@oakfield.example"
ALICE = ("Alice Xavier", "Office administrator")
BOB = ("Bob Young", "Deputy headteacher")


@pytest.fixture
def place() -> Northmere:
    """A school whose safeguarding inbox is registered; its office's mailbox is not."""
    made = northmere()
    AgencyDomain.objects.create(agency_id=made.school, domain="oakfield.example")
    Agency.objects.filter(id=made.school).update(safeguarding_inbox=INBOX)
    return made


def comes(who: tuple[str, str], mailbox: str = INBOX) -> Client:
    """Somebody in a browser of their own."""
    client = Client()
    client.post("/raise/without-account", {"email": mailbox})
    types(client, newest_code())
    says(client, *who)
    return client


def raises(client: Client, place: Northmere) -> str:
    """A whole concern; the case it became."""
    draft = begin(client)
    answer_all(client, draft, place)
    client.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    row = OutboxRow.objects.exclude(case="").order_by("made_at").last()
    assert row is not None
    return row.case


def test_each_visit_by_an_agencys_inbox_is_asked_who_it_is(place: Northmere) -> None:
    alice = comes(ALICE)
    draft = begin(alice)
    second = Client()
    second.post("/raise/without-account", {"email": INBOX})
    assert types(second, newest_code())["Location"] == "/visit/who"
    page = drawn(second.get("/visit/who"))
    assert "Alice" not in page
    assert "Several people may read this mailbox" in page
    assert says(second, *BOB)["Location"] == "/raise"
    assert draft not in drawn(second.get("/raise/drafts"))
    assert second.get(f"/raise/{draft}").status_code == 404
    assert Person.objects.filter(mail=INBOX).count() == 0


def test_what_is_raised_carries_the_name_of_that_visit(place: Northmere) -> None:
    comes(ALICE)
    case = raises(comes(BOB), place)
    entry = read_whole(case)[0]
    assert entry.names["actor_name"] == "Bob Young"
    assert entry.names["actor_post"] == "Deputy headteacher, Oakfield Primary School (as stated)"


def test_a_draft_is_kept_to_its_browser_and_then_to_whoever_states_the_same_name(
    place: Northmere,
) -> None:
    alice = comes(ALICE)
    draft = begin(alice)
    again = comes(ALICE)
    assert f"/raise/{draft}" in drawn(alice.get("/raise/drafts"))
    assert draft not in drawn(again.get("/raise/drafts"))
    assert again.get(f"/raise/{draft}").status_code == 404
    Draft.objects.update(saved_at=Draft.objects.get().saved_at - LEFT_ALONE - timedelta(minutes=1))
    page = drawn(again.get("/raise/drafts"))
    assert f"/raise/{draft}" in page
    assert "Only you can see these" not in page
    assert "gives the name Alice Xavier finds it here too" in page
    assert draft not in drawn(comes(BOB).get("/raise/drafts"))
    again.post(f"/raise/{draft}/child", {"kind": "child", "reference": "NM-1"})
    assert alice.get(f"/raise/{draft}").status_code == 404


def test_the_same_name_is_the_same_person_in_the_same_post(place: Northmere) -> None:
    comes(ALICE)
    comes(("alice xavier", "office administrator"))
    assert Person.objects.filter(name="Alice Xavier").count() == 1
    assert Holding.objects.filter(person__name="Alice Xavier").count() == 1
    comes((ALICE[0], "Attendance officer"))
    assert Holding.objects.filter(person__name="Alice Xavier").count() == 2


def test_a_mailbox_where_two_names_were_stated_is_one_persons_no_more(place: Northmere) -> None:
    comes(ALICE, OFFICE)
    assert not is_shared(OFFICE, NOW)
    draft = begin(comes(ALICE, OFFICE))
    bob = comes(BOB, OFFICE)
    assert is_shared(OFFICE, NOW)
    assert draft not in drawn(bob.get("/raise/drafts"))
    third = Client()
    third.post("/raise/without-account", {"email": OFFICE})
    types(third, newest_code())
    assert "Alice" not in drawn(third.get("/visit/who"))


def test_the_mailbox_of_a_post_is_its_only_holders_where_it_is_their_own_address(
    place: Northmere,
) -> None:
    Post.objects.filter(id=place.lead_post).update(mail=OFFICE)
    assert is_shared(OFFICE, NOW)
    holder = Holding.objects.get(post=place.lead_post).person_id
    Person.objects.filter(id=holder).update(mail=OFFICE)
    assert not is_shared(OFFICE.upper(), NOW)
    d.holds(d.a_person(name="Somebody Else"), place.lead_post)
    assert is_shared(OFFICE, NOW)


def test_a_message_to_one_of_several_is_answered_under_their_own_name_alone(
    place: Northmere,
) -> None:
    case = raises(comes(ALICE), place)
    row = OutboxRow.objects.filter(case=case, template="new_duty").first()
    assert row is not None
    assert Post.objects.get(id=row.to).title == "Office administrator"
    client = Client()
    assert asks(client, answer_path(row.id, INBOX)).status_code == 303
    assert types(client, newest_code())["Location"] == "/visit/who"
    assert "Alice" not in drawn(client.get("/visit/who"))
    refused = says(client, *BOB)
    assert (refused.status_code, "sent to somebody else" in drawn(refused)) == (422, True)
    assert says(client, *ALICE)["Location"] == "/visit"
    assert client.get("/visit").status_code == 200


def test_whoever_left_or_signs_in_now_is_not_let_in_by_their_name(place: Northmere) -> None:
    comes(ALICE)
    comes(BOB)
    alice, bob = (Person.objects.get(name=one[0]) for one in (ALICE, BOB))
    changes.end_holding(
        holding=Holding.objects.get(person=alice).id,
        until_on=Holding.objects.get(person=alice).from_on,
    )
    d.an_account(bob.id, "bob@oakfield.example")
    client = Client()
    client.post("/raise/without-account", {"email": INBOX})
    types(client, newest_code())
    left, signs_in = says(client, *ALICE), says(client, *BOB)
    assert (left.status_code, "has left it" in drawn(left)) == (422, True)
    assert (signs_in.status_code, "has an account now" in drawn(signs_in)) == (422, True)
