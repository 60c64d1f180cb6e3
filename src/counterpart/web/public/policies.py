"""The policies the public pages show: those in force here, and those of other areas that came with the installation.

The pages stand while the database is down. What was in force when it was last asked is then shown; before that, the
files. It must not look at the editions that cases are pinned to; a case page does that through `casework`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from counterpart.casework.editions import in_force
from counterpart.policy.loading import PolicyRefused, Read, load_policy
from counterpart.policy.model import Policy

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """The policies of this installation's partnerships, and those of other areas, each by its id."""

    here: Mapping[str, Policy]
    elsewhere: Mapping[str, Policy]

    @property
    def every(self) -> dict[str, Policy]:
        """All of them, those in force here first."""
        return {**self.here, **self.elsewhere}


@dataclass(slots=True)
class _Memory:
    """What was in force when the database was last asked."""

    policies: dict[str, Policy] = field(default_factory=dict)


_last = _Memory()


def shown_policies() -> Shown:
    """The policies to show now. One query, or none where the database cannot be asked."""
    installed = installed_policies(settings.POLICIES)
    try:
        _last.policies = {policy.id: policy for policy in in_force()}
    except DatabaseError:
        log.warning("the database cannot be asked which policies are in force")
    here = _last.policies
    return Shown(here, {id: policy for id, policy in installed.items() if id not in here})


@cache
def installed_policies(folder: Path) -> dict[str, Policy]:
    """Every policy in a folder of folders, by its id, in the order of their areas.

    One that cannot be read is left out and logged: it must not take the others down with it.
    """
    files = sorted(folder.glob("*/policy.yaml"))
    read = [policy for file in files if (policy := _read(file, folder))]
    read.sort(key=lambda policy: (policy.area, policy.title))
    return {policy.id: policy for policy in read}


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
