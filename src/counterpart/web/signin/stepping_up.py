"""When the second step was last given in a session, and asking for it again before a weighty act.

    @declared("signed_in", methods=("GET", "POST"))
    @of_one_partnership
    @fresh
    def export(request, managed): ...

It comes after what finds out whether the person may: nobody else learns that there is such a page.
An account that has no second step cannot be asked: only in the demonstration is there one. It must not
decide who may do the act.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from counterpart.web.errors import step_again
from counterpart.web.pages import see_other
from counterpart.web.signin import factors

STEP = "second_step"
View = Callable[..., HttpResponseBase]


def given(request: HttpRequest, kind: str) -> None:
    """A second step of this kind was right, in the request that signs in."""
    request.second_step = kind  # type: ignore[attr-defined]  # ours, for `begin`


def begin(request: HttpRequest) -> str:
    """Keep in the session that has just begun which second step was given in it; "" for none."""
    kind = str(getattr(request, "second_step", ""))
    _keep(request, kind)
    return kind


def give_again(request: HttpRequest, kind: str) -> None:
    """It was given again: from now on the session goes by another id (OWASP ASVS 5.0, 7.2.4)."""
    request.session.cycle_key()
    _keep(request, kind)


def kind_of(request: HttpRequest) -> str:
    """Which kind was last given in this session; "" for none."""
    return str((request.session.get(STEP) or {}).get("kind", ""))


def is_fresh(request: HttpRequest) -> bool:
    """Whether it was given within the last ten minutes; while a form is filled in, twenty more."""
    kept = request.session.get(STEP) or {}
    if not kept.get("kind"):
        return False
    limit = settings.STEP_UP_SECONDS * (1 if request.method in ("GET", "HEAD") else 3)
    at = datetime.fromisoformat(kept["at"])
    return _now(request) - at < timedelta(seconds=limit)


def fresh(view: View) -> View:
    """Ask for the second step again first, where it was given too long ago.

    Then the person goes on where they were going. A form that was sent is handed back as it was, to be
    sent again.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account: Any = request.user
        if is_fresh(request) or not factors.has_any(account):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return step_again(request)
        return see_other(
            f"{reverse('account_confirm')}?{urlencode({'next': request.get_full_path()})}"
        )

    return asking


def _keep(request: HttpRequest, kind: str) -> None:
    request.session[STEP] = {"kind": kind, "at": _now(request).isoformat()}


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
