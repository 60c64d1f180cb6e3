"""Files between being looked at and being brought in: sealed into the page, and kept nowhere.

What is done is then, to the byte, what was looked at, for the partnership it was looked at for. The
page goes to nobody but the one who sent the files.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

SALT = "counterpart.directory.looked_at"
GOOD_FOR = timedelta(hours=2)
MOST_SEALED = 2_000_000
"""Characters; a form with more would not come in."""


class NotOurs(ValueError):
    """What came back is not what a page of ours carried, or is too old."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The files by name, the partnership they are for, and the mark of what they would change."""

    files: tuple[tuple[str, bytes], ...]
    partnership: str
    mark: str

    def sealed(self) -> str:
        """To be carried in the page."""
        files = [(name, content.decode("latin-1")) for name, content in self.files]
        held = json.dumps([files, self.partnership, self.mark], ensure_ascii=False)
        packed = b64encode(zlib.compress(held.encode())).decode("ascii")
        return signing.TimestampSigner(salt=SALT).sign(packed)


def opened(sealed: str, partnership: str) -> LookedAt:
    """What a page carried for this partnership. Raises `NotOurs`."""
    try:
        packed = signing.TimestampSigner(salt=SALT).unsign(sealed, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise NotOurs from None
    files, whose, mark = json.loads(zlib.decompress(b64decode(packed)))
    if whose != partnership:
        raise NotOurs
    kept = tuple((name, content.encode("latin-1")) for name, content in files)
    return LookedAt(kept, whose, mark)
