"""Raising a concern without an account: by a code to an address of a registered agency."""

from __future__ import annotations

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from counterpart.casework import drafts
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from counterpart.lists.models import CaseRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.messages.recipients import recipients_of
from counterpart.people import changes, upkeep
from counterpart.people.models import Account, AgencyDomain, Holding, Person, Post
from tests import directory as d
from tests.integration.visiting.mail import drawn, newest_code, says, types
from tests.integration.web.northmere import Northmere, answer_all, begin, northmere, signed_in

pytestmark = pytest.mark.django_db

TEACHER = "nell.hart@oakfield.example"
PATH = "/raise/without-account"


@pytest.fixture
def place() -> Northmere:
    """A school whose people have addresses of their own."""
    made = northmere()
    AgencyDomain.objects.create(agency_id=made.school, domain="oakfield.example")
    return made


def asks(client: Client, email: str = TEACHER) -> HttpResponse:
    """Ask for a code."""
    return client.post(PATH, {"email": email})  # type: ignore[return-value]


def comes_in(client: Client, email: str = TEACHER) -> None:
    """By the code, for the first time."""
    asks(client, email)
    types(client, newest_code())
    says(client, "Nell Hart", "Reception teacher")


def raises(client: Client, place: Northmere) -> CaseRow:
    """The whole journey of raising a concern; the case it became."""
    draft = begin(client)
    answer_all(client, draft, place)
    answer = client.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    reference = answer.headers["Location"].rsplit("/", 1)[-1]
    return CaseRow.objects.get(reference=reference)


def person() -> Person:
    """The teacher, as the directory has her now."""
    return Person.objects.get(mail=TEACHER)


def test_from_an_address_to_a_receipt(client: Client, place: Northmere) -> None:
    assert client.get(PATH).status_code == 200
    assert asks(client)["Location"] == "/visit/code"
    assert types(client, newest_code())["Location"] == "/visit/who"
    assert says(client, "Nell Hart", "Reception teacher")["Location"] == "/raise"
    case = raises(client, place)
    receipt = client.get(f"/raise/sent/{case.reference}")
    assert receipt.status_code == 200
    assert "a link by which you answer without an account" in receipt.content.decode()
    entry = read_whole(case.case)[0]
    assert entry.names["actor_name"] == "Nell Hart"
    assert entry.names["actor_post"] == "Reception teacher, Oakfield Primary School (as stated)"
    assert entry.recorded.actor.person == person().id


def test_what_she_has_to_do_next_comes_with_a_link(client: Client, place: Northmere) -> None:
    comes_in(client)
    case = raises(client, place)
    row = OutboxRow.objects.filter(case=case.case, template="new_duty").first()
    assert row is not None
    (to,) = recipients_of(row, timezone.now())  # type: ignore[misc]  # somebody, or the test fails
    assert (to.address, to.has_account) == (TEACHER, False)


def test_the_second_time_she_is_the_same_person_in_the_same_post(place: Northmere) -> None:
    comes_in(Client())
    again = Client()
    asks(again, TEACHER.upper())
    assert types(again, newest_code())["Location"] == "/visit/who"
    stands_there = drawn(again.get("/visit/who"))
    assert 'value="Nell Hart"' in stands_there
    assert 'value="Reception teacher"' in stands_there
    assert says(again, "Nell Hart", "Reception teacher")["Location"] == "/raise"
    assert Person.objects.filter(name="Nell Hart").count() == 1
    assert Holding.objects.filter(person=person()).count() == 1


def test_once_her_agency_has_confirmed_her_nobody_asks_who_she_is(place: Northmere) -> None:
    comes_in(Client())
    upkeep.change_person(person=person().id, name="Nell Hart", mail=TEACHER)
    again = Client()
    asks(again)
    assert types(again, newest_code())["Location"] == "/raise"


def test_she_goes_on_with_what_she_began_and_with_nothing_else(place: Northmere) -> None:
    client = Client()
    comes_in(client)
    draft = begin(client)
    another = drafts.start(person=place.teacher, now=timezone.now(), key=d.new_id())
    again = Client()
    comes_in(again)
    assert f"/raise/{draft}" in again.get("/raise/drafts").content.decode()
    assert again.get(f"/raise/{another}").status_code == 404
    for path in ("/visit", "/cases/00000000", "/cases/00000000/risk"):
        assert again.get(path).status_code == 404, path
    assert again.get("/me")["Location"].startswith("/sign-in")


