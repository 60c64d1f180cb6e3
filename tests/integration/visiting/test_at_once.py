"""Many at once: of fifty who use one code at the same moment, at most one gets in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections
from django.test import Client

from counterpart.people import mailcodes
from counterpart.people.models import MailCode
from tests.integration.visiting.mail import asks, newest_code, types, waiting

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 50
NOW = datetime.now(UTC)
Given = TypeVar("Given")
Answer = TypeVar("Answer")


def all_at_once(act: Callable[[Given], Answer], given: Sequence[Given]) -> list[Answer]:
    """Everybody does it at the same moment, each over a connection of their own."""
    ready = Barrier(len(given))

    def one(each: Given) -> Answer:
        try:
            ready.wait(timeout=60)
            return act(each)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def test_fifty_uses_of_one_code_are_one() -> None:
    code, figures = mailcodes.make_code(address="a@x.example", about="", is_known=True, now=NOW)
    used = all_at_once(lambda _: mailcodes.use_code(code, figures, NOW), range(AT_ONCE))
    assert used.count(True) == 1


def test_of_fifty_wrong_codes_at_once_five_are_looked_at() -> None:
    code, figures = mailcodes.make_code(address="a@x.example", about="", is_known=True, now=NOW)
    wrong = f"{(int(figures) + 1) % 10**8:08}"
    used = all_at_once(lambda _: mailcodes.use_code(code, wrong, NOW), range(AT_ONCE))
    assert used.count(True) == 0
    assert MailCode.objects.get(id=code).tries == mailcodes.MOST_TRIES
    assert not mailcodes.use_code(code, figures, NOW)


def test_fifty_windows_of_one_browser_with_one_code_are_one(client: Client) -> None:
    case = waiting()
    asks(client, case.path)
    code = newest_code()
    windows = [Client() for _ in range(AT_ONCE)]
    for one in windows:
        one.cookies = client.cookies
    answers = all_at_once(lambda one: types(one, code).status_code, windows)
    assert answers.count(303) <= 1
    assert set(answers) <= {303, 410, 422}
