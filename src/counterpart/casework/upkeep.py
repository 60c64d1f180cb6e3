"""What the clock does to the lists: posts fall vacant and are filled without anybody acting.

Run by the worker, and after a change to the directory. Safe to run twice: rows that would be
the same are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from counterpart.access.kinds import OWN_AGENCY, SUBJECT_OF_CONCERN
from counterpart.access.models import Denial
from counterpart.access.relations import RelationRow, rewrite_denials, rewrite_relations
from counterpart.casework.conflicts import kept_out
from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.relating import denials, relations
from counterpart.casework.told_by_ladder import told_by_ladder
from counterpart.casework.watching import comes_to, tell
from counterpart.casework.writing import Loaded, directory_for, load
from counterpart.engine.duties import Duty, duties
from counterpart.engine.ladder import Climb, climbs
from counterpart.lists.models import CaseRow, DutyRow, PartyRow
from counterpart.lists.writing import rewrite, rewrite_duties
from counterpart.messages.climbing import fired
from counterpart.people.directory import Snapshot

PARTS = 60
"""Each minute of the hour has its part of the cases, so that no mail waits while all are done."""


def refresh_this_minute(now: datetime) -> int:
    """Work out anew the duties of this minute's part of the open cases, and how many they are.

    A case's id says which minute is its own: within an hour all have been done.
    """
    minute = int(now.timestamp() // 60) % PARTS
    return _refresh([case for case in _with_duties() if int(case[:8], 16) % PARTS == minute], now)


def refresh_duties(now: datetime, *, bodies: Collection[str] | None = None) -> int:
    """Work out anew the duties of open cases (of some agencies or partnerships), and how many.

    Cases without an open duty have nothing that a directory could change, but for who watches those
    that somebody is kept from.
    """
    return _refresh(_with_duties(bodies), now)


def refresh_subjects(people: Iterable[str], now: datetime) -> int:
    """Work out anew the cases that one of these people is the subject of: who belongs to them has changed."""
    rows = Denial.objects.filter(person__in=list(people), reason=SUBJECT_OF_CONCERN)
    return _refresh(sorted(set(rows.values_list("case", flat=True))), now)


def _with_duties(bodies: Collection[str] | None = None) -> list[str]:
    query, kept = DutyRow.objects.all(), CaseRow.objects.filter(_is_kept(), status="open")
    if bodies is not None:
        wanted = list(bodies)
        query, kept = query.filter(body__in=wanted), kept.filter(partnership__in=wanted)
    found = query.values_list("case_id", flat=True).distinct()
    return list(
        dict.fromkeys([*found, *kept.values_list("case", flat=True), *_kept_from(bodies or ())])
    )


def _kept_from(bodies: Iterable[str]) -> Iterable[str]:
    """The cases, ended ones too, that are kept from everybody who comes to work for one of these agencies."""
    rows = Denial.objects.filter(person__in=list(bodies), reason=OWN_AGENCY)
    return rows.values_list("case", flat=True)


def _is_kept() -> Exists:
    """Whether somebody is kept from a case."""
    return Exists(Denial.objects.filter(case=OuterRef("case")))


def _refresh(cases: Sequence[str], now: datetime) -> int:
    for case in cases:
        with transaction.atomic():
            # Held to commit, so that an act on the case waits and then writes the newer rows.
            CaseRow.objects.select_for_update().get(case=case)
            loaded = load(case)
            directory = directory_for(loaded.state, now)
            refresh_case(loaded, directory, now)
    return len(cases)


def rebuild(case: str, now: datetime) -> None:
    """Make every list row of one case again from the journal alone."""
    with transaction.atomic():
        loaded = load(case)
        directory = directory_for(loaded.state, now)
        open_now = duties(loaded.policy, loaded.state, directory, loaded.calendar)
        CaseRow.objects.filter(case=case).delete()
        PartyRow.objects.filter(case=case).delete()
        rewrite(case, loaded.state, open_now, _climbs(loaded, open_now), was=None)
        rewrite_relations_of(loaded, open_now, directory, now)


def refresh_case(loaded: Loaded, directory: Snapshot, now: datetime) -> tuple[Duty, ...]:
    """Work out a case's duties anew, with its relations, and give them. Inside a transaction."""
    open_now = duties(loaded.policy, loaded.state, directory, loaded.calendar)
    rewrite_duties(loaded.case, loaded.state, open_now, _climbs(loaded, open_now))
    if come := rewrite_relations_of(loaded, open_now, directory, now):
        tell(loaded.case, loaded.state, directory, come, now)
    return open_now


def _climbs(loaded: Loaded, open_now: Iterable[Duty]) -> dict[str, Climb]:
    return climbs(loaded.policy, loaded.state, open_now, loaded.calendar, the_usual_ladder())


def rewrite_relations_of(
    loaded: Loaded, open_now: Sequence[Duty], directory: Snapshot, now: datetime
) -> tuple[RelationRow, ...]:
    """Make anew who has to do with a case and who is kept from it; gives by what it comes to a new watcher."""
    told = told_by_ladder(loaded.policy, loaded.state, directory, open_now, fired(loaded.case))
    related = relations(loaded.policy, loaded.state, open_now, directory, loaded.calendar, told)
    come = comes_to(loaded.case, related)
    rewrite_relations(loaded.case, related, is_open=loaded.state.is_open)
    rewrite_denials(loaded.case, denials(loaded.state, kept_out(loaded.state, now)))
    return come
