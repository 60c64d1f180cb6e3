"""Who is kept from a case, or from a part of it: what is true, and how it came about.

A frozen part of a case's state and the folding of its events. A case in which none of it has
happened shares `OPEN`. Who a person is, and what posts they hold, is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id


@dataclass(frozen=True, slots=True)
class Detail:
    """A protected detail: its kind, who wrote it, and the posts whose holders may see it."""

    kind: Code
    by: Id | None
    posts: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody went past their own agency because they do not feel safe in it, and since when.

    `people` are all who still see the case there, `post` speaks for the agency at every stage. `supporter` is
    the post that was named since to support them.
    """

    since: datetime
    people: frozenset[Id]
    post: Id | None
    supporter: Id | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who is kept from what.

    `kept_out` maps a person to the reason. `restricted_to` are the people named where the case is
    restricted, else None. `notes` maps an agency's own note to the agency; `shared` are those shown since.
    `apart` is there where the case is kept from the rest of the raising agency; `let_in` are those of it to
    whom it was opened since, by name.
    """

    kept_out: Mapping[Id, Code] = field(default_factory=lambda: MappingProxyType({}))
    restricted_to: tuple[Id, ...] | None = None
    notes: Mapping[Id, Id] = field(default_factory=lambda: MappingProxyType({}))
    shared: frozenset[Id] = frozenset()
    details: Mapping[Id, Detail] = field(default_factory=lambda: MappingProxyType({}))
    apart: Apart | None = None
    let_in: frozenset[Id] = frozenset()

    @property
    def keeps_somebody_out(self) -> bool:
        """Whether anybody at all is kept from the case. If not, it has no denials."""
        return bool(self.kept_out) or self.restricted_to is not None or self.apart is not None

    def set_apart(self, apart: Apart) -> Keeping:
        """The same, with the case kept from the raiser’s own agency."""
        return replace(self, apart=apart)

    def supported_by(self, post: Id | None) -> Keeping:
        """The same, once a supporter has been named: whoever went past their agency chose them since."""
        return replace(self, apart=replace(self.apart, supporter=post)) if self.apart else self


OPEN = Keeping()


# --- how it comes about: the state before, the entry's id and writer, the event --------------------


def _kept_out(was: Keeping, _: Id, __: Id | None, ev: e.PersonKeptOut) -> Keeping:
    kept = MappingProxyType({**was.kept_out, ev.person: ev.reason})
    return replace(was, kept_out=kept, let_in=was.let_in - {ev.person})


def _let_back(was: Keeping, _: Id, __: Id | None, ev: e.PersonLetBack) -> Keeping:
    kept = {person: why for person, why in was.kept_out.items() if person != ev.person}
    let_in = was.let_in | {ev.person} if was.apart else was.let_in
    return replace(was, kept_out=MappingProxyType(kept), let_in=let_in)


def _restricted(was: Keeping, _: Id, __: Id | None, ev: e.CaseRestricted) -> Keeping:
    return replace(was, restricted_to=ev.people)


def _lifted(was: Keeping, _: Id, __: Id | None, ___: e.RestrictionLifted) -> Keeping:
    return replace(was, restricted_to=None)


def _noted(was: Keeping, entry: Id, _: Id | None, ev: e.NoteKept) -> Keeping:
    return replace(was, notes=MappingProxyType({**was.notes, entry: ev.agency}))


def _shown(was: Keeping, _: Id, __: Id | None, ev: e.NoteShared) -> Keeping:
    return replace(was, shared=was.shared | {ev.note})


def _detail(was: Keeping, entry: Id, by: Id | None, ev: e.ProtectedDetailKept) -> Keeping:
    detail = Detail(ev.kind, by, ev.posts)
    return replace(was, details=MappingProxyType({**was.details, entry: detail}))


def _opened(was: Keeping, _: Id, __: Id | None, ev: e.ProtectedDetailOpened) -> Keeping:
    detail = replace(was.details[ev.detail], posts=ev.posts)
    return replace(was, details=MappingProxyType({**was.details, ev.detail: detail}))


HOW: dict[type, Callable[[Keeping, Id, Id | None, Any], Keeping]] = {
    e.PersonKeptOut: _kept_out,
    e.PersonLetBack: _let_back,
    e.CaseRestricted: _restricted,
    e.RestrictionLifted: _lifted,
    e.NoteKept: _noted,
    e.NoteShared: _shown,
    e.ProtectedDetailKept: _detail,
    e.ProtectedDetailOpened: _opened,
}
