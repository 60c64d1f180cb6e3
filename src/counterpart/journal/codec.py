"""An event as rows, facts as canonical JSON and words as one text a field, and back again.

What is encoded is decoded again before it is let in, so that nothing unreadable is ever written.
Old schema versions are brought up step by step when read. Instants are kept in UTC, ending Z.

This module must not touch the database, seal anything, or know any one event.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from counterpart.engine import account_events, directory_events, events, regular_events
from counterpart.engine.registry import REGISTRY, Actor, EventType
from counterpart.journal.errors import Unreadable

# Importing them is what registers the events of each kind of stream.
EVENT_MODULES = (events, directory_events, account_events, regular_events)

Opened = str | tuple[str, ...]
"""The words of one field, as a person wrote them."""

NAMES = ("actor_name", "actor_post", "on_behalf_name", "on_behalf_post")
"""The words of an event beside its own fields: who acted, by name and post, as it was then."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event ready to be kept: type name, schema version, facts as JSON, words by field.

    A field whose words are empty (or absent) is not in `words`.
    """

    type: str
    schema: int
    facts: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class _Kind:
    """An event type with what the codec looks up about its fields."""

    type: EventType

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset(self.type.facts)

    @cached_property
    def sealed(self) -> dict[str, Any]:
        """What each field of words holds while it is sealed: "", () or None, by its annotation."""
        hints = get_type_hints(self.type.cls)
        return {name: _sealed_value(hints[name]) for name in self.type.words}

    def to_text(self, name: str, words: Any) -> str:
        is_many = self.sealed[name] == ()
        texts = words if isinstance(words, tuple) else (words,)
        if isinstance(words, tuple) != is_many or not all(isinstance(text, str) for text in texts):
            raise Unreadable(f"{self.type.name}: {name} does not hold words")
        return json.dumps(words, ensure_ascii=False) if is_many else str(words)

    def from_text(self, name: str, text: str) -> Opened:
        if name not in self.sealed:
            raise Unreadable(
                f"{self.type.name}: kept words of {name},"
                f" which version {self.type.version} does not have"
            )
        return tuple(json.loads(text)) if self.sealed[name] == () else text


class _Kinds:
    """The registry's types by name and by class, each looked at once."""

    def __init__(self, registry: Mapping[str, EventType]) -> None:
        self._registry = registry
        self._seen: dict[str, _Kind] = {}
        self._by_class: dict[type, _Kind] = {}

    def named(self, name: str) -> _Kind:
        found = self._seen.get(name)
        if found is None:
            if name not in self._registry:
                raise Unreadable(f"no kind of event is called {name}: is this program too old?")
            found = self._seen[name] = _Kind(self._registry[name])
            _refuse_reserved(found.type)
        return found

    def of(self, event: object) -> _Kind:
        cls = type(event)
        if cls not in self._by_class:
            names = [name for name, type_ in self._registry.items() if type_.cls is cls]
            if not names:
                raise Unreadable(f"{cls.__name__} is not a registered kind of event")
            self._by_class[cls] = self.named(names[0])
        return self._by_class[cls]


class Codec:
    """Turns the events of one registry into rows and back."""

    def __init__(self, registry: Mapping[str, EventType]) -> None:
        self._kinds = _Kinds(registry)

    def encode(self, event: object) -> Encoded:
        """`event` as rows. Raises `Unreadable` if it would not come back the same."""
        kind = self._kinds.of(event)
        values = {name: getattr(event, name) for name in kind.type.facts}
        words = {
            name: kind.to_text(name, getattr(event, name))
            for name, sealed in kind.sealed.items()
            if getattr(event, name) != sealed
        }
        encoded = Encoded(kind.type.name, kind.type.version, _json(values), words)
        back = self.decode(encoded.type, encoded.schema, encoded.facts, words)
        if back != event and not _same_but_for_zones(kind.type, back, encoded):
            raise Unreadable(f"{encoded.type}: a field does not hold what its type says")
        return encoded

    def decode(
        self, type_: str, schema: int, facts: str, words: Mapping[str, str] | None = None
    ) -> Any:
        """The event that was kept. Fields not in `words` come back sealed. Raises `Unreadable`."""
        kind = self._kinds.named(type_)
        values = msgspec.json.decode(facts)
        if schema != kind.type.version:
            values = _upgraded(kind.type, schema, values)
        if values.keys() - kind.facts:
            raise Unreadable(f"{type_}: kept facts that version {kind.type.version} does not have")
        values.update(kind.sealed)
        for name, text in (words or {}).items():
            values[name] = kind.from_text(name, text)
        return _convert(values, kind.type.cls, type_)

    def words(self, type_: str, kept: Mapping[str, str]) -> dict[str, Opened]:
        """The kept texts of one event as a person wrote them, the actor's words among them."""
        kind = self._kinds.named(type_)
        return {
            name: text if name in NAMES else kind.from_text(name, text)
            for name, text in kept.items()
        }


CODEC = Codec(REGISTRY)


def encode_actor(actor: Actor) -> str:
    """`actor` as canonical JSON. Raises `Unreadable`."""
    text = _json({field.name: getattr(actor, field.name) for field in fields(actor)})
    if decode_actor(text) != actor:
        raise Unreadable("actor: a field does not hold what its type says")
    return text


@lru_cache(maxsize=4096)
def decode_actor(text: str) -> Actor:
    """The actor that was kept. Raises `Unreadable`. A case has few: each is read once."""
    actor: Actor = _convert(msgspec.json.decode(text), Actor, "actor")
    return actor


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises `Unreadable` if it does not say where it is."""
    if instant.tzinfo is None:
        raise Unreadable("an instant without a time zone")
    return instant.astimezone(UTC)


def _upgraded(type_: EventType, schema: int, facts: dict[str, Any]) -> dict[str, Any]:
    if schema > type_.version:
        raise Unreadable(f"{type_.name} version {schema} was written by a newer program than this")
    for step in range(schema, type_.version):
        if step not in type_.upgrades:
            raise Unreadable(f"{type_.name}: no upgrade from version {step}")
        facts = type_.upgrades[step](facts)
    return facts


def _json(values: Mapping[str, Any]) -> str:
    try:
        return msgspec.json.encode(_plain(values), order="deterministic").decode()
    except (TypeError, ValueError) as error:
        raise Unreadable(f"a fact that cannot be kept: {error}") from error


def _plain(value: Any) -> Any:
    """`value` as JSON's own kinds, every instant in UTC whatever zone it came in."""
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _convert(values: Any, cls: type, name: str) -> Any:
    try:
        return msgspec.convert(values, cls)
    except msgspec.ValidationError as error:
        raise Unreadable(f"{name}: {error}") from error


def _same_but_for_zones(type_: EventType, back: Any, encoded: Encoded) -> bool:
    # Python finds the hour that a clock goes through twice unequal to itself in another zone (PEP
    # 495).
    again = _json({name: getattr(back, name) for name in type_.facts})
    return again == encoded.facts


def _sealed_value(annotation: Any) -> Any:
    if get_origin(annotation) is tuple:
        return ()
    return None if NoneType in get_args(annotation) else ""


def _refuse_reserved(type_: EventType) -> None:
    if taken := set(NAMES) & {*type_.facts, *type_.words}:
        raise Unreadable(f"{type_.name}: the names {sorted(taken)} are kept for the actor's words")
