"""Asking people to a meeting or a panel, and telling them when it is at another time, or off.

What each post and person was last told is kept, so that each is told what is new to them and no more:
also a post that has come to speak for an agency since, and one that no longer does. It must not
decide who is asked: `engine.gatherings` does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from counterpart.access.visibility import is_visible
from counterpart.engine.gatherings import Gathering
from counterpart.engine.notices import MEETING, MEETING_OFF, ON_PANEL, PANEL_OFF
from counterpart.engine.notices import Notice as Owed
from counterpart.journal.errors import OutsideTransaction
from counterpart.messages.kinds import OF_MEETINGS, TO_PERSON, TO_POST
from counterpart.messages.models import DigestLine, MeetingInvitation, Notice, OutboxRow
from counterpart.messages.owing import mail_for, plain
from counterpart.people.standing import standing_of

STAYS = timedelta(days=30)
"""How long a meeting that has been stays among those a person is asked to."""

_Whom = tuple[str, str, str]
"""(gathering, kind of whom it is to, id)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A meeting or a panel that a person is asked to. `key` is the same whatever its time."""

    key: str
    reference: str
    is_panel: bool
    meets_at: datetime
    sequence: int
    told_at: datetime


def owe_invitations(
    case: str,
    reference: str,
    gatherings: Sequence[Gathering],
    now: datetime,
    *,
    occasion: str,
) -> None:
    """Owe everybody asked what is new to them: in the app, and by an e-mail that calendars understand.

    `gatherings` are all of the case's after the act that is the `occasion`. Nothing is said of what has
    been, and nobody is told twice. No query for a case with none; else one, and three inserts where
    there is something to tell. Raises `OutsideTransaction`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("somebody would be asked to a meeting that may not stand")
    if not gatherings:
        return
    kept = {_whom(row): row for row in MeetingInvitation.objects.filter(case=case)}
    news = [*_asked(gatherings, kept, now), *_off(gatherings, kept, now)]
    if not news:
        return
    for row in news:
        row.case, row.reference = case, plain(reference)
    MeetingInvitation.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["gathering", "to_kind", "to"],
        update_fields=["meets_at", "arranged", "sequence", "is_off", "told_at"],
    )
    told = [(row, _notice(row, occasion)) for row in news]
    Notice.objects.bulk_create((notice for _, notice in told), ignore_conflicts=True)
    OutboxRow.objects.bulk_create(
        (_mail(row, notice) for row, notice in told), ignore_conflicts=True
    )


def asked_to(person: str, at: datetime) -> tuple[Asked, ...]:
    """The meetings and panels a person is asked to at `at`, the soonest first: themselves, by a post, or
    by whom they cover. Only of cases that they may see. One query beside their footing.
    """
    footings = standing_of(person, at).footings
    posts = {post.post for footing in footings for post in footing.posts}
    people = {footing.person for footing in footings if footing.person}
    mine = Q(to_kind=TO_POST, to__in=posts) | Q(to_kind=TO_PERSON, to__in=people)
    rows = MeetingInvitation.objects.filter(
        mine, is_visible(person, at, "case"), is_off=False, meets_at__gt=at - STAYS
    )
    found: dict[str, Asked] = {}
    for row in rows.order_by("meets_at", "-sequence", "id"):
        asked = Asked(
            row.gathering, row.reference, row.is_panel, row.meets_at, row.sequence, row.told_at
        )
        found.setdefault(row.gathering, asked)
    return tuple(found.values())


def asked_in(row: OutboxRow, lines: Iterable[DigestLine]) -> list[MeetingInvitation]:
    """The meetings that a digest asks somebody to, or says are off, as they were last told of them: the
    soonest first. Only of the cases of these lines, and what is still to come. No query where none of them is
    about a meeting.
    """
    cases = {line.case for line in lines if line.kind in OF_MEETINGS}
    if not cases:
        return []
    told = Notice.objects.filter(digested__row=row, kind__in=OF_MEETINGS, case__in=cases)
    mine = MeetingInvitation.objects.filter(
        Exists(
            told.filter(to_kind=OuterRef("to_kind"), to=OuterRef("to"), about=OuterRef("gathering"))
        ),
        meets_at__gt=row.made_at,
    )
    found: dict[str, MeetingInvitation] = {}
    for one in mine.order_by("meets_at", "-sequence", "id"):
        found.setdefault(one.gathering, one)
    return list(found.values())


def is_off(gathering: str, to_kind: str, to: str) -> bool:
    """Whether this post or person was last told that they are not asked to a meeting or panel any more."""
    told = MeetingInvitation.objects.filter(gathering=gathering, to_kind=to_kind, to=to)
    return told.filter(is_off=True).exists()


def _asked(
    gatherings: Iterable[Gathering], kept: dict[_Whom, MeetingInvitation], now: datetime
) -> Iterator[MeetingInvitation]:
    """Those to whom a meeting, or its time, is new."""
    for one in gatherings:
        for whom in _invited(one) if one.status == "on" else ():
            had = kept.get(whom)
            if had and not had.is_off and had.arranged == one.arranged:
                continue
            _, to_kind, to = whom
            yield MeetingInvitation(
                gathering=one.id,
                is_panel=one.is_panel,
                to_kind=to_kind,
                to=to,
                meets_at=one.meets_at,
                arranged=one.arranged,
                sequence=max(one.arranged, had.sequence + 1) if had else one.arranged,
                told_at=now,
            )


def _off(
    gatherings: Iterable[Gathering], kept: dict[_Whom, MeetingInvitation], now: datetime
) -> Iterator[MeetingInvitation]:
    """Those who were asked and are no longer, while it is still to come. What has been held is not off."""
    stand = {whom for one in gatherings if one.status == "on" for whom in _invited(one)}
    over = {str(one.id) for one in gatherings if one.status == "over"}
    for whom, had in kept.items():
        is_over = had.gathering in over
        if not (had.is_off or is_over or whom in stand) and had.meets_at > now:
            yield MeetingInvitation(
                gathering=had.gathering,
                is_panel=had.is_panel,
                to_kind=had.to_kind,
                to=had.to,
                meets_at=had.meets_at,
                arranged=had.arranged,
                sequence=had.sequence + 1,
                is_off=True,
                told_at=now,
            )


def _invited(one: Gathering) -> Iterator[_Whom]:
    yield from ((one.id, TO_POST, post) for post in one.posts)
    yield from ((one.id, TO_PERSON, person) for person in one.people)


def _whom(row: MeetingInvitation) -> _Whom:
    return row.gathering, row.to_kind, row.to


def _notice(row: MeetingInvitation, occasion: str) -> Notice:
    kinds = (PANEL_OFF, ON_PANEL) if row.is_panel else (MEETING_OFF, MEETING)
    return Notice(
        case=row.case,
        reference=row.reference,
        kind=kinds[0] if row.is_off else kinds[1],
        about=row.gathering,
        occasion=occasion,
        due_at=row.meets_at,
        to_kind=row.to_kind,
        to=row.to,
        made_at=row.told_at,
    )


def _mail(row: MeetingInvitation, notice: Notice) -> OutboxRow:
    mail = mail_for(notice, Owed(notice.kind, notice.about))
    mail.gathering, mail.sequence = row.gathering, row.sequence
    return mail
