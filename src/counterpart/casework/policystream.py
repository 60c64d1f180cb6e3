"""Writing to a policy's own stream in the journal: its editions, and what people say of it.

One event a submission. A race lost to somebody else's entry is tried again: entries of this stream
do not depend on each other. It must not decide who may write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.engine.kinds import Id
from counterpart.engine.registry import REGISTRY, Recorded
from counterpart.journal.errors import Conflict, Repeated
from counterpart.journal.reading import Whole, all_streams, head, read_whole
from counterpart.journal.writing import New, append

KIND = "policy"
TRIES = 3


def write(
    policy: str,
    event: object,
    *,
    actor: Acting,
    now: datetime,
    key: str = "",
    then: Callable[[Recorded], None],
) -> bool:
    """Append one event to the stream of a policy and do what follows from it, all or nothing.

    `key` is the submission's own ("" for what no form sent). False where it had been sent before:
    nothing is done then. Whatever `then` raises undoes it all. Raises `journal.errors.Conflict`.
    """
    stream = f"policy-{policy}"
    for left in range(TRIES, 0, -1):
        new = New(
            id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names, event=event
        )
        try:
            with transaction.atomic():
                was = head(stream)
                made = append(
                    stream,
                    KIND,
                    was.version if was else 0,
                    [new],
                    key=own_key(key, actor.person, stream) if key else None,
                    written_at=now,
                )
                then(made[0])
        except Repeated:
            return False
        except Conflict:
            if left == 1:
                raise
        else:
            return True
    raise AssertionError("unreachable")


def entries(*names: str) -> Iterator[Whole]:
    """The entries of the types so named in the streams of all policies, each stream's oldest first.

    Three queries a policy at most, and an installation has few policies.
    """
    wanted = tuple(REGISTRY[name].cls for name in names)
    for stream in all_streams(KIND):
        for whole in read_whole(stream.id, only=names):
            if isinstance(whole.recorded.event, wanted):
                yield whole


def own_key(key: str, person: str | None, stream: str) -> str:
    """Good for one person and one stream: a key that somebody else has seen does nothing."""
    return hashlib.sha256(f"{person or KIND} {stream} {key}".encode()).hexdigest()
