"""`counterpart policy compare`: how two policies differ, rule by rule, as Markdown or as JSON."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from counterpart.cli.policies.files import load_one
from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.comparing import as_sections
from counterpart.policy.comparing import compare as differences_of
from counterpart.policy.model import Policy
from counterpart.policy.sections import as_markdown


def compare(first: Path, second: Path, *, as_json: bool) -> None:
    """Print how the second policy differs from the first. Raises `CannotGoOn`."""
    a, b = load_one(first).policy, load_one(second).policy
    found = differences_of(a, b)
    if as_json:
        differences = [dataclasses.asdict(one) for one in found]
        say_json({"a": _named(a), "b": _named(b), "differences": differences})
    else:
        say(f"# {a.title}, and {b.title}\n\n{as_markdown(as_sections(a, b, found))}".rstrip())


def _named(policy: Policy) -> dict[str, str]:
    return {"id": policy.id, "title": policy.title, "edition": policy.label}
