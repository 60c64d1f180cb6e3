"""Secret addresses: whoever has one may do one thing for a person, without a session.

For programs that cannot sign in, such as a calendar. The secret has 256 bits and is shown once; what
is kept of it is its hash. It is good until it is replaced, or given up, or nobody came by it for a
year, or the account is closed. It must not open anything by itself: what its bearer is shown goes
through `visible`, as ever.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from counterpart.access.models import Capability
from counterpart.people.days import day_of
from counterpart.people.models import Account

BYTES = 32
UNUSED = timedelta(days=365)
"""After so long without anybody coming by it, a secret is good no more."""


@dataclass(frozen=True, slots=True)
class Granted:
    """When a secret was made, the last day somebody came by it, and whether it is still good."""

    made_at: datetime
    used_on: date | None
    is_good: bool


def grant(person: str, purpose: str, now: datetime) -> str:
    """A new secret for a person and a purpose; one given before is good no more. Kept nowhere else."""
    secret = secrets.token_urlsafe(BYTES)
    Capability.objects.update_or_create(
        person=person,
        purpose=purpose,
        defaults={"hash": _hash(secret), "made_at": now, "used_on": None},
    )
    return secret


def give_up(person: str, purpose: str) -> None:
    """Whatever secret there is for it is good no more. None is no fault."""
    Capability.objects.filter(person=person, purpose=purpose).delete()


def granted(person: str, purpose: str, at: datetime) -> Granted | None:
    """The secret a person was given last; None where there is none, or it was given up. Two queries."""
    rows = Capability.objects.filter(person=person, purpose=purpose)
    row = rows.first()
    return Granted(row.made_at, row.used_on, rows.filter(_used_since(at)).exists()) if row else None


def note_use(person: str, purpose: str, at: datetime) -> None:
    """Somebody came by a person's secret. Written down once a day."""
    rows = Capability.objects.filter(person=person, purpose=purpose).exclude(used_on=day_of(at))
    if rows.exists():
        rows.update(used_on=day_of(at))


def bearer(secret: str, purpose: str, at: datetime) -> str | None:
    """The person whose secret this is, while their account is open; None for any other. One query.

    It is looked up by its hash: how long that takes says nothing of a secret.
    """
    theirs = Account.objects.filter(is_active=True).values("person")
    rows = Capability.objects.filter(
        _used_since(at), hash=_hash(secret), purpose=purpose, person__in=theirs
    )
    return rows.values_list("person", flat=True).first()


def _used_since(at: datetime) -> Q:
    """Those made or used within a year before `at`."""
    return Q(made_at__gt=at - UNUSED) | Q(used_on__gt=day_of(at - UNUSED))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
