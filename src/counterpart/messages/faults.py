"""E-mail that did not go, for the person whose it is to see to it: the partnership's business manager.

A row is here because it failed, or because it was accepted and has not left: both are asked of what
is due and not sent, never of a window of time. It must not change anything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from counterpart.access.kinds import BY_PARTNERSHIP
from counterpart.access.models import Relation
from counterpart.access.visibility import is_visible
from counterpart.messages.kinds import DIGEST, REASON_WORDS, TO_POST, WAITING
from counterpart.messages.models import DigestLine, OutboxRow

TOO_LONG = timedelta(hours=1)
"""An e-mail not gone after this long is shown, whatever the reason."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One e-mail that did not go. Exactly one of `post` and `person` is given.

    A digest is about several cases: `case` and `reference` are "".
    """

    id: str
    case: str
    reference: str
    kind: str
    post: str | None
    person: str | None
    reason: str
    words: str
    since_at: datetime
    is_urgent: bool


def faults(partnership: str, person: str, at: datetime, limit: int = 25) -> tuple[FaultRow, ...]:
    """The e-mails of a partnership's cases that `person` should know did not go, urgent ones first.

    Only of cases `person` may see at `at`. At most `limit`.
    """
    rows = _rows(_here(partnership), person, at)
    return tuple(_fault(row) for row in rows.order_by("-is_urgent", "made_at", "id")[:limit])


def is_fault_in(row: str, partnership: str, person: str, at: datetime) -> bool:
    """Whether this e-mail is among `faults`, however many there are."""
    return _rows(_here(partnership), person, at).filter(id=row).exists()


def _here(partnership: str) -> QuerySet[Relation]:
    return Relation.objects.filter(subject_kind=BY_PARTNERSHIP, subject=partnership)


def _rows(here: QuerySet[Relation], person: str, at: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(
        Q(failed_at__isnull=False) | Q(made_at__lte=at - TOO_LONG),
        sent_at__isnull=True,
    ).filter(
        Q(Exists(here.filter(case=OuterRef("case"))), is_visible(person, at, "case"))
        | Q(Exists(_lines(here, person, at)), template=DIGEST)
    )


def _lines(here: QuerySet[Relation], person: str, at: datetime) -> QuerySet[DigestLine]:
    """The lines of a digest about cases of a partnership that a person may see."""
    lines = DigestLine.objects.filter(row=OuterRef("pk"))
    return lines.filter(Exists(here.filter(case=OuterRef("case"))), is_visible(person, at, "case"))


def _fault(row: OutboxRow) -> FaultRow:
    reason = row.reason or WAITING
    return FaultRow(
        id=row.id,
        case=row.case,
        reference=row.reference,
        kind=row.template,
        post=row.to if row.to_kind == TO_POST else None,
        person=None if row.to_kind == TO_POST else row.to,
        reason=reason,
        words=REASON_WORDS[reason],
        since_at=row.failed_at or row.made_at,
        is_urgent=row.is_urgent,
    )
