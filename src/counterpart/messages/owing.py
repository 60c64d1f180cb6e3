"""Writing down what word is owed: the one way a use case has something told to people.

Call it inside the use case's transaction, so that word is owed exactly when what it tells of stands.
It must not send anything, look anybody up, or decide who is told: `engine.notices` has done that.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F

from counterpart.engine.duties import Duty
from counterpart.engine.notices import (
    JUST_MISSED,
    LETTER,
    NEW_DUTY,
    STILL_AT_RISK,
    UNWATCHED,
    URGENT,
    WATCH,
)
from counterpart.engine.notices import Notice as Owed
from counterpart.journal.errors import OutsideTransaction
from counterpart.journal.rows import insert
from counterpart.messages.kinds import (
    HOME_PATH,
    OF_MEETINGS,
    POLICY_COMMENT,
    TAKEN_UP,
    TO_PERSON,
    TO_POST,
    VISITED,
)
from counterpart.messages.models import Notice, OutboxRow, Seen
from counterpart.people.finders import holders

MAILED_AT_ONCE = (URGENT, STILL_AT_RISK, WATCH, NEW_DUTY, *OF_MEETINGS, JUST_MISSED, LETTER)
"""The kinds an e-mail goes out for at once. All kinds are told in the app; the others wait for the
morning's digest (`digests.KINDS`)."""


