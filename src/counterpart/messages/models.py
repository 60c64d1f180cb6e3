"""The tables of messages: what is told in the app, what is to be sent, and how sending goes.

Ids of cases, posts and people stand here as plain text without foreign keys: a row must outlive
whatever it names. No name, nothing anybody wrote, and no address but one that a policy itself gives is
in any of them. No logic belongs here: what adds a row is in `owing`, what moves one in `outbox`, what
reads them in `notices` and `faults`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint


class Notice(models.Model):
    """Word of something on a case, told in the app to a post or a person. Never changed.

    `about` is the entry or the duty; `occasion` the entry that brought it about. `what` is the
    title of a duty in the policy, "" where it is about no duty.
    """

    case = models.CharField(max_length=64)
    reference = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=200)
    occasion = models.CharField(max_length=64, blank=True)
    what = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    to_kind = models.CharField(max_length=12)
    to = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["case", "kind", "about", "occasion", "to_kind", "to"],
                name="messages_notice_once",
            )
        ]
        indexes: ClassVar = [
            Index(fields=["to", "made_at", "id"], name="messages_notice_to"),
            Index(fields=["made_at", "to_kind", "to"], name="messages_notice_made"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.reference} to {self.to_kind} {self.to}"


class Seen(models.Model):
    """A person has seen a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="seen")
    person = models.CharField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["notice", "person"], name="messages_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} has seen {self.notice_id}"


class Rung(models.Model):
    """A duty has come to a rung of its ladder, and what became of that. Once, and never changed.

    `outcome` is one of `kinds`: told, overtaken by a later one, or nobody to tell. `reached_at` is
    the rung's own time, `fired_at` when we came to it.
    """

    duty = models.CharField(max_length=160)
    rung = models.CharField(max_length=60)
    case = models.CharField(max_length=64)
    clock = models.CharField(max_length=80)
    reached_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    outcome = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["duty", "rung"], name="messages_rung_once")
        ]
        indexes: ClassVar = [
            Index(fields=["case"], name="messages_rung_case"),
            Index(
                fields=["case", "duty"],
                condition=Q(outcome="nobody"),
                name="messages_rung_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rung} of {self.duty}: {self.outcome}"


class OutboxRow(models.Model):
    """One e-mail owed to a post or a person. Whose address it goes to is looked up when it is sent.

    One about the policy, and a digest, which has lines instead, are about no one case. One with a
    `gathering` asks somebody to a meeting at `due_at`, or says that it is off; `sequence` is for calendars.

    A letter that a policy asks for is `marked`, and to the `addressee`, as it says; `policy_address` is
    where the policy says that it goes.

    `next_try_at` is None once there is nothing more to try: it was sent, or was given up.
    `failed_at` is since when a person has had to be shown that it did not go; `reason` is how the
    last attempt ended. `claimed_until` is the end of a worker's lease.
    """

    id = models.CharField(primary_key=True, max_length=32)
    key = models.CharField(max_length=340, unique=True)
    case = models.CharField(max_length=64)
    reference = models.CharField(max_length=8)
    template = models.CharField(max_length=20)
    what = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    marked = models.TextField(blank=True)
    addressee = models.TextField(blank=True)
    policy_address = models.TextField(blank=True)
    gathering = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=200)
    message_id = models.CharField(max_length=320)
    to_kind = models.CharField(max_length=12)
    to = models.CharField(max_length=32)
    is_urgent = models.BooleanField()
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | Q(next_try_at__isnull=True, failed_at__isnull=True),
                name="messages_outbox_sent_is_done",
            )
        ]
        indexes: ClassVar = [
            # Both hold only what has not gone, and so stay small however much has been sent.
            Index(
                fields=["-is_urgent", "made_at", "id"],
                condition=Q(next_try_at__isnull=False),
                name="messages_outbox_to_try",
            ),
            Index(
                fields=["made_at", "id"],
                condition=Q(sent_at__isnull=True),
                name="messages_outbox_not_sent",
            ),
            Index(
                fields=["made_at"],
                condition=Q(reason="in_digest"),
                name="messages_outbox_in_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} of {self.reference} to {self.to_kind} {self.to}"


class MeetingInvitation(models.Model):
    """What a post or a person was last told of a meeting or a panel: when it is, or that it is off.

    `gathering` is the entry it was called for by. `arranged` is how often its time had been set anew;
    `sequence` rises each time this post or person is told.
    """

    gathering = models.CharField(max_length=64)
    is_panel = models.BooleanField()
    case = models.CharField(max_length=64)
    reference = models.CharField(max_length=8)
    to_kind = models.CharField(max_length=12)
    to = models.CharField(max_length=32)
    meets_at = models.DateTimeField()
    arranged = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    is_off = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["gathering", "to_kind", "to"], name="messages_meeting_once")
        ]
        indexes: ClassVar = [
            Index(fields=["case"], name="messages_meeting_case"),
            Index(fields=["to", "meets_at"], name="messages_meeting_to"),
        ]

    def __str__(self) -> str:
        return f"{self.gathering} of {self.reference} to {self.to_kind} {self.to}"


class DigestLine(models.Model):
    """A line of a digest as it was when that was made. `kind` is `to_do`, or the kind of the news.

    `duty` and the `post` that has it are for what is to be done; "" for news.
    """

    row = models.ForeignKey(OutboxRow, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    case = models.CharField(max_length=64)
    reference = models.CharField(max_length=8)
    what = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    duty = models.CharField(max_length=160, blank=True)
    post = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["row", "place"], name="messages_digestline_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.reference}"


class Digested(models.Model):
    """A notice has been in a digest (`row`) to a person, or to a post that was vacant (`to`)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="digested")
    row = models.ForeignKey(OutboxRow, on_delete=models.CASCADE, related_name="gathered", null=True)
    to = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["notice", "to"], name="messages_digested_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} has been in a digest to {self.to}"


class Delivery(models.Model):
    """A mail server took a message for one recipient: a person's id, or `post` for its own mailbox."""

    row = models.ForeignKey(OutboxRow, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.CharField(max_length=32)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["row", "recipient"], name="messages_delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.row_id} taken for {self.recipient}"


class Hold(models.Model):
    """The mail server is not to be had: nothing is tried before `until_at`. No row while all is well."""

    channel = models.CharField(primary_key=True, max_length=20)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    failures = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.channel} held until {self.until_at}"


class Routine(models.Model):
    """Something workers do again and again: when last, when next, and who is at it now."""

    name = models.CharField(primary_key=True, max_length=40)
    last_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
