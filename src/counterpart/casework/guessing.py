"""Codes and links that are not right: each is counted, and many of them are told to whoever is to look into it.

They are counted for each mailbox and message, and for each address in the network, and nothing else is
kept of them. It refuses nobody: the code and the link refuse for themselves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction

from counterpart.access.kinds import EVERYWHERE, GUESSES
from counterpart.casework.alerting import raise_alert
from counterpart.casework.coming_in import agencies_at
from counterpart.lists.models import CaseRow
from counterpart.messages import answering
from counterpart.messages.models import DigestLine, OutboxRow
from counterpart.people import mailcodes
from counterpart.people.finders import partnerships_open_to
from counterpart.people.mailboxes import person_at
from counterpart.people.models import Membership

_log = logging.getLogger(__name__)


def wrong_link(token: str, came_from: str, now: datetime) -> None:
    """Somebody came by a link that we did not make, or sent a form by one that is over.

    `came_from` is the address in the network. What is known of the link is the message it names, if any.
    """
    lead = answering.lead_of(token)
    row = lead.row.id if lead else ""
    _note(mailcodes.LINK, row, came_from, lambda: _of_message(row), now)


def wrong_code(code: str, came_from: str, now: datetime) -> None:
    """Somebody typed figures that are not this code's."""
    sent = mailcodes.sent(code)
    address, row = (sent.address, sent.about) if sent else ("", "")
    _note(
        mailcodes.CODE,
        address,
        came_from,
        lambda: _of_message(row) if row else _of_mailbox(address, now),
        now,
    )


def _note(
    kind: str, about: str, came_from: str, where: Callable[[], Collection[str]], now: datetime
) -> None:
    """Count it; where there are many, tell the partnerships it is about, or all of them where none is known."""
    with transaction.atomic():
        n = mailcodes.note_wrong(kind, about=about, came_from=came_from, now=now)
        _log.warning("somebody without an account was refused: wrong %s", kind)
        if n < mailcodes.MANY_WRONG:
            return
        since_at = now.replace(minute=0, second=0, microsecond=0)
        for partnership in sorted(where()) or [EVERYWHERE]:
            raise_alert(kind=GUESSES, partnership=partnership, since_at=since_at, n=n, now=now)


def _of_message(row: str) -> Collection[str]:
    """The partnerships of the case that a message is about, or of those that its lines are."""
    cases = {
        *OutboxRow.objects.filter(id=row).values_list("case", flat=True),
        *DigestLine.objects.filter(row=row).values_list("case", flat=True),
    }
    found = CaseRow.objects.filter(case__in=cases - {""})
    return set(found.values_list("partnership", flat=True))


def _of_mailbox(address: str, now: datetime) -> Collection[str]:
    """The partnerships of whoever has a mailbox, and of the agencies whose addresses are like it."""
    agencies = [agency.id for agency in agencies_at(address, now)]
    found = Membership.objects.filter(agency__in=agencies).values_list("partnership", flat=True)
    person = person_at(address)
    theirs = partnerships_open_to(person.id, now) if person else ()
    return {*found, *(one.id for one in theirs)}
