"""Make a case's rows anew from its state and duties. Called by casework, inside its transaction.

Nothing is decided here. Rows that would be the same are left alone, so that an act which
changes one duty writes one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from counterpart.engine.duties import Duty
from counterpart.engine.ladder import Climb
from counterpart.engine.state import CaseState
from counterpart.journal.rows import find, insert, remove, update
from counterpart.lists.models import CaseRow, ChildRow, DutyRow, PartyRow


def case_row(case: str, state: CaseState) -> CaseRow:
    """The row of a case, not yet saved: for `rewrite` and for bulk generators."""
    waits = state.outcome is not None and state.is_open
    unanswered = waits and set(state.parties) - set(state.outcome.answers if state.outcome else ())
    return CaseRow(
        case=case,
        reference=state.reference,
        partnership=state.partnership,
        policy=state.policy,
        edition=state.edition,
        stage=state.stage,
        status=state.status,
        ending=state.ending or "",
        raised_at=state.raised_at,
        ended_at=state.ended_at,
        is_urgent=state.urgent_since is not None,
        raising=state.raising.agency,
        waiting_since=state.outcome.proposed_at if state.outcome and unanswered else None,
        last_at=state.last_at,
        version=state.version,
        calendar=state.calendars[-1][0] if state.calendars else "",
    )


def party_rows(case: str, state: CaseState) -> list[PartyRow]:
    """A row for each agency in the case."""
    return [
        PartyRow(case_id=case, agency=agency, side=state.side_of(agency) or "")
        for agency in state.parties
    ]


def child_rows(case: str, state: CaseState) -> list[ChildRow]:
    """A row for each child whose reference could be hashed."""
    return [ChildRow(case_id=case, index=child.index) for child in state.children if child.index]


def duty_rows(
    case: str, state: CaseState, duties: Iterable[Duty], climbs: Mapping[str, Climb]
) -> list[DutyRow]:
    """A row for each open duty. `climbs` are the ladders of those that have one."""
    return [
        DutyRow(
            id=duty.id,
            case_id=case,
            partnership=state.partnership,
            clock=duty.clock,
            action=duty.action or "",
            body=duty.body,
            role=duty.role,
            post=duty.post or "",
            nobody=duty.nobody or "",
            about=duty.about or "",
            due_at=duty.due.at,
            opened_at=duty.opened_at,
            force=duty.force,
            clause=duty.clause,
            acts_at=duty.acts_at,
            next_rung_at=climbs[duty.id].first_at if duty.id in climbs else None,
            ladder=climbs[duty.id].mark if duty.id in climbs else "",
        )
        for duty in duties
    ]


def rewrite(
    case: str,
    state: CaseState,
    duties: Sequence[Duty],
    climbs: Mapping[str, Climb],
    *,
    was: CaseState | None,
) -> None:
    """Make this case's rows what its state and duties say.

    `was` is the state that its rows were last made from; None where it has none. Statements: four at
    most for a new case, else two to six, whatever the length of its record.
    """
    row = case_row(case, state)
    if was is None:
        row.save(force_insert=True)
        ChildRow.objects.bulk_create(child_rows(case, state))
        PartyRow.objects.bulk_create(party_rows(case, state))
        DutyRow.objects.bulk_create(duty_rows(case, state, duties, climbs))
        return
    update(row)
    if _sides(was) != _sides(state):
        PartyRow.objects.filter(case=case).delete()
        PartyRow.objects.bulk_create(party_rows(case, state))
    rewrite_duties(case, state, duties, climbs)


def rewrite_duties(
    case: str, state: CaseState, duties: Sequence[Duty], climbs: Mapping[str, Climb]
) -> None:
    """Make this case's duty rows what they should be, writing only what differs.

    How far a duty has climbed stays as it is for as long as its ladder has the same times. Else it
    begins at the first rung again; whoever climbs it passes over those that have fired.
    """
    wanted = {row.id: row for row in duty_rows(case, state, duties, climbs)}
    there = {row.id: row for row in find(DutyRow, "case_id", case)}
    for id, row in wanted.items():
        if id in there and there[id].ladder == row.ladder:
            row.next_rung_at = there[id].next_rung_at
    stale = [id for id, row in there.items() if id not in wanted or _differ(row, wanted[id])]
    remove(DutyRow, stale)
    fresh = [row for id, row in wanted.items() if id not in there or id in stale]
    insert(fresh)


def set_next_rung(duty: str, at: datetime | None) -> None:
    """When somebody is next told of this duty; None once its ladder has no more rungs."""
    DutyRow.objects.filter(id=duty).update(next_rung_at=at)


def _sides(state: CaseState) -> set[tuple[str, str | None]]:
    return {(agency, state.side_of(agency)) for agency in state.parties}


def _differ(a: DutyRow, b: DutyRow) -> bool:
    fields = [f.attname for f in DutyRow._meta.concrete_fields]  # noqa: SLF001  Django's public name
    return any(getattr(a, name) != getattr(b, name) for name in fields)
