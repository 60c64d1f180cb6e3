"""The mail of a made-up year: a channel that gives each letter to the witness, and the days on which there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from counterpart.messages.channels import NotTaken
from counterpart.messages.composing import Message
from counterpart.messages.kinds import REFUSED, UNREACHABLE
from tests.integration.worker.witness import LONDON, Letter, Witness

BEGIN = date(2026, 11, 2)
DAY = timedelta(days=1)
NO_MAIL = ((40, 0.4), (90, 1.0), (210, 3.0))
"""Days on which the mail server goes away, and for how many days."""
REFUSES = (250, 264)
"""Days between which one mailbox refuses everything."""
_LINK = re.compile(r"/cases/([0-9A-Z]{8})")


def at(day: float, hour: time = time()) -> datetime:
    """An instant of the year: a day of it, and the hour in London."""
    whole = datetime.combine(BEGIN + timedelta(days=int(day)), hour, LONDON).astimezone(UTC)
    return whole + timedelta(days=day % 1)


@dataclass
class PostBag:
    """A channel that gives each letter to the witness; now and then there is no mail server."""

    witness: Witness
    people: dict[str, str]
    names: Sequence[str]
    refusing: str = ""

    def send(self, message: Message, to: str, now: datetime) -> None:
        """Take it, or not."""
        if any(at(day) <= now < at(day + length) for day, length in NO_MAIL):
            raise NotTaken(UNREACHABLE)
        if to == self.refusing and at(REFUSES[0]) <= now < at(REFUSES[1]):
            raise NotTaken(REFUSED)
        about = frozenset(_LINK.findall(message.text))
        self.witness.gets(Letter(self.people[to], now, message.subject, message.text, about))
        self.witness.wrong += [
            f"{name} in {message.subject}" for name in self.names if name in message.text
        ]

    def close(self) -> None:
        """Nothing is open."""
