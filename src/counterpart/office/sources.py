"""What a report, or a look for lessons, is written from: cases by their references, and nothing of what is in them.

Only cases that the person asking may see now, and nothing is opened: who wants to read one goes to it, and that look
is written down like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.access.visibility import visible
from counterpart.engine.events import PanelDecided
from counterpart.journal.reading import read_types
from counterpart.lists.models import CaseRow

DECIDED, LEARNED = "panel_decided", "learning_point_recorded"
MOST = 200


@dataclass(frozen=True, slots=True)
class CaseSource:
    """A case in which a panel decided, or something to learn was written down, in the time asked about."""

    reference: str
    decided_at: datetime | None
    points: int


def cases_of_panels(
    person: str, partnership: str, since: datetime, until: datetime, now: datetime
) -> tuple[CaseSource, ...]:
    """The cases, from `since` until before `until`, by when the panel decided. At most 200, the newest.

    Six to nine queries, whatever their number.
    """
    rows = CaseRow.objects.filter(
        case__in=visible(person, now),
        partnership=partnership,
        raised_at__lt=until,
        last_at__gte=since,
    )
    references = dict(rows.order_by("-last_at", "case").values_list("case", "reference")[:MOST])
    decided: dict[str, datetime] = {}
    points: dict[str, int] = {}
    for one in read_types([DECIDED, LEARNED], list(references), since=since, until=until):
        if isinstance(one.event, PanelDecided):
            decided[one.stream] = one.happened_at
        else:
            points[one.stream] = points.get(one.stream, 0) + 1
    found = [
        CaseSource(references[case], decided.get(case), points.get(case, 0))
        for case in references
        if case in decided or case in points
    ]
    return tuple(sorted(found, key=lambda one: (one.decided_at or until, one.reference)))
