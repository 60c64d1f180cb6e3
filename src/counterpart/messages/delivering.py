"""Delivering one claimed row of the outbox: to one recipient, then marking it.

The order is: claim, send, mark. It must never mark before sending: a message marked first and then
not sent is lost without a trace, and a message sent twice carries the same Message-ID.
"""

import logging
from datetime import datetime

from django.conf import settings

from counterpart.messages import holding, outbox
from counterpart.messages.channels import Channel, NotTaken
from counterpart.messages.composing import compose
from counterpart.messages.models import OutboxRow
from counterpart.messages.recipients import Nobody, recipients_of

_log = logging.getLogger("counterpart.messages")


def deliver(row: OutboxRow, channel: Channel, now: datetime) -> None:
    """Send a claimed row to the first recipient who has not had it, and mark what became of it.

    One e-mail at most, so that it fits into the lease; a row with more recipients is claimed again.
    A failure that is foreseen is marked; any other exception is the caller's to park.
    """
    found = recipients_of(row, now)
    if isinstance(found, Nobody):
        outbox.not_sent(row, found.reason, now)
        return
    had = set(row.deliveries.values_list("recipient", flat=True))
    left = [recipient for recipient in found if recipient.key not in had]
    if not left:
        outbox.all_sent(row, now)
        return
    try:
        channel.send(compose(row, settings.ADDRESS), left[0].address, now)
    except NotTaken as fault:
        # The kind of fault only: a mail server's words repeat the address.
        _log.warning(
            "A message was not taken (%s): %s", fault.reason, type(fault.__cause__).__name__
        )
        outbox.not_sent(row, fault.reason, now)
        if fault.is_of_the_channel:
            holding.hold(fault.reason, now)
        return
    outbox.accepted(row, left[0].key, now, is_last=len(left) == 1)
    holding.let_go()
