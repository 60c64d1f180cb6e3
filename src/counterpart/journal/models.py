"""The journal's four tables. Rows are added and stay; only a stream's version moves, upwards.

Facts are kept as the exact text that was written (canonical JSON), not as a database's own JSON
type, so that what is later signed is what was stored. No table points to a live one, and none holds
plain words.
"""

from typing import ClassVar

from django.db import models

from counterpart.journal.appendonly import AppendOnlyModel


class Stream(AppendOnlyModel):
    """Something with a history (a case, a directory, a policy) and how far it has come."""

    may_change: ClassVar[frozenset[str]] = frozenset({"version"})

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        indexes = (models.Index(fields=["kind", "id"], name="journal_stream_of_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id} at {self.version}"


class Event(AppendOnlyModel):
    """One thing that happened: entry `version` of its stream, of a named type and schema version.

    `actor` and `facts` are canonical JSON; they hold ids, codes, numbers, days and instants, and no
    words.
    """

    id = models.CharField(max_length=64, primary_key=True)
    stream = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    type = models.CharField(max_length=64)
    schema = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.TextField()
    facts = models.TextField()

    class Meta(AppendOnlyModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["stream", "version"], name="journal_event_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Words(AppendOnlyModel):
    """The words of one field of one event, sealed under the stream's data key."""

    # The stream comes first so that one case's words lie, and are read, together.
    pk = models.CompositePrimaryKey("stream", "event", "field")
    stream = models.CharField(max_length=64)
    event = models.CharField(max_length=64)
    field = models.CharField(max_length=64)
    salt = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.field} of {self.event}"


class Submission(AppendOnlyModel):
    """One accepted submission, by the key its form carried, and the versions that it made."""

    key = models.CharField(max_length=128, primary_key=True)
    stream = models.CharField(max_length=64)
    first_version = models.PositiveIntegerField()
    last_version = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stream} {self.first_version} to {self.last_version}"
