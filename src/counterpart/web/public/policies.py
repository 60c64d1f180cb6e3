"""The policies the public pages show, read from their files: those pages stand while the database is down.

It must not look at the editions that cases are pinned to; a case page does that through `casework`.
"""

import logging
from functools import cache
from pathlib import Path

from counterpart.policy.loading import PolicyRefused, Read, load_policy
from counterpart.policy.model import Policy

log = logging.getLogger(__name__)


@cache
def shown_policies(folder: Path) -> dict[str, Policy]:
    """Every policy in a folder of folders, by its id, in the order of their titles.

    One that cannot be read is left out and logged: it must not take the others down with it.
    """
    files = sorted(folder.glob("*/policy.yaml"))
    read = [policy for file in files if (policy := _read(file, folder))]
    return {policy.id: policy for policy in sorted(read, key=lambda policy: policy.title)}


def _read(file: Path, top: Path) -> Policy | None:
    try:
        name = file.relative_to(top).as_posix()
        return load_policy(file.read_bytes(), name=name, read=beside(file, top))
    except PolicyRefused:
        log.exception("the policy in %s cannot be shown", file)
        return None


def beside(file: Path, top: Path) -> Read:
    """Reads what a policy in `file` extends by its path from there, and nothing outside `top`."""

    def read(path: str) -> bytes:
        found = (file.parent / path).resolve()
        if not found.is_relative_to(top.resolve()):
            raise FileNotFoundError(path)
        return found.read_bytes()

    return read
