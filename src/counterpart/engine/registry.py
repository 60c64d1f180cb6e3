"""Which event classes there are, by their stable names, and the envelope each is kept in.

The journal stores an event under its registered name and schema version and asks here for the
class and for which of its fields are words. This module must not read or write anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, get_args, get_type_hints

from counterpart.engine.kinds import Code, Id, Words

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
T = TypeVar("T", bound=type)


@dataclass(frozen=True, slots=True)
class EventType:
    """What is known of a kind of event: its name, schema version, class and kinds of field.

    `upgrades[n]` turns the stored facts of version n into those of version n + 1.
    """

    name: str
    version: int
    cls: type
    facts: tuple[str, ...]
    words: tuple[str, ...]
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)


REGISTRY: dict[str, EventType] = {}
_BY_CLASS: dict[type, EventType] = {}


def event(
    name: str, *, version: int, upgrades: Mapping[int, Upgrade] | None = None
) -> Callable[[T], T]:
    """Register a frozen dataclass as the kind of event called `name`."""

    def register(cls: T) -> T:
        if name in REGISTRY:
            raise ValueError(f"two kinds of event are called {name}")
        # Resolved against the module being defined, which is complete by the time a field is
        # used; at this point every annotation in our event modules can already be resolved.
        hints = get_type_hints(cls)
        words = tuple(f.name for f in dataclasses.fields(cls) if _is_words(hints[f.name]))
        facts = tuple(f.name for f in dataclasses.fields(cls) if f.name not in words)
        kind = EventType(name, version, cls, facts, words, dict(upgrades or {}))
        REGISTRY[name] = kind
        _BY_CLASS[cls] = kind
        return cls

    return register


def type_of(event: object) -> EventType:
    """The registered kind of an event object. Raises KeyError for anything else."""
    return _BY_CLASS[type(event)]


def _is_words(annotation: object) -> bool:
    return annotation is Words or any(_is_words(part) for part in get_args(annotation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted, as facts. Names and post titles at the time are frozen beside it as words.

    `capacity` is the relation to the case under which they acted (`raiser`, `receiving_side`,
    `business_manager`, `clock` …). `on_behalf_of` and `on_behalf_post` say for whom an entry
    was made when somebody telephoned, and `acting_for` for whom the actor stood in.
    """

    person: Id | None
    post: Id | None
    agency: Id | None
    capacity: Code
    on_behalf_of: Id | None = None
    on_behalf_post: Id | None = None
    acting_for: Id | None = None

    @property
    def whose(self) -> Id | None:
        """The person whose act it is: the one it was written down for, else the one who wrote."""
        return self.on_behalf_of or self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the journal gives it back: where it stands, when it happened, who acted."""

    id: Id
    stream: str
    version: int
    happened_at: datetime
    written_at: datetime
    actor: Actor
    event: Any
