"""A person's own sign-in: what it takes to sign in, and changing it.

Whoever must have a second step and has none gets no further than here. Every change is told to the
account by e-mail, and asks for the second step again first where there is one. Nobody sees anybody
else's.
"""

from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.casework import accounts
from counterpart.messages import kinds
from counterpart.people.models import Account
from counterpart.people.securing import PASSKEY
from counterpart.web.pages import page, see_other
from counterpart.web.signin import demand, factors, stepping_up
from counterpart.web.signin.asking import answer_of
from counterpart.web.signin.forms import NewPasswordForm
from counterpart.web.signin.pictures import link_of, picture_of
from counterpart.web.signin.step_forms import AppForm, KeyForm
from counterpart.web.signin.stepping_up import fresh

NOT_A_KEY = "That did not work. Nothing was added. Try again, or use an authenticator app."
TOO_MANY = f"You have {factors.MOST_PASSKEYS} already. Remove one first."


@declared("signed_in")
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """What it takes to sign in, and where each part of it is changed."""
    account = _account(request)
    had = factors.kinds_of(account)
    values = {
        "email": account.email,
        "has_password": account.has_usable_password(),
        "has_app": factors.APP in had,
        "passkeys": factors.passkeys_of(account),
        "codes": factors.codes_left(account),
        "has_step": bool(had & {factors.APP, factors.PASSKEY}),
        "has_sign_on": SocialAccount.objects.filter(user=account).exists(),
        "is_demanded": settings.SECOND_STEP_DEMANDED,
    }
    return page(request, "signin/overview.jinja", values)


@declared("signed_in", methods=("GET", "POST"))
@never_cache
@fresh
def password(request: HttpRequest) -> HttpResponseBase:
    """Choose another password. Every other session of the account ends with the old one.

    The old one is not asked for: whoever has forgotten it came in by a code. The second step is.
    """
    form = NewPasswordForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        account = _account(request)
        accounts.change_password(
            account=account, password=form.cleaned_data["password"], now=_now(request)
        )
        update_session_auth_hash(request, account)
        messages.success(request, "Your password has been changed.")
        return see_other(reverse("account"))
    return page(request, "signin/password.jinja", {"form": form})


