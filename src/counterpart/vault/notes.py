"""Drafts kept on the server: sealed like words, but replaced as their writer types.

A draft is sealed under a key of its own, derived from the installation's key and the draft's id.
This module must not store anything: the caller keeps the bytes.
"""

from counterpart.vault import sealing, streamkeys
from counterpart.vault.sealing import CannotOpen, Sealed

_PURPOSE = b"counterpart v1: notes"


def seal_note(note: str, text: str) -> bytes:
    """`text` sealed for the draft whose id is `note`: salt and box, to be kept as bytes."""
    sealed = sealing.seal(_key(), text, ("note", note))
    return sealed.salt + sealed.box


def open_note(note: str, sealed: bytes) -> str:
    """The text of the draft `note`. Raises `CannotOpen` if changed, or another draft's."""
    content = bytes(sealed)
    if len(content) < sealing.SALT_BYTES:
        raise CannotOpen(f"the draft {note} is damaged")
    parts = Sealed(content[: sealing.SALT_BYTES], content[sealing.SALT_BYTES :])
    return sealing.open_sealed(_key(), parts, ("note", note))


def _key() -> bytes:
    return sealing.derive(streamkeys.key_for(streamkeys.INSTALLATION), _PURPOSE)
