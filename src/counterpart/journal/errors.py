"""What can go wrong in the journal: exceptions that carry what the caller needs to answer well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterpart.journal.models import Submission


class Conflict(Exception):
    """Somebody else wrote to the stream first. Nothing was written: read and decide again."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} is at version {actual}, not {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual


class Repeated(Exception):
    """This submission was made before; `submission` says what it made. Nothing new was written."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(f"already made versions of {submission.stream}")
        self.submission = submission


class Unreadable(Exception):
    """An event that cannot be kept or given back exactly: unregistered, or a wrong type."""


class OutsideTransaction(Exception):
    """`append` was called outside a transaction: an event could stand without what it changes."""


class AppendOnly(Exception):
    """Something tried to change or remove what was written. A correction is a new entry."""
