"""What a report, or a look for lessons, is written from: cases by their references, and nothing of what is in them.

Only cases that the person asking may see now, and nothing is opened: who wants to read one goes to it, and that look
is written down like any other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.visibility import visible
from counterpart.engine.events import PanelDecided
from counterpart.journal.reading import read_types
from counterpart.lists.models import CaseRow

DECIDED, LEARNED = "panel_decided", "learning_point_recorded"


@dataclass(frozen=True, slots=True)
class CaseSource:
    """A case in which a panel decided, or something to learn was written down, in the time asked about."""

    reference: str
    decided_at: datetime | None
    points: int


def cases_of_panels(
    person: str, partnership: str, since: datetime, until: datetime, now: datetime
) -> tuple[CaseSource, ...]:
    """The cases, from `since` until before `until`, by when the panel decided. Six to nine queries."""
    here = CaseRow.objects.filter(
        case__in=visible(person, now),
        partnership=partnership,
        raised_at__lt=until,
        last_at__gte=since,
    )
    decided: dict[str, datetime] = {}
    points: Counter[str] = Counter()
    cases = here.values_list("case", flat=True)
    for one in read_types([DECIDED, LEARNED], cases, since=since, until=until):
        if isinstance(one.event, PanelDecided):
            decided[one.stream] = one.happened_at
        else:
            points[one.stream] += 1
    rows = CaseRow.objects.filter(case__in=decided.keys() | points.keys())
    found = [
        CaseSource(reference, decided.get(case), points[case])
        for case, reference in rows.values_list("case", "reference")
    ]
    return tuple(sorted(found, key=lambda one: (one.decided_at or until, one.reference)))
