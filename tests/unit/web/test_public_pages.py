"""The public pages ask nothing of the database or the session: here any such question fails the test."""

from collections.abc import Iterator

import pytest
from django.conf import settings as ours
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from counterpart.access.routes import PUBLIC, rule_of

OF_A_POLICY = {
    "public:policy_of": {"policy": "brent"},
    "public:picture": {"policy": "brent"},
    "public:opposite_of": {"policy": "brent"},
    "public:changes": {"policy": "brent", "other": "brent"},
}


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


@pytest.mark.parametrize("name", sorted(_public_routes()))
def test_a_public_page_answers_without_asking_the_database(visitor: Client, name: str) -> None:
    answer = visitor.get(_address(name))
    assert answer.status_code in {200, 303}
    assert not answer.cookies


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


def test_a_policy_that_is_not_there_is_not_found(visitor: Client) -> None:
    assert visitor.get("/policy/nowhere").status_code == 404


def test_the_policy_page_goes_straight_to_the_only_policy_there_is(visitor: Client) -> None:
    answer = visitor.get("/policy")
    assert answer.status_code in {200, 303}


def test_no_page_carries_script_or_style_of_its_own(visitor: Client) -> None:
    for name in _public_routes():
        page = visitor.get(_address(name)).content.decode()
        assert " style=" not in page, name
        assert " onclick=" not in page, name
        assert page.count("<script") == page.count("<script src=") + page.count(
            '<script type="module" src='
        ), name