def test_her_own_case_is_not_open_to_her_by_the_code_alone(place: Northmere) -> None:
    client = Client()
    comes_in(client)
    case = raises(client, place)
    for path in ("", "/risk", "/withdraw", "/answer"):
        assert client.get(f"/cases/{case.reference}{path}").status_code == 404, path


def test_she_comes_into_the_directory_by_events_that_say_how(place: Northmere) -> None:
    comes_in(Client())
    events = Event.objects.filter(stream=f"directory-{place.school}").order_by("version")
    assert [event.type for event in events] == ["person_added", "post_added", "holder_appointed"]
    assert all('"capacity":"stated"' in event.actor for event in events)
    post = Post.objects.get(holdings__person=person())
    assert (post.agency_id, post.tier, post.title) == (
        place.school,
        "practitioner",
        "Reception teacher",
    )
    (told,) = Notice.objects.filter(kind="visited")
    assert told.to == place.lead_post


def test_the_directory_says_what_is_only_as_she_stated_it_until_somebody_confirms_it(
    client: Client, place: Northmere
) -> None:
    comes_in(client)
    holding = Holding.objects.get(person=person())
    lead = signed_in(Holding.objects.get(post=place.lead_post).person_id, "lead@x.example")
    agency = f"/directory/agencies/{place.school}"
    pages = (agency, f"/directory/posts/{holding.post_id}", f"/directory/people/{person().id}")
    said = [drawn(lead.get(path)) for path in pages]
    assert ["s stated" in page for page in said] == [True] * 3
    assert said[0].count(">As stated<") == 1
    theirs = Holding.objects.get(post=place.teacher_post)
    others = (f"/directory/posts/{theirs.post_id}", f"/directory/people/{theirs.person_id}")
    assert ["s stated" in drawn(lead.get(path)) for path in others] == [False] * 2
    assert lead.post(f"{agency}/confirm", {"idempotency_key": d.new_id()}).status_code == 303
    assert ["s stated" in drawn(lead.get(path)) for path in pages] == [False] * 3


@pytest.mark.parametrize(
    "email", ["somebody@elsewhere.example", "x@sub.oakfield.example", "amara@oakfield.example"]
)
def test_the_page_is_the_same_for_an_address_that_is_let_in_nowhere(
    client: Client, place: Northmere, email: str
) -> None:
    d.an_account(place.teacher, "amara@oakfield.example")
    known, other = Client(), Client()
    answers = [asks(known), asks(other, email)]
    assert answers[0]["Location"] == answers[1]["Location"]
    pages = [c.get("/visit/code") for c in (known, other)]
    assert len({len(page.content) for page in pages}) == 1
    assert types(other, "12345678").status_code == 422
    letter = str(mail.outbox[-1].body)
    assert "Your code is" not in letter
    assert ("/sign-in" if email.startswith("amara") else "speak to the other agency now") in letter


def test_several_agencies_may_share_their_addresses(client: Client, place: Northmere) -> None:
    AgencyDomain.objects.create(agency_id=place.police, domain="oakfield.example")
    asks(client)
    types(client, newest_code())
    assert says(client, "Nell Hart", "Constable").status_code == 422
    made_up = {"name": "Nell Hart", "title": "Constable", "agency": place.care}
    assert client.post("/visit/who", made_up).status_code == 422
    answer = client.post("/visit/who", made_up | {"agency": place.police})
    assert answer["Location"] == "/raise"
    assert Post.objects.get(holdings__person=person()).agency_id == place.police


def test_whoever_has_left_is_not_let_in_by_an_old_mailbox(place: Northmere) -> None:
    client = Client()
    comes_in(client)
    begin(client)
    holding = Holding.objects.get(person=person())
    changes.end_holding(holding=holding.id, until_on=timezone.now().date())
    assert client.get("/raise").status_code == 403
    again = Client()
    asks(again)
    assert "Your code is" not in str(mail.outbox[-1].body)


def test_whoever_is_signed_in_goes_on_as_they_are(client: Client, place: Northmere) -> None:
    from tests.signed_in import sign_in

    sign_in(client, d.an_account(place.teacher))
    assert client.get(PATH)["Location"] == "/raise"
    assert Account.objects.count() == 1


@pytest.mark.parametrize("path", ["/visit/code", "/visit/who"])
def test_nobody_begins_in_the_middle(client: Client, place: Northmere, path: str) -> None:
    assert client.get(path).status_code == 410
    asks(client)
    assert client.get("/visit/who").status_code == 410
    assert says(client).status_code == 410
    assert not Person.objects.filter(mail=TEACHER).exists()
