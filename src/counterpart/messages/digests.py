"""The morning digest: what waited to be told, gathered into one e-mail a person a day.

A digest is a row of the outbox like any other, known by its person and its day, so that there is
one however often it is asked for. Its lines are kept as they were then, without a name. It must
not know a policy or work out a duty: the caller brings the duties that are open.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from counterpart.access.visibility import is_visible, visible
from counterpart.engine.notices import (
    CAME_HERE,
    DUE_SOON,
    ENDED,
    JUST_MISSED,
    LATE,
    LEARNING,
    LEFT,
    NEW_DUTY,
    NEW_ENTRY,
    POLICY_GAP,
    TIME_PASSED,
    TO_PLACE,
)
from counterpart.journal.errors import OutsideTransaction
from counterpart.messages import routines
from counterpart.messages.kinds import (
    DIGEST,
    IN_DIGEST,
    NOT_HANDED,
    OF_MEETINGS,
    OF_NO_CASE,
    TO_CONFIRM,
    TO_DO,
    TO_PERSON,
    TO_POST,
    TO_REGULAR,
)
from counterpart.messages.models import Digested, DigestLine, Notice, OutboxRow, Seen
from counterpart.messages.owing import message_id
from counterpart.people.standing import standing_of
from counterpart.worktime import in_london, london

KEPT = "|kept"
"""How the key ends of a digest of what nobody at the post may see."""
MORNING = time(8)
"""When digests are made, by London's clocks, every day."""
WINDOW = timedelta(days=30)
"""What has waited longer than this is no news any more. A worker that was away is back before."""
KINDS = (
    LATE,
    LEFT,
    NOT_HANDED,
    DUE_SOON,
    TIME_PASSED,
    CAME_HERE,
    NEW_ENTRY,
    POLICY_GAP,
    ENDED,
    TO_PLACE,
    LEARNING,
    *OF_NO_CASE,
)
"""The kinds of word that wait for the morning. The others go at once (`owing.MAILED_AT_ONCE`)."""
ABOUT_NO_CASE = Q(case="", kind__in=(*OF_NO_CASE, TO_CONFIRM, TO_REGULAR))
"""Word, or a line, that holds nothing of a case."""

STALE = timedelta(hours=36)
"""An e-mail that has waited longer than this no longer goes by itself: it is a line of a digest. Longer than a
day, so that what waits for a mail server that was away for a day goes as it is once that is back."""
AWAY = timedelta(hours=26)
"""A morning's digests so late mean that no worker was there, and neither that one was busy nor that its clock
was a day ahead."""
ROUTINE = "morning_digests"
"""What making them is called among the routines."""
FOLDED = (NEW_DUTY, *OF_MEETINGS, JUST_MISSED)
"""The kinds this is so for. Immediate risk always goes by itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: something to do, or some news (`kind`), with its case.

    `duty` and the `post` that has it are for what is to be done.
    """

    kind: str
    case: str
    reference: str
    what: str
    due_at: datetime | None
    duty: str = field(default="", compare=False)
    post: str = field(default="", compare=False)


def morning_of(at: datetime) -> datetime:
    """The instant of the morning of the London day that `at` falls on."""
    return london(datetime.combine(in_london(at).date(), MORNING))


def _midnight(at: datetime) -> datetime:
    """When the London day began that `at` falls on."""
    return london(datetime.combine(in_london(at).date(), time()))


def next_morning(now: datetime) -> datetime:
    """The next morning after `now`."""
    today = morning_of(now)
    return today if now < today else morning_of(today + timedelta(days=1))


def fold(now: datetime, *, is_morning: bool = False) -> int:
    """Leave to the next digest what should have gone long ago, and say how much that is.

    That is what has waited too long, and digests of earlier days: nobody gets two on one day. Where
    no worker was there to make a morning's digests, it is all that has not gone: after a week's stop
    each person gets one letter, and not a flood. Nothing that has failed is left to it, for that is
    a fault and shown as one; but for a digest when another is made (`is_morning`).
    """
    were_away = routines.is_overdue(ROUTINE, AWAY, now)
    waiting = OutboxRow.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=now), sent_at__isnull=True
    )
    digests = waiting.filter(template=DIGEST, to_kind=TO_PERSON, made_at__lt=_midnight(now))
    if not is_morning:
        _stay_faults(digests.filter(failed_at__isnull=False, next_try_at__isnull=False))
        digests = digests.filter(failed_at__isnull=True)
    stale = waiting.filter(
        template__in=FOLDED,
        failed_at__isnull=True,
        made_at__lte=now if were_away else now - STALE,
    )
    return _fold(digests, now) + _fold(stale, now)


