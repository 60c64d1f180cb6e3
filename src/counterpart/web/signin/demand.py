"""The second step that is demanded: who must have which, and that nobody goes on without it.

A person who must set one up is led to it right after signing in, and can do nothing else but sign
out. What is missing is worked out at sign-in and kept in the session, so that no page asks the
database for it; a post taken up meanwhile counts from the next sign-in, twelve hours later at most.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.middleware import SeeOther
from counterpart.access.routes import ANYONE, PUBLIC, SETTING_UP, rule_of
from counterpart.people.models import Account
from counterpart.people.securing import EITHER, PASSKEY, second_step_of
from counterpart.web.signin import factors

MISSING = "second_step_missing"
NOTHING = ""
ENOUGH = {
    PASSKEY: frozenset({factors.PASSKEY}),
    EITHER: frozenset({factors.PASSKEY, factors.APP}),
}
_OPEN = (PUBLIC, ANYONE, SETTING_UP)


class SecondStepFirst:
    """Leads whoever lacks the second step they must have to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: it is all in `process_view`, where the page's rule is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """303 to setting up, for every page that does not say that it is for whoever sets up."""
        rule = rule_of(view)
        if not settings.SECOND_STEP_DEMANDED or rule is None or rule.kind in _OPEN:
            return None
        if not request.user.is_authenticated or missing(request) == NOTHING:
            return None
        return SeeOther(reverse("account_second_step"))


def missing(request: HttpRequest) -> str:
    """What the person signed in still has to set up: `NOTHING`, `EITHER` or `PASSKEY`."""
    known = request.session.get(MISSING)
    return work_out(request) if known is None else str(known)


def work_out(request: HttpRequest) -> str:
    """Look anew at what is missing, and keep it: after signing in, and after a change."""
    account: Any = request.user
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    found = lacking(account, now)
    request.session[MISSING] = found
    return found


def lacking(account: Account, at: datetime) -> str:
    """What an account lacks of what is demanded of it: `NOTHING`, `EITHER` or `PASSKEY`."""
    if not settings.SECOND_STEP_DEMANDED:
        return NOTHING
    wanted = second_step_of(account, at)
    return NOTHING if factors.kinds_of(account) & ENOUGH[wanted] else wanted


def enough_for(account: Account, at: datetime) -> frozenset[str]:
    """The kinds any one of which is enough for an account."""
    return ENOUGH[second_step_of(account, at)]


def accepted(account: Account, at: datetime) -> frozenset[str]:
    """The kinds of second step an account may sign in with, of those it has.

    Whoever must have a passkey and has one uses it: an app's code can be talked out of somebody.
    A recovery code stands for either, once; its use is told by e-mail.
    """
    had = factors.kinds_of(account)
    if factors.PASSKEY in had and second_step_of(account, at) != EITHER:
        return had - {factors.APP}
    return had
