"""Tables of this room that are not the record: what is being written, and editions of policies.

No logic belongs here. `drafts` reads and writes the first, `editions` the second.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Index


class Draft(models.Model):
    """A concern somebody has begun to write: one sealed note, belonging to one person.

    It is no part of any record. `visit` is that of whoever wrote in it last without an account, by a mailbox
    that others read too; "" for all others. `sealed` is emptied when it has been sent, and `sent_as` is then
    the reference of the case it became, so that a second sending finds the same receipt.
    """

    id = models.CharField(primary_key=True, max_length=32)
    person = models.CharField(max_length=32)
    visit = models.CharField(max_length=32, default="")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)
    sent_as = models.CharField(max_length=8, null=True)

    class Meta:
        indexes: ClassVar = [Index(fields=["person", "saved_at"], name="casework_draft_of_person")]

    def __str__(self) -> str:
        return self.id


class PolicyEdition(models.Model):
    """An edition of a policy, whole and never changed. `edition` is the SHA-256 of `content`."""

    edition = models.CharField(primary_key=True, max_length=64)
    policy = models.CharField(max_length=60)
    content = models.BinaryField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.edition
