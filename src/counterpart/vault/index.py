"""Finding equal texts without holding them: a keyed hash, to look up "the same child" in lists.

Without the installation's key nobody can test a guess against the index. Two indexes being equal
does show that two texts are: use it for references, never for narrative.
"""

import hashlib
import hmac
import re
import unicodedata

from counterpart.vault import sealing, streamkeys

_SEPARATORS = re.compile(r"[\W_]+")


def blind_index(purpose: str, text: str) -> str:
    """64 hexadecimal characters, the same for the same text and purpose; "" if it has no letters.

    Case, spaces, punctuation and accents' ways of being typed make no difference: "NHS 943-476" =
    "nhs943476". The key is kept wrapped in the database, so an index outlives a change of the
    wrapping key.
    """
    plain = normalised(text)
    if not plain:
        return ""
    installation = streamkeys.key_for(streamkeys.INSTALLATION)
    key = sealing.derive(installation, b"counterpart v1: index of " + purpose.encode())
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def normalised(text: str) -> str:
    """`text` without what people type differently: case, spaces, punctuation, forms of a letter."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SEPARATORS.sub("", folded)
