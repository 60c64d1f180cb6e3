"""The two letters signing in sends: the code, or that there is no account. Pure: values in, text out.

A letter must not hold a name, nor anything of a case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail says."""

    subject: str
    body: str


def letter(kind: str, values: Mapping[str, Any]) -> Letter:
    """The letter allauth calls `kind`. KeyError for one this service does not send."""
    return _LETTERS[kind](values)


def _code(values: Mapping[str, Any]) -> Letter:
    return Letter(
        subject="Your code to sign in to Counterpart",
        body=(
            f"Your code is {values['code']}\n\n"
            "Type it on the page that asked for it. It works once, for 15 minutes, in the browser you asked"
            " from.\n\n"
            "If you did not ask for a code, do nothing. Nobody can sign in without it. Do not pass it on:"
            " we never ask for it by telephone.\n"
        ),
    )


def _no_account(_: Mapping[str, Any]) -> Letter:
    return Letter(
        subject="No account at Counterpart for this address",
        body=(
            "Somebody asked for a code to sign in to Counterpart with this address, but no account uses it.\n\n"
            "If it was you, your account may be under another of your addresses. Your safeguarding lead or the"
            " partnership's business manager can tell you.\n\n"
            "If it was not you, do nothing.\n"
        ),
    )


_LETTERS: Mapping[str, Callable[[Mapping[str, Any]], Letter]] = {
    "account/email/login_code": _code,
    "account/email/unknown_account": _no_account,
}
