"""Who watches a case that whoever has the desk may not see: told at once when it comes to them, and what is theirs.

Who it is, `engine.watching` works out; `relating` makes the relation. It must not say anything of such a case to
whoever is kept from it, nor anything but its reference to those who are told that nobody watches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from counterpart.access.kinds import BY_PERSON, UNWATCHED, WATCHER
from counterpart.access.models import Relation
from counterpart.access.relations import RelationRow
from counterpart.access.visibility import known_as_unwatched, visible
from counterpart.casework.ladders import the_usual_ladder
from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.kinds import Id
from counterpart.engine.notices import WATCH, Notice
from counterpart.engine.state import CaseState
from counterpart.engine.watching import able, watchers
from counterpart.lists.models import CaseRow
from counterpart.messages.owing import owe, owe_unwatched
from counterpart.people.directory import Snapshot
from counterpart.people.finders import administrators
from counterpart.people.kinds import DATA_PROTECTION_LEAD

OF_WATCHING = (WATCHER, UNWATCHED)


def office(state: CaseState, directory: Directory) -> tuple[PostRecord, ...]:
    """Who is told of what the partnership's office is to know of a case."""
    return watchers(state, directory, the_usual_ladder().watches)


def able_of(
    state: CaseState, directory: Directory, people: Sequence[str]
) -> tuple[PostRecord, ...]:
    """The posts that would watch a case that is restricted to these people; none where none of them can."""
    order = the_usual_ladder().watches
    return able(state.partnership, directory, order, tuple(map(Id, people)))


def could_watch(state: CaseState, directory: Directory) -> tuple[PostRecord, ...]:
    """Every post of the office that could watch a case if somebody in it were named, the first in turn first."""
    posts = directory.posts(state.partnership, the_usual_ladder().watches)
    return tuple(post for post in posts if post.holders)


def next_after(state: CaseState, directory: Snapshot, person: str) -> tuple[PostRecord, ...] | None:
    """Who would watch a case once `person` had left it; None where that is not theirs to leave to anybody.

    That is so for whoever does not watch it now, or watches it with somebody else of the same post.
    """
    now = office(state, directory)
    if all(one.person != person for post in now for one in post.holders):
        return None
    named = state.keeping.restricted_to
    order = the_usual_ladder().watches
    left = able(state.partnership, directory.without({person}), order, named)
    return left if not left or left[0].tier != now[0].tier else None


def comes_to(case: str, related: Iterable[RelationRow]) -> tuple[RelationRow, ...]:
    """Of the relations that a case is about to have, those by which somebody new comes to watch it.

    One query, and none where nobody watches it in the place of the desk.
    """
    wanted = [row for row in related if row.kind in OF_WATCHING]
    if not wanted:
        return ()
    rows = Relation.objects.filter(case=case, kind__in=OF_WATCHING)
    there = set(rows.values_list("kind", "subject"))
    return tuple(row for row in wanted if (row.kind, row.subject) not in there)


def tell(
    case: str, state: CaseState, directory: Directory, come: Sequence[RelationRow], now: datetime
) -> None:
    """Owe word to those to whom a case has come that is theirs to watch now, and where it is nobody's, of that.

    Called inside the transaction that brings it about.
    """
    occasion = Id(uuid4().hex)
    owed = [_word(row, occasion) for row in come if row.kind == WATCHER]
    owe(case, state.reference, owed, (), now, occasion=occasion)
    if any(row.kind == UNWATCHED for row in come):
        leads = directory.posts(state.partnership, [DATA_PROTECTION_LEAD])
        people = [str(holder.person) for post in leads for holder in post.holders]
        kept = state.keeping.kept_out
        people = people or [one for one in administrators() if one not in kept]
        owe_unwatched(people, state.reference, occasion, now)


def _word(row: RelationRow, about: Id) -> Notice:
    if row.subject_kind == BY_PERSON:
        return Notice(WATCH, about, person=Id(row.subject))
    return Notice(WATCH, about, post=Id(row.subject))


def watched_by(person: str, now: datetime) -> list[str]:
    """The ids of the cases that somebody watches in the place of the desk, the oldest first."""
    theirs = visible(person, now).filter(kind=WATCHER)
    rows = CaseRow.objects.filter(case__in=theirs).order_by("raised_at", "case")
    return list(rows.values_list("case", flat=True))


def unwatched_by(person: str, now: datetime) -> list[str]:
    """The references of the cases that nobody may watch, for whoever is to know them: nothing else of them."""
    rows = CaseRow.objects.filter(case__in=known_as_unwatched(person, now))
    return list(rows.order_by("raised_at", "case").values_list("reference", flat=True))
