"""The policies the public pages show, read from their files: those pages stand while the database is down.

It must not look at the editions that cases are pinned to; a case page does that through `casework`.
"""

import logging
from functools import cache
from pathlib import Path

from counterpart.policy.loading import PolicyRefused, load_policy
from counterpart.policy.model import Policy

log = logging.getLogger(__name__)


@cache
def shown_policies(folder: Path) -> dict[str, Policy]:
    """Every policy in a folder of folders, by its id, in the order of their titles.

    One that cannot be read is left out and logged: it must not take the others down with it.
    """
    read = [policy for file in sorted(folder.glob("*/policy.yaml")) if (policy := _read(file))]
    return {policy.id: policy for policy in sorted(read, key=lambda policy: policy.title)}


def _read(file: Path) -> Policy | None:
    try:
        return load_policy(file.read_bytes())
    except PolicyRefused:
        log.exception("the policy in %s cannot be shown", file)
        return None
