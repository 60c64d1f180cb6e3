"""The public pages ask nothing of the session, and of the database only which policies are in force.

A question to the database fails a test here, but for the pages about policies: those ask, and stand without an answer.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings as ours
from django.db import OperationalError, connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from counterpart.access.routes import PUBLIC, rule_of

OF_A_POLICY = {
    "public:policy_of": {"policy": "brent"},
    "public:picture": {"policy": "brent"},
    "public:opposite_of": {"policy": "brent"},
    "public:clauses": {"policy": "brent"},
    "public:changes": {"policy": "brent", "other": "brent"},
}
ASKS = {*OF_A_POLICY, "public:policy", "public:deadline", "public:opposites"}
"""The pages that show which policies are in force."""


def _public_routes(
    found: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[str]:
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _public_routes(each.url_patterns, inner)
        elif space == "public:" and (rule := rule_of(each.callback)) and rule.kind == PUBLIC:
            yield f"{space}{each.name}"


def _address(name: str) -> str:
    return reverse(name, kwargs=OF_A_POLICY.get(name))


@pytest.fixture
def visitor() -> Client:
    """Somebody who has been here before: their browser sends a session along."""
    client = Client()
    client.cookies[ours.SESSION_COOKIE_NAME] = "s" * 32
    return client


@pytest.mark.parametrize("name", sorted(set(_public_routes()) - ASKS))
def test_a_public_page_answers_without_asking_the_database(visitor: Client, name: str) -> None:
    answer = visitor.get(_address(name))
    assert answer.status_code in {200, 303}
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ASKS))
def test_a_page_about_policies_stands_while_the_database_is_down(
    visitor: Client, name: str
) -> None:
    with connection.execute_wrapper(_refuses):
        answer = visitor.get(_address(name))
    assert answer.status_code in {200, 303}
    assert not answer.cookies


def _refuses(*_: object) -> None:
    raise OperationalError("nobody is there")


def test_the_emergency_pages_are_among_the_public_ones() -> None:
    wanted = {
        "home",
        "danger",
        "referral",
        "other_routes",
        "whistleblowing",
        "lado",
        "not_safe",
        "complaint",
    }
    assert {f"public:{name}" for name in wanted} <= set(_public_routes())


def test_an_installation_without_local_numbers_says_where_to_find_them(
    settings: object, visitor: Client
) -> None:
    settings.CONTACTS_FILE = None  # type: ignore[attr-defined]  # pytest-django's settings
    page = visitor.get("/referral").content.decode()
    assert "gov.uk/report-child-abuse-to-local-council" in page
    assert "0808 800 5000" in page
    assert "020 7946" not in page


@pytest.mark.django_db
def test_a_policy_that_is_not_there_is_not_found(visitor: Client) -> None:
    assert visitor.get("/policy/nowhere").status_code == 404


@pytest.mark.django_db
def test_no_page_carries_script_or_style_of_its_own(visitor: Client) -> None:
    for name in _public_routes():
        page = visitor.get(_address(name)).content.decode()
        assert " style=" not in page, name
        assert " onclick=" not in page, name
        assert page.count("<script") == page.count("<script src=") + page.count(
            '<script type="module" src='
        ), name
