"""Made-up events and short ways to write them, for the tests of the journal."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction

from counterpart.engine.events import CaseClosed, EntryCorrected, OutcomeProposed
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import Actor, Recorded
from counterpart.journal.writing import New, append

NOW = datetime(2026, 3, 2, 10, 30, 15, 123456, tzinfo=UTC)
EARLIER = NOW - timedelta(days=2)
CANARY = "Zephyrine Quillfeather"  # no other text in a test holds either word
RAISER = Actor(
    person=Id("d" * 32),
    post=Id("e" * 32),
    agency=Id("f" * 32),
    capacity=Code("raiser"),
    on_behalf_of=Id("b" * 32),
)
NAMES = {"actor_name": "Ada Exemplar", "actor_post": "Designated safeguarding lead"}


def an_id() -> Id:
    return Id(uuid.uuid4().hex)


def new(
    event: object | None = None, *, id: str = "", names: Mapping[str, str] | None = None
) -> New:
    """An event about to be written: a correction that names the canary, unless told otherwise."""
    return New(
        id=Id(id) or an_id(),
        happened_at=EARLIER,
        actor=RAISER,
        names=NAMES if names is None else names,
        event=event or correction(),
    )


def correction(text: str = f"It was {CANARY} who telephoned.") -> EntryCorrected:
    return EntryCorrected(entry=Id("c" * 32), correction=Words(text), reason=Words("misheard"))


def proposal() -> OutcomeProposed:
    texts = (Words("visit"), Words(""), Words(f"tell {CANARY}"))
    return OutcomeProposed(number=1, basis=Code("agreement"), action_texts=texts)


def closing() -> CaseClosed:
    """An event without words."""
    return CaseClosed(ending=Code("agreed"))


def written(
    stream: str, expected: int, *news: New, key: str | None = None, kind: str = "case"
) -> tuple[Recorded, ...]:
    """Append in a transaction of its own."""
    with transaction.atomic():
        return append(stream, kind, expected, news, key=key, written_at=NOW)
