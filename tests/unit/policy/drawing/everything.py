"""A made-up policy with a little of everything that a picture has to show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy

FILE = Path(__file__).with_name("everything.yaml")


@cache
def everything() -> Policy:
    """Tracks, jumps, exits, steps beside the stages, loops, ways back and overlapping limits."""
    return load_policy(FILE.read_bytes())
