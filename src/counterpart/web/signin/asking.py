"""Asking for the second step: on the way in, and again before a weighty act.

One page with up to two ways: a passkey, which needs script, and a code. It must not say anything about
an account to whoever has not passed the first step.
"""

import json
import logging
from datetime import datetime
from typing import Any, cast

from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.casework import accounts
from counterpart.messages.kinds import CODE_USED
from counterpart.people.models import Account
from counterpart.web.forms import CounterpartForm, LineField
from counterpart.web.pages import page, see_other
from counterpart.web.signin import demand, factors, stepping_up
from counterpart.web.signin.adapter import SignInAdapter

log = logging.getLogger(__name__)

WRONG = "That code is not right, or has been used. Wait for the next one and type that."
TOO_MANY = "There have been too many tries with codes. Wait 10 minutes and try again."
HINTS = {
    factors.APP: "6 figures from the app.",
    factors.CODES: "8 figures of a recovery code.",
}
NOT_THIS_KEY = "That did not work. Try again, or use another way."
LONGEST = 20_000  # characters of a browser's answer; real ones are a tenth of it


class StepForm(CounterpartForm):
    """A code of an app, or one of the recovery codes."""

    code = LineField(
        "Code",
        missing="Enter a code",
        limit=40,
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck="false",
    )


@declared("anyone", methods=("GET", "POST"))
@never_cache
def second_step(request: HttpRequest) -> HttpResponseBase:
    """On the way in, after the password, the code by e-mail or the agency's own sign-in."""
    stage = cast("LoginStage | None", LoginStageController.enter(request, AuthenticateStage.key))
    if stage is None or stage.login.user is None or not stage.login.user.is_active:
        return see_other(reverse("account_login"))
    account = cast(Account, stage.login.user)
    form = StepForm(request.POST if "code" in request.POST else None)
    kind = _given(request, account, form) if request.method == "POST" else None
    if kind is None:
        return _ask(request, account, form, "signin/second_step.jinja", "")
    stepping_up.given(request, kind)
    return cast(HttpResponse, stage.exit())  # type: ignore[no-untyped-call]  # allauth's


@declared("setting_up", methods=("GET", "POST"))
@never_cache
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Again, for somebody signed in, before a weighty act; then back to where they were going."""
    account: Any = request.user
    asked = request.POST.get("next") or request.GET.get("next") or ""
    onward = asked if SignInAdapter(request).is_safe_url(asked) else reverse("account")
    if not factors.has_any(account):
        return see_other(onward)
    form = StepForm(request.POST if "code" in request.POST else None)
    kind = _given(request, account, form) if request.method == "POST" else None
    if kind is None:
        return _ask(request, account, form, "signin/confirm.jinja", onward)
    stepping_up.give_again(request, kind)
    return see_other(onward)


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """What the browser's passkey answered; {} for nothing that could be an answer."""
    sent = request.POST.get("credential", "")
    try:
        answer = json.loads(sent) if len(sent) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _given(request: HttpRequest, account: Account, form: StepForm) -> str | None:
    """The kind of second step that was just given rightly, or None with the reason on the form."""
    kind = _passkey(request, account) if "credential" in request.POST else None
    if kind is None and "code" in request.POST and form.is_valid():
        kind = _code(request, account, form)
    if kind is None:
        log.warning("a sign-in was refused: account %s, by second step", account.pk)
    elif kind == factors.CODES:
        accounts.tell(account=account, what=CODE_USED, now=_now(request))
    return kind


def _passkey(request: HttpRequest, account: Account) -> str | None:
    """No limit on tries: there is nothing to guess. So nobody is kept out while codes must wait."""
    is_right = factors.check_passkey(account, answer_of(request), _now(request))
    factors.stop_asking(request)
    return factors.PASSKEY if is_right else None


def _code(request: HttpRequest, account: Account, form: StepForm) -> str | None:
    turn = factors.take_a_turn(request, account)
    if turn is None:
        form.refuse(TOO_MANY, "code")
        return None
    accepted = demand.accepted(account, _now(request))
    kind = factors.check_code(account, form.cleaned_data["code"], accepted, _now(request))
    if kind is None:
        form.refuse(WRONG, "code")
        return None
    turn.rollback()  # a right one is no try
    return kind


def _ask(
    request: HttpRequest, account: Account, form: StepForm, template: str, onward: str
) -> HttpResponse:
    kinds = demand.accepted(account, _now(request))
    form.fields["code"].help_text = " ".join(HINTS[kind] for kind in HINTS if kind in kinds)
    has_passkey = factors.PASSKEY in kinds
    values = {
        "form": form,
        "next": onward,
        "options": factors.begin_asking(account) if has_passkey else "",
        "takes_app": factors.APP in kinds,
        "takes_codes": factors.CODES in kinds,
        "said": NOT_THIS_KEY if "credential" in request.POST else "",
    }
    return page(request, template, values, status=422 if values["said"] else None)


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
