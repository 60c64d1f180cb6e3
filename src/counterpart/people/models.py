"""The tables of the directory and of the accounts.

Ids are 32 hexadecimal characters given by the caller. `from_on` is the first day of a holding or a
cover and `until_on` the first day it is no longer so (None while it is open), both days in
Europe/London: what ends today has ended at the next request. `closed_on` is the first day on which
a post or an agency is there no more.

No logic belongs here: what changes a row is in `changes`, what reads one in `directory` and
`finders`.
"""

from collections.abc import Iterator
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
    closed_on = models.DateField(null=True)
    partnerships = models.ManyToManyField(
        Partnership, through="Membership", related_name="agencies"
    )

    def __str__(self) -> str:
        return self.name


class AgencyDomain(models.Model):
    """What stands after the @ in the addresses of an agency's people. Several agencies may share one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=253)  # lower case

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["domain", "agency"], name="people_domain_once")
        ]

    def __str__(self) -> str:
        return self.domain


class Membership(models.Model):
    """An agency belongs to a partnership, whose files call it by `code` ("" where none was given)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="memberships"
    )
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["partnership", "agency"], name="people_membership_once"),
            UniqueConstraint(
                fields=["partnership", "code"], condition=~Q(code=""), name="people_agency_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.partnership_id}"


class Post(models.Model):
    """A post at a tier, in an agency or in a partnership's own office: duties belong to posts, not
    to people. Files call it by `code`, which is its body's own ("" where none was given).
    """

    id = models.CharField(primary_key=True, max_length=32)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="posts")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, related_name="posts"
    )
    tier = models.CharField(max_length=40)
    code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    mail = models.CharField(max_length=254, blank=True)
    last_confirmed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    # somebody who came in by a code stated it, and nobody who keeps the agency has confirmed it since
    is_stated = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(agency__isnull=False, partnership__isnull=True)
                | Q(agency__isnull=True, partnership__isnull=False),
                name="people_post_in_one_body",
            ),
            UniqueConstraint(
                fields=["agency", "code"], condition=~Q(code=""), name="people_post_code"
            ),
            UniqueConstraint(
                fields=["partnership", "code"],
                condition=~Q(code=""),
                name="people_office_post_code",
            ),
        ]
        indexes: ClassVar = [Index(fields=["partnership", "tier"], name="people_post_office")]

    def __str__(self) -> str:
        return self.title

    @property
    def body_id(self) -> str:
        """The agency or the partnership the post stands in."""
        return str(self.agency_id or self.partnership_id)


class Person(models.Model):
    """A professional, with or without an account. The name is the one they work under.

    `mail` is the address of their work, by which files know them; lower case, "" where not known.
    """

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200)
    mail = models.CharField(max_length=254, blank=True)
    # they stated who they are, and nobody who keeps an agency of theirs has confirmed it since
    is_stated = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["mail"], condition=~Q(mail=""), name="people_person_mail"),
            CheckConstraint(condition=Q(mail=Lower("mail")), name="people_person_mail_lower"),
        ]

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


class Tie(models.Model):
    """Two people belong to one household or family between two days. The smaller id is `one`."""

    id = models.CharField(primary_key=True, max_length=32)
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties_back")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=Q(one__lt=F("other")), name="people_tie_of_two"),
            CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="people_tie_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class Account(AbstractBaseUser):
    """A sign-in of one person. An administrator runs the system and sees no case."""

    id = models.CharField(primary_key=True, max_length=32)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(max_length=254, unique=True)  # always lower case: see the constraint
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    # how often its second step was changed: a session that began before the last time has ended
    second_step_changes = models.PositiveIntegerField(default=0)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=Q(email=Lower("email")), name="people_account_email_lower")
        ]

    def get_session_auth_hash(self) -> str:
        """What a session must hold to go on: another one after each change of password or second step."""
        return f"{super().get_session_auth_hash()}.{self.second_step_changes}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same, as it was under the keys of the installation before this one."""
        for one in super().get_session_auth_fallback_hash():
            yield f"{one}.{self.second_step_changes}"


class AccountInvitation(models.Model):
    """A link sent to one address, by which a person opens their account, or gets back into it.

    The link is worked out from the id and the installation's key: it is kept nowhere. It is over
    once it was used or withdrawn, and after three days.
    """

    id = models.CharField(primary_key=True, max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)  # lower case
    is_administrator = models.BooleanField(default=False)
    invited_by = models.CharField(max_length=32, blank=True)  # a person; "" whoever runs it
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="people_invitation_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} invited"


class MailCode(models.Model):
    """A code that was sent to a mailbox, so that whoever reads it may go on without an account.

    `about` is the message it was asked for by, "" to raise a concern. Only a keyed hash of the code is
    kept; "" where the address was not known, and no code can be right.
    """

    id = models.CharField(primary_key=True, max_length=32)
    address = models.CharField(max_length=254)  # lower case
    about = models.CharField(max_length=32, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [Index(fields=["made_at"], name="people_mailcode_made")]

    def __str__(self) -> str:
        return f"a code of {self.made_at}"


class WrongTry(models.Model):
    """Somebody typed a wrong code (`kind`), or came by a link that we did not make or that is over.

    `about` stands for the mailbox or the message, "" where there is none like it, and `came_from` for the
    address in the network. Both are keyed hashes: they can be counted, and not read.
    """

    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=32, default="")
    came_from = models.CharField(max_length=32, default="")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [Index(fields=["at"], name="people_wrongtry_at")]

    def __str__(self) -> str:
        return f"a wrong {self.kind}"


class MailboxReader(models.Model):
    """A person who has shown that they read a mailbox which several may share, under the name they stated."""

    address = models.CharField(max_length=254)  # lower case
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mailboxes")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["address", "person"], name="people_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} reads a mailbox"


class KnownBrowser(models.Model):
    """A browser an account has signed in from. `mark` is a hash of what the browser keeps."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="browsers")
    mark = models.CharField(max_length=64)
    first_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["account", "mark"], name="people_browser_once")
        ]

    def __str__(self) -> str:
        return f"a browser of {self.account_id}"


class Provider(models.Model):
    """An agency's own sign-on (OpenID Connect). Its secret is in a file outside the database."""

    code = models.CharField(primary_key=True, max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="providers")
    issuer = models.URLField(max_length=200)
    client = models.CharField(max_length=190)
    secret_file = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.code
