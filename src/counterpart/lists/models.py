"""The lists' tables. Codes, ids and instants only; there are no words here and no logic."""

from __future__ import annotations

from django.db import models


class CaseRow(models.Model):
    """One case: where it stands. `waiting_since` is set while an outcome waits for answers."""

    case = models.CharField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=8, unique=True)
    partnership = models.CharField(max_length=32)
    policy = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    stage = models.CharField(max_length=60)
    status = models.CharField(max_length=12)
    ending = models.CharField(max_length=12, default="")
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField()
    raising = models.CharField(max_length=32)
    waiting_since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    version = models.IntegerField()
    # the edition of the bank holidays it counts by; "" for a case that has named none
    calendar = models.CharField(max_length=20, default="")

    class Meta:
        """Each index serves one view of the desk, read from one end."""

        db_table = "lists_case"
        indexes = (
            models.Index(
                "partnership", "raised_at", "case",
                name="lists_case_open", condition=models.Q(status="open"),
            ),
            models.Index(
                "partnership", "stage", "raised_at", "case",
                name="lists_case_stage", condition=models.Q(status="open"),
            ),
            models.Index(
                "partnership", "waiting_since", "case",
                name="lists_case_waiting", condition=models.Q(waiting_since__isnull=False),
            ),
        )  # fmt: skip


class PartyRow(models.Model):
    """One agency in one case."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="parties")
    agency = models.CharField(max_length=32)
    side = models.CharField(max_length=12)

    class Meta:
        db_table = "lists_party"
        indexes = (models.Index("agency", "case", name="lists_party_agency"),)


class ChildRow(models.Model):
    """The keyed hash of a child's reference in one case: finds the same child, says nothing."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="children")
    index = models.CharField(max_length=64)

    class Meta:
        db_table = "lists_child"
        indexes = (models.Index("index", "case", name="lists_child_index"),)


class DutyRow(models.Model):
    """One open duty: its owner, and when it is due if it has a time. `nobody` says who is missing."""

    id = models.CharField(primary_key=True, max_length=160)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="duties")
    partnership = models.CharField(max_length=32)
    clock = models.CharField(max_length=80)
    action = models.CharField(max_length=32, default="")
    body = models.CharField(max_length=32)
    role = models.CharField(max_length=60)
    post = models.CharField(max_length=32, default="")
    nobody = models.CharField(max_length=12, default="")
    about = models.CharField(max_length=32, default="")
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    force = models.CharField(max_length=8)
    clause = models.CharField(max_length=40)
    # when something follows of itself, if the policy says that something does
    acts_at = models.DateTimeField(null=True)
    # when somebody is next told of it, up its ladder; `ladder` is a mark of the ladder's times
    next_rung_at = models.DateTimeField(null=True)
    ladder = models.CharField(max_length=16, default="")

    class Meta:
        """Found by when it is due, by its owner, by having nobody, and by what follows from it."""

        db_table = "lists_duty"
        indexes = (
            models.Index(
                "partnership", "due_at", "id",
                name="lists_duty_due", condition=models.Q(due_at__isnull=False),
            ),
            models.Index("post", "due_at", name="lists_duty_post"),
            models.Index(
                "partnership", "opened_at", "id",
                name="lists_duty_nobody", condition=~models.Q(nobody=""),
            ),
            models.Index(
                "acts_at", name="lists_duty_acts", condition=models.Q(acts_at__isnull=False)
            ),
            models.Index(
                "next_rung_at", name="lists_duty_rung",
                condition=models.Q(next_rung_at__isnull=False),
            ),
        )  # fmt: skip
