"""`counterpart partnership add`: a partnership with its policy in force and somebody at its desk."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from counterpart.cli import installation
from counterpart.cli.faults import CannotGoOn
from counterpart.cli.policies.files import beside, load_one, meant_by, named, read
from counterpart.cli.policies.saying import say
from counterpart.config import startup
from counterpart.policy.loading import bundle

_CODE = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
LONGEST = 200


def add(code: str, *, name: str, area: str, policy: Path, manager: str, email: str) -> None:
    """Make it, or say in plain words why not; then nothing was made. Raises `CannotGoOn`."""
    if not _CODE.fullmatch(code):
        raise CannotGoOn(
            "The code must be up to 40 small letters, figures and dashes, such as northmere."
        )
    for what, text in (("--name", name), ("--area", area), ("--business-manager", manager)):
        if len(text) > LONGEST or not text.isprintable() or (what != "--area" and not text.strip()):
            raise CannotGoOn(f"{what} must be 1 to {LONGEST} characters on one line.")
    found = load_one(policy).policy  # says what is wrong with it, before anything is begun
    file = meant_by(policy)
    content = bundle(read(file), name=named(file), read=beside(file))
    startup.require_ready()
    installation.start_django()
    installation.require_guarded()
    _set_up(code, name=name, area=area, content=content, manager=manager, email=email)
    say(f"Made {name.strip()}, with “{found.title}” ({found.label}) in force.")
    say(f"{manager.strip()} has its desk, and may sign in as {email.strip().lower()}.")
    say("Bring in its agencies next: counterpart directory import (docs/directory.md).")


def _set_up(code: str, *, name: str, area: str, content: bytes, manager: str, email: str) -> None:
    from counterpart.casework import partnerships
    from counterpart.casework.actors import by_command
    from counterpart.people.changes import DirectoryFault
    from counterpart.people.importing.cells import BadCell, mail

    try:
        partnerships.set_up(
            code=code,
            name=name.strip(),
            area=area.strip(),
            policy=content,
            manager=manager.strip(),
            email=mail(email.strip()),
            actor=by_command(),
            now=datetime.now(UTC),
        )
    except DirectoryFault as fault:
        raise CannotGoOn(fault.words) from None
    except BadCell as bad:
        raise CannotGoOn(f"--email: {bad}.") from None