def owe(
    case: str,
    reference: str,
    notices: Sequence[Owed],
    duties: Sequence[Duty],
    now: datetime,
    *,
    occasion: str = "",
) -> None:
    """Owe these notices on a case: in the app, and by e-mail where they cannot wait.

    `duties` are the case's duties after the act; those before it may stand in front of them, for
    word of a time that passed and of what it was for. `occasion` is the id of the entry that brought
    this about: a duty handed away and later handed back is told again, because the occasion is
    another. The same notice on the same occasion is owed once, however often this is called.
    Two inserts at most. Raises `OutsideTransaction`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("word would be owed of something that may not stand")
    if not notices:
        return
    titles = {duty.id: duty for duty in duties} | {duty.clock: duty for duty in duties}
    rows = [_notice(case, plain(reference), owed, titles, now, occasion) for owed in notices]
    insert(rows, unless_there=True)
    told = zip(rows, notices, strict=True)
    mails = [mail_for(row, owed) for row, owed in told if row.kind in MAILED_AT_ONCE]
    insert(mails, unless_there=True)


def owe_of_policy(posts: Sequence[str], comment: str, now: datetime) -> None:
    """Owe these posts word that somebody has said something about the policy: in the app, and in the
    next digest.

    It is about no case: the row names none. One insert. Raises `OutsideTransaction`.
    """
    _owe_of_no_case(POLICY_COMMENT, posts, comment, now)


def owe_of_visit(posts: Sequence[str], visit: str, now: datetime) -> None:
    """Owe these posts word that somebody in their agency came in by a code, without an account.

    In the app, and in the next digest. One insert. Raises `OutsideTransaction`.
    """
    _owe_of_no_case(VISITED, posts, visit, now)


def owe_of_taking_up(person: str, post: str, occasion: str, now: datetime) -> None:
    """Owe a person word that a post which is theirs now has something to do already.

    `occasion` is the appointment or the cover: for each of them and each post, it is owed once. In the app,
    and in the next digest. One insert. Raises `OutsideTransaction`.
    """
    _owe_of_no_case(TAKEN_UP, [person], post, now, to_kind=TO_PERSON, occasion=occasion)


def owe_unwatched(people: Sequence[str], reference: str, occasion: str, now: datetime) -> None:
    """Owe these people word that nobody in the office may watch a case: in the app, and by e-mail at once.

    It is about no case, so that they may have it who see nothing of one: the e-mail gives the reference, and
    leads to their own page. Two inserts. Raises `OutsideTransaction`.
    """
    _owe_of_no_case(UNWATCHED, people, occasion, now, to_kind=TO_PERSON)
    told = Notice.objects.filter(kind=UNWATCHED, about=occasion)
    mails = [mail_for(notice, Owed(UNWATCHED, occasion)) for notice in told]
    for mail in mails:
        mail.reference, mail.path = plain(reference), HOME_PATH
    insert(mails, unless_there=True)


def _owe_of_no_case(
    kind: str,
    whom: Sequence[str],
    about: str,
    now: datetime,
    *,
    to_kind: str = TO_POST,
    occasion: str = "",
) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("word would be owed of something that may not stand")
    rows = [
        Notice(
            case="",
            reference="",
            kind=kind,
            about=about,
            occasion=occasion or about,
            to_kind=to_kind,
            to=to,
            made_at=now,
        )
        for to in whom
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def mail_of(case: str, reference: str, owed: Owed, now: datetime) -> OutboxRow:
    """The e-mail that owing this notice would make, for whoever checks it first. Nothing is kept."""
    return mail_for(_notice(case, plain(reference), owed, {}, now, ""), owed)


def message_id(row: str) -> str:
    """The Message-ID of a row of the outbox: the same at every attempt."""
    return f"<{row}@{_host()}>"


def settle_history(before: datetime) -> None:
    """Count everything owed before then as sent and seen at the time. Made-up histories only.

    A demonstration's year of past cases must not go out as mail on its first morning.
    """
    waiting = OutboxRow.objects.filter(sent_at__isnull=True, made_at__lt=before)
    waiting.update(sent_at=F("made_at"), next_try_at=None, failed_at=None)
    past = Notice.objects.filter(made_at__lt=before)
    for to_kind, to in past.values_list("to_kind", "to").distinct():
        people = [to] if to_kind == TO_PERSON else [h.person for h in holders(to, before)]
        for person in people:
            told = past.filter(to_kind=to_kind, to=to).values_list("id", "made_at")
            Seen.objects.bulk_create(
                (Seen(notice_id=pk, person=person, seen_at=at) for pk, at in told),
                ignore_conflicts=True,
            )


def _notice(
    case: str, reference: str, owed: Owed, duties: dict[str, Duty], now: datetime, occasion: str
) -> Notice:
    duty = duties.get(owed.about) or duties.get(owed.clock)
    return Notice(
        case=case,
        reference=reference,
        kind=owed.kind,
        about=owed.about,
        occasion=occasion,
        what=duty.what if duty else "",
        due_at=duty.due.at if duty else None,
        to_kind=TO_PERSON if owed.person else TO_POST,
        to=owed.person or owed.post or "",
        made_at=now,
    )


def mail_for(notice: Notice, owed: Owed) -> OutboxRow:
    """The row of the outbox that goes with a notice, not yet saved."""
    mail = uuid.uuid4().hex
    return OutboxRow(
        id=mail,
        key=key_of(notice),
        case=notice.case,
        reference=notice.reference,
        template=notice.kind,
        what=notice.what,
        due_at=notice.due_at,
        marked=owed.marked,
        addressee=owed.addressee,
        policy_address=owed.address,
        path=f"/cases/{notice.reference}",
        message_id=message_id(mail),
        to_kind=notice.to_kind,
        to=notice.to,
        is_urgent=notice.kind in (URGENT, STILL_AT_RISK),
        made_at=notice.made_at,
        next_try_at=notice.made_at,
    )


def key_of(notice: Notice) -> str:
    """How the e-mail that goes with a notice is known."""
    return "|".join((notice.kind, notice.about, notice.occasion, f"{notice.to_kind}:{notice.to}"))


def plain(reference: str) -> str:
    """A reference as addresses and tables have it: `7F3K92MQ`."""
    return reference.replace("-", "").upper()


def _host() -> str:
    return urlsplit(settings.ADDRESS).hostname or "localhost"