def _stay_faults(digests: QuerySet[OutboxRow]) -> None:
    """These are not tried any more, but stay in front of a person until the next digest is made."""
    if digests.exists():
        digests.update(next_try_at=None, claimed_until=None)


def _fold(rows: QuerySet[OutboxRow], now: datetime) -> int:
    """These will not go. What a digest among them had gathered waits for the next one again."""
    if not rows.exists():  # asked first: an update takes SQLite's write lock
        return 0
    with transaction.atomic():
        ids = [row.pk for row in rows.select_for_update(skip_locked=True)]
        Digested.objects.filter(row__in=ids).delete()
        return OutboxRow.objects.filter(pk__in=ids).update(
            sent_at=now, next_try_at=None, claimed_until=None, failed_at=None, reason=IN_DIGEST
        )


def waits(now: datetime) -> Mapping[tuple[str, str], int]:
    """How much word there is for each post and person (kind, id), in a stable order. One query."""
    return {(kind, to): n for kind, to, n in _counted(_waiting(now), "to_kind", "to")}


def had(now: datetime) -> Mapping[tuple[str, str, str], int]:
    """Of the word to a post or person (kind, id), how much somebody (id) has seen or had in a digest.

    A vacant post has had what was in a digest to itself. Two queries.
    """
    sent = _waiting(now).filter(digested__isnull=False)
    also = Exists(Digested.objects.filter(notice=OuterRef("pk"), to=OuterRef("seen__person")))
    seen = _waiting(now).filter(~also, seen__isnull=False)
    found: Counter[tuple[str, str, str]] = Counter()
    for kind, to, person, n in _counted(sent, "to_kind", "to", "digested__to"):
        found[kind, to, person] += n
    for kind, to, person, n in _counted(seen, "to_kind", "to", "seen__person"):
        found[kind, to, person] += n
    return found


def _counted(rows: QuerySet[Notice], *by: str) -> Iterable[tuple[Any, ...]]:
    counted = rows.values(*by).annotate(n=Count("pk")).order_by(*by)
    found: Iterable[tuple[Any, ...]] = counted.values_list(*by, "n")
    return found


def waiting_for(person: str, now: datetime) -> list[Notice]:
    """What waits for a person's next digest, oldest first: to their posts, to them, to whom they
    cover. Only what they have not seen, of cases that they may see or of none.
    """
    footings = standing_of(person, now).footings
    posts = {post.post for footing in footings for post in footing.posts}
    people = {footing.person for footing in footings if footing.person}
    mine = Q(to_kind=TO_POST, to__in=posts) | Q(to_kind=TO_PERSON, to__in=people)
    seen = Exists(Seen.objects.filter(notice=OuterRef("pk"), person=person))
    may_see = ABOUT_NO_CASE | Q(is_visible(person, now, "case"))
    return list(_not_yet_in(person, now).filter(mine, ~seen, may_see))


def waiting_at(post: str, now: datetime) -> list[Notice]:
    """What waits at a post by itself, oldest first: for when it is vacant."""
    return list(_not_yet_in(post, now).filter(to_kind=TO_POST, to=post))


def nobody_has_had(now: datetime) -> list[str]:
    """The posts with word that nobody has seen or had in a digest, in a stable order. One query."""
    left = _waiting(now).filter(to_kind=TO_POST, digested__isnull=True, seen__isnull=True)
    return list(left.order_by("to").values_list("to", flat=True).distinct())


def kept_from(
    post: str, people: Sequence[str], now: datetime, *, is_shared: bool = False
) -> list[Notice]:
    """What waits at a post of cases that none of these people, who hold it, may see.

    Where they read one mailbox between them (`is_shared`), of cases that not all of them may see.
    """
    news = [notice for notice in waiting_at(post, now) if notice.case]
    seen = _seen_by(people, {notice.case for notice in news}, now, by_all=is_shared)
    return [notice for notice in news if notice.case not in seen]


def open_to_all(post: str, people: Sequence[str], now: datetime) -> list[Notice]:
    """What waits at a post and may be read in a mailbox that all these people share."""
    news = waiting_at(post, now)
    seen = _seen_by(people, {notice.case for notice in news}, now, by_all=True)
    return [notice for notice in news if not notice.case or notice.case in seen]


def _seen_by(people: Sequence[str], cases: set[str], now: datetime, *, by_all: bool) -> set[str]:
    each = [set(visible(one, now).filter(case__in=cases)) for one in people]
    if not each:
        return set()
    return each[0].intersection(*each) if by_all else each[0].union(*each)