@declared("setting_up")
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Which second step to set up. Whoever must have a passkey is told so, and whom to ask."""
    account = _account(request)
    missing = demand.missing(request)
    values = {
        "is_missing": missing != demand.NOTHING,
        "must_be_passkey": missing == PASSKEY,
        "has_app": factors.APP in factors.kinds_of(account),
    }
    return page(request, "signin/choose_step.jinja", values)


@declared("setting_up", methods=("GET", "POST"))
@never_cache
@fresh
def app(request: HttpRequest) -> HttpResponseBase:
    """Set up an authenticator app: show it a secret, and have it show that it has it."""
    account = _account(request)
    form = AppForm(_sent(request), account=account)
    if request.method == "POST" and form.is_valid():
        factors.add_app(account, form.app_secret)
        return _added(request, factors.APP, kinds.APP_ADDED)
    values = {
        "form": form,
        "secret": _in_fours(form.app_secret),
        "link": link_of(account.email, form.app_secret),
        "picture": mark_safe(picture_of(account.email, form.app_secret)),  # noqa: S308 - drawn by us
    }
    return page(request, "signin/app.jinja", values)


@declared("signed_in", methods=("POST",))
@never_cache
@fresh
def remove_app(request: HttpRequest) -> HttpResponseBase:
    """Take the app off, where something else is left that is enough."""
    account = _account(request)
    if not _may_lose(account, factors.APP, _now(request)):
        messages.info(request, "Add a phone or a security key first. Then the app can go.")
    elif factors.remove_app(account):
        _changed(request, kinds.APP_REMOVED)
        messages.success(request, "The authenticator app has been taken off.")
    return see_other(reverse("account"))


@declared("setting_up", methods=("GET", "POST"))
@never_cache
@fresh
def passkey(request: HttpRequest) -> HttpResponseBase:
    """Add a phone, a computer or a security key. This page alone, and the one that asks for it, need script."""
    account = _account(request)
    form = KeyForm(_sent(request))
    if request.method == "POST" and form.is_valid() and _is_added(account, form, request):
        return _added(request, factors.PASSKEY, kinds.PASSKEY_ADDED)
    values = {
        "form": form,
        "options": factors.begin_adding(account),
        "must_be_passkey": demand.missing(request) == PASSKEY,
    }
    return page(request, "signin/passkey.jinja", values)


@declared("signed_in", methods=("POST",))
@never_cache
@fresh
def remove_passkey(request: HttpRequest, passkey: int) -> HttpResponseBase:
    """Take one off, where something else is left that is enough."""
    account = _account(request)
    if all(one.id != passkey for one in factors.passkeys_of(account)):
        raise Http404
    if not _may_lose(account, factors.PASSKEY, _now(request)):
        messages.info(request, "Add another phone or security key first. Then this one can go.")
    elif factors.remove_passkey(account, passkey):
        _changed(request, kinds.PASSKEY_REMOVED)
        messages.success(request, "It has been taken off.")
    return see_other(reverse("account"))


@declared("setting_up", methods=("GET", "POST"))
@never_cache
@fresh
def codes(request: HttpRequest) -> HttpResponseBase:
    """The recovery codes, until their owner says that they are kept; and making new ones."""
    account = _account(request)
    if not factors.has_any(account):
        return see_other(reverse("account_second_step"))
    if request.method == "POST" and "kept" in request.POST:
        factors.codes_are_kept(account)
        is_done = demand.missing(request) == demand.NOTHING
        return see_other(reverse("mypage:my_page" if is_done else "account_second_step"))
    if request.method == "POST":
        factors.new_codes(account)
        accounts.tell(account=account, what=kinds.CODES_MADE, now=_now(request))
        return see_other(reverse("account_codes"))
    values = {"codes": factors.codes_to_keep(account), "left": factors.codes_left(account)}
    return page(request, "signin/codes.jinja", values)


def _is_added(account: Account, form: KeyForm, request: HttpRequest) -> bool:
    if len(factors.passkeys_of(account)) >= factors.MOST_PASSKEYS:
        form.refuse(TOO_MANY)
        return False
    try:
        factors.add_passkey(account, form.cleaned_data["name"], answer_of(request))
    except ValidationError:
        form.refuse(NOT_A_KEY)
        return False
    finally:
        factors.stop_asking(request)
    return True


def _added(request: HttpRequest, kind: str, what: str) -> HttpResponse:
    """It counts as given, for it has just been shown. The first comes with recovery codes."""
    account = _account(request)
    _changed(request, what)
    stepping_up.give_again(request, kind)
    if factors.codes_left(account) == 0:
        factors.new_codes(account)
        return see_other(reverse("account_codes"))
    is_done = demand.missing(request) == demand.NOTHING
    return see_other(reverse("account" if is_done else "account_second_step"))


def _changed(request: HttpRequest, what: str) -> None:
    """A second step came or went: it is told, and every other session of the account ends."""
    account = _account(request)
    accounts.change_second_step(account=account, what=what, now=_now(request))
    update_session_auth_hash(request, account)
    demand.work_out(request)


def _may_lose(account: Account, kind: str, at: datetime) -> bool:
    """Whether what is left is enough: another passkey, or the other kind where that will do."""
    if not settings.SECOND_STEP_DEMANDED:
        return True
    if kind == factors.PASSKEY and len(factors.passkeys_of(account)) > 1:
        return True
    had = factors.kinds_of(account) - {kind}
    return bool(had & demand.enough_for(account, at))


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _account(request: HttpRequest) -> Account:
    account: Any = request.user
    return account  # type: ignore[no-any-return]  # the rule of each page sees to it that somebody is there


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
