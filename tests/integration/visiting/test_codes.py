"""The code that is sent to a mailbox: once, for a while, for few tries, and never a guess."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from counterpart.people import mailcodes
from counterpart.people.models import MailCode
from tests.integration.visiting.mail import (
    Waiting,
    asks,
    drawn,
    newest_code,
    types,
)

pytestmark = pytest.mark.django_db


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
