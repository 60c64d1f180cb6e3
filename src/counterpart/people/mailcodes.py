"""Codes sent to a mailbox, so that whoever reads it may go on: made, tried, used once.

A code has 8 figures, is good for 15 minutes and five tries, and for one use however many come at once:
each try and the use itself is one conditional UPDATE. It must not send anything, nor know what the
code is for.
"""

import secrets
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
"""So many in an hour, over the whole installation, are no slips of the finger."""
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


def note_wrong(kind: str, now: datetime) -> int:
    """Write down a wrong code or link; how many there were within the hour, this one among them."""
    WrongTry.objects.filter(at__lt=now - KEPT_FOR).delete()
    WrongTry.objects.create(kind=kind, at=now)
    return WrongTry.objects.filter(at__gt=now - AN_HOUR).count()


def _hash(code: str, figures: str) -> str:
    """Keyed with the installation's secret, and salted with the code's own id."""
    return salted_hmac(f"counterpart.mailcode.{code}", figures, algorithm="sha256").hexdigest()
