"""Relations to cases, denies, and the log of reads.

Ids of cases, people and posts stand here as plain text without foreign keys: a row must outlive
whatever it names. No logic belongs here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from counterpart.journal.appendonly import AppendOnlyModel


class Relation(models.Model):
    """Someone has to do with a case from one instant until another (None while it lasts).

    `subject` is a person, a post (whoever may act in it) or a partnership (whoever has its desk).
    A person's holds only while they have a post in the agency or office named in `within`, where
    one is: whoever leaves it has left the case.
    """

    case = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=32)
    within = models.CharField(max_length=32, default="")
    kind = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    # whether the case is open: a list of somebody's open cases need not look at all that have ended
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            Index(fields=["case"], name="access_relation_of_case"),
            Index(fields=["subject", "case"], name="access_relation_of_subject"),
            Index(fields=["subject"], name="access_relation_open", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} is {self.kind} of {self.case}"


class Denial(models.Model):
    """A person who is never to see a case, by any path, whatever their post."""

    case = models.CharField(max_length=64)
    person = models.CharField(max_length=32)
    reason = models.CharField(max_length=40)

    class Meta:
        db_table = "access_denial"
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "case"], name="access_denial_once")
        ]
        indexes: ClassVar = [Index(fields=["case"], name="access_denial_of_case")]

    def __str__(self) -> str:
        return f"{self.person} is kept from {self.case}"


class Capability(models.Model):
    """An address that lets whoever has it do one thing (`purpose`) on a person's behalf, without signing in.

    Of the secret in it only the hash is kept.
    """

    person = models.CharField(max_length=32)
    purpose = models.CharField(max_length=20)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)  # the last day somebody came by it

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "purpose"], name="access_capability_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person}"


class Read(AppendOnlyModel):
    """One read of a case: who, in which post, when, by what right, and which page."""

    case = models.CharField(max_length=64)
    person = models.CharField(max_length=32)
    post = models.CharField(max_length=32, null=True)
    at = models.DateTimeField()
    basis = models.CharField(max_length=80)
    page = models.CharField(max_length=80)

    class Meta(AppendOnlyModel.Meta):
        db_table = "access_read"
        indexes: ClassVar = [
            Index(fields=["case", "id"], name="access_read_of_case"),
            Index(fields=["person", "id"], name="access_read_by_person"),
            Index(fields=["at"], name="access_read_at"),
        ]

    def __str__(self) -> str:
        return f"{self.person} read {self.case}"


class RefusedTry(AppendOnlyModel):
    """Somebody asked for a case that is not there, or is not theirs to see. Which reference is not kept."""

    person = models.CharField(max_length=32)
    at = models.DateTimeField()
    page = models.CharField(max_length=80)

    class Meta(AppendOnlyModel.Meta):
        db_table = "access_refused"
        indexes: ClassVar = [Index(fields=["at"], name="access_refused_at")]

    def __str__(self) -> str:
        return f"{self.person} was refused"


class Alert(models.Model):
    """Something unusual that a partnership's data protection leads and its desk are to look at.

    `person` is whom it is about, "" where that is nobody known; `n` how often, in the period that
    began at `since_at`. `looked_at` is when somebody said that it is seen to.
    """

    kind = models.CharField(max_length=20)
    partnership = models.CharField(max_length=32)
    person = models.CharField(max_length=32, default="")
    since_at = models.DateTimeField()
    n = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.CharField(max_length=32, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["kind", "partnership", "person", "since_at"], name="access_alert_once"
            )
        ]
        indexes: ClassVar = [
            Index(
                fields=["partnership", "made_at"],
                name="access_alert_open",
                condition=Q(looked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.partnership}"
