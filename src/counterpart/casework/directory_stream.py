"""Writing to the directory's own record: a stream for each agency and for each partnership's office.

It must not decide who may write, and must not change a table of the directory.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from counterpart.casework.actors import Acting
from counterpart.casework.policystream import own_key
from counterpart.engine.kinds import Id
from counterpart.journal.reading import head
from counterpart.journal.writing import New, append

KIND = "directory"
INSTALLATION = "installation"
"""The body of what belongs to no agency and no partnership: who runs the installation."""


def stream_of(body: str) -> str:
    """The stream of an agency, of a partnership's office, or of `INSTALLATION`."""
    return f"{KIND}-{body}"


def write(body: str, events: Sequence[Any], actor: Acting, now: datetime, *, key: str = "") -> None:
    """Append to the record of one body, inside the caller's transaction. At most eight statements.

    `key` is that of the form that was sent, "" where none was. Raises `journal.errors.Repeated`
    where it was sent before, and `Conflict` where somebody else wrote at the same moment.
    """
    if not events:
        return
    stream = stream_of(body)
    was = head(stream)
    new = [
        New(id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names, event=event)
        for event in events
    ]
    append(
        stream,
        KIND,
        was.version if was else 0,
        new,
        key=own_key(key, actor.person, stream) if key else None,
        written_at=now,
    )


def write_each(
    bodies: Sequence[str], event: Any, actor: Acting, now: datetime, *, key: str = ""
) -> None:
    """The same event in the records of several bodies; the form's key stands with the first."""
    for n, body in enumerate(sorted(bodies)):
        write(body, [event], actor, now, key="" if n else key)
