"""Knowing a browser again: a random mark it keeps, so that a sign-in from another one is told.

The mark opens nothing. It says nothing about the person or the machine, and the database holds only
its hash.
"""

import hashlib
import re
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from counterpart.casework import accounts

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_KEPT = 400 * 24 * 60 * 60  # seconds; browsers keep nothing longer


def cookie() -> str:
    """The name of the cookie that holds the mark."""
    return f"{settings.SESSION_COOKIE_NAME}-browser"


def note(request: HttpRequest, response: HttpResponse) -> None:
    """Write down that the account just signed in to was so from this browser, and mark the browser."""
    account: Any = request.user
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    had = request.COOKIES.get(cookie(), "")
    mark = had if _SHAPE.fullmatch(had) else secrets.token_urlsafe(32)
    hashed = hashlib.sha256(mark.encode()).hexdigest()
    accounts.signed_in_from(account=account, browser=hashed, now=now)
    response.set_cookie(
        cookie(),
        mark,
        max_age=_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
