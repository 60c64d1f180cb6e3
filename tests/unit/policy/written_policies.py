"""Every policy there is a file of, with all that it extends, by the name of its folder."""

from __future__ import annotations

from functools import cache

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from tests.casebook import POLICIES


@cache
def written_policies() -> dict[str, Policy]:
    return {
        file.parent.name: written(file.parent.name)
        for file in sorted(POLICIES.glob("*/policy.yaml"))
    }


@cache
def written(area: str) -> Policy:
    """The policy in one folder."""
    folder = POLICIES / area
    content = (folder / "policy.yaml").read_bytes()
    return load_policy(content, read=lambda path: (folder / path).read_bytes())
