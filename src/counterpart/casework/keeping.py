"""Keeping people from a case, or from a part of it: ties, restriction, an agency's own notes, protected details.

Arguments common to all are those of `acts`. Who may do which is asked of `access` by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

from counterpart.casework.acts import By
from counterpart.casework.placing import unknown_in
from counterpart.casework.watching import able_of, could_watch
from counterpart.casework.writing import Done, Loaded, act, directory_for
from counterpart.engine import events as e
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.people.finders import people_by_id, posts_of

NOT_YOURS = Refusal("not_your_note", "Only the agency that wrote a note can share it.")
NOT_YOUR_DETAIL = Refusal(
    "not_your_detail", "Only those who may see a protected detail can say who else may."
)


def keep_out(*, person: str, reason: str, why: str, **by: Unpack[By]) -> Done | Refusal:
    """A person is not to see this case: they are its subject, have a tie to the family, or a conflict."""
    event = e.PersonKeptOut(person=Id(person), reason=Code(reason), why=Words(why))
    return act(lambda _: event if people_by_id([person]) else _nobody(), **by)


def declare_tie(*, reason: str, why: str, **by: Unpack[By]) -> Done | Refusal:
    """The person acting keeps themselves from the case (trust.md: declare and leave)."""
    person = by["actor"].person
    return keep_out(person=person, reason=reason, why=why, **by) if person else _nobody()


def let_back(*, person: str, why: str, **by: Unpack[By]) -> Done | Refusal:
    """Somebody was kept out by mistake."""
    return act(lambda _: e.PersonLetBack(person=Id(person), why=Words(why)), **by)


def restrict(*, people: Sequence[str], why: str, **by: Unpack[By]) -> Done | Refusal:
    """Beside the two sides, only these people of the partnership's office see the case from now on."""
    now = by["now"]

    def propose(loaded: Loaded) -> Any:
        office = loaded.state.partnership
        if any(all(held.body != office for held in posts_of(one, now)) for one in people):
            return Refusal(
                "not_of_the_office", "Choose people who hold a post in the partnership's office."
            )
        if not able_of(loaded.state, directory_for(loaded.state, now), people):
            return _nobody_watches(loaded.state, directory_for(loaded.state, now))
        return e.CaseRestricted(people=tuple(map(Id, people)), why=Words(why))

    return act(propose, **by)


def lift_restriction(*, why: str, **by: Unpack[By]) -> Done | Refusal:
    """The case is open again to all who have to do with it."""
    return act(lambda _: e.RestrictionLifted(why=Words(why)), **by)


def keep_note(*, note: str, **by: Unpack[By]) -> Done | Refusal:
    """An agency's own note: nobody outside the agency sees it until it is shared."""
    agency = by["actor"].agency or ""
    return act(lambda _: e.NoteKept(agency=Id(agency), note=Words(note)), **by)


def share_note(*, note: str, **by: Unpack[By]) -> Done | Refusal:
    """Show a note of one's own agency to everybody in the case. It cannot be taken back."""
    agency = by["actor"].agency

    def propose(loaded: Loaded) -> Any:
        owner = loaded.state.keeping.notes.get(Id(note))
        return NOT_YOURS if owner and owner != agency else e.NoteShared(note=Id(note))

    return act(propose, **by)


def protect(*, kind: str, posts: Sequence[str], detail: str, **by: Unpack[By]) -> Done | Refusal:
    """Write down something that only the holders of `posts`, and the writer, may see."""

    def propose(loaded: Loaded) -> Any:
        if refusal := unknown_in(loaded.state.partnership, posts):
            return refusal
        return e.ProtectedDetailKept(
            kind=Code(kind), posts=tuple(map(Id, posts)), detail=Words(detail)
        )

    return act(propose, **by)


def open_to(*, detail: str, posts: Sequence[str], why: str, **by: Unpack[By]) -> Done | Refusal:
    """Say anew who may see a protected detail. Only somebody who may see it can."""
    actor = by["actor"]

    def propose(loaded: Loaded) -> Any:
        known = loaded.state.keeping.details.get(Id(detail))
        if known and actor.person != known.by and actor.post not in known.posts:
            return NOT_YOUR_DETAIL
        if refusal := unknown_in(loaded.state.partnership, posts):
            return refusal
        return e.ProtectedDetailOpened(
            detail=Id(detail), posts=tuple(map(Id, posts)), why=Words(why)
        )

    return act(propose, **by)


def _nobody_watches(state: CaseState, directory: Directory) -> Refusal:
    """Why none of those who were ticked is enough, and who would be."""
    could = could_watch(state, directory)
    who = f" Tick one of them: {'; '.join(post.title for post in could)}." if could else ""
    return Refusal(
        "nobody_watches",
        "None of the people you ticked can watch the case for the partnership: see what is late and who is "
        f"missing.{who}",
    )


def _nobody() -> Refusal:
    return Refusal("no_such_person", "Choose somebody who is in the directory.")
