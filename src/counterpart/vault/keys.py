"""The wrapping keys: a small file outside the database, without which no words can be opened.

The file holds one key a line, `id key`. The first seals; the others still open what they wrapped,
so a key is replaced by putting a new one on top (`add_key`) and wrapping the data keys anew
(`streamkeys.rewrap`). A key's id is worked out from the key, so that a damaged or mistyped line is
found when it is read.

No Django models here, and no default: where the file is missing or wrong the program must not
start.
"""

import base64
import binascii
import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

KEY_BYTES = 32
HEADING = (
    "# Counterpart: the keys that open the record's words. Keep this file secret, and keep a copy\n"
    "# apart from the database: without it the words are lost for good.\n"
    "# The first key seals; the others only open.\n"
)
_LINE = re.compile(r"(?P<id>[0-9a-f]{16}) (?P<secret>[A-Za-z0-9+/]{43}=)")


class KeysUnavailable(Exception):
    """The wrapping keys cannot be used. The message says why and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class WrappingKey:
    """One 256-bit wrapping key and the id worked out from it."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one file: `current` seals; `by_id` holds every key, that one included."""

    current: WrappingKey
    by_id: dict[str, WrappingKey]

    def key(self, id_: str) -> WrappingKey:
        """The key with this id. Raises `KeysUnavailable` when the file does not hold it."""
        try:
            return self.by_id[id_]
        except KeyError:
            raise KeysUnavailable(
                f"The words in this database were sealed under the key {id_}, which is not in the"
                " key file. Put back the key file that belongs to this database."
            ) from None


def make_key_file(path: Path) -> bool:
    """Write a new file with one new key, for its owner only. False where there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _write_new(path, HEADING + _line(_new_key()))
    except FileExistsError:
        return False
    return True


def add_key(path: Path) -> str:
    """Put a new key on top of the file at `path`; returns its id. The keys there still open.

    The old file is replaced in one step, so a crash leaves the one or the other. Raises
    `KeysUnavailable`.
    """
    ring = read_ring(path)
    new = _new_key()
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    _write_new(beside, HEADING + "".join(_line(key) for key in (new, *ring.by_id.values())))
    beside.replace(path)
    _sync_folder(path.parent)
    return new.id


def read_ring(path: Path) -> KeyRing:
    """The keys at `path`. Raises `KeysUnavailable`: missing, damaged or readable by others."""
    lines = _kept_private(path).splitlines()
    keys = [
        _parse(path, number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not keys:
        raise KeysUnavailable(
            f"The key file {path} holds no key. Put it back from where you keep it safe."
        )
    return KeyRing(current=keys[0], by_id={key.id: key for key in keys})


def ring() -> KeyRing:
    """The keys of this installation, read once a process from `settings.COUNTERPART_KEY_FILE`."""
    # Here, so that the command can make or check a key file without starting Django.
    from django.conf import settings

    return _ring_at(Path(settings.COUNTERPART_KEY_FILE))


def forget_ring() -> None:
    """Read the key file again at the next use: after a rotation in this process."""
    _ring_at.cache_clear()


@lru_cache(maxsize=4)
def _ring_at(path: Path) -> KeyRing:
    return read_ring(path)


def _new_key() -> WrappingKey:
    secret = os.urandom(KEY_BYTES)
    return WrappingKey(_id_of(secret), secret)


def _id_of(secret: bytes) -> str:
    return hashlib.sha256(b"counterpart wrapping key id" + secret).hexdigest()[:16]


def _line(key: WrappingKey) -> str:
    return f"{key.id} {base64.b64encode(key.secret).decode('ascii')}\n"


def _parse(path: Path, number: int, line: str) -> WrappingKey:
    # The line itself is never quoted: it may be most of a key.
    damaged = KeysUnavailable(
        f"Line {number} of the key file {path} is damaged."
        " Put the file back from where you keep it safe."
    )
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise damaged
    try:
        secret = base64.b64decode(found["secret"], validate=True)
    except binascii.Error:
        raise damaged from None
    if len(secret) != KEY_BYTES or _id_of(secret) != found["id"]:
        raise damaged
    return WrappingKey(found["id"], secret)


def _kept_private(path: Path) -> str:
    try:
        with path.open(encoding="ascii") as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_IMODE(mode) & 0o077:
                raise KeysUnavailable(
                    f"The key file {path} can be read by other users of this machine."
                    f" Make it private first: chmod 600 {path}"
                )
            return file.read()
    except FileNotFoundError:
        raise KeysUnavailable(
            f"The key that opens the record's words is not at {path}. Put it back from where you"
            " keep it safe, or, for a new installation, run `counterpart init`."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeysUnavailable(
            f"The key file {path} cannot be read ({type(error).__name__})."
        ) from error


def _write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    """Make the file's name as durable as its content."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
