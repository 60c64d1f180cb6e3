"""`counterpart policy bundle`: one stand-alone file of a policy and the texts it is laid over.

It is what an installation is given, since the desk takes one file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from counterpart.cli.policies.files import beside, load_one, meant_by, named, read, write
from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.loading import bundle as bundled


def bundle(path: Path, *, output: Path | None, as_json: bool) -> None:
    """Write the stand-alone file, or print it. Raises `CannotGoOn`."""
    policy = load_one(path).policy
    file = meant_by(path)
    content = bundled(read(file), name=named(file), read=beside(file))
    if output is not None:
        write(output, content)
    if as_json:
        edition = hashlib.sha256(content).hexdigest()
        written = named(output) if output else None
        say_json({"id": policy.id, "title": policy.title, "written": written, "edition": edition})
    elif output is None:
        say(content.decode().rstrip())
