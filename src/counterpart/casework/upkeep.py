"""What the clock does to the lists: posts fall vacant and are filled without anybody acting.

Run by the worker, and after a change to the directory. Safe to run twice: rows that would be
the same are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from counterpart.access.relations import rewrite_relations
from counterpart.casework.relating import relations
from counterpart.casework.writing import directory_for, load
from counterpart.engine.duties import duties
from counterpart.lists.models import CaseRow, DutyRow, PartyRow
from counterpart.lists.writing import rewrite, rewrite_duties


def refresh_duties(now: datetime, *, bodies: Iterable[str] | None = None) -> int:
    """Work out anew the duties of open cases (of some agencies or partnerships), and how many.

    Cases without an open duty have nothing that a directory could change.
    """
    query = DutyRow.objects.all()
    if bodies is not None:
        query = query.filter(body__in=list(bodies))
    cases = list(query.values_list("case_id", flat=True).distinct())
    for case in cases:
        with transaction.atomic():
            # Held to commit, so that an act on the case waits and then writes the newer rows.
            CaseRow.objects.select_for_update().get(case=case)
            loaded = load(case)
            directory = directory_for(loaded.state, now)
            open_now = duties(loaded.policy, loaded.state, directory, loaded.calendar)
            rewrite_duties(case, loaded.state, open_now)
            rewrite_relations(
                case,
                relations(loaded.policy, loaded.state, open_now, directory, loaded.calendar),
            )
    return len(cases)


def rebuild(case: str, now: datetime) -> None:
    """Make every list row of one case again from the journal alone."""
    with transaction.atomic():
        loaded = load(case)
        directory = directory_for(loaded.state, now)
        open_now = duties(loaded.policy, loaded.state, directory, loaded.calendar)
        CaseRow.objects.filter(case=case).delete()
        PartyRow.objects.filter(case=case).delete()
        rewrite(case, loaded.state, open_now, is_new=True)
        rewrite_relations(
            case, relations(loaded.policy, loaded.state, open_now, directory, loaded.calendar)
        )
