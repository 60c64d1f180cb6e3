"""Codes sent to a mailbox, so that whoever reads it may go on: made, tried, used once.

A code has 8 figures, is good for 15 minutes and five tries, and for one use however many come at once:
each try and the use itself is one conditional UPDATE. It must not send anything, nor know what the
code is for.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F
from django.utils.crypto import salted_hmac

from counterpart.people.models import MailCode, WrongTry

VALID_FOR = timedelta(minutes=15)
MOST_TRIES = 5
FIGURES = 8
KEPT_FOR = timedelta(days=1)

CODE = "code"
LINK = "link"
MANY_WRONG = 20
"""So many in an hour, at one mailbox or link or from one place in the network, are no slips of the finger."""
MOST_NOTED = 500
"""How many of an hour are written down for each: whoever sends more adds nothing to what is known."""
AN_HOUR = timedelta(hours=1)


def make_code(*, address: str, about: str, is_known: bool, now: datetime) -> tuple[str, str]:
    """A new code: its id, and the figures, which are kept nowhere. None is right for an unknown address.

    The same work is done for both. What is a day old is thrown away.
    """
    made, figures = uuid4().hex, f"{secrets.randbelow(10**FIGURES):0{FIGURES}}"
    hashed = _hash(made, figures)
    MailCode.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    MailCode.objects.create(
        id=made, address=address, about=about, hash=hashed if is_known else "", made_at=now
    )
    return made, figures


def use_code(code: str, typed: str, now: datetime) -> bool:
    """Whether these figures are the code's, while it is good. True once, however many ask at once."""
    good = MailCode.objects.filter(id=code, used_at__isnull=True, made_at__gt=now - VALID_FOR)
    if not good.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    return bool(good.filter(hash=_hash(code, typed)).update(used_at=now))


def is_over(code: str, now: datetime) -> bool:
    """Whether there is no use in trying this code again."""
    good = MailCode.objects.filter(id=code, used_at__isnull=True, made_at__gt=now - VALID_FOR)
    return not good.filter(tries__lt=MOST_TRIES).exists()


@dataclass(frozen=True, slots=True)
class Sent:
    """A code that was sent: to which mailbox, by which message's link ("" to raise a concern), and when."""

    address: str
    about: str
    made_at: datetime


def sent(code: str) -> Sent | None:
    """What is known of a code, used or not; None once it was thrown away."""
    row = MailCode.objects.filter(id=code).first()
    return Sent(row.address, row.about, row.made_at) if row else None


def note_wrong(kind: str, *, about: str, came_from: str, now: datetime) -> int:
    """Write down a wrong code or link: what it was `about` ("" for nothing we know), and where from.

    How many there were within the hour about the same, or from the same place, whichever are more.
    """
    what, where = _mark(about), _mark(came_from)
    WrongTry.objects.filter(at__lt=now - KEPT_FOR).delete()
    lately = WrongTry.objects.filter(at__gt=now - AN_HOUR)
    n = max(
        lately.filter(about=what).count() if what else 0,
        lately.filter(came_from=where).count() if where else 0,
    )
    if n < MOST_NOTED:
        WrongTry.objects.create(kind=kind, about=what, came_from=where, at=now)
    return n + 1


def _mark(text: str) -> str:
    return (
        salted_hmac("counterpart.wrongtry", text, algorithm="sha256").hexdigest()[:32]
        if text
        else ""
    )


def _hash(code: str, figures: str) -> str:
    """Keyed with the installation's secret, and salted with the code's own id."""
    return salted_hmac(f"counterpart.mailcode.{code}", figures, algorithm="sha256").hexdigest()
