"""Small records inside events: who, where, what was agreed, and how a deadline moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counterpart.engine.kinds import Code, Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One agency in the disagreement and, if known, the post that speaks for it."""

    agency: Id
    post: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """Someone the concern is about: a child, an unborn child or an adult.

    `index` is a keyed hash of the reference the agencies use. It finds another case about the
    same child without holding the reference itself.
    """

    id: Id
    kind: Code
    index: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """A post named for a role of the policy in one agency (or in the partnership)."""

    body: Id
    role: Code
    post: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something agreed to be done, by whom and by when. Its text is in the event's words."""

    id: Id
    agency: Id
    post: Id | None
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a panel: the post they sit by, their agency, and `chair` or `member`."""

    post: Id
    agency: Id
    person: Id | None
    part: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved:
    """A deadline before and after another edition came into use; None where there is no time."""

    clock: Code
    agency: Id | None
    before_at: datetime | None
    after_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One agency at a meeting. `part` is `came`, `apologies` or `absent`; `post` is who came for it, if known."""

    agency: Id
    part: Code
    post: Id | None = None
