"""The link in an e-mail about a case that goes to a mailbox nobody signs in from, and back.

It is worked out from the message and the address it goes to, so that the same e-mail sent again is the
same, and nobody who reads the database can make one. It opens nothing by itself: whoever follows it
is sent a code, to that very address. It must not say whether what it leads to is still open.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from counterpart.engine.notices import (
    JUST_MISSED,
    LETTER,
    MEETING,
    NEW_DUTY,
    ON_PANEL,
    STILL_AT_RISK,
    URGENT,
)
from counterpart.messages.kinds import DIGEST, TO_DO, TO_POST
from counterpart.messages.models import DigestLine, MeetingInvitation, Notice, OutboxRow
from counterpart.messages.owing import message_id
from counterpart.messages.recipients import Nobody, Recipient, recipients_of

VALID_FOR = timedelta(days=14)
ABOUT_A_DUTY = (NEW_DUTY, JUST_MISSED)
TO_BE_READ = (URGENT, STILL_AT_RISK, LETTER, MEETING, ON_PANEL)
"""The e-mails that ask somebody to read something in a case. What has to be done about it, if that is for
the same post, is found by the entry that they are about."""
WITH_A_LINK = (*ABOUT_A_DUTY, *TO_BE_READ, DIGEST)
TO_COME_TO = (MEETING, ON_PANEL)
"""The news of a digest that leads somewhere: its reader is asked to come."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one link leads: to one duty, or to what a message is about, of one post in one case.

    `message` is the row's id, with the place of a line after it where the row is a digest. `post` is ""
    where it is for a person themselves, `duty` where the message is to be read; `about` is then the entry.
    `what` and `due_at` are the duty's, as the message said them. `kind` is that of the message, or of the
    line; `gathering` the meeting that it asks to, "" where it asks to none.
    """

    row: OutboxRow
    message: str
    kind: str
    case: str
    reference: str
    post: str
    what: str
    due_at: datetime | None
    duty: str = ""
    about: str = ""
    gathering: str = ""

    @property
    def whom(self) -> tuple[str, str]:
        """Whom the word was for: the kind, and the id."""
        return (TO_POST, self.post) if self.post else (self.row.to_kind, self.row.to)


def links_of(row: OutboxRow, address: str, lines: Iterable[DigestLine] = ()) -> Mapping[str, str]:
    """The paths of the links in an e-mail to an address from which nobody signs in, by message.

    None for an e-mail that only says that something was so. `lines` are those of a digest.
    """
    leads = _leads_of_lines(row, lines) if row.template == DIGEST else [_lead_of(row)]
    return {lead.message: answer_path(lead.message, address) for lead in leads if lead}


def message_of(row: OutboxRow, line: DigestLine) -> str:
    """What a line of a digest is called as a message."""
    return f"{row.id}-{line.place}"


def answer_path(message: str, address: str) -> str:
    """Where a link leads: the message's id and a signature, and nothing about anybody."""
    return f"/answer/{message}.{_signed(message, address)}"


def lead_of(token: str) -> Lead | None:
    """What a link would lead to, by the message alone: ask `recipient_of` whether we made the link."""
    message, _, signature = token.partition(".")
    row_id, dash, place = message.partition("-")
    if not (signature and row_id.isascii() and row_id.isalnum() and len(row_id) == 32):
        return None
    row = OutboxRow.objects.filter(id=row_id, template__in=WITH_A_LINK).first()
    if row is None or bool(dash) != (row.template == DIGEST):
        return None
    if not dash:
        return _lead_of(row)
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        return None
    return next(iter(_leads_of_lines(row, row.lines.filter(place=int(place)))), None)


def recipient_of(lead: Lead, token: str, at: datetime) -> Recipient | None:
    """Whom the link was sent to, if the message would still go there at `at`; None for any other."""
    signature = token.partition(".")[2]
    found = recipients_of(lead.row, at)
    for one in () if isinstance(found, Nobody) else found:
        if constant_time_compare(signature, _signed(lead.message, one.address)):
            return one
    return None


