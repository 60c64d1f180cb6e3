"""The second steps of an account, and whether what somebody gives is right: all that we ask of allauth's.

The one module that knows allauth's inner parts, so that a new release of it is checked in one
place. It must not decide who needs which, nor answer with a page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from counterpart.people.models import Account

APP = Authenticator.Type.TOTP.value
PASSKEY = Authenticator.Type.WEBAUTHN.value
CODES = Authenticator.Type.RECOVERY_CODES.value

MOST_PASSKEYS = 10
_USED = "used"  # an app's codes that were used, with when: kept while they could be used again
_KEPT = "kept"
_REMEMBERED = timedelta(minutes=3)  # longer than a code is good for


@dataclass(frozen=True, slots=True)
class Passkey:
    """A phone, a computer or a security key that signs for its owner."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


def kinds_of(account: Account) -> frozenset[str]:
    """Which kinds an account has, of `APP`, `PASSKEY` and `CODES`."""
    return frozenset(Authenticator.objects.filter(user=account).values_list("type", flat=True))


def has_any(account: Account) -> bool:
    """Whether the account has a second step. Recovery codes alone are none."""
    return bool(kinds_of(account) & {APP, PASSKEY})


# --- codes: of an app, and for recovery -------------------------------------------------------------


def check_code(account: Account, code: str, kinds: frozenset[str], at: datetime) -> str | None:
    """The kind of second step `code` is right for, of `kinds`, or None. It is used up by asking.

    Two who send the same code at once: one of them is right.
    """
    typed = "".join(c for c in code if c.isdigit())
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(
            user=account, type__in=kinds & {APP, CODES}
        )
        for row in rows.order_by("-type"):  # the app before the codes
            is_right = _is_right_now(row, typed, at) if row.type == APP else _is_left(row, typed)
            if is_right:
                Authenticator.objects.filter(pk=row.pk).update(last_used_at=at)
                return str(row.type)
    return None


def take_a_turn(request: HttpRequest, account: Account) -> RateLimitUsage | None:
    """One of the few tries with a code that an account and an address have; None when they are used up.

    They come back by themselves. It counts in the shared cache, under a lock, before the code is looked
    at: however many are sent at once, to however many processes, no more are looked at.
    """
    return ratelimit.consume(
        request, app="allauth.account", action="login_failed", key=f"second-step-{account.pk}"
    )


def _is_right_now(row: Authenticator, code: str, at: datetime) -> bool:
    used = {
        known: when
        for known, when in row.data.get(_USED, {}).items()
        if at - datetime.fromisoformat(when) < _REMEMBERED
    }
    if code in used or not totp.validate_totp_code(_secret(row), code):
        return False
    row.data[_USED] = {**used, code: at.isoformat()}
    row.save(update_fields=["data"])
    return True


def _is_left(row: Authenticator, code: str) -> bool:
    return bool(RecoveryCodes(row).validate_code(code))


def _secret(row: Authenticator) -> str:
    return str(decrypt(row.data["secret"]))


def new_app_secret() -> str:
    """A secret for an app that is to be set up."""
    return str(totp.generate_totp_secret())


def is_code_of(secret: str, code: str) -> bool:
    """Whether an app that was given `secret` shows `code` now."""
    return bool(totp.validate_totp_code(secret, "".join(c for c in code if c.isdigit())))


def add_app(account: Account, secret: str) -> None:
    """The account's app from now on; the one before it no longer counts."""
    with transaction.atomic():
        Authenticator.objects.filter(user=account, type=APP).delete()
        totp.TOTP.activate(account, secret)


def remove_app(account: Account) -> bool:
    """Whether there was one."""
    return bool(Authenticator.objects.filter(user=account, type=APP).delete()[0])


def new_codes(account: Account) -> None:
    """Ten recovery codes; those before them no longer count."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        Authenticator.objects.filter(user=account, type=CODES).delete()
        RecoveryCodes.activate(account)


def codes_to_keep(account: Account) -> list[str]:
    """The recovery codes, until their owner has said that they are kept; then they are not shown again."""
    row = Authenticator.objects.filter(user=account, type=CODES).first()
    return [] if row is None or row.data.get(_KEPT) else RecoveryCodes(row).get_unused_codes()


def codes_are_kept(account: Account) -> None:
    """Their owner has written them down."""
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update().filter(user=account, type=CODES):
            row.data[_KEPT] = True
            row.save(update_fields=["data"])


def codes_left(account: Account) -> int:
    """How many recovery codes have not been used."""
    row = Authenticator.objects.filter(user=account, type=CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


# --- passkeys ----------------------------------------------------------------------------------------


def passkeys_of(account: Account) -> list[Passkey]:
    """The account's passkeys, the oldest first."""
    rows = Authenticator.objects.filter(user=account, type=PASSKEY).order_by("created_at", "pk")
    return [Passkey(r.pk, r.data["name"], r.created_at, r.last_used_at) for r in rows]


def begin_adding(account: Account) -> str:
    """What the browser is asked in order to make a passkey, as JSON. The answer is awaited in the session."""
    return json.dumps(_plain(webauthn.begin_registration(account, False)))


def add_passkey(account: Account, name: str, answer: Mapping[str, Any]) -> None:
    """Keep a passkey. ValidationError where the browser's answer is not to what was asked."""
    credential = dict(answer)
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValueError, KeyError, AttributeError, TypeError) as fault:
        raise ValidationError("not an answer to what was asked") from fault
    webauthn.WebAuthn.add(account, name, credential)


def remove_passkey(account: Account, passkey: int) -> bool:
    """Whether there was one of this id."""
    rows = Authenticator.objects.filter(user=account, type=PASSKEY, pk=passkey)
    return bool(rows.delete()[0])


def begin_asking(account: Account) -> str:
    """What the browser is asked in order to show a passkey, as JSON. The answer is awaited in the session."""
    return json.dumps(_plain(webauthn.begin_authentication(account)))


def check_passkey(account: Account, answer: Mapping[str, Any], at: datetime) -> bool:
    """Whether the browser's answer is one of the account's passkeys, to what was just asked."""
    given = dict(answer)
    try:
        webauthn.parse_authentication_response(given)
        found = webauthn.complete_authentication(account, given)
    except (ValidationError, ValueError, KeyError, AttributeError, TypeError):
        return False
    Authenticator.objects.filter(pk=found.pk).update(last_used_at=at)
    return True


def stop_asking(request: HttpRequest) -> None:
    """Forget what was asked: an answer is good once, right or wrong."""
    request.session.pop(webauthn.STATE_SESSION_KEY, None)


def _plain(options: Any) -> Any:
    """The library's own mappings as JSON has them."""
    if isinstance(options, Mapping):
        return {str(key): _plain(value) for key, value in options.items()}
    if isinstance(options, (list, tuple)):
        return [_plain(value) for value in options]
    return options
