"""Writing the lists of relations and denies of one case.

Both are lists like any other: `casework` works them out from the journal and rewrites a case's
rows whole, in the transaction of the act. Nothing here may decide who has which relation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.kinds import (
    DENIAL_REASONS,
    EVERYBODY,
    RELATION_KINDS,
    RESTRICTED,
    SUBJECT_KINDS,
)
from counterpart.access.models import Denial, Relation
from counterpart.journal.rows import find, insert, remove

COLUMNS = ("subject_kind", "subject", "within", "kind", "from_at", "until_at", "is_open")
"""All that one relation of a case differs from another in."""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation to a case; see `models.Relation`. `until_at` None: it lasts."""

    subject_kind: str
    subject: str
    kind: str
    from_at: datetime
    until_at: datetime | None = None
    within: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that is not in the lists: a fault of the caller, not of a person."""
        if self.subject_kind not in SUBJECT_KINDS or self.kind not in RELATION_KINDS:
            raise ValueError(f"no such relation: {self.kind} by {self.subject_kind}")


@dataclass(frozen=True, slots=True)
class DenialRow:
    """One person kept from a case, and the code of the reason."""

    person: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse a reason that is not in the list: a fault of the caller."""
        is_restriction = (self.person, self.reason) == (EVERYBODY, RESTRICTED)
        if self.reason not in DENIAL_REASONS and not is_restriction:
            raise ValueError(f"no such reason: {self.reason}")


def relation_rows(
    case: str, rows: Iterable[RelationRow], *, is_open: bool = True
) -> list[Relation]:
    """The rows of a case's relations, each once, not yet saved: for bulk generators too."""
    return [
        Relation(
            case=case,
            subject_kind=row.subject_kind,
            subject=row.subject,
            within=row.within,
            kind=row.kind,
            from_at=row.from_at,
            until_at=row.until_at,
            is_open=is_open,
        )
        for row in dict.fromkeys(rows)
    ]


def rewrite_relations(case: str, rows: Iterable[RelationRow], *, is_open: bool = True) -> None:
    """Make `rows` the whole of the case's relations. One query, and a statement for what has gone and
    one for what has come, if anything has.

    `is_open` is whether the case is: each row says so, for lists of open cases.
    """
    wanted = {_columns(row): row for row in relation_rows(case, rows, is_open=is_open)}
    kept, gone = set(), []
    for there in find(Relation, "case", case):
        found = _columns(there)
        if found in wanted and found not in kept:
            kept.add(found)
        else:
            gone.append(there.id)
    remove(Relation, gone)
    insert(row for columns, row in wanted.items() if columns not in kept)


def _columns(row: Relation) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)


def rewrite_denials(case: str, rows: Iterable[DenialRow]) -> None:
    """Make `rows` the whole of those kept from the case; a person twice keeps the first reason."""
    first: dict[str, DenialRow] = {}
    for row in rows:
        first.setdefault(row.person, row)
    Denial.objects.filter(case=case).delete()
    Denial.objects.bulk_create(
        Denial(case=case, person=row.person, reason=row.reason) for row in first.values()
    )
