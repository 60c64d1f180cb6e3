"""A case as a record that is changed: one row, the newest discussion in it, and a copy of it kept at every save.

It works nothing out. No duties, no deadlines, nobody told, no words sealed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords


class Case(models.Model):
    """What a case and its last discussion say, in columns."""

    id = models.CharField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=8, unique=True)
    partnership = models.CharField(max_length=32)
    policy = models.CharField(max_length=60)
    stage = models.CharField(max_length=60)
    status = models.CharField(max_length=12)
    raising = models.CharField(max_length=32)
    receiving = models.CharField(max_length=32)
    raised_at = models.DateTimeField()
    last_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=32)
    step = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=20, blank=True)
    present = models.TextField(blank=True)
    said = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        app_label = "plain"
        indexes: ClassVar = [models.Index(fields=["partnership", "due_at"], name="plain_case_due")]

    def __str__(self) -> str:
        return self.reference
