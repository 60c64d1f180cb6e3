"""Signing in and out, by password and by code, through the pages."""

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from counterpart.people import changes
from counterpart.people.models import Account
from counterpart.web.signin import forms, sessions
from tests.directory import PASSWORD, a_person, an_account

pytestmark = pytest.mark.django_db

ADDRESS = "amara.osei@oakfield.example"
NOBODYS = "nobody@oakfield.example"
CODE = re.compile(r"Your code is (\S+)")


@pytest.fixture(autouse=True)
def _no_tries_yet(settings: LazySettings) -> None:
    """An empty throttle, and a hasher that is quick: the real one takes its time on purpose."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client() -> Client:
    """A browser over TLS, as an installation has it."""
    return Client(**{"wsgi.url_scheme": "https"})  # type: ignore[arg-type]  # the environment of a request


@pytest.fixture
def account() -> Account:
    """An account with a password."""
    return an_account(a_person(), ADDRESS, password=PASSWORD)


def send(
    client: Client, email: str = ADDRESS, password: str = PASSWORD, **more: str
) -> HttpResponse:
    """Send the sign-in page."""
    return client.post("/sign-in", {"email": email, "password": password, **more})  # type: ignore[return-value]  # close enough


def ask(client: Client, email: str = ADDRESS, **more: str) -> HttpResponse:
    """Ask for a code."""
    return client.post("/sign-in/code", {"email": email, **more})  # type: ignore[return-value]  # close enough


def enter(client: Client, code: str, **more: str) -> HttpResponse:
    """Type a code."""
    return client.post("/sign-in/code/enter", {"code": code, **more})  # type: ignore[return-value]  # close enough


def code_in_the_letter() -> str:
    """The code in the last letter sent."""
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    return found[1]


def is_signed_in(client: Client) -> bool:
    """Whether a page for people signed in would be shown."""
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in(client: Client, account: Account) -> None:
    response = send(client)
    assert (response.status_code, response["Location"]) == (302, "/me")
    assert is_signed_in(client)


def test_the_address_may_be_typed_in_any_case_with_spaces_about_it(
    client: Client, account: Account
) -> None:
    assert send(client, "  Amara.Osei@Oakfield.Example ").status_code == 302


def test_the_session_id_changes_at_sign_in(
    client: Client, account: Account, settings: LazySettings
) -> None:
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    send(client)
    assert client.session.session_key != session.session_key


def test_a_wrong_password_an_unknown_address_and_a_closed_account_get_the_same_page(
    client: Client, account: Account
) -> None:
    wrong = send(client, password="not the right sentence")
    unknown = send(client, NOBODYS)
    changes.close_account(account=account.id)
    closed = send(client)
    pages = [without_what_differs(response) for response in (wrong, unknown, closed)]
    assert pages[0] == pages[1] == pages[2]
    assert wrong.status_code == unknown.status_code == closed.status_code == 422
    assert forms.WRONG.encode() in wrong.content


def without_what_differs(response: HttpResponse) -> str:
    """A page without the address typed, its key and its token."""
    page = response.content.decode().replace(ADDRESS, "…").replace(NOBODYS, "…")
    return re.sub(r'(idempotency_key|csrfmiddlewaretoken)" value="[^"]*"', "", page)


def test_what_was_typed_is_kept_but_for_the_password(client: Client, account: Account) -> None:
    page = send(client, password="not the right sentence").content.decode()
    assert f'value="{ADDRESS}"' in page
    assert "not the right sentence" not in page


@pytest.mark.parametrize(
    "email", ["", "amara", "amara@", "a" * 300 + "@oakfield.example", "a\0b@x.example"]
)
def test_an_address_that_cannot_be_one_is_refused_on_the_page(client: Client, email: str) -> None:
    assert send(client, email).status_code == 422
    assert ask(client, email).status_code == 422


def test_after_five_wrong_passwords_the_account_waits_but_a_code_still_works(
    client: Client, account: Account
) -> None:
    for _ in range(5):
        send(client, password="not the right sentence")
    shut = send(client)
    assert shut.status_code == 422
    assert forms.TOO_MANY.encode() in shut.content
    ask(client)
    assert enter(client, code_in_the_letter()).status_code == 302
    assert is_signed_in(client)


def test_one_account_waiting_does_not_make_another_wait(client: Client, account: Account) -> None:
    for _ in range(6):
        send(client, NOBODYS)
    assert send(client).status_code == 302


def test_after_thirty_failures_from_one_address_that_address_waits(
    client: Client, account: Account
) -> None:
    for n in range(30):
        send(client, f"nobody{n}@oakfield.example")
    assert forms.TOO_MANY.encode() in send(client).content
    elsewhere = Client(**{"wsgi.url_scheme": "https", "REMOTE_ADDR": "192.0.2.7"})  # type: ignore[arg-type]  # as above
    assert send(elsewhere).status_code == 302


def test_a_forged_forwarding_header_does_not_make_another_address(
    client: Client, account: Account
) -> None:
    for n in range(30):
        client.post(
            "/sign-in",
            {"email": f"nobody{n}@oakfield.example", "password": PASSWORD},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
    assert forms.TOO_MANY.encode() in send(client).content


def test_a_code_signs_in_once_however_it_is_typed(client: Client, account: Account) -> None:
    assert ask(client)["Location"] == "/sign-in/code/enter"
    code = code_in_the_letter()
    assert enter(client, f" {code.lower().replace('-', ' ')} ").status_code == 302
    assert is_signed_in(client)
    client.post("/sign-out")
    assert enter(client, code)["Location"] == "/sign-in/code?why=again"
    assert not is_signed_in(client)


def test_a_code_is_good_only_in_the_browser_that_asked(client: Client, account: Account) -> None:
    ask(client)
    other = Client(**{"wsgi.url_scheme": "https"})  # type: ignore[arg-type]  # as above
    assert enter(other, code_in_the_letter())["Location"] == "/sign-in/code?why=again"
    assert not is_signed_in(other)


def test_five_wrong_codes_end_the_code(client: Client, account: Account) -> None:
    ask(client)
    for _ in range(4):
        assert enter(client, "BBBB-BBBB").status_code == 422
    assert enter(client, "BBBB-BBBB")["Location"] == "/sign-in/code?why=again"
    assert enter(client, code_in_the_letter())["Location"] == "/sign-in/code?why=again"


def test_asking_for_a_code_says_the_same_with_and_without_an_account(
    client: Client, account: Account
) -> None:
    known, unknown = ask(client), ask(client, NOBODYS)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [m.to for m in mail.outbox] == [[ADDRESS], [NOBODYS]]
    page = client.get("/sign-in/code/enter").content.decode()
    assert NOBODYS not in page
    assert enter(client, "BBBB-BBBB").status_code == 422
    assert enter(client, "").status_code == 422


def test_codes_to_one_address_are_limited(client: Client, account: Account) -> None:
    for _ in range(5):
        assert ask(client).status_code == 302
    shut = ask(client)
    assert shut.status_code == 422
    assert forms.TOO_MANY_CODES.encode() in shut.content
    assert len(mail.outbox) == 5


def test_a_letter_holds_no_name_and_no_address(client: Client, account: Account) -> None:
    ask(client)
    ask(client, NOBODYS)
    for message in mail.outbox:
        text = f"{message.subject} {message.body}"
        assert "Amara" not in text
        assert "@" not in text


@pytest.mark.parametrize("path", ["/me", "/cases/7F3K92MQ", "/raise?step=2"])
def test_a_local_path_is_gone_back_to(client: Client, account: Account, path: str) -> None:
    assert send(client, next=path)["Location"] == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil",
        "https:evil.example", "https://testserver/me", "/\t/evil.example", "\\\\evil.example",
    ],
)  # fmt: skip
def test_nowhere_else_is_gone_to(client: Client, account: Account, elsewhere: str) -> None:
    assert send(client, next=elsewhere)["Location"] == "/me"


def test_a_code_goes_back_to_where_one_was_going(client: Client, account: Account) -> None:
    response = ask(client, next="/cases/7F3K92MQ")
    assert response["Location"] == "/sign-in/code/enter?next=%2Fcases%2F7F3K92MQ"
    response = enter(client, code_in_the_letter(), next="/cases/7F3K92MQ")
    assert response["Location"] == "/cases/7F3K92MQ"


def test_the_password_page_can_be_gone_back_to_while_a_code_is_awaited(
    client: Client, account: Account
) -> None:
    ask(client)
    assert client.get("/sign-in").status_code == 200
    assert send(client).status_code == 302


def test_signing_out_ends_the_session_and_clears_the_browser(
    client: Client, account: Account, settings: LazySettings
) -> None:
    send(client)
    response = client.post("/sign-out")
    assert (response.status_code, response["Location"]) == (303, "/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    gone = {name for name, cookie in response.cookies.items() if cookie["max-age"] == 0}
    assert gone == {settings.SESSION_COOKIE_NAME, sessions.used_cookie()}
    assert not is_signed_in(client)
    assert client.get("/sign-out").status_code == 405


def test_cookies_are_kept_from_scripts_and_from_plain_http(
    client: Client, account: Account, settings: LazySettings
) -> None:
    response = send(client)
    assert {settings.SESSION_COOKIE_NAME, sessions.used_cookie()} <= set(response.cookies)
    for cookie in response.cookies.values():
        assert bool(cookie["secure"]) is settings.SESSION_COOKIE_SECURE  # not in the demonstration
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_the_mail_server_being_down_is_said_on_the_page(
    client: Client, account: Account, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "tests.integration.signin.down.Backend"
    response = ask(client)
    assert response.status_code == 422
    assert b"could not be sent just now" in response.content
    assert ask(client, NOBODYS).status_code == 422


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-in/account", "/sign-in?why=idle"]
)
def test_the_pages_are_shown_and_not_stored(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert path == "/sign-in/account" or "no-store" in response["Cache-Control"]


def test_markup_in_where_to_go_next_is_text(client: Client) -> None:
    page = client.get("/sign-in", {"next": '"><script>alert(1)</script>'}).content
    assert b"<script>alert" not in page


def test_a_password_is_kept_by_argon2_and_no_other_way() -> None:
    from counterpart.web.signin import settings as ours

    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_wrong_password_costs_the_same_with_and_without_an_account(
    client: Client, account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as known:
        send(client, password="not the right sentence")
    cache.clear()
    with django_assert_num_queries(len(known)):
        send(client, NOBODYS, password="not the right sentence")


def test_signing_in_over_another_account_begins_a_session_that_lasts(
    client: Client, account: Account
) -> None:
    other = an_account(a_person(name="Ravi"), "ravi@oakfield.example", password=PASSWORD)
    send(client, "ravi@oakfield.example")
    changes.set_password(account=other, password="another sentence of some length")
    assert client.get("/me").status_code == 303
    send(client)
    assert client.get("/me").status_code == 200
