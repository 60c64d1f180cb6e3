"""What a person is told in the app: notices to the posts they act in, and to them themselves.

Every function goes through `access.visible`: nothing is said of a case the person may not see now.
It must not change anything but what the person has seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q, QuerySet

from counterpart.access.visibility import is_visible
from counterpart.engine.notices import (
    CAME_HERE,
    DUE_SOON,
    ENDED,
    JUST_MISSED,
    LATE,
    LEARNING,
    LEFT,
    LETTER,
    MEETING,
    MEETING_OFF,
    NEW_DUTY,
    NEW_ENTRY,
    ON_PANEL,
    PANEL_OFF,
    POLICY_GAP,
    STILL_AT_RISK,
    TIME_PASSED,
    TO_PLACE,
    UNWATCHED,
    URGENT,
    WATCH,
)
from counterpart.messages.kinds import (
    NOT_HANDED,
    OF_NO_CASE,
    POLICY_COMMENT,
    TAKEN_UP,
    TO_PERSON,
    TO_POST,
    VISITED,
)
from counterpart.messages.models import Notice, Seen
from counterpart.people.standing import standing_of

KIND_WORDS = MappingProxyType(
    {
        URGENT: "A child may be at immediate risk",
        STILL_AT_RISK: "A child may still be at risk, though it was called settled or withdrawn",
        NEW_DUTY: "Something for you to do",
        ON_PANEL: "You are asked to sit on a panel",
        PANEL_OFF: "You are no longer asked to a panel meeting",
        MEETING: "You are asked to a meeting",
        MEETING_OFF: "You are no longer asked to a meeting",
        LETTER: "A letter to you",
        CAME_HERE: "A case has come to a stage that you are told of",
        TIME_PASSED: "A time has passed",
        DUE_SOON: "Something is due soon",
        JUST_MISSED: "The time for something of yours has passed",
        LATE: "Something has not been done in time",
        NEW_ENTRY: "Something new in the record",
        POLICY_GAP: "A gap in the policy was reported",
        ENDED: "The case has ended",
        TO_PLACE: "A record for you to place",
        LEARNING: "Something that was to be learned from a case has been seen to",
        LEFT: "Somebody has left a case that they should not deal with",
        WATCH: "A case that the business manager may not see is for you to watch",
        UNWATCHED: "Nobody in the partnership’s office may watch a case",
        NOT_HANDED: "Somebody could not hand on what they have to do",
        POLICY_COMMENT: "Somebody has said something about the policy",
        TAKEN_UP: "A post that you hold or stand in for now has something to do, or a meeting to go to",
        VISITED: "Somebody in your agency used a code sent to their work mailbox, without an account",
    }
)
NEWEST = 200
"""How far back unseen notices are looked for: a count must not grow with the years."""
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as a page shows it. `what` is the duty, "" where it is about none; so are `case`
    and `reference` where it is about the policy.
    """

    id: str
    case: str
    reference: str
    kind: str
    what: str
    due_at: datetime | None
    made_at: datetime
    is_seen: bool

    @property
    def words(self) -> str:
        """The kind, in words."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Page:
    """Notices, newest first. `next` is what to give as `after` for older ones; "" for none."""

    rows: tuple[NoticeRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Capped:
    """A count that stops counting: `n`, or more than `n` when `is_more`."""

    n: int
    is_more: bool


def notices_for(person: str, at: datetime, limit: int = 25, after: str = "") -> Page:
    """A page of what `person` is told at `at`. A fixed number of queries; an `after` that is no such
    place starts at the newest.
    """
    found = _told(person, at)
    if place := _place(after):
        before, pk = place
        found = found.filter(Q(made_at__lt=before) | Q(made_at=before, id__lt=pk))
    seen = Exists(Seen.objects.filter(notice=OuterRef("pk"), person=person))
    rows = list(found.annotate(is_seen=seen)[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(
        rows=tuple(_row(row, is_seen=row.is_seen) for row in rows[:limit]),
        next=f"{last.made_at.isoformat()}_{last.pk}" if last else "",
    )


def unseen_count(person: str, at: datetime) -> Capped:
    """How many of the newest notices `person` has not seen, up to `MOST_COUNTED`."""
    newest = list(_told(person, at).values_list("pk", flat=True)[:NEWEST])
    seen = Seen.objects.filter(person=person, notice__in=newest).count()
    unseen = len(newest) - seen
    return Capped(min(unseen, MOST_COUNTED), unseen > MOST_COUNTED)


def mark_seen(person: str, ids: Sequence[str], now: datetime) -> None:
    """`person` has seen these notices. Ids that are no notices of theirs are passed over; twice is
    once.
    """
    wanted = [int(pk) for pk in ids if pk.isascii() and pk.isdigit() and len(pk) < 19]
    theirs = _told(person, now).filter(pk__in=wanted).values_list("pk", flat=True)
    Seen.objects.bulk_create(
        (Seen(notice_id=pk, person=person, seen_at=now) for pk in theirs), ignore_conflicts=True
    )


def _told(person: str, at: datetime) -> QuerySet[Notice]:
    footings = standing_of(person, at).footings
    posts = {post.post for footing in footings for post in footing.posts}
    people = {footing.person for footing in footings if footing.person}
    mine = Q(to_kind=TO_POST, to__in=posts) | Q(to_kind=TO_PERSON, to__in=people)
    # What is about no case holds nothing of one.
    seeable = Q(is_visible(person, at, "case")) | Q(case="", kind__in=(*OF_NO_CASE, UNWATCHED))
    # Also those made later than now: that was a clock that has since been set back, and who waits for
    # it to be that late again is not told.
    return Notice.objects.filter(mine, seeable).order_by("-made_at", "-id")


def _place(after: str) -> tuple[datetime, int] | None:
    at, _, pk = after.rpartition("_")
    try:
        place = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return None
    # Ours are in UTC; PostgreSQL refuses some of the offsets that others could think of.
    return place if place[0].utcoffset() == timedelta() else None


def _row(notice: Notice, *, is_seen: bool) -> NoticeRow:
    return NoticeRow(
        id=str(notice.pk),
        case=notice.case,
        reference=notice.reference,
        kind=notice.kind,
        what=notice.what,
        due_at=notice.due_at,
        made_at=notice.made_at,
        is_seen=is_seen,
    )
