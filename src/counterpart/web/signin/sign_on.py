"""Signing in through an agency's own provider (OpenID Connect): who is meant by what it says.

An identity is a provider and a subject, and never an address (OWASP ASVS 5.0, 6.8). The first time, it is
linked to an account only where all of this holds: the provider says that it has verified the address; the
address is, to the letter, the one that the account was opened with by an invitation; its domain is one
registered for the provider's own agency; and the account's person holds a post in that agency now. So a
provider vouches for its own people and for nobody else's, and an address that somebody merely typed into a
profile opens nothing. The link is told by e-mail, once made it is looked up by the subject alone, and the
second step is asked for all the same: a provider taken over does not open an account.

It must not open an account, and keeps nothing of what the provider says about a person.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from counterpart.casework import accounts
from counterpart.messages.kinds import SIGN_ON_LINKED
from counterpart.people.finders import posts_of
from counterpart.people.models import Account, AgencyDomain, Provider
from counterpart.web.pages import see_other

log = logging.getLogger(__name__)


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Our answers to allauth's questions about an agency's sign-on."""

    def list_apps(
        self, _: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of this installation, as the administrator registered them by command."""
        rows = Provider.objects.select_related("agency").all()
        if provider and provider != "openid_connect":
            rows = rows.filter(code=provider)
        return [_as_app(row) for row in rows if client_id in (None, row.client)]

    def is_open_for_signup(self, _: HttpRequest, __: SocialLogin) -> bool:
        """Accounts are given, not taken."""
        return False

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, _: Mapping[str, Any]
    ) -> AbstractBaseUser | None:
        """Take what the provider said, and keep none of it with the link."""
        request.said = sociallogin.account.extra_data  # type: ignore[attr-defined]  # ours, for `pre_social_login`
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Before anybody is signed in: whose this is, or to the page that says why it is nobody's."""
        said = _claims(request.said, sociallogin.account.provider)  # type: ignore[attr-defined]  # see above
        if said is None:
            _refuse(sociallogin, "it contradicts itself, or is not signed for us")
        if not sociallogin.is_existing:
            self._link(request, sociallogin, said)
        if sociallogin.user is None or not sociallogin.user.is_active:
            _refuse(sociallogin, "the account is closed")

    def on_authentication_error(self, *asked: Any, **_: Any) -> None:
        """The provider refused, could not be reached, or its answer was to nothing that we asked."""
        _, provider = asked
        log.warning(
            "a sign-on was refused: provider %s did not answer as it should", provider.sub_id
        )
        raise ImmediateHttpResponse(see_other(f"{reverse('account_login')}?why=sign-on"))

    def _link(self, request: HttpRequest, login: SocialLogin, said: Mapping[str, Any]) -> None:
        now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
        account = account_for(login.account.provider, said, now)
        if account is None:
            _refuse(login, "it is nobody's here")
        with transaction.atomic():
            login.account.user = account
            login.account.save()
            accounts.tell(account=account, what=SIGN_ON_LINKED, now=now)
        login.user = account
        log.info("linked: account %s to provider %s", account.pk, login.account.provider)


def account_for(provider: str, said: Mapping[str, Any], at: datetime) -> Account | None:
    """The account that an identity not seen before is to be linked to, by the rule above, or None."""
    address = said.get("email")
    if said.get("email_verified") is not True or not isinstance(address, str):
        return None
    row = Provider.objects.get(code=provider)
    domain = address.rpartition("@")[2].lower()
    account = Account.objects.filter(email=address.lower(), is_active=True).first()
    if account is None or not AgencyDomain.objects.filter(agency=row.agency_id, domain=domain):
        return None
    if SocialAccount.objects.filter(user=account, provider=provider).exists():
        return None  # another subject of the same provider is theirs already: an address was given again
    own = (post for post in posts_of(account.person_id, at) if post.acting_for is None)
    return account if any(post.body == row.agency_id for post in own) else None


def _claims(said: Mapping[str, Any], provider: str) -> Mapping[str, Any] | None:
    """What the provider says of one person.

    None where its two answers are about two (OIDC Core, 5.3.2), or where it is not the one we know.
    """
    signed, asked = said.get("id_token"), said.get("userinfo") or {}
    if not signed or (asked and asked.get("sub") != signed.get("sub")):
        return None
    issuer = Provider.objects.get(code=provider).issuer.rstrip("/")
    return {**asked, **signed} if signed["iss"].rstrip("/") == issuer else None


def _as_app(row: Provider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=row.code,
        name=row.agency.name[:40],
        client_id=row.client,
        secret=Path(row.secret_file).read_text(encoding="utf-8").strip() if row.secret_file else "",
        settings={"server_url": row.issuer},
    )


def _refuse(login: SocialLogin, why: str) -> NoReturn:
    log.warning("a sign-on was refused: provider %s, %s", login.account.provider, why)
    raise ImmediateHttpResponse(see_other(f"{reverse('account_login')}?why=nobody"))
