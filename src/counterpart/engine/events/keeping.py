"""Who is kept from a case or from a part of it: ties, restriction, an agency's own notes, protected details.

None of it says what a policy says: it is need to know, and holds under every policy.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("person_kept_out", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKeptOut:
    """A person is not to see this case. `reason` is `subject_of_concern`, `family_tie` or `declared_conflict`."""

    person: Id
    reason: Code
    why: Words = SEALED


@event("person_let_back", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLetBack:
    """A person kept out by mistake may see the case again, if they have to do with it."""

    person: Id
    why: Words = SEALED


@event("case_restricted", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRestricted:
    """Beside the two sides, only these people may see the case: nobody else of the partnership's office,
    and nobody who would be told. Restricted again, these take the place of those before.
    """

    people: tuple[Id, ...]
    why: Words = SEALED


@event("restriction_lifted", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLifted:
    """The case is open again to all who have to do with it."""

    why: Words = SEALED


@event("note_kept", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKept:
    """An agency's own note on a case: nobody outside the agency sees it until it is shared."""

    agency: Id
    note: Words = SEALED


@event("note_shared", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShared:
    """An agency showed a note of its own to everybody in the case. `note` is its entry."""

    note: Id


@event("protected_detail_kept", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedDetailKept:
    """Something that few may see: who reported a concern (`reporter`), or where somebody lives (`address`).

    `posts` are the posts whose holders may see it. Beside them only the person who wrote it does.
    """

    kind: Code
    posts: tuple[Id, ...]
    detail: Words = SEALED


@event("protected_detail_opened", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedDetailOpened:
    """The list of those who may see a protected detail is now this one. `detail` is its entry."""

    detail: Id
    posts: tuple[Id, ...]
    why: Words = SEALED
