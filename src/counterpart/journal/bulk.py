"""Whole histories at once, for generators of data: the very rows that `append` writes.

Only for streams that do not exist yet, and never for what a person does. This module must not skip
a check or a seal that `writing.append` makes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from counterpart.journal.codec import CODEC, Codec, in_utc
from counterpart.journal.models import Event, Stream
from counterpart.journal.writing import Entry, New, Place, insert_words, ready, sealed_texts
from counterpart.vault import streamkeys

STREAMS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """One new stream's history in order, each event with the instant it was written."""

    stream: str
    kind: str
    entries: Sequence[tuple[New, datetime]]


def append_bulk(batches: Iterable[Batch], *, codec: Codec = CODEC) -> int:
    """Write many new streams, some hundred in a transaction; returns how many events were written.

    Raises IntegrityError for a stream that is there already, and `Unreadable`.
    """
    written = 0
    remaining = iter(batches)
    while some := list(islice(remaining, STREAMS_AT_ONCE)):
        # Made ready first, so that other writers wait for the rows alone.
        entries = [entry for batch in some for entry in _entries(batch, codec)]
        with transaction.atomic():
            _write(some, entries)
        written += len(entries)
    return written


def _write(batches: Sequence[Batch], entries: Sequence[Entry]) -> None:
    Stream.objects.bulk_create(_stream_row(batch) for batch in batches)
    keys = streamkeys.make_keys([batch.stream for batch in batches])
    Event.objects.bulk_create(entry.row for entry in entries)
    insert_words(
        columns for entry in entries for columns in sealed_texts(entry, keys[entry.row.stream])
    )


def _entries(batch: Batch, codec: Codec) -> Iterator[Entry]:
    for version, (new, written_at) in enumerate(batch.entries, start=1):
        yield ready(new, Place(batch.stream, version, in_utc(written_at)), codec)


def _stream_row(batch: Batch) -> Stream:
    return Stream(
        id=batch.stream,
        kind=batch.kind,
        version=len(batch.entries),
        opened_at=in_utc(batch.entries[0][1]),
    )
