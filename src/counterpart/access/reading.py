"""The log of reads: a row for each read of a case, the only write a GET makes.

Rows are added and never changed. It must not refuse a read (`permission` does), and a row must
not hold anything but ids, codes and an instant.
"""

from dataclasses import dataclass
from datetime import datetime

from counterpart.access.models import Read, RefusedTry


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One read: who, in which post, when, by what right, which page (the name of its route)."""

    id: int
    person: str
    post: str | None
    at: datetime
    basis: str
    page: str


def record_read(
    *, case: str, person: str, post: str | None, at: datetime, basis: str, page: str
) -> None:
    """Add one row, in a statement of its own. It is written before anything of the case is shown."""
    Read(case=case, person=person, post=post, at=at, basis=basis, page=page).save()


def record_refusal(*, person: str, at: datetime, page: str) -> None:
    """Add a row that somebody asked for a case that is not there for them. Which, it does not say."""
    RefusedTry(person=person, at=at, page=page).save()


def reads_of(case: str, *, before: int | None = None, limit: int = 50) -> tuple[ReadRecord, ...]:
    """The latest reads of a case, newest first; `before` is a row's id, for older pages."""
    rows = Read.objects.filter(case=case)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(
        ReadRecord(row.pk, row.person, row.post, row.at, row.basis, row.page)
        for row in rows.order_by("-id")[:limit]
    )