def owe_digest(
    day: date,
    to_kind: str,
    to: str,
    lines: Sequence[Line],
    gathered: Iterable[Notice],
    now: datetime,
    *,
    is_kept: bool = False,
) -> bool:
    """Owe the digest of a day, with these lines; False where it has been owed before.

    One to a post that has not gone takes up what is new since: it is one fault on the desk, however
    many days it lasts. `gathered` is the word it takes up, which is then in no later digest. `is_kept`: it is
    what nobody at the post may see, and holds up nothing else of that day. Raises `OutsideTransaction`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("word would count as gathered by a digest that may not stand")
    if to_kind == TO_POST and (stuck := _stuck_at(to, now, is_kept=is_kept)):
        _add(stuck, lines, gathered, now)
        return False
    made = uuid.uuid4().hex
    row, is_new = OutboxRow.objects.get_or_create(
        key=_key(day, to_kind, to) + (KEPT if is_kept else ""),
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
    _fill(row, lines, gathered)
    return True


def lines_told(kind: str, people: Sequence[str], since: date, until: date) -> Mapping[str, str]:
    """What the last line of this kind said in the digests of each of these people, of these days.

    Whoever had none is left out. A query for each hundred of them.
    """
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    found: dict[str, str] = {}
    for some in (people[i : i + 100] for i in range(0, len(people), 100)):
        keys = [_key(day, TO_PERSON, person) for day in days for person in some]
        lines = DigestLine.objects.filter(row__key__in=keys, kind=kind)
        went = lines.exclude(row__reason=IN_DIGEST).order_by("row__made_at")
        found |= dict(went.values_list("row__to", "what"))
    return found


def _key(day: date, to_kind: str, to: str) -> str:
    return f"{DIGEST}|{day.isoformat()}|{to_kind}:{to}"


def _stuck_at(post: str, now: datetime, *, is_kept: bool) -> OutboxRow | None:
    """The digest to a post that has been tried and has not gone, unless a worker has it in hand."""
    rows = _stuck(now).filter(to=post).select_for_update()
    rows = rows.filter(key__endswith=KEPT) if is_kept else rows.exclude(key__endswith=KEPT)
    return rows.order_by("made_at", "id").first()


def _stuck(now: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=now),
        template=DIGEST,
        to_kind=TO_POST,
        sent_at__isnull=True,
        failed_at__isnull=False,
    )


def _add(row: OutboxRow, lines: Sequence[Line], gathered: Iterable[Notice], now: datetime) -> None:
    """Put what is new into a digest that has not gone, and take out what has been done since. One that was
    given up is tried again.
    """
    still = [line.duty for line in lines if line.kind == TO_DO]
    row.lines.filter(kind=TO_DO).exclude(duty__in=still).delete()
    had = list(row.lines.order_by("place"))
    there = {(line.kind, line.case, line.what, line.due_at) for line in had}
    fresh = [line for line in lines if (line.kind, line.case, line.what, line.due_at) not in there]
    _fill(row, fresh, gathered, first=had[-1].place + 1 if had else 0)
    if row.next_try_at is None:
        OutboxRow.objects.filter(pk=row.pk).update(next_try_at=now, attempts=0)


def _fill(
    row: OutboxRow, lines: Sequence[Line], gathered: Iterable[Notice], first: int = 0
) -> None:
    DigestLine.objects.bulk_create(
        DigestLine(
            row=row,
            place=place,
            kind=line.kind,
            case=line.case,
            reference=line.reference,
            what=line.what,
            due_at=line.due_at,
            duty=line.duty,
            post=line.post,
        )
        for place, line in enumerate(lines, start=first)
    )
    Digested.objects.bulk_create(
        (Digested(notice=notice, to=row.to, row=row) for notice in gathered),
        ignore_conflicts=True,
    )


def will_not_be_told(news: Iterable[Notice], to: str) -> None:
    """Count these as told to a person or post, though they were in no digest: they are over."""
    Digested.objects.bulk_create(
        (Digested(notice=notice, to=to) for notice in news), ignore_conflicts=True
    )


def stuck_at_posts(now: datetime) -> list[str]:
    """The digests to posts that have been tried and have not gone, but for those a worker has in hand. One query."""
    return list(_stuck(now).order_by("made_at", "id").values_list("id", flat=True))


def lines_of(row: OutboxRow, at: datetime) -> list[DigestLine]:
    """The lines of a digest, in their order, without cases that its reader may not see any more."""
    lines = row.lines.order_by("place")
    if row.to_kind == TO_PERSON:
        lines = lines.filter(ABOUT_NO_CASE | Q(case__in=visible(row.to, at)))
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
