"""The instant of a request, and the two ends of a session: left alone for 30 minutes, or 12 hours old.

When it was last used travels in a signed cookie bound to the session, so that looking at a page writes
nothing to the database. A session without that cookie, or with another's, has ended. For a `public` page
neither the session nor the database is touched.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from counterpart.access.routes import CAPABILITY, PUBLIC, rule_of
from counterpart.people.standing import asked_once

BEGAN = "began_at"
Respond = Callable[[HttpRequest], HttpResponse]


class OneInstant:
    """Gives each request its `now`: whatever a page works out, it works out for one moment."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp the request. One that changes nothing asks once who the person is at that moment."""
        request.now = timezone.now()  # type: ignore[attr-defined]  # ours, on every request
        if request.method in ("GET", "HEAD"):
            with asked_once():
                return self.get_response(request)
        return self.get_response(request)


class SessionLimits:
    """Ends a session that was idle or has grown old; marks one that is in use."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, then note on the way out when the session was used."""
        response = self.get_response(request)
        if getattr(request, "session_in_use", False) and request.session.session_key:
            _note_use(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """End the session if one of its limits has passed. Views see nobody signed in then."""
        rule = rule_of(view)
        if rule is None or rule.kind in (PUBLIC, CAPABILITY) or not request.user.is_authenticated:
            return
        why = ended_because(request)
        if why:
            request.session.flush()
            request.user = AnonymousUser()
            request.signed_out_because = why  # type: ignore[attr-defined]  # ours, for the sign-in page
        else:
            request.session_in_use = True  # type: ignore[attr-defined]  # ours, for this middleware


def begin(request: HttpRequest) -> None:
    """Start both clocks of a session that has just been signed in to."""
    if (
        request.session.session_key is None
    ):  # it was another account's a moment ago, and was emptied
        request.session.create()
    request.session[BEGAN] = _now(request).isoformat()
    request.session_in_use = True  # type: ignore[attr-defined]  # ours, for the middleware


def ended_because(request: HttpRequest) -> str:
    """`idle` or `long` when the session has passed a limit, "" while it lasts."""
    began, used = _read(request.session.get(BEGAN)), _last_use(request)
    if began is None or _now(request) - began >= timedelta(
        seconds=settings.SESSION_ABSOLUTE_SECONDS
    ):
        return "long"
    if used is None or _now(request) - used >= timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        return "idle"
    return ""


def used_cookie() -> str:
    """The name of the cookie that says when the session was last used."""
    return f"{settings.SESSION_COOKIE_NAME}-used"


def sign_use(session_key: str, at: datetime) -> str:
    """What that cookie holds: an instant, good for one session."""
    return _signer(session_key).sign(at.isoformat())


def forget(response: HttpResponse) -> None:
    """Take the cookie away, at sign-out."""
    response.delete_cookie(used_cookie(), samesite=settings.SESSION_COOKIE_SAMESITE)


def _last_use(request: HttpRequest) -> datetime | None:
    signed = request.COOKIES.get(used_cookie(), "")
    try:
        return _read(_signer(str(request.session.session_key)).unsign(signed))
    except BadSignature:
        return None


def _note_use(request: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie(
        used_cookie(),
        sign_use(str(request.session.session_key), _now(request)),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def _signer(session_key: str) -> Signer:
    return Signer(salt=f"counterpart.session.used.{session_key}")


def _read(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `OneInstant`
    return now
