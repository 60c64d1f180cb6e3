"""The morning digest: what waited to be told, gathered into one e-mail a person a day.

A digest is a row of the outbox like any other, known by its person and its day, so that there is
one however often it is asked for. Its lines are kept as they were then, without a name. It must
not know a policy or work out a duty: the caller brings the duties that are open.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from counterpart.access.visibility import is_visible, visible
from counterpart.engine.notices import (
    CAME_HERE,
    DUE_SOON,
    ENDED,
    JUST_MISSED,
    LATE,
    NEW_DUTY,
    NEW_ENTRY,
    ON_PANEL,
    POLICY_GAP,
    TIME_PASSED,
)
from counterpart.journal.errors import OutsideTransaction
from counterpart.messages.kinds import DIGEST, IN_DIGEST, TO_PERSON, TO_POST
from counterpart.messages.models import Digested, DigestLine, Notice, OutboxRow, Seen
from counterpart.messages.owing import message_id
from counterpart.people.standing import standing_of
from counterpart.worktime import in_london, london

MORNING = time(8)
"""When digests are made, by London's clocks, every day."""
WINDOW = timedelta(days=30)
"""What has waited longer than this is no news any more. A worker that was away is back before."""
KINDS = (LATE, DUE_SOON, TIME_PASSED, CAME_HERE, NEW_ENTRY, POLICY_GAP, ENDED)
"""The kinds of word that wait for the morning. The others go at once (`owing.MAILED_AT_ONCE`)."""


STALE = timedelta(hours=36)
"""An e-mail that has waited longer than this no longer goes by itself: it is a line of a digest. Longer than a
day, so that what waits for a mail server that was away for a day goes as it is once that is back."""
FOLDED = (NEW_DUTY, ON_PANEL, JUST_MISSED)
"""The kinds this is so for. Immediate risk always goes by itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: something to do, or some news (`kind`), with its case."""

    kind: str
    case: str
    reference: str
    what: str
    due_at: datetime | None


def morning_of(at: datetime) -> datetime:
    """The instant of the morning of the London day that `at` falls on."""
    return london(datetime.combine(in_london(at).date(), MORNING))


def next_morning(now: datetime) -> datetime:
    """The next morning after `now`."""
    today = morning_of(now)
    return today if now < today else morning_of(today + timedelta(days=1))


def fold(now: datetime) -> int:
    """Leave to the next digest what should have gone long ago, and say how much that is.

    After a week without a worker nobody gets a week's e-mails at once. Nothing that has failed is
    left to it: that is a fault, and shown as one.
    """
    stale = OutboxRow.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=now),
        template__in=FOLDED,
        sent_at__isnull=True,
        failed_at__isnull=True,
        made_at__lt=now - STALE,
    )
    if not stale.exists():  # asked first: an update takes SQLite's write lock
        return 0
    return stale.update(sent_at=now, next_try_at=None, claimed_until=None, reason=IN_DIGEST)


def whom_something_waits_for(now: datetime) -> tuple[tuple[str, str], ...]:
    """Every post and person (kind, id) with word that somebody has not seen, in a stable order."""
    rows = _waiting(now).values_list("to_kind", "to").distinct().order_by("to_kind", "to")
    return tuple(rows)


def waiting_for(person: str, now: datetime) -> list[Notice]:
    """What waits for a person's next digest, oldest first: to their posts, to them, to whom they
    cover. Only what they have not seen, of cases that they may see.
    """
    footings = standing_of(person, now).footings
    posts = {post.post for footing in footings for post in footing.posts}
    people = {footing.person for footing in footings if footing.person}
    mine = Q(to_kind=TO_POST, to__in=posts) | Q(to_kind=TO_PERSON, to__in=people)
    seen = Exists(Seen.objects.filter(notice=OuterRef("pk"), person=person))
    return list(_not_yet_in(person, now).filter(mine, ~seen, is_visible(person, now, "case")))


def waiting_at(post: str, now: datetime) -> list[Notice]:
    """What waits at a post by itself, oldest first: for when it is vacant."""
    return list(_not_yet_in(post, now).filter(to_kind=TO_POST, to=post))


def owe_digest(
    day: date,
    to_kind: str,
    to: str,
    lines: Sequence[Line],
    gathered: Iterable[Notice],
    now: datetime,
) -> bool:
    """Owe the digest of a day, with these lines; False where it has been owed before.

    `gathered` is the word it takes up, which is then in no later digest. Raises
    `OutsideTransaction`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("word would count as gathered by a digest that may not stand")
    made = uuid.uuid4().hex
    row, is_new = OutboxRow.objects.get_or_create(
        key=f"{DIGEST}|{day.isoformat()}|{to_kind}:{to}",
        defaults={
            "id": made,
            "template": DIGEST,
            "path": "/me",
            "message_id": message_id(made),
            "to_kind": to_kind,
            "to": to,
            "is_urgent": False,
            "made_at": now,
            "next_try_at": now,
        },
    )
    if not is_new:
        return False
    DigestLine.objects.bulk_create(
        DigestLine(
            row=row,
            place=place,
            kind=line.kind,
            case=line.case,
            reference=line.reference,
            what=line.what,
            due_at=line.due_at,
        )
        for place, line in enumerate(lines)
    )
    Digested.objects.bulk_create(
        (Digested(notice=notice, to=to) for notice in gathered), ignore_conflicts=True
    )
    return True


def lines_of(row: OutboxRow, at: datetime) -> list[DigestLine]:
    """The lines of a digest, in their order, without cases that its reader may not see any more."""
    lines = row.lines.order_by("place")
    if row.to_kind == TO_PERSON:
        lines = lines.filter(case__in=visible(row.to, at))
    return list(lines)


def _not_yet_in(to: str, now: datetime) -> QuerySet[Notice]:
    gathered = Exists(Digested.objects.filter(notice=OuterRef("pk"), to=to))
    return _waiting(now).filter(~gathered).order_by("made_at", "id")


def _waiting(now: datetime) -> QuerySet[Notice]:
    folded = OutboxRow.objects.filter(
        reason=IN_DIGEST,
        made_at=OuterRef("made_at"),
        case=OuterRef("case"),
        template=OuterRef("kind"),
        to=OuterRef("to"),
    )
    waits = Q(kind__in=KINDS) | Q(Exists(folded), kind__in=FOLDED)
    return Notice.objects.filter(waits, made_at__gt=now - WINDOW, made_at__lte=now)
