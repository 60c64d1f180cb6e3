"""Where allauth asks this service what to do: which letters, which addresses to return to, what a sign-in begins.

It must not check a password or make a code: allauth does.
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from counterpart.web.signin import sessions
from counterpart.web.signin.letters import letter

log = logging.getLogger(__name__)


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
        """Sign in under a new session id, and start the session's two clocks."""
        super().login(request, user)
        sessions.begin(request)
        log.info("signed in: account %s", user.pk)

    def authentication_failed(self, *_: Any, **__: Any) -> None:
        """Log that it happened; not the address, which may be a typing mistake away from a secret."""
        log.warning("a sign-in was refused")
