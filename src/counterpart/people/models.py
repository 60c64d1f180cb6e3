"""The tables of the directory and of the accounts.

Ids are 32 hexadecimal characters given by the caller. `from_on` is the first day of a holding or a
cover and `until_on` the first day it is no longer so (None while it is open), both days in
Europe/London: what ends today has ended at the next request.

No logic belongs here: what changes a row is in `changes`, what reads one in `directory` and
`finders`.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Lower


class Partnership(models.Model):
    """A local safeguarding partnership: it owns a policy, and cases belong to it."""

    id = models.CharField(primary_key=True, max_length=32)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=200, blank=True)
    # None: no edition is in force yet
    policy = models.CharField(max_length=80, null=True)
    edition = models.CharField(max_length=128, null=True)

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An agency that works with children and families; it may belong to several partnerships."""

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    area = models.CharField(max_length=200, blank=True)
    safeguarding_inbox = models.CharField(max_length=254, blank=True)
    is_statutory = models.BooleanField(default=False)
    partnerships = models.ManyToManyField(
        Partnership, through="Membership", related_name="agencies"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An agency belongs to a partnership."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="memberships"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["partnership", "agency"], name="people_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.partnership_id}"


class Post(models.Model):
    """A post at a tier, in an agency or in a partnership's own office: duties belong to posts, not
    to people.
    """

    id = models.CharField(primary_key=True, max_length=32)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="posts")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, related_name="posts"
    )
    tier = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    mail = models.CharField(max_length=254, blank=True)
    last_confirmed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(agency__isnull=False, partnership__isnull=True)
                | Q(agency__isnull=True, partnership__isnull=False),
                name="people_post_in_one_body",
            )
        ]
        indexes: ClassVar = [Index(fields=["partnership", "tier"], name="people_post_office")]

    def __str__(self) -> str:
        return self.title

    @property
    def body_id(self) -> str:
        """The agency or the partnership the post stands in."""
        return str(self.agency_id or self.partnership_id)


class Person(models.Model):
    """A professional, with or without an account. The name is the one they work under."""

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """A person holds a post between two days."""

    id = models.CharField(primary_key=True, max_length=32)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="people_holding_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} holds {self.post_id}"


class Cover(models.Model):
    """Someone stands in between two days: for a person in all their posts, or in one post whoever
    holds it.
    """

    id = models.CharField(primary_key=True, max_length=32)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="covered_by"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="covered_by")
    covering = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(person__isnull=False, post__isnull=True)
                | Q(person__isnull=True, post__isnull=False),
                name="people_cover_of_one",
            ),
            CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("covering")),
                name="people_cover_by_another",
            ),
            CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="people_cover_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covering_id} covers {self.person_id or self.post_id}"


class Account(AbstractBaseUser):
    """A sign-in of one person. An administrator runs the system and sees no case."""

    id = models.CharField(primary_key=True, max_length=32)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(max_length=254, unique=True)  # always lower case: see the constraint
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=Q(email=Lower("email")), name="people_account_email_lower")
        ]
