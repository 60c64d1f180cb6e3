"""Many at once: one code and one link let one in, and the limits on tries hold over all of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from counterpart.casework import accounts
from counterpart.casework.actors import by_command
from counterpart.people.invitations import path_of
from counterpart.people.models import Account
from counterpart.web.signin import factors
from tests.directory import PASSWORD, a_partnership, a_person, a_post, an_agency
from tests.integration.signin.somebody import browser, second_step, sign_in, with_post
from tests.second_steps import code_of, set_up_app

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 50


def all_at_once(act: Callable[[Client], int], clients: list[Client]) -> list[int]:
    """Everybody does it at the same moment, each over a connection of their own: the answers' status."""
    ready = Barrier(len(clients))

    def one(client: Client) -> int:
        try:
            ready.wait(timeout=60)
            return act(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(one, clients))


def test_fifty_with_one_recovery_code_are_one(client: Client) -> None:
    account = with_post("practitioner")
    sign_in(client)
    _, codes = set_up_app(client)
    clients = [browser(REMOTE_ADDR=f"192.0.2.{n}") for n in range(AT_ONCE)]
    for one in clients:
        sign_in(one)
    answers = all_at_once(lambda one: second_step(one, codes[0]).status_code, clients)
    assert answers.count(302) <= 1
    assert factors.codes_left(account) == 10 - answers.count(302)


def test_fifty_with_one_code_of_an_app_are_one(client: Client) -> None:

    with_post("practitioner")
    sign_in(client)
    secret, _ = set_up_app(client)
    clients = [browser(REMOTE_ADDR=f"192.0.2.{n}") for n in range(AT_ONCE)]
    for one in clients:
        sign_in(one)
    code = code_of(secret)
    answers = all_at_once(lambda one: second_step(one, code).status_code, clients)
    assert answers.count(302) <= 1


def test_fifty_with_one_link_are_one() -> None:
    person = a_person(a_post(an_agency(a_partnership())))
    made = accounts.invite(
        person=person, email="a@x.example", actor=by_command(), now=datetime.now(UTC)
    )
    path = path_of(made)
    clients = [browser(REMOTE_ADDR=f"192.0.2.{n}") for n in range(AT_ONCE)]
    answers = all_at_once(lambda one: one.post(path, {"password": PASSWORD}).status_code, clients)
    assert sorted(set(answers)) == [302, 410]
    assert answers.count(302) == 1
    assert Account.objects.filter(person=person).count() == 1


def test_of_fifty_wrong_passwords_at_once_no_more_than_five_are_looked_at(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with_post("practitioner")
    clients = [browser(REMOTE_ADDR=f"192.0.2.{n}") for n in range(AT_ONCE)]
    all_at_once(lambda one: sign_in(one, password="not the right one").status_code, clients)
    refused = [r for r in caplog.records if "was refused: account" in r.getMessage()]
    assert 1 <= len(refused) <= 5


def test_the_limits_are_kept_where_every_process_sees_them() -> None:
    """In a table, so that they count over all web processes and outlive a restart."""
    sign_in(browser(), "nobody@x.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM throttle WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] >= 2
