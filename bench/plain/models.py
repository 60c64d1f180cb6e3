"""A case as a record that is changed, and what follows from a change: each row copied to its history at every save.

`Case` alone is the plain record: one row, with the newest discussion in it. With the others it is the same change as
an act of ours makes: the discussion as an entry of its own, what had to be done and now has, what has to be done
next, who is told in the app and by e-mail. Nothing is worked out here: who, what and when are given. No words are
sealed.
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


class Entry(models.Model):
    """A discussion that was had."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    step = models.CharField(max_length=60)
    how = models.CharField(max_length=20)
    result = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    person = models.CharField(max_length=32)
    post = models.CharField(max_length=32)
    agency = models.CharField(max_length=32)
    actor_name = models.TextField()
    actor_post = models.TextField()
    said = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.step


class Duty(models.Model):
    """Something that somebody has to do, or had."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duties")
    what = models.CharField(max_length=200)
    post = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=40)
    history = HistoricalRecords()

    class Meta:
        app_label = "plain"
        indexes: ClassVar = [
            models.Index(fields=["post", "due_at"], name="plain_duty_post"),
            models.Index(fields=["due_at"], name="plain_duty_due"),
        ]

    def __str__(self) -> str:
        return self.what


class Notice(models.Model):
    """Word of it, in the app."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    to = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        app_label = "plain"
        indexes: ClassVar = [models.Index(fields=["to", "made_at"], name="plain_notice_to")]

    def __str__(self) -> str:
        return self.kind


class Mail(models.Model):
    """An e-mail owed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mails")
    template = models.CharField(max_length=20)
    what = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    to = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    class Meta:
        app_label = "plain"
        indexes: ClassVar = [models.Index(fields=["sent_at", "made_at"], name="plain_mail_sent")]

    def __str__(self) -> str:
        return self.template


EVERY = (Case, Entry, Duty, Notice, Mail)
