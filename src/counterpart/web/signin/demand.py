"""The second step that is demanded: who must have which, and that nobody goes on without it.

A person who must set one up is led to it at their next request, and can do nothing else but sign
out. Whoever comes to a post that needs a passkey while they are signed in, and has one, is asked for it.
Which kinds an account has is kept in the session, which ends when they change; the posts are looked up
anew each time, unless a passkey was given: that is enough for every post.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.middleware import SeeOther
from counterpart.access.routes import ANYONE, PUBLIC, SETTING_UP, rule_of
from counterpart.people.models import Account
from counterpart.people.securing import EITHER, PASSKEY, second_step_of
from counterpart.web.errors import step_again
from counterpart.web.signin import factors, stepping_up

HAD = "second_steps_had"
NOTHING = ""
ENOUGH = {
    PASSKEY: frozenset({factors.PASSKEY}),
    EITHER: frozenset({factors.PASSKEY, factors.APP}),
}
_OPEN = (PUBLIC, ANYONE, SETTING_UP)


class SecondStepFirst:
    """Leads whoever lacks the second step they must have to where it is set up, or given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: it is all in `process_view`, where the page's rule is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """303 to setting up or giving it, for every page that does not say that it is for whoever does."""
        rule = rule_of(view)
        if not settings.SECOND_STEP_DEMANDED or rule is None or rule.kind in _OPEN:
            return None
        if not request.user.is_authenticated:
            return None
        if missing(request) != NOTHING:
            return SeeOther(reverse("account_second_step"))
        if not _must_give_another(request):
            return None
        if request.method == "POST":
            return step_again(request)
        onward = urlencode({"next": request.get_full_path()})
        return SeeOther(f"{reverse('account_confirm')}?{onward}")


def missing(request: HttpRequest) -> str:
    """What the person signed in still has to set up now: `NOTHING`, `EITHER` or `PASSKEY`.

    No query where they have a passkey.
    """
    had = _had(request)
    if not settings.SECOND_STEP_DEMANDED or factors.PASSKEY in had:
        return NOTHING
    wanted = second_step_of(_account(request), _now(request))
    return NOTHING if had & ENOUGH[wanted] else wanted


def work_out(request: HttpRequest) -> None:
    """Look anew at which kinds the account has, and keep it: after signing in, and after a change."""
    request.session[HAD] = sorted(factors.kinds_of(_account(request)))


def _must_give_another(request: HttpRequest) -> bool:
    """Whether a code of an app was given when a passkey is there, and is asked of them by now."""
    if stepping_up.kind_of(request) != factors.APP or factors.PASSKEY not in _had(request):
        return False
    return second_step_of(_account(request), _now(request)) == PASSKEY


def _had(request: HttpRequest) -> frozenset[str]:
    if HAD not in request.session:
        work_out(request)
    return frozenset(request.session[HAD])


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


def _account(request: HttpRequest) -> Account:
    account: Any = request.user
    return account  # type: ignore[no-any-return]  # asked only where somebody is signed in


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
