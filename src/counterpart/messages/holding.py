"""When the mail server itself is not to be had: wait a little, for all e-mail, and say since when.

Otherwise a thousand rows would each find out for themselves, one time-out after another. It must
not hold back for long: once the server is there again, everything goes within minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from counterpart.messages.kinds import REASON_WORDS
from counterpart.messages.models import Hold

MAIL = "mail"
FIRST_GAP = timedelta(seconds=15)
LONGEST_HOLD = timedelta(minutes=2)
AWAY_AFTER = 3
"""So many tries in a row that did not reach the server mean that the server is away."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """No e-mail has gone since `since_at`, and why."""

    since_at: datetime
    reason: str
    words: str


def is_held(now: datetime) -> bool:
    """Whether to leave the mail server alone for now. A wait longer than any we give does not count."""
    return Hold.objects.filter(
        channel=MAIL, until_at__gt=now, until_at__lte=now + LONGEST_HOLD
    ).exists()


def hold(reason: str, now: datetime) -> None:
    """The server was not to be had: wait, each time twice as long."""
    held, _ = Hold.objects.get_or_create(
        channel=MAIL,
        defaults={"since_at": now, "until_at": now, "failures": 0, "reason": reason},
    )
    gap = min(FIRST_GAP * 2 ** min(held.failures, 8), LONGEST_HOLD)
    Hold.objects.filter(channel=MAIL).update(
        until_at=now + gap, failures=F("failures") + 1, reason=reason
    )


def let_go() -> bool:
    """The server has answered. True where it had been away for several tries, and so itself was what
    was wrong: one e-mail that fells a server fails once and lets the next one through.

    One read where all was well before, as it nearly always was.
    """
    held = Hold.objects.filter(channel=MAIL).first()
    if held is None:
        return False
    Hold.objects.filter(channel=MAIL).delete()
    return held.failures >= AWAY_AFTER


def mail_trouble() -> Trouble | None:
    """Since when no e-mail goes at all, for the desk and for whoever watches; None when all is well."""
    held = Hold.objects.filter(channel=MAIL).first()
    return Trouble(held.since_at, held.reason, REASON_WORDS[held.reason]) if held else None
