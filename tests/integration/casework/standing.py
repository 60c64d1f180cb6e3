"""Everything that an act may write, read back whole, so that two moments can be compared. No assertions here."""

from __future__ import annotations

from typing import Any

from counterpart.access.models import Relation
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.lists.models import CaseRow, ChildRow, DutyRow, PartyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Holding

Rows = list[dict[str, Any]]

LISTS = (CaseRow, PartyRow, ChildRow, DutyRow, Relation)
JOURNAL = (Stream, Event, Words, Submission)
OTHERS = (Notice, OutboxRow, Holding)


def lists() -> dict[str, Rows]:
    """Every row of every list of cases, as sorted values. A counter of rows is left out."""
    return {model.__name__: _rows(model) for model in LISTS}


def everything() -> dict[str, Rows]:
    """Every row of the journal, the lists, the relations and what is owed."""
    return {model.__name__: _rows(model) for model in (*JOURNAL, *LISTS, *OTHERS)}


def _rows(model: Any) -> Rows:
    fields = [
        f.attname for f in model._meta.concrete_fields if f.get_internal_type() != "BigAutoField"
    ]
    rows = [dict(row) for row in model.objects.values(*fields)]
    return sorted(rows, key=lambda row: [_plain(value) for value in row.values()])


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value)
