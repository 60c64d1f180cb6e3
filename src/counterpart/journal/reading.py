"""Reading streams back: facts in one query, words only when somebody is to see them.

What is read here is never changed by reading, and nobody is asked whether they may: `access`
decides before. This module must not write, and must not open words that were not asked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.journal.codec import CODEC, NAMES, Codec, Opened, decode_actor
from counterpart.journal.errors import Unreadable
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.journal.rows import find, read
from counterpart.vault import sealing, streamkeys

MOST_AT_ONCE = 500
"""How many streams one query reads: it hides the round trip, and every database takes it."""

_Texts = Mapping[str, Mapping[str, str]]  # event id -> field -> text as kept


@dataclass(frozen=True, slots=True)
class Head:
    """A stream without its events."""

    id: str
    kind: str
    version: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Whole:
    """An event with its words opened, and the actor's words as they were (by `codec.NAMES`)."""

    recorded: Recorded
    names: Mapping[str, str]


class Row(NamedTuple):
    """An event's row, by the names of its columns in their order: half the cost of a model's instance."""

    id: str
    stream: str
    version: int
    type: str
    schema: int
    happened_at: datetime
    written_at: datetime
    actor: str
    facts: str


def read_facts(stream: str, *, codec: Codec = CODEC) -> tuple[Recorded, ...]:
    """The events of a stream in order, every word sealed; () for no such stream. One query."""
    rows = read(Event, "stream", stream, order="version")
    return tuple(recorded(Row._make(row), codec) for row in rows)


def read_facts_of(
    streams: Collection[str], *, codec: Codec = CODEC
) -> dict[str, tuple[Recorded, ...]]:
    """The events of up to 500 streams, every word sealed, by stream; one query. For replay."""
    if len(streams) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} streams at once")
    found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
    for row in _rows(stream__in=streams):
        found[row.stream].append(recorded(row, codec))
    return {stream: tuple(events) for stream, events in found.items()}


def read_types(
    types: Collection[str],
    streams: Iterable[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    codec: Codec = CODEC,
) -> tuple[Recorded, ...]:
    """The events of these types in some streams, every word sealed, in the order of each stream; one query.

    `streams` may be a query of their ids. Of what happened from `since` on, and before `until`.
    """
    when = {"happened_at__gte": since, "happened_at__lt": until}
    given = {name: at for name, at in when.items() if at is not None}
    rows = _rows(stream__in=streams, type__in=list(types), **given)
    return tuple(recorded(row, codec) for row in rows)


def read_whole(
    stream: str, *, only: Collection[str] | None = None, codec: Codec = CODEC
) -> tuple[Whole, ...]:
    """The events of a stream in order, with the words of all or of the types in `only`.

    Two queries, three when this process has not met the stream's key. Raises
    `vault.sealing.CannotOpen` for words that were changed or moved.
    """
    rows = list(_rows(stream=stream))
    wanted = None if only is None else [row.id for row in rows if row.type in only]
    texts = _texts(stream, wanted)
    return tuple(_whole(row, texts.get(row.id, {}), codec) for row in rows)


def open_words(
    stream: str, events: Collection[str], *, codec: Codec = CODEC
) -> dict[str, dict[str, Opened]]:
    """The words of some events of a stream, by event and field, the actor's words among them."""
    texts = _texts(stream, events)
    types = dict(Event.objects.filter(stream=stream, id__in=texts).values_list("id", "type"))
    return {event: codec.words(types[event], kept) for event, kept in texts.items()}


def submission(key: str) -> Submission | None:
    """What was made under a submission's key, or None."""
    return next(iter(find(Submission, "key", key)), None)


def made_by(made: Submission, *, codec: Codec = CODEC) -> tuple[Recorded, ...]:
    """The events that a submission made, every word sealed."""
    versions = (made.first_version, made.last_version)
    rows = _rows(stream=made.stream, version__range=versions)
    return tuple(recorded(row, codec) for row in rows)


def head(stream: str) -> Head | None:
    """A stream without its events, or None."""
    return next(_heads(Stream.objects.filter(id=stream)), None)


def streams(kind: str, *, after: str = "", limit: int = MOST_AT_ONCE) -> tuple[Head, ...]:
    """A page of the streams of a kind, by id: those after the id `after`."""
    return tuple(_heads(Stream.objects.filter(kind=kind, id__gt=after).order_by("id")[:limit]))


def all_streams(kind: str) -> Iterator[Head]:
    """Every stream of a kind, by id, a page at a time."""
    after = ""
    while page := streams(kind, after=after):
        yield from page
        after = page[-1].id


def recorded(
    row: Row | Event, codec: Codec = CODEC, words: Mapping[str, str] | None = None
) -> Recorded:
    """An event's row as the record the engine reads. Raises `Unreadable`."""
    return Recorded(
        id=Id(row.id),
        stream=row.stream,
        version=row.version,
        happened_at=row.happened_at,
        written_at=row.written_at,
        actor=decode_actor(row.actor),
        event=codec.decode(row.type, row.schema, row.facts, words),
    )


def _rows(**of: object) -> Iterator[Row]:
    """The rows of some events, in the order of each stream."""
    found = Event.objects.filter(**of).order_by("stream", "version")
    return map(Row._make, found.values_list(*Row._fields))


def _whole(row: Row, texts: Mapping[str, str], codec: Codec) -> Whole:
    names = {name: text for name, text in texts.items() if name in NAMES}
    words = {name: text for name, text in texts.items() if name not in NAMES}
    return Whole(recorded(row, codec, words), names)


def _texts(stream: str, events: Collection[str] | None) -> _Texts:
    """The opened texts of a stream (of some of its events), by event and field."""
    rows = Words.objects.filter(stream=stream)
    if events is not None:
        rows = rows.filter(event__in=events)
    sealed = list(rows.values_list("event", "field", "salt", "sealed"))
    if not sealed:
        return {}
    key = streamkeys.key_of(stream)
    if key is None:
        raise Unreadable(f"the words of {stream} have no key")
    texts: dict[str, dict[str, str]] = {}
    for event, field, salt, box in sealed:
        place = (stream, event, field)
        texts.setdefault(event, {})[field] = sealing.open_sealed(
            key, sealing.Sealed(bytes(salt), bytes(box)), place
        )
    return texts


def _heads(rows: Iterable[Stream]) -> Iterator[Head]:
    return (Head(row.id, row.kind, row.version, row.opened_at) for row in rows)
