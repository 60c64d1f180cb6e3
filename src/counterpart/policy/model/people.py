"""Who is who: roles and opposite numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Body = Literal["agency", "partnership"]


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody the policy speaks of: filled by the directory's first tier that has a post."""

    id: str
    title: str
    at: Body
    tiers: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """One of those to ask: what they are called and, if known, their tiers in the directory."""

    title: str
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OppositeNumber:
    """A row of the table of opposite numbers. `choice` is `one of`, `all of` or `any of`."""

    id: str
    of: str
    ask: tuple[Opposed, ...]
    choice: str
    advice: str
    clause: str