def is_too_old(row: OutboxRow, at: datetime) -> bool:
    """Whether the link's time is over."""
    return at - row.made_at >= VALID_FOR


def owe_again(lead: Lead, day: str, now: datetime) -> None:
    """Owe the same e-mail once more, for this day: its link is then good from `now` on.

    For a line of a digest, an e-mail of its own. A meeting is at the time that it has now.
    """
    made, row = uuid.uuid4().hex, lead.row
    is_line = row.template == DIGEST
    to_kind, to = lead.whom
    asked = _asked_to(lead)
    about = lead.duty or lead.about
    again = OutboxRow(
        id=made,
        key=f"{lead.kind}|{about}|{lead.message}|{day}" if is_line else f"{row.key}|{day}",
        case=lead.case,
        reference=lead.reference,
        template=lead.kind,
        what=lead.what,
        due_at=asked.meets_at if asked else lead.due_at,
        gathering=lead.gathering,
        sequence=asked.sequence if asked else row.sequence,
        marked=row.marked,
        addressee=row.addressee,
        policy_address=row.policy_address,
        path=f"/cases/{lead.reference}",
        message_id=message_id(made),
        to_kind=to_kind,
        to=to,
        is_urgent=row.is_urgent,
        made_at=now,
        next_try_at=now,
    )
    OutboxRow.objects.bulk_create([again], ignore_conflicts=True)


def _lead_of(row: OutboxRow) -> Lead | None:
    """An e-mail's own link. What it is about is the second part of its key (see `owing.mail_for`)."""
    if row.template not in (*ABOUT_A_DUTY, *TO_BE_READ):
        return None
    about = row.key.split("|")[1]
    is_duty = row.template in ABOUT_A_DUTY
    return Lead(
        row=row,
        message=row.id,
        kind=row.template,
        case=row.case,
        reference=row.reference,
        post=row.to if row.to_kind == TO_POST else "",
        what=row.what,
        due_at=row.due_at,
        duty=about if is_duty else "",
        about="" if is_duty else about,
        gathering=row.gathering,
    )


def _asked_to(lead: Lead) -> MeetingInvitation | None:
    """What whoever the word was for was last told of the meeting. No query where it is about none."""
    if not lead.gathering:
        return None
    to_kind, to = lead.whom
    told = MeetingInvitation.objects.filter(gathering=lead.gathering, to_kind=to_kind, to=to)
    return told.first()


def _leads_of_lines(row: OutboxRow, lines: Iterable[DigestLine]) -> list[Lead]:
    """One for each thing to do that a digest lists, and for each meeting it asks to. Its other news leads
    nowhere by itself.
    """
    lines = list(lines)
    to_do = [
        Lead(
            row=row,
            message=message_of(row, line),
            kind=NEW_DUTY,
            case=line.case,
            reference=line.reference,
            post=line.post,
            what=line.what,
            due_at=line.due_at,
            duty=line.duty,
        )
        for line in lines
        if line.kind == TO_DO and line.duty
    ]
    return [*to_do, *_to_meetings(row, [line for line in lines if line.kind in TO_COME_TO])]


def _to_meetings(row: OutboxRow, lines: list[DigestLine]) -> Iterator[Lead]:
    """What each of these lines asks to, as the word that the digest had gathered says. One query, or none."""
    if not lines:
        return
    told = Notice.objects.filter(digested__row=row, kind__in=TO_COME_TO).order_by("-id")
    found = {(notice.kind, notice.case, notice.due_at): notice for notice in told}
    for line in lines:
        if notice := found.get((line.kind, line.case, line.due_at)):
            yield Lead(
                row=row,
                message=message_of(row, line),
                kind=line.kind,
                case=line.case,
                reference=line.reference,
                post=notice.to if notice.to_kind == TO_POST else "",
                what="",
                due_at=line.due_at,
                about=notice.about,
                gathering=notice.about,
            )


def _signed(message: str, address: str) -> str:
    return Signer(salt="counterpart.answer").signature(f"{message}:{address.lower()}")
