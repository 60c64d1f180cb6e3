"""A session ends after 30 idle minutes and after 12 hours, and looking at pages writes nothing to keep it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from counterpart.access.routes import declared
from counterpart.people.models import Account
from counterpart.web.signin import sessions
from counterpart.web.signin.sessions import SessionLimits
from tests.directory import a_person, an_account

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 24, 8, tzinfo=UTC)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
A_MOMENT = timedelta(seconds=1)


@declared("signed_in")
def somewhere(_: HttpRequest) -> HttpResponse:
    """A page."""
    return HttpResponse()


@pytest.fixture
def account() -> Account:
    """Somebody."""
    return an_account(a_person())


def request_at(
    now: datetime, account: Account, *, used: datetime | None, began: datetime | None = BEGAN
) -> HttpRequest:
    """A request at `now` of a session that began and was last used when given."""
    request = RequestFactory().get("/")
    request.now = now  # type: ignore[attr-defined]  # as `OneInstant` sets it
    request.user = account
    request.session = SessionStore()
    if began:
        request.session[sessions.BEGAN] = began.isoformat()
    request.session.save()
    if used:
        key = str(request.session.session_key)
        request.COOKIES[sessions.used_cookie()] = sessions.sign_use(key, used)
    return request


@pytest.mark.parametrize(
    ("since_began", "since_used", "why"),
    [
        (timedelta(0), timedelta(0), ""),
        (IDLE, IDLE - A_MOMENT, ""),
        (IDLE, IDLE, "idle"),
        (ABSOLUTE - A_MOMENT, timedelta(minutes=1), ""),
        (ABSOLUTE, timedelta(minutes=1), "long"),
    ],
)
def test_each_limit_ends_it_at_the_very_moment(
    account: Account, since_began: timedelta, since_used: timedelta, why: str
) -> None:
    now = BEGAN + since_began
    assert sessions.ended_because(request_at(now, account, used=now - since_used)) == why


def test_a_session_that_never_began_or_was_never_used_has_ended(account: Account) -> None:
    assert sessions.ended_because(request_at(BEGAN, account, used=BEGAN, began=None)) == "long"
    assert sessions.ended_because(request_at(BEGAN, account, used=None)) == "idle"


def test_the_mark_of_another_session_does_not_count(account: Account) -> None:
    request = request_at(BEGAN, account, used=None)
    request.COOKIES[sessions.used_cookie()] = sessions.sign_use("another", BEGAN)
    assert sessions.ended_because(request) == "idle"


@pytest.mark.parametrize(
    "forged", ["", "2026-11-24T08:00:00+00:00", "x:y", "2099-01-01:" + "a" * 43]
)
def test_a_forged_mark_does_not_count(account: Account, forged: str) -> None:
    request = request_at(BEGAN, account, used=None)
    request.COOKIES[sessions.used_cookie()] = forged
    assert sessions.ended_because(request) == "idle"


def test_a_session_in_use_is_marked_on_the_way_out(account: Account) -> None:
    request = request_at(BEGAN + IDLE, account, used=BEGAN + A_MOMENT)
    response = through(request)
    assert request.user == account
    later = request_at(BEGAN + IDLE + IDLE - A_MOMENT, account, used=None)
    later.session = request.session
    later.COOKIES[sessions.used_cookie()] = response.cookies[sessions.used_cookie()].value
    assert sessions.ended_because(later) == ""


def test_a_session_that_has_ended_is_gone_and_the_page_sees_nobody(account: Account) -> None:
    request = request_at(BEGAN + ABSOLUTE, account, used=BEGAN + ABSOLUTE)
    key = str(request.session.session_key)
    response = through(request)
    assert isinstance(request.user, AnonymousUser)
    assert not SessionStore().exists(key)
    assert sessions.used_cookie() not in response.cookies


def through(request: HttpRequest) -> HttpResponse:
    """Take a request through the middleware, as the server does."""
    limits = SessionLimits(lambda _: HttpResponse())
    limits.process_view(request, somewhere, (), {})
    return limits(request)
