"""What is typed to set up a second step: the first code of an app, the name of a passkey.

They check what was typed and change nothing.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError

from counterpart.people.models import Account
from counterpart.web.forms import CounterpartForm, LineField
from counterpart.web.signin import factors
from counterpart.web.signin.forms import EmailField

_SALT = "counterpart.app"
_GOOD_FOR = 60 * 60  # seconds from page to code
WRONG = (
    "That is not the code the app shows now. Check the time on your phone, and type the next one."
)
OLD = "This page was open too long. Scan the picture again."


class AppForm(CounterpartForm):
    """The first code of an app. Its secret goes along, signed, until the app has shown that it has it."""

    code = LineField(
        "Code",
        missing="Enter the code that the app shows",
        hint="6 figures; they change every half minute",
        limit=40,
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck="false",
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account
        self.app_secret = self._sent() or factors.new_app_secret()
        # What is drawn is ours: a secret of somebody else's making is replaced.
        self.signed = signing.dumps([account.pk, self.app_secret], salt=_SALT)

    def _sent(self) -> str | None:
        try:
            owner, secret = signing.loads(
                self.data.get("secret", ""), salt=_SALT, max_age=_GOOD_FOR
            )
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return str(secret) if owner == self._account.pk else None

    def clean_code(self) -> str:
        """Whether the app has the secret."""
        typed: str = self.cleaned_data["code"]
        if self._sent() is None:
            raise ValidationError(OLD, code="old")
        if not factors.is_code_of(self.app_secret, typed):
            raise ValidationError(WRONG, code="wrong")
        return typed


class KeyForm(CounterpartForm):
    """What its owner calls a passkey."""

    name = LineField(
        "What do you call it?",
        missing="Say what you call it, for example “Work phone”",
        hint="For example “Work phone”. It is shown when you want to remove it.",
        limit=60,
    )


class InviteForm(CounterpartForm):
    """Where to send somebody the link."""

    email = EmailField("Their work email address", missing="Enter their work email address")
