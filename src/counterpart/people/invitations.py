"""The link of an invitation, worked out from its id, and back.

Nobody who reads the database can make one: it is signed with the installation's key, and kept
nowhere. It must not say whether an invitation is still good: `casework.accounts` does.
"""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from counterpart.people.models import AccountInvitation

VALID_FOR = timedelta(hours=72)
"""OWASP ASVS 5.0, 6.4.1."""


def path_of(invitation: str) -> str:
    """Where the invitation leads: its id and its signature, and nothing about anybody."""
    return f"/invitation/{_signer().sign(invitation)}"


def invitation_of(token: str) -> str | None:
    """The id a link was made for, or None where we did not make it."""
    try:
        return _signer().unsign(token)
    except BadSignature:
        return None


def is_open(at: datetime) -> Q:
    """Invitations not used, not withdrawn and not too old at `at`."""
    return Q(used_at__isnull=True, withdrawn_at__isnull=True, made_at__gt=at - VALID_FOR)


def open_invitation(invitation: str, at: datetime) -> AccountInvitation | None:
    """The invitation with this id, while it is good."""
    return (
        AccountInvitation.objects.filter(is_open(at), id=invitation)
        .select_related("person")
        .first()
    )


def _signer() -> Signer:
    return Signer(salt="counterpart.invitation", sep=".")
