"""Secret addresses: whoever has one may do one thing for a person, without a session.

For programs that cannot sign in, such as a calendar. The secret has 256 bits and is shown once; what
is kept of it is its hash. It is good until it is replaced, or given up, or the account is closed. It
must not open anything by itself: what its bearer is shown goes through `visible`, as ever.
"""

import hashlib
import secrets
from datetime import datetime

from counterpart.access.models import Capability
from counterpart.people.models import Account

BYTES = 32


def grant(person: str, purpose: str, now: datetime) -> str:
    """A new secret for a person and a purpose; one given before is good no more. Kept nowhere else."""
    secret = secrets.token_urlsafe(BYTES)
    Capability.objects.update_or_create(
        person=person, purpose=purpose, defaults={"hash": _hash(secret), "made_at": now}
    )
    return secret


def give_up(person: str, purpose: str) -> None:
    """Whatever secret there is for it is good no more. None is no fault."""
    Capability.objects.filter(person=person, purpose=purpose).delete()


def granted_at(person: str, purpose: str) -> datetime | None:
    """When the secret that is good now was made; None while there is none."""
    rows = Capability.objects.filter(person=person, purpose=purpose)
    return rows.values_list("made_at", flat=True).first()


def bearer(secret: str, purpose: str) -> str | None:
    """The person whose secret this is, while their account is open; None for any other. One query.

    It is looked up by its hash: how long that takes says nothing of a secret.
    """
    theirs = Account.objects.filter(is_active=True).values("person")
    rows = Capability.objects.filter(hash=_hash(secret), purpose=purpose, person__in=theirs)
    return rows.values_list("person", flat=True).first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
