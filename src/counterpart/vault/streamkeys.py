"""A data key for each stream: made once, kept wrapped, remembered unwrapped for a while.

A key made in a transaction that is rolled back must never seal anything afterwards, so a key enters
the process's memory only when its transaction commits. This module must not seal words itself.
"""

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

from django.db import connection, transaction

from counterpart.vault import keys
from counterpart.vault.keys import KeysUnavailable
from counterpart.vault.models import StreamKey
from counterpart.vault.sealing import CannotOpen, lock, new_key, unlock

INSTALLATION = "vault:installation"
"""Whose key drafts and blind indexes are derived from. No stream of events has this name."""

REMEMBERED = 4096
"""How many unwrapped keys a process remembers at most: 32 bytes each and the stream's name."""

_REWRAPPED_AT_ONCE = 500


class Memory:
    """The unwrapped keys a process has used lately, the least lately used dropped first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._keys: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, stream: str) -> bytes | None:
        with self._lock:
            if stream in self._keys:
                self._keys.move_to_end(stream)
            return self._keys.get(stream)

    def put(self, stream: str, key: bytes) -> None:
        with self._lock:
            self._keys[stream] = key
            self._keys.move_to_end(stream)
            while len(self._keys) > self._size:
                self._keys.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._keys.clear()


_memory = Memory(REMEMBERED)
_proven: set[str] = set()  # wrapping keys known to belong to this database


def key_of(stream: str) -> bytes | None:
    """The data key of `stream`, or None. At most one query. Raises `KeysUnavailable`."""
    known = _memory.get(stream)
    if known is not None:
        return known
    row = StreamKey.objects.filter(stream=stream).first()
    if row is None:
        return None
    return _remembered(stream, _unwrap(row))


def key_for(stream: str) -> bytes:
    """The data key of `stream`, made now if it has none. Raises `KeysUnavailable`."""
    return key_of(stream) or _found_or_made(stream)


def make_key(stream: str) -> bytes:
    """A new data key for a stream that this transaction opens, in one statement."""
    return _remembered(stream, make_keys([stream])[stream])


def make_keys(streams: Collection[str]) -> dict[str, bytes]:
    """New data keys for streams that have none, in one statement. They are not remembered."""
    _prove_the_key_file()
    made = {stream: new_key() for stream in streams}
    StreamKey.objects.bulk_create([_wrapped(stream, key) for stream, key in made.items()])
    return made


def prepare() -> None:
    """Make the installation's own key if there is none yet; done after migrating."""
    key_for(INSTALLATION)


def forget() -> None:
    """Drop every key this process remembers."""
    _memory.clear()
    _proven.clear()
    keys.forget_ring()


def check_keys() -> list[str]:
    """What is wrong between the key file and this database, in plain words; empty when all is well.

    One query, then one row for each wrapping key in use is opened for proof.
    """
    faults = []
    try:
        for wrapping in StreamKey.objects.order_by().values_list("wrapping", flat=True).distinct():
            keys.ring().key(wrapping)
            row = StreamKey.objects.filter(wrapping=wrapping).order_by("stream").first()
            if row is not None:
                _unwrap(row)
    except KeysUnavailable as error:
        faults.append(str(error))
    return faults


def rewrap() -> int:
    """Wrap every data key anew under the ring's first key; returns how many it wrapped.

    Safe to stop and start again. The old wrapping key may leave the file once this has returned 0
    and every process has been started anew.
    """
    keys.forget_ring()
    count = 0
    while rewrapped := _rewrap_some():
        count += rewrapped
    return count


def _rewrap_some() -> int:
    current = keys.ring().current
    with transaction.atomic():
        old = StreamKey.objects.select_for_update().exclude(wrapping=current.id)
        rows = list(old.order_by("stream")[:_REWRAPPED_AT_ONCE])
        for row in rows:
            anew = _wrapped(row.stream, _unwrap(row))
            mine = StreamKey.objects.filter(stream=row.stream)
            mine.update(wrapping=anew.wrapping, wrapped=anew.wrapped)
    return len(rows)


def _found_or_made(stream: str) -> bytes:
    _prove_the_key_file()
    with transaction.atomic():
        # SQLite's one writer can look first, and must: its guard refuses even an insert that would
        # do nothing. PostgreSQL's many cannot know: the row that stands in the end is the key.
        if not StreamKey.objects.filter(stream=stream).exists():
            unsure = connection.vendor != "sqlite"
            StreamKey.objects.bulk_create([_wrapped(stream, new_key())], ignore_conflicts=unsure)
        return _remembered(stream, _unwrap(StreamKey.objects.get(stream=stream)))


def _prove_the_key_file() -> None:
    """Once a process, before a key is made: refuse to seal with another database's key file."""
    current = keys.ring().current.id
    if current in _proven:
        return
    row = StreamKey.objects.filter(stream=INSTALLATION).first()
    if row is not None:
        _unwrap(row)
        _proven.add(current)


def _wrapped(stream: str, key: bytes) -> StreamKey:
    wrapping = keys.ring().current
    box = lock(wrapping.secret, key, _place(stream, wrapping.id))
    return StreamKey(stream=stream, wrapping=wrapping.id, wrapped=box)


def _unwrap(row: StreamKey) -> bytes:
    wrapping = keys.ring().key(row.wrapping)
    try:
        return unlock(wrapping.secret, bytes(row.wrapped), _place(row.stream, wrapping.id))
    except CannotOpen:
        raise KeysUnavailable(
            f"The data key of {row.stream} does not open with the wrapping key {wrapping.id}:"
            " its row in the database was changed or moved. Restore it from a backup."
        ) from None


def _place(stream: str, wrapping: str) -> tuple[str, ...]:
    return ("data key", stream, wrapping)


def _remembered(stream: str, key: bytes) -> bytes:
    transaction.on_commit(lambda: _memory.put(stream, key))
    return key
