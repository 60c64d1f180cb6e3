"""Made-up cases in great numbers: the record of a case told again of another child, and written whole.

For benches and demonstrations only. A case made here has been through the use cases once, as its
pattern; its copies differ in ids, reference, child and weeks. Their list rows are worked out by
the same fold, duties and relations as anybody's, and equal a replay (`upkeep.rebuild`). Nobody
is owed word of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import transaction

from counterpart.access.models import Relation
from counterpart.access.relations import relation_rows
from counterpart.casework.editions import policy_of
from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.relating import relations
from counterpart.casework.writing import KIND, Loaded, directory_for, load, seen_from
from counterpart.engine.duties import Duty, duties
from counterpart.engine.events import ConcernRaised, LearningPointRecorded
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.ladder import climbs
from counterpart.engine.moving import edition_of
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.journal.bulk import Batch, append_bulk
from counterpart.journal.reading import Whole, all_streams, read_whole
from counterpart.journal.writing import New
from counterpart.lists.models import CaseRow, ChildRow, DutyRow, PartyRow
from counterpart.lists.writing import case_row, child_rows, duty_rows, party_rows
from counterpart.people.directory import Snapshot, directory_as_of
from counterpart.policy.calendars import calendar_of
from counterpart.vault.index import blind_index

CASES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Pattern:
    """The whole record of a case that was lived through the use cases, to be told again.

    `own` are the ids that belong to that case alone: its entries, children, actions and learning points.
    """

    entries: tuple[Whole, ...]
    own: tuple[Id, ...]
    is_open: bool
    has_duties: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Another:
    """How one more case differs from its pattern. `new_id` makes the ids of what is its own."""

    case: str
    reference: str
    child: str
    later: timedelta
    new_id: Callable[[], str]


def patterns(now: datetime) -> tuple[Pattern, ...]:
    """The cases there are, as patterns, in the order in which they were raised."""
    found = [_pattern(head.id, now) for head in all_streams(KIND)]
    return tuple(sorted(found, key=lambda one: one.entries[0].recorded.written_at))


def retell(pattern: Pattern, another: Another) -> Batch:
    """The record of `pattern` as that of another case. Move it by whole weeks, so that working
    days stay working days.
    """
    ids = {id: another.new_id() for id in pattern.own}
    entries = []
    for whole in pattern.entries:
        recorded = whole.recorded
        event = _told_again(recorded.event, ids, another.later)
        if isinstance(event, ConcernRaised):
            event = _about_another_child(event, another)
        new = New(
            id=Id(ids[recorded.id]),
            happened_at=recorded.happened_at + another.later,
            actor=recorded.actor,
            names=whole.names,
            event=event,
        )
        entries.append((new, recorded.written_at + another.later))
    return Batch(another.case, KIND, entries)


def write_cases(batches: Iterable[Batch], now: datetime) -> int:
    """Write new cases with their list rows and relations as of `now`; returns how many.

    Some hundred at a time: the journal's rows in one transaction, then what follows from them in
    another. Stopped between the two, `upkeep.rebuild` makes what is missing.
    """
    written = 0
    directory = _remembering(now)
    remaining = iter(batches)
    while some := list(islice(remaining, CASES_AT_ONCE)):
        append_bulk(some)
        _write_rows([_worked_out(batch, directory) for batch in some])
        written += len(some)
    return written


# --- patterns ----------------------------------------------------------------------------------


def _pattern(case: str, now: datetime) -> Pattern:
    loaded = load(case)
    state = loaded.state
    owed = duties(loaded.policy, state, directory_for(state, now), loaded.calendar)
    return Pattern(read_whole(case), tuple(_own(loaded)), state.is_open, bool(owed))


def _own(loaded: Loaded) -> Iterator[Id]:
    for recorded in loaded.record:
        yield recorded.id
        for part in (
            *getattr(recorded.event, "children", ()),
            *getattr(recorded.event, "actions", ()),
        ):
            yield part.id
        if isinstance(recorded.event, LearningPointRecorded):
            yield recorded.event.point


def _told_again(value: Any, ids: dict[Id, str], later: timedelta) -> Any:
    """`value` with the ids of its own exchanged and every instant and day moved."""
    if isinstance(value, str):
        return ids.get(Id(value), value)
    if isinstance(value, datetime | date):
        return value + later
    if isinstance(value, tuple):
        return tuple(_told_again(one, ids, later) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _told_again(getattr(value, f.name), ids, later) for f in fields(value)}
        return type(value)(**told)
    return value


def _about_another_child(event: ConcernRaised, another: Another) -> ConcernRaised:
    texts = [f"{another.child}{n or ''}" for n in range(len(event.children))]
    return replace(
        event,
        reference=Code(another.reference),
        children=tuple(
            replace(child, index=Code(blind_index("child", text)))
            for child, text in zip(event.children, texts, strict=True)
        ),
        child_references=tuple(map(Words, texts)),
    )


# --- rows --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the lists and `access` keep of one case, not yet saved."""

    case: CaseRow
    parties: list[PartyRow]
    children: list[ChildRow]
    duties: list[DutyRow]
    relations: list[Relation]


def _worked_out(batch: Batch, directory: Callable[[CaseState], Snapshot]) -> _Rows:
    record = tuple(_recorded(batch))
    policy = policy_of(edition_of(record))
    state = fold(policy, record)
    days = calendar_of(policy)
    here = directory(state)
    owed: Sequence[Duty] = duties(policy, state, here, days)
    return _Rows(
        case_row(batch.stream, state),
        party_rows(batch.stream, state),
        child_rows(batch.stream, state),
        duty_rows(batch.stream, state, owed, climbs(policy, state, owed, days, the_usual_ladder())),
        relation_rows(
            batch.stream, relations(policy, state, owed, here, days), is_open=state.is_open
        ),
    )


def _recorded(batch: Batch) -> Iterator[Recorded]:
    for version, (new, written_at) in enumerate(batch.entries, start=1):
        yield Recorded(
            id=new.id,
            stream=batch.stream,
            version=version,
            happened_at=new.happened_at,
            written_at=written_at,
            actor=new.actor,
            event=new.event,
        )


def _write_rows(some: Sequence[_Rows]) -> None:
    with transaction.atomic():
        CaseRow.objects.bulk_create(rows.case for rows in some)
        PartyRow.objects.bulk_create(row for rows in some for row in rows.parties)
        ChildRow.objects.bulk_create(row for rows in some for row in rows.children)
        DutyRow.objects.bulk_create(row for rows in some for row in rows.duties)
        Relation.objects.bulk_create(row for rows in some for row in rows.relations)


def _remembering(now: datetime) -> Callable[[CaseState], Snapshot]:
    """`directory_for` as of `now`, asked once for the same parties: few differ among many cases."""

    @lru_cache(maxsize=1024)
    def asked(parties: tuple[Id, ...], partnership: Id) -> Snapshot:
        return directory_as_of(now, parties, partnership)

    return lambda state: seen_from(state, asked(state.parties, state.partnership), now)
