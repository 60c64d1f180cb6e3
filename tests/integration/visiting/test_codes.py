"""The code that is sent to a mailbox: once, for a while, for few tries, and never a guess."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.utils import timezone

from counterpart.people import mailcodes
from counterpart.people.models import AgencyDomain, MailCode
from counterpart.web.visiting import sending
from tests.integration.visiting.mail import (
    MAILBOX,
    Waiting,
    asks,
    comes_in,
    drawn,
    newest_code,
    types,
)

pytestmark = pytest.mark.django_db

ASK = "/raise/without-account"


def test_a_code_works_once_in_the_browser_that_asked(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    assert types(Client(), code).status_code == 410
    other = Client()
    asks(other, case.path)
    assert types(other, code).status_code == 422
    assert types(client, code).status_code == 303
    assert types(client, code).status_code == 422


def test_after_five_wrong_codes_the_right_one_is_wrong_too(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _ in range(5):
        assert types(client, wrong).status_code == 422
    answer = types(client, code)
    assert (answer.status_code, "can no longer be used" in drawn(answer)) == (422, True)
    assert client.get("/visit").status_code == 303


def test_a_thousand_tries_get_nobody_in(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code, now = MailCode.objects.get(), timezone.now()
    right = newest_code()
    tried = (f"{n:08}" for n in range(1000) if f"{n:08}" != right)
    assert not any(mailcodes.use_code(code.id, figures, now) for figures in tried)
    assert not mailcodes.use_code(code.id, right, now)
    assert MailCode.objects.get().tries == mailcodes.MOST_TRIES


def test_the_mail_server_is_down(client: Client, case: Waiting, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "tests.integration.signin.down.Backend"
    answer = asks(client, case.path)
    assert (answer.status_code, "could not be sent just now" in drawn(answer)) == (422, True)
    assert client.get("/visit/code").status_code == 410


def test_a_code_is_good_for_fifteen_minutes(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    MailCode.objects.update(made_at=timezone.now() - mailcodes.VALID_FOR)
    assert types(client, newest_code()).status_code == 422


@pytest.mark.parametrize("typed", ["", "1234", "é" * 8, "١٢٣٤٥٦٧٨", "1" * 5000, "12345678'--"])
def test_what_could_be_no_code_is_refused(client: Client, case: Waiting, typed: str) -> None:
    asks(client, case.path)
    assert types(client, typed).status_code == 422


def test_a_code_may_be_typed_with_spaces(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    assert types(client, f" {code[:4]} - {code[4:]} ").status_code == 303


def test_asking_again_and_again_leads_to_the_code_that_was_sent(
    client: Client, case: Waiting
) -> None:
    asked = [asks(client, case.path) for _ in range(7)]
    assert [answer.status_code for answer in asked] == [303] * 7
    assert len(mail.outbox) == 5
    assert "We sent an email at" in drawn(client.get("/visit/code"))
    assert types(client, newest_code()).status_code == 303


def test_five_codes_an_hour_by_one_link_and_then_none_in_another_browser(case: Waiting) -> None:
    assert [asks(Client(), case.path).status_code for _ in range(6)] == [303] * 5 + [422]
    assert len(mail.outbox) == 5


def strangers(address: str, ips: range) -> list[int]:
    """Many who ask for a code to somebody else's mailbox, six times each from where they are."""
    return [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(ASK, {"email": address}).status_code
        for n in ips
        for _ in range(6)
    ]


def test_strangers_use_up_nothing_of_what_a_valid_link_has(client: Client, case: Waiting) -> None:
    assert 422 in strangers(MAILBOX, range(1, 12))
    assert asks(client, case.path).status_code == 303
    assert types(client, newest_code()).status_code == 303


def test_strangers_from_one_place_use_up_nothing_of_what_the_owner_has_elsewhere() -> None:
    assert strangers(MAILBOX, range(1, 2)) == [303] * 5 + [422]
    assert strangers(MAILBOX, range(2, 3))[0] == 303


def test_whoever_came_in_by_a_mailbox_before_gets_a_code_whatever_strangers_do(
    case: Waiting,
) -> None:
    place = case.place
    AgencyDomain.objects.create(agency_id=place.agencies["care"], domain="surgery.example")
    owner = Client(REMOTE_ADDR="203.0.113.200")
    comes_in(owner, case.path)
    owner.post("/sign-out")
    assert strangers(MAILBOX, range(1, 12)).count(303) == 20
    assert Client(REMOTE_ADDR="203.0.113.201").post(ASK, {"email": MAILBOX}).status_code == 422
    assert owner.post(ASK, {"email": MAILBOX}).status_code == 303
    assert types(owner, newest_code()).status_code == 303
    assert owner.post(ASK, {"email": "another@surgery.example"}).status_code == 303


def test_a_made_up_mark_of_a_mailbox_is_worth_nothing(case: Waiting) -> None:
    strangers(MAILBOX, range(1, 12))
    liar = Client(REMOTE_ADDR="203.0.113.201")
    liar.cookies[sending.cookie()] = "made:up:mark"
    assert liar.post(ASK, {"email": MAILBOX}).status_code == 422
