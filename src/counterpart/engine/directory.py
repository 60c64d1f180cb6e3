"""What the engine needs to know of a directory: who holds which posts, as of a date.

`people` builds the snapshot; the engine only reads it. It must not load anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from counterpart.engine.kinds import Code, Id


@dataclass(frozen=True, slots=True)
class HolderRecord:
    """A person who may act for a post now; `acting_for` is the person they cover, if any."""

    person: Id
    name: str
    acting_for: Id | None = None


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post of an agency or of the partnership. A vacant post has no holders.

    `is_kept_out`: it is held, but nobody who holds it may see the case that is asked about.
    """

    id: Id
    body: Id
    tier: Code
    title: str
    phone: str
    holders: tuple[HolderRecord, ...] = ()
    is_kept_out: bool = False


class Directory(Protocol):
    """A directory as of one moment."""

    def posts(self, body: Id, tiers: Sequence[str]) -> tuple[PostRecord, ...]:
        """Posts of one agency or partnership at the given tiers, in the order of `tiers`."""
        ...

    def post(self, post: Id) -> PostRecord | None:
        """One post, or None if the directory as loaded does not hold it."""
        ...
