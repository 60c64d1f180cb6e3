"""Who stands in what relation to a case, worked out from its state, duties and directory.

These rows are what `access` looks at. They begin when the case does or when the post comes in,
and a panel's end ten working days after the outcome (trust.md: access ends by itself).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from counterpart.access import kinds
from counterpart.access.relations import DenialRow, RelationRow
from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.taking_part import Told, given_something, told
from counterpart.engine import contact
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty, owner, place
from counterpart.engine.kinds import Code, Id
from counterpart.engine.state import CaseState
from counterpart.engine.watching import is_in_their_place, is_kept_from_somebody, watchers
from counterpart.people.kinds import DATA_PROTECTION_LEAD
from counterpart.policy.model import Policy
from counterpart.worktime import Calendar, WorkingDays, due_at

PANEL_KEEPS_FOR = WorkingDays(10)
PANEL_KEEPS_AT_MOST = timedelta(days=14)


def relations(
    policy: Policy,
    state: CaseState,
    duties: Iterable[Duty],
    directory: Directory,
    calendar: Calendar,
    climbed: Iterable[Told] = (),
) -> tuple[RelationRow, ...]:
    """Every relation to this case, each once, in a stable order.

    `climbed` are those whom the ladders of its duties have told (`told_by_ladder`).
    """
    began = state.raised_at
    rows = _office(state)
    if state.raiser:
        home = state.raising.agency
        rows.append(RelationRow(kinds.BY_PERSON, state.raiser, kinds.RAISER, began, within=home))
    if state.supporter:
        rows.append(RelationRow(kinds.BY_POST, state.supporter, kinds.SUPPORTER, began))
    seated = [(body, post) for (body, _), post in state.seats.items() if post is not None]
    owed = list(duties)
    seated += [(duty.body, duty.post) for duty in owed if duty.post and not _is_of_office(duty)]
    seated += _leads(state, directory)
    seated += given_something(policy, state, directory)
    kept_back = () if contact.has_begun(policy, state) else state.receiving_agencies
    rows += [_by_post(state, body, post) for body, post in seated if body not in kept_back]
    rows += _past(state, rows)
    is_restricted = state.keeping.restricted_to is not None
    rows += [
        RelationRow(kinds.BY_POST, post, SIDES.get(state.side_of(body) or "", kinds.TOLD), since)
        for body, post, since in (*told(policy, state, directory), *climbed, *_learn(owed))
        if body not in kept_back and not (is_restricted and state.side_of(body) is None)
    ]
    rows += _panel(policy, state, directory, calendar)
    rows += [
        RelationRow(kinds.BY_POST, post.id, kinds.DATA_PROTECTION, began)
        for body in (state.partnership, *state.parties)
        if body not in kept_back
        for post in directory.posts(body, [DATA_PROTECTION_LEAD])
    ]
    if is_kept_from_somebody(state):
        until = None if state.is_open or owed else _until(state, calendar)
        rows += _watch(state, directory, until)
    return tuple(dict.fromkeys(rows))


def _is_of_office(duty: Duty) -> bool:
    """Something to learn that is with the partnership's people: they are told, and judge nothing."""
    return duty.point is not None and duty.side == "partnership"


def _learn(duties: Iterable[Duty]) -> list[Told]:
    return [(d.body, d.post, d.opened_at) for d in duties if d.post and _is_of_office(d)]


def _leads(state: CaseState, directory: Directory) -> list[tuple[Id, Id]]:
    """Whoever sees the agreed outcome through has to see it, where they are of an agency in the case."""
    named = [state.outcome.lead] if state.outcome else []
    named += [kept.lead for kept in state.endings.kept]
    posts = [directory.post(post) for post in dict.fromkeys(named) if post]
    return [(post.body, post.id) for post in posts if post and post.body in state.parties]


def _office(state: CaseState) -> list[RelationRow]:
    """The partnership's desk; where the case is restricted, only the people named."""
    began, named = state.raised_at, state.keeping.restricted_to
    manager, here = kinds.BUSINESS_MANAGER, state.partnership
    if named is None:
        return [RelationRow(kinds.BY_PARTNERSHIP, here, manager, began)]
    return [RelationRow(kinds.BY_PERSON, one, manager, began, within=here) for one in named]


