"""Codes and links that are not right are counted, and many of them told to the partnership they are about."""

from __future__ import annotations

import pytest
from django.test import Client

from counterpart.access.kinds import ALERT_WORDS, GUESSES
from counterpart.access.models import Alert
from counterpart.messages.models import OutboxRow
from counterpart.people import mailcodes
from counterpart.people.models import AgencyDomain, WrongTry
from tests import directory as d
from tests.integration.visiting.mail import (
    MAILBOX,
    Waiting,
    answers,
    asks,
    comes_in,
    drawn,
    the_form,
    types,
)
from tests.integration.web.northmere import signed_in

pytestmark = pytest.mark.django_db

MANY = mailcodes.MANY_WRONG


@pytest.fixture
def lead(case: Waiting) -> str:
    """The post of the partnership's data protection lead."""
    post = d.a_post(case.place.partnership, "data_protection_lead", "Data protection lead")
    d.a_person(post, name="Dana Price")
    return post


@pytest.fixture
def elsewhere() -> str:
    """The data protection lead of another partnership of the installation."""
    post = d.a_post(d.a_partnership("Southmere"), "data_protection_lead", "Data protection lead")
    d.a_person(post, name="Sol Ames")
    return post


def told() -> list[str]:
    """The posts that are owed an e-mail of an alert."""
    return sorted(OutboxRow.objects.filter(template="alert").values_list("to", flat=True))


def somewhere(n: int) -> Client:
    """A browser at an address of its own."""
    return Client(REMOTE_ADDR=f"203.0.113.{n}")


def test_posts_to_an_altered_link_are_told_to_the_partnership_of_its_case(
    case: Waiting, lead: str, elsewhere: str
) -> None:
    altered = f"/answer/{case.row.id}.altered"
    for n in range(MANY - 1):
        somewhere(n).post(altered)
    assert not Alert.objects.exists()
    for n in range(3):
        somewhere(n + 100).post(altered)
    (alert,) = Alert.objects.all()
    assert (alert.kind, alert.partnership) == ("guesses", case.place.partnership)
    assert told() == [lead]


def test_looking_at_altered_links_counts_and_at_a_good_one_does_not(
    case: Waiting, lead: str
) -> None:
    for n in range(MANY + 5):
        assert somewhere(n).get(case.path).status_code == 200
    assert not WrongTry.objects.exists()
    for n in range(MANY):
        assert somewhere(n).get(f"/answer/{case.row.id}.altered{n}").status_code == 410
    assert told() == [lead]


def test_a_form_sent_by_a_link_that_is_over_counts_and_looking_at_it_does_not(
    client: Client, case: Waiting
) -> None:
    comes_in(client, case.path)
    answers(client, the_form(case))
    other = Client()
    assert other.get(case.path).status_code == 410
    assert not WrongTry.objects.exists()
    assert other.post(case.path).status_code == 410
    assert other.post(f"{case.path}/again").status_code == 410
    assert WrongTry.objects.count() == 2


def test_wrong_codes_at_one_mailbox_are_counted_wherever_they_come_from(
    case: Waiting, lead: str, elsewhere: str
) -> None:
    AgencyDomain.objects.create(agency_id=case.place.agencies["care"], domain="surgery.example")
    for n in range(MANY // 5):
        client = somewhere(n)
        client.post("/raise/without-account", {"email": MAILBOX})
        for _ in range(5):
            types(client, "not right")
            types(client, "00000000")
    assert told() == [lead]


def test_wrong_codes_by_a_link_are_told_to_the_partnership_of_its_case(
    case: Waiting, lead: str, elsewhere: str
) -> None:
    for n in range(4):
        client = somewhere(n)
        asks(client, case.path)
        for _ in range(5):
            types(client, "00000000")
    assert told() == [lead]


def test_few_at_each_of_many_places_are_no_alert(case: Waiting, lead: str) -> None:
    other = OutboxRow.objects.exclude(id=case.row.id).filter(template="new_duty").first()
    assert other is not None
    for n in range(MANY - 1):
        somewhere(n).get(f"/answer/{case.row.id}.x")
        somewhere(n + 100).get(f"/answer/{other.id}.x")
    assert not Alert.objects.exists()


def test_where_it_cannot_be_known_every_partnerships_lead_is_told_once(
    client: Client, case: Waiting, lead: str, elsewhere: str
) -> None:
    for n in range(MANY + 10):
        client.get(f"/answer/made-up-{n}")
    (alert,) = Alert.objects.all()
    assert alert.partnership == ""
    assert told() == sorted([lead, elsewhere])
    holder = signed_in(d.a_person(elsewhere, name="Second Lead"), "second@x.example")
    assert ALERT_WORDS[GUESSES] in drawn(holder.get("/who-looked"))
    assert holder.post(f"/who-looked/alerts/{alert.pk}/seen-to").status_code == 303
    assert ALERT_WORDS[GUESSES] not in drawn(holder.get("/who-looked"))
    assert WrongTry.objects.filter(about="").count() == MANY + 10


def test_what_is_kept_of_a_wrong_try_can_be_read_by_nobody(case: Waiting) -> None:
    asks(somewhere(7), case.path)
    somewhere(7).post(f"/answer/{case.row.id}.altered")
    (row,) = WrongTry.objects.all()
    assert case.row.id not in row.about
    assert "203.0.113" not in row.came_from


def test_a_flood_is_not_written_down_for_ever(client: Client, case: Waiting) -> None:
    for n in range(5):
        WrongTry.objects.bulk_create(
            WrongTry(kind="link", about=f"{n}", came_from="", at=case.row.made_at)
            for _ in range(10)
        )
    client.get("/answer/made-up")
    mark = WrongTry.objects.exclude(came_from="").get()
    WrongTry.objects.bulk_create(
        WrongTry(kind="link", came_from=mark.came_from, at=mark.at)
        for _ in range(mailcodes.MOST_NOTED)
    )
    before = WrongTry.objects.count()
    client.get("/answer/made-up")
    assert WrongTry.objects.count() == before
