"""Made-up posts, duties and channels for tests of messages and the worker. No assertions here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction

from counterpart.access.kinds import BUSINESS_MANAGER, BY_PARTNERSHIP, BY_POST, RECEIVING_SIDE
from counterpart.access.relations import RelationRow, rewrite_relations
from counterpart.engine.duties import DueTime, Duty
from counterpart.engine.kinds import Id
from counterpart.engine.notices import NEW_DUTY, Notice
from counterpart.messages.composing import Message
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import owe
from tests.directory import a_partnership, a_person, a_post, an_account, an_agency, new_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REFERENCE = "7F3K92MQ"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Office:
    """A partnership with a business manager, and a case there that two posts have to do with."""

    partnership: str
    manager: str
    agency: str
    case: str = field(default_factory=new_id)
    posts: list[str] = field(default_factory=list)

    def post(self, *, email: str = "", mail: str = "", is_vacant: bool = False) -> str:
        """A post on the receiving side, held by somebody with that address unless it is vacant."""
        from counterpart.people.models import Post

        post = a_post(self.agency)
        Post.objects.filter(id=post).update(mail=mail)
        if not is_vacant:
            person = a_person(post)
            if email:
                an_account(person, email, password=None)
        self.relate(*self.posts, post)
        return post

    def relate(self, *posts: str) -> None:
        """These posts, and the partnership, have to do with the case; no other post has."""
        self.posts = list(posts)
        since = NOW - timedelta(days=30)
        rows = [RelationRow(BY_POST, post, RECEIVING_SIDE, since) for post in posts]
        rows.append(RelationRow(BY_PARTNERSHIP, self.partnership, BUSINESS_MANAGER, since))
        rewrite_relations(self.case, rows)


def an_office() -> Office:
    """A new one."""
    partnership = a_partnership()
    manager = a_person(a_post(partnership, "business_manager", "Business manager"), name="Pat Lee")
    office = Office(partnership, manager, an_agency(partnership))
    office.relate()
    return office


def a_duty(
    duty: str = "entry:answer", *, what: str = "Reply", due_at: datetime | None = None
) -> Duty:
    """A duty with just what messages read of it."""
    due = DueTime(due_at, is_set_for_child=False, sums=(), without=(), cannot=())
    agency = Id("a" * 32)
    return Duty(
        id=duty,
        clock="answer",
        what=what,
        side="receiving",
        body=agency,
        role="worker",
        post=None,
        nobody=None,
        about=None,
        due=due,
        force="must",
        clause="2.3",
        readings=(),
        opened_by=Id("entry"),
        opened_at=NOW,
    )


def owed(
    office: Office,
    *posts: str,
    kind: str = NEW_DUTY,
    about: str = "entry:answer",
    now: datetime = NOW,
    occasion: str = "",
    duties: Sequence[Duty] = (),
) -> list[OutboxRow]:
    """Owe a notice to each post; gives the outbox as it then is, in the order rows were made."""
    notices = [Notice(kind, about, post=Id(post)) for post in posts]
    with transaction.atomic():
        owe(office.case, REFERENCE, notices, duties or (a_duty(about),), now, occasion=occasion)
    return list(OutboxRow.objects.order_by("made_at", "id"))


@dataclass
class RecordingChannel:
    """Keeps what it was given; `faults` are raised instead, one a message, as long as there are any."""

    sent: list[tuple[str, Message]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    closed: int = 0

    def send(self, message: Message, to: str, _now: datetime) -> None:
        """Keep it, or raise the next fault."""
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((to, message))

    def close(self) -> None:
        """Count it."""
        self.closed += 1

    @property
    def addresses(self) -> list[str]:
        """Whom it was given messages for, in order."""
        return [to for to, _ in self.sent]
