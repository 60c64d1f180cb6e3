"""The short names by which files know agencies and posts: `oakfield-primary-school`, `class-teacher`.

An agency's is its partnership's own, a post's is its agency's own. They are for files and for
nobody else: no page shows one, and nothing is decided by one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 60
OFFICE = "office"
"""What a file calls a partnership's own office, where an agency's short name would stand."""

SHAPE = re.compile(r"[a-z0-9]([a-z0-9._-]{0,58}[a-z0-9])?")


def code_for(name: str, taken: Container[str]) -> str:
    """A short name made from a name, which is not among those `taken`, nor the office's."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    letters = plain.encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:50].strip("-") or "x"
    tries = (start if n == 1 else f"{start}-{n}" for n in count(1))
    return next(code for code in tries if code not in taken and code != OFFICE)
