"""Adding events to a stream: at the version that was read, once a submission, all or nothing.

Two people at once: one wins, the other gets `Conflict`. The same form twice: the second gets
`Repeated`. Both must be let out of the transaction, so that everything else done in it is undone
too.

This module must not decide what may be written, read a clock, or open anyone's words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from counterpart.engine.kinds import Id
from counterpart.engine.registry import Actor, Recorded
from counterpart.journal import reading
from counterpart.journal.codec import CODEC, NAMES, Codec, encode_actor, in_utc
from counterpart.journal.errors import Conflict, OutsideTransaction, Repeated, Unreadable
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.journal.rows import insert, insert_values
from counterpart.vault import sealing, streamkeys

LONGEST_KEY = 128
_MOVE_ON = "UPDATE journal_stream SET version = %s WHERE id = %s AND kind = %s AND version = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An event about to be written, with an id of the caller's; `names` goes by `codec.NAMES`."""

    id: Id
    happened_at: datetime
    actor: Actor
    names: Mapping[str, str]
    event: object


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event comes to stand: its stream, its version there, and when it is written."""

    stream: str
    version: int
    written_at: datetime


def append(
    stream: str,
    kind: str,
    expected: int,
    new: Sequence[New],
    *,
    key: str | None = None,
    has_looked: bool = False,
    written_at: datetime,
    codec: Codec = CODEC,
) -> tuple[Recorded, ...]:
    """Write `new` after version `expected` of `stream` (0 opens it); returns what a reader gets.

    `key` is the submission's: unique in the installation, at most 128 characters. `has_looked` where
    the caller asked `refuse_repeated` of it in this very transaction. Call it inside
    `transaction.atomic()`. At most six statements however many events, seven to open a stream.
    Raises `Conflict`, `Repeated`, `Unreadable` or `OutsideTransaction`.
    """
    _refuse_misuse(stream, new, key)
    made = Submission(
        key=key or "",
        stream=stream,
        first_version=expected + 1,
        last_version=expected + len(new),
        made_at=in_utc(written_at),
    )
    # Whatever is wrong with an event is found here, before anything is written.
    entries = [
        ready(item, Place(stream, version, made.made_at), codec)
        for version, item in enumerate(new, start=made.first_version)
    ]
    if not has_looked:
        refuse_repeated(made.key)
    _move_on(stream, kind, made)
    if made.key:
        _claim(made)
    _write(stream, entries, is_opening=expected == 0)
    return tuple(reading.recorded(entry.row, codec) for entry in entries)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event ready to be kept: its row, and its texts still to be sealed, by field."""

    row: Event
    texts: Mapping[str, str]


def ready(new: New, place: Place, codec: Codec) -> Entry:
    """`new` as it will be kept at `place`. Raises `Unreadable`."""
    if unknown := new.names.keys() - set(NAMES):
        raise Unreadable(f"no words of the actor are called {sorted(unknown)}")
    if not all(isinstance(text, str) for text in new.names.values()):
        raise Unreadable("the actor's words are not all words")
    encoded = codec.encode(new.event)
    row = Event(
        id=new.id,
        stream=place.stream,
        version=place.version,
        type=encoded.type,
        schema=encoded.schema,
        happened_at=in_utc(new.happened_at),
        written_at=place.written_at,
        actor=encode_actor(new.actor),
        facts=encoded.facts,
    )
    return Entry(row, {**encoded.words, **{name: text for name, text in new.names.items() if text}})


def sealed_texts(entry: Entry, key: bytes) -> Iterator[tuple[str, str, str, bytes, bytes]]:
    """An event's words as the columns of `Words`, each sealed under the stream's key for its place."""
    stream, event = entry.row.stream, entry.row.id
    for field, text in entry.texts.items():
        sealed = sealing.seal(key, text, (stream, event, field))
        yield stream, event, field, sealed.salt, sealed.box


def refuse_repeated(key: str) -> None:
    """Raise `Repeated` if something was made under this submission's key. One query; "" is no key."""
    if key and (made := reading.submission(key)):
        raise Repeated(made)


def insert_words(rows: Iterable[tuple[str, str, str, bytes, bytes]]) -> None:
    """Add words as `sealed_texts` gives them. In a long history four rows of five are words, and a
    model's instance for each would take half of all the time.
    """
    insert_values(Words, list(rows))


def _write(stream: str, entries: Sequence[Entry], *, is_opening: bool) -> None:
    insert(entry.row for entry in entries)
    if is_opening:
        key = streamkeys.make_key(stream)
    elif any(entry.texts for entry in entries):
        key = streamkeys.key_for(stream)
    else:
        return
    insert_words(columns for entry in entries for columns in sealed_texts(entry, key))


def _refuse_misuse(stream: str, new: Sequence[New], key: str | None) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"writing to {stream} outside a transaction")
    if not new:
        raise ValueError("nothing to write")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"a submission's key has 1 to {LONGEST_KEY} characters")


def _move_on(stream: str, kind: str, made: Submission) -> None:
    """Move the stream from the expected version to the new; one of two writers finds it gone."""
    expected = made.first_version - 1
    if expected == 0:
        moved = not Stream.objects.filter(id=stream).exists() and insert(
            [Stream(id=stream, kind=kind, version=made.last_version, opened_at=made.made_at)],
            unless_there=True,
        )
    else:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE_ON, [made.last_version, stream, kind, expected])
            moved = cursor.rowcount == 1
    if not moved:
        # The one that was first may have been this very submission, sent twice.
        refuse_repeated(made.key)
        raise Conflict(stream, expected, _version(stream))


def _claim(made: Submission) -> None:
    """Take the submission's key, or find that another transaction took it while this one began."""
    if not insert([made], unless_there=True):
        first = Submission.objects.get(key=made.key)
        # The stream has moved in this transaction: nobody may commit that without its events.
        transaction.set_rollback(True)
        raise Repeated(first)


def _version(stream: str) -> int:
    return Stream.objects.filter(id=stream).values_list("version", flat=True).first() or 0
