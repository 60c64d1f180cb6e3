"""What is typed to sign in. The messages are the same whether or not the address has an account.

The forms ask allauth's adapter whether a password is right, and its throttle whether there may be another
try. They must not say which of two things was wrong.
"""

import secrets
import string
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse

from counterpart.people.models import Account
from counterpart.web.forms import CounterpartForm, LineField

WRONG = (
    "The email address or the password is not right. Check both, or sign in with a code instead."
)
TOO_MANY = (
    "There have been too many tries. Wait 10 minutes, or sign in with a code sent to you by email."
)
TOO_MANY_CODES = "Too many codes have been asked for. Wait 10 minutes and ask again."
HOW_LONG = (
    "15 characters or more. Several words that do not belong together are long and easy to remember."
    " It does not have to be changed from time to time."
)
TOO_WEAK = {
    "password_too_short": "The password must be 15 characters or more",
    "password_too_common": "Too many people use that password. Choose another",
}
WRONG_CODE = "That is not the code we sent. Check the email, or ask for a new code."


class EmailField(LineField):
    """An e-mail address, lower case."""

    look = "email"

    def __init__(
        self, label: str = "Email address", *, missing: str = "Enter your work email address"
    ) -> None:
        super().__init__(
            label,
            missing=missing,
            limit=254,
            autocomplete="username",
            spellcheck="false",
        )

    def clean(self, value: Any) -> str:
        """The address, or what is wrong with it."""
        address = str(super().clean(value)).lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(
                "Enter an email address in the right form, like name@example.org", code="invalid"
            ) from error
        return address


class PasswordField(forms.CharField):
    """A password, exactly as typed. `is_new`: one that is being chosen."""

    look = "password"

    def __init__(
        self, label: str = "Password", *, is_new: bool = False, missing: str = "Enter your password"
    ) -> None:
        super().__init__(
            label=label,
            help_text=HOW_LONG if is_new else "",
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(
                attrs={"autocomplete": "new-password" if is_new else "current-password"}
            ),
            error_messages={
                "required": missing,
                "max_length": "The password is too long. Check that it is what you meant to paste.",
            },
        )


class _Asked(CounterpartForm):
    """A form that knows its request, for the throttle."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request


class SignInForm(_Asked):
    """Address and password."""

    email = EmailField()
    password = PasswordField()

    account: AbstractBaseUser | None = None

    def clean(self) -> dict[str, Any]:
        """Ask whether the two belong together. One message for every way they may not."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            found = get_adapter(self.request).authenticate(
                self.request, email=cleaned["email"], password=cleaned["password"]
            )
        except ValidationError as error:  # allauth's only refusal here is its throttle's
            raise ValidationError(TOO_MANY, code="throttled") from error
        if found is None or not found.is_active:
            raise ValidationError(WRONG, code="wrong")
        self.account = found
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; allauth's view calls this when the form is right."""
        if self.account is None:
            raise AssertionError("only a form that was found right signs in")
        response: HttpResponse = perform_login(
            request, self.account, redirect_url=redirect_url, email=self.cleaned_data["email"]
        )
        return response


class NewPasswordForm(CounterpartForm):
    """A password that somebody chooses for themselves. Long, not a common one, and no other rule."""

    password = PasswordField("New password", is_new=True, missing="Choose a password")

    def clean_password(self) -> str:
        """The password, or what is wrong with it."""
        chosen: str = self.cleaned_data["password"]
        try:
            validate_password(chosen)
        except ValidationError as fault:
            raise ValidationError(
                [ValidationError(TOO_WEAK[one.code or ""], one.code) for one in fault.error_list]
            ) from fault
        return chosen


class AskForCodeForm(_Asked):
    """Where to send a code."""

    email = EmailField()

    _user: Account | None = None  # the name allauth's view looks for

    def clean_email(self) -> str:
        """Whose it is, if anybody's: the page does not change with the answer."""
        address: str = self.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="request_login_code", key=address):
            raise ValidationError(TOO_MANY_CODES, code="throttled")
        self._user = Account.objects.filter(email=address, is_active=True).first()
        return address


class CodeForm(CounterpartForm):
    """The code from the letter."""

    code = LineField(
        "Code",
        missing="Enter the code from the email",
        hint="8 letters, for example BDFG-HJKL",
        limit=40,
        autocomplete="one-time-code",
        autocapitalize="characters",
        spellcheck="false",
    )

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._expected = code

    def clean_code(self) -> str:
        """Whether it is the one that was sent. With no account none was, and none is right."""
        typed: str = self.cleaned_data["code"]
        if not is_same_code(typed, self._expected):
            raise ValidationError(WRONG_CODE, code="wrong")
        return typed


def is_same_code(typed: str, sent: str) -> bool:
    """Whether the letters are the same, without regard to case, spaces and dashes. None was sent: no."""
    left, right = _letters(typed), _letters(sent)
    return bool(right) and secrets.compare_digest(left, right)


def _letters(code: str) -> bytes:
    kept = (c for c in code.upper() if c not in string.whitespace + string.punctuation)
    return "".join(kept).encode()