def _watch(state: CaseState, directory: Directory, until: datetime | None) -> Iterator[RelationRow]:
    """Who watches the case where whoever has the desk may not; where nobody may, who is to know that."""
    began, here, order = state.raised_at, state.partnership, the_usual_ladder().watches
    watching = watchers(state, directory, order)
    if not watching:
        leads = directory.posts(here, [DATA_PROTECTION_LEAD])
        for post in (kinds.NO_POST, *(lead.id for lead in leads)):
            yield RelationRow(kinds.BY_POST, post, kinds.UNWATCHED, began, until)
    if not is_in_their_place(watching, order):
        return
    named = state.keeping.restricted_to
    if named is None:
        yield from (RelationRow(kinds.BY_POST, p.id, kinds.WATCHER, began, until) for p in watching)
        return
    there = {one for post in watching for h in post.holders for one in (h.person, h.acting_for)}
    for person in named:
        if person in there:
            yield RelationRow(kinds.BY_PERSON, person, kinds.WATCHER, began, until, within=here)


def denials(state: CaseState, kept_out: Mapping[Id, Code]) -> tuple[DenialRow, ...]:
    """Everybody who is kept from this case, and why; and whether it is kept from the desk.

    `kept_out` is what `conflicts` says.
    """
    rows = [DenialRow(person, why) for person, why in kept_out.items()]
    if state.keeping.restricted_to is not None:
        rows.append(DenialRow(kinds.EVERYBODY, kinds.RESTRICTED))
    if state.keeping.apart is not None:
        # In the place of a person: by it the case is found again when somebody comes to work there.
        rows.append(DenialRow(state.raising.agency, kinds.OWN_AGENCY))
    return tuple(rows)


SIDES = {
    "raising": kinds.RAISING_SIDE,
    "receiving": kinds.RECEIVING_SIDE,
    "supporter": kinds.SUPPORTER,
}


def _past(state: CaseState, rows: Iterable[RelationRow]) -> list[RelationRow]:
    """Relations that have ended: of posts that had a place, or wrote for a side without one.

    They open nothing; that they were there still bars deciding.
    """
    held = {(row.subject, row.kind) for row in rows}
    latest: dict[tuple[str, str], datetime] = {
        (post, capacity): at
        for (post, capacity), at in state.acted.items()
        if capacity in kinds.PARTY_KINDS - {kinds.RAISER}
    }
    latest |= {(past.post, SIDES[past.side]): past.until_at for past in state.past_seats}
    return [
        RelationRow(kinds.BY_POST, post, kind, state.raised_at, until_at)
        for (post, kind), until_at in latest.items()
        if (post, kind) not in held
    ]


def _by_post(state: CaseState, body: str, post: str) -> RelationRow:
    side = state.side_of(body)  # type: ignore[arg-type]  # a body is an agency's or partnership's id
    kind = SIDES.get(side or "")
    if kind is None:
        kind = kinds.CHAIR if body == state.partnership else kinds.TOLD
    return RelationRow(kinds.BY_POST, post, kind, state.raised_at)


def _panel(
    policy: Policy, state: CaseState, directory: Directory, calendar: Calendar
) -> list[RelationRow]:
    """The chair who convenes, and the members until some days after the case has ended."""
    rows = []
    at_panel = policy.stages[state.stage].panel
    if at_panel:
        body, role = place(policy, state, policy.panels[at_panel].convened_by, None)
        post, _ = owner(policy, state, directory, body, role)
        if post:
            rows.append(RelationRow(kinds.BY_POST, post, kinds.CHAIR, state.raised_at))
    if state.panel is None:
        return rows
    until = _until(state, calendar)
    for member in state.panel.members:
        kind = kinds.PANEL_CHAIR if member.part == "chair" else kinds.PANEL_MEMBER
        by, subject = (
            (kinds.BY_PERSON, member.person) if member.person else (kinds.BY_POST, member.post)
        )
        # A person who leaves the body they sat for leaves the panel.
        within = (member.agency or state.partnership) if member.person else ""
        rows.append(RelationRow(by, subject, kind, state.panel.convened_at, until, within))
    return rows


def _until(state: CaseState, calendar: Calendar) -> datetime | None:
    if state.ended_at is None:
        return None
    answer = due_at(PANEL_KEEPS_FOR, state.ended_at, calendar)
    # Past the last bank holidays known, access still ends: after as many calendar days as it can be.
    return answer if isinstance(answer, datetime) else state.ended_at + PANEL_KEEPS_AT_MOST
