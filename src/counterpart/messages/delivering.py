"""Delivering a batch of claimed rows of the outbox: each is sent, and then marked.

The order is: claim, send, mark. It must never mark before sending: a message marked first and then
not sent is lost without a trace, and a message sent twice carries the same Message-ID.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from counterpart.messages import holding, outbox
from counterpart.messages.answering import links_of
from counterpart.messages.channels import Channel, NotTaken
from counterpart.messages.composing import Message, compose
from counterpart.messages.digests import lines_of
from counterpart.messages.inviting import asked_in
from counterpart.messages.kinds import DIGEST, FAULT, LATER, REFUSED
from counterpart.messages.models import Delivery, DigestLine, OutboxRow
from counterpart.messages.recipients import Found, Nobody, Recipient, recipients_of_all

MOST_TIME = timedelta(seconds=30)
"""A batch begins no further e-mail after this long, so that it ends well within its lease."""

PUT_OFF_AFTER = 3
"""So many times asked to come later are no passing matter: others wait for the same thing to end."""

Clock = Callable[[], float]
"""Seconds, from wherever they are counted: only differences matter."""

_log = logging.getLogger("counterpart.messages")


@dataclass(slots=True)
class Batch:
    """Claimed rows, the one in hand first. A row leaves it once what became of it is marked."""

    left: list[OutboxRow]

    def park(self, now: datetime) -> None:
        """The row in hand went wrong in a way nobody foresaw; the others have not been touched."""
        for row in self.left[:1]:
            outbox.not_sent(row, FAULT, now)
        outbox.release(self.left[1:])


def deliver(batch: Batch, channel: Channel, now: datetime, clock: Clock = time.monotonic) -> None:
    """Send the rows of a batch over one connection, and mark after each what became of it.

    What there is no time for, or no mail server, is let go untried. A failure that is foreseen is
    marked; any other exception is the caller's to park.
    """
    began = clock()
    try:
        found = recipients_of_all(batch.left, now)
        had = _had(batch.left)
        while batch.left and clock() - began < MOST_TIME.total_seconds():
            row = batch.left[0]
            one = _Delivering(row, channel, now + timedelta(seconds=clock() - began))
            goes_on = one.to(found[row.id], had.get(row.id, ()))
            batch.left.pop(0)
            if not goes_on:
                break
        outbox.release(batch.left)
    finally:
        channel.close()


@dataclass(slots=True)
class _Delivering:
    """One row being sent, from `at` on."""

    row: OutboxRow
    channel: Channel
    at: datetime
    faults: list[NotTaken] = field(default_factory=list)
    lines: list[DigestLine] = field(default_factory=list)

    def to(self, found: Found, had: Collection[str]) -> bool:
        """Send to everyone who has not had it, and mark. Whether the batch may go on after it."""
        if isinstance(found, Nobody):
            outbox.not_sent(self.row, found.reason, self.at)
            return True
        left = [recipient for recipient in found if recipient.key not in had]
        lines = lines_of(self.row, self.at) if self.row.template == DIGEST else []
        has_nothing = self.row.template == DIGEST and not lines
        if not left or has_nothing:
            outbox.all_sent(self.row, self.at)
            return True
        self.lines = lines
        return self._send_to_each(left)

    def _send_to_each(self, left: list[Recipient]) -> bool:
        """One address that is refused does not keep the others from having theirs."""
        was_away = False
        for recipient in left:
            if self._is_taken(recipient):
                is_last = recipient is left[-1] and not self.faults
                outbox.accepted(self.row, recipient.key, self.at, is_last=is_last)
                was_away |= holding.let_go() or self._was_put_off()
            elif self.faults[-1].is_of_the_channel:
                break
        if self.faults:
            outbox.not_sent(self.row, _worst(self.faults), self.at)
        # What waited for the server may be more urgent than the rest of this batch: claim anew.
        if was_away and outbox.all_again(self.at):
            return False
        return not any(fault.is_of_the_channel for fault in self.faults)

    def _was_put_off(self) -> bool:
        """Whether the server kept asking for this e-mail to come later, and now has taken it."""
        return self.row.reason == LATER and self.row.attempts > PUT_OFF_AFTER

    def _message_for(self, recipient: Recipient) -> Message:
        row, lines = self.row, self.lines
        if not recipient.may_see:
            return compose(row, settings.ADDRESS, may_see=False)
        links = None if recipient.has_account else links_of(row, recipient.address, lines)
        meetings = asked_in(row, lines)
        return compose(row, settings.ADDRESS, lines, links=links, meetings=meetings)

    def _is_taken(self, recipient: Recipient) -> bool:
        message = self._message_for(recipient)
        try:
            self.channel.send(message, recipient.address, self.at)
        except NotTaken as fault:
            # The kind of fault only: a mail server's words repeat the address.
            _log.warning(
                "A message was not taken (%s): %s", fault.reason, type(fault.__cause__).__name__
            )
            self.faults.append(fault)
            if fault.is_of_the_channel:
                holding.hold(fault.reason, self.at)
            return False
        return True


def _had(rows: Iterable[OutboxRow]) -> dict[str, set[str]]:
    had: dict[str, set[str]] = {}
    made = Delivery.objects.filter(row__in=[row.id for row in rows])
    for row, recipient in made.values_list("row_id", "recipient"):
        had.setdefault(row, set()).add(recipient)
    return had


def _worst(faults: Iterable[NotTaken]) -> str:
    """What a person must see at once, before what only has to wait."""
    reasons = [fault.reason for fault in faults]
    return REFUSED if REFUSED in reasons else reasons[-1]
