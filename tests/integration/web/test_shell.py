"""The frame of a page for somebody signed in: who they are, where they can go, what was just done."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from counterpart.people.models import Account
from counterpart.web.pages import page
from counterpart.web.shell import public_shell, signed_in_shell
from tests.directory import a_partnership, a_person, a_post, an_account

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)


def _asked_by(person: str, path: str = "/desk") -> HttpRequest:
    account = an_account(person, f"{person}@oakfield.example")
    request = RequestFactory().get(path)
    request.user = Account.objects.get(pk=account.pk)
    request.now = NOW  # type: ignore[attr-defined]  # as `signin.sessions.OneInstant` does
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # as the middleware does
    return request


def _business_manager() -> str:
    return a_person(a_post(a_partnership(), tier="business_manager", title="Business manager"))


def test_a_practitioner_is_named_and_has_no_desk() -> None:
    shell = signed_in_shell(_asked_by(a_person(name="Amara Osei")))
    assert shell.person == "Amara Osei"
    assert [link.text for link in shell.navigation] == ["My page", "Raise a concern"]


def test_a_business_manager_has_a_desk_and_sees_where_they_are() -> None:
    shell = signed_in_shell(_asked_by(_business_manager(), "/desk/find"))
    assert [link.text for link in shell.navigation] == [
        "My page",
        "Desk",
        "Referred to you",
        "Raise a concern",
    ]
    assert [link.text for link in shell.navigation if link.is_here] == ["Desk"]


def test_the_frame_asks_the_database_the_same_few_questions_for_everybody(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    request = _asked_by(_business_manager())
    with django_assert_max_num_queries(4):
        signed_in_shell(request)


def test_signing_out_is_a_form_and_what_was_done_is_said_once() -> None:
    request = _asked_by(a_person(name="Amara Osei"))
    request._messages.add(25, "Added to the record.")  # type: ignore[attr-defined]  # SUCCESS
    drawn = page(request, "errors/403.jinja").content.decode()
    assert 'action="/sign-out"' in drawn
    assert "Added to the record." in drawn
    assert "csrfmiddlewaretoken" in drawn


def test_the_public_frame_knows_nobody() -> None:
    request = RequestFactory().get("/danger")  # no user, no session, no messages: asking would fail
    shell = public_shell(request)
    assert shell.person == ""
    assert [link.text for link in shell.navigation if link.is_here] == ["A child in danger"]
