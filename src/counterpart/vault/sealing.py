"""What happens to one text: sealed under a key of its own, bound to its place, and opened.

The seal is AES-256-GCM. Each text gets 32 random bytes of salt, and the key that seals it is
derived (HKDF-SHA-256) from the data key and that salt, so no two texts share a key, and a later
commitment to the text can be blinded from the same salt without anyone being able to test guesses
against the database alone.

Values in, values out, but for randomness. This module must not know keys' files, tables or events.
"""

import os
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SALT_BYTES = 32
NONCE_BYTES = 12
_TEXT_KEY = b"counterpart v1: one text"

Place = tuple[str, ...]
"""Where a sealed text belongs, for example (stream, event, field). It opens nowhere else."""


class CannotOpen(Exception):
    """A sealed text does not open: it was changed or moved, or this is not its key."""


class Sealed(NamedTuple):
    """A sealed text: 32 bytes of salt, and a box of nonce, ciphertext and tag."""

    salt: bytes
    box: bytes


def new_key() -> bytes:
    """A new 256-bit key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, text: str, place: Place) -> Sealed:
    """Seal `text` under the data key `key`, bound to `place`. Any string goes in, of any length."""
    salt = os.urandom(SALT_BYTES)
    return Sealed(salt, lock(_text_key(key, salt), text.encode("utf-8", "surrogatepass"), place))


def open_sealed(key: bytes, sealed: Sealed, place: Place) -> str:
    """The text that was sealed. Raises `CannotOpen`."""
    text = unlock(_text_key(key, bytes(sealed.salt)), bytes(sealed.box), place)
    return text.decode("utf-8", "surrogatepass")


def lock(key: bytes, content: bytes, place: Place) -> bytes:
    """Nonce, ciphertext and tag of `content` under `key`, bound to `place`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, _bound_to(place))


def unlock(key: bytes, box: bytes, place: Place) -> bytes:
    """What `lock` was given. Raises `CannotOpen`."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], _bound_to(place))
    except (InvalidTag, ValueError):
        # No cause: it could carry bytes into a log.
        raise CannotOpen(f"sealed words at {'/'.join(place)} do not open with this key") from None


def derive(key: bytes, purpose: bytes, *, salt: bytes | None = None) -> bytes:
    """A 256-bit key for one purpose out of another key (HKDF-SHA-256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(key)


def _text_key(key: bytes, salt: bytes) -> bytes:
    return derive(key, _TEXT_KEY, salt=salt)


def _bound_to(place: Place) -> bytes:
    # JSON keeps ("ab", "c") and ("a", "bc") apart.
    return msgspec.json.encode(place)
