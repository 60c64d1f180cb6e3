"""The key file that signs sessions and forms: making it and reading it.

No Django here. It never overwrites a key, never prints one, and has no default. The key that wraps the record's
words belongs to `vault`.
"""

import os
import secrets
from pathlib import Path


def make_secret(path: Path) -> bool:
    """Write a new 256-bit secret to `path`, readable by its owner only. False where there is one already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def read_secret(path: Path) -> str:
    """The secret at `path`, or "" where there is none, with which nothing can be signed."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
