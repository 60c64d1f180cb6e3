"""Where allauth asks this service what to do: which letters, which addresses to return to, what a sign-in begins.

It must not check a password or make a code: allauth does.
"""

import base64
import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from counterpart.people.models import Account
from counterpart.vault.notes import open_note, seal_note
from counterpart.web.signin import browsers, demand, sessions, stepping_up
from counterpart.web.signin.letters import letter

log = logging.getLogger(__name__)

_PLACE = "second-step"  # what an app's secret is sealed for


class SignInAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    def is_open_for_signup(self, _: HttpRequest) -> bool:
        """Accounts are given, not taken."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this service may be gone back to after signing in."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, _: HttpRequest) -> bool:
        """Pages only; what a request says of itself changes nothing."""
        return False

    def add_message(self, *_: Any, **__: Any) -> None:
        """Say nothing beside the page itself."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one letter. OSError when the mail server cannot be reached."""
        written = letter(template_prefix, context)
        EmailMessage(written.subject, written.body, to=[email]).send()

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in under a new session id, start the session's clocks, and look what is still to be set up."""
        super().login(request, user)
        sessions.begin(request)
        kind = stepping_up.begin(request)
        demand.work_out(request)
        log.info("signed in: account %s, second step: %s", user.pk, kind or "none")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> Any:
        """Where to go, with the mark by which this browser is known again."""
        response: HttpResponse = super().post_login(request, user, **details)
        browsers.note(request, response)
        return response

    def authentication_failed(self, *_: Any, **credentials: Any) -> None:
        """Log that it happened and to which account; not the address, which may be a secret mistyped."""
        address = str(credentials.get("email", ""))
        found = Account.objects.filter(email=address).values_list("pk", flat=True).first()
        log.warning("a sign-in was refused: account %s, by password", found or "unknown")


class SecondStepAdapter(DefaultMFAAdapter):
    """What allauth asks about second steps: under which name, and how a secret is kept."""

    def encrypt(self, text: str) -> str:
        """An app's secret is sealed like any other words in the database."""
        return base64.b64encode(seal_note(_PLACE, text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises `vault.sealing.CannotOpen`."""
        return open_note(_PLACE, base64.b64decode(encrypted_text))

    def get_totp_issuer(self) -> str:
        """Under which name an app lists it."""
        return "Counterpart"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Where a passkey is good: at this installation's own address, whatever a request says of itself."""
        return {"id": urlsplit(settings.ADDRESS).hostname or "localhost", "name": "Counterpart"}
