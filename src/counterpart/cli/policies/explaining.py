"""`counterpart policy explain`: what a policy asks for in plain English, as Markdown or as JSON."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from counterpart.cli.policies.files import load_one
from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.explaining import explain as sections_of
from counterpart.policy.sections import Section, as_markdown


def explain(path: Path, *, as_json: bool) -> None:
    """Print the explanation of one policy. Raises `CannotGoOn`."""
    policy = load_one(path).policy
    sections = sections_of(policy)
    if as_json:
        say_json({"id": policy.id, "title": policy.title, "sections": list(map(section, sections))})
    else:
        say(f"# {policy.title}\n\n{as_markdown(sections)}".rstrip())


def section(of: Section) -> dict[str, Any]:
    """A section as JSON: its heading, and each block with its kind and what is in it."""
    return {
        "heading": of.heading,
        "anchor": of.anchor,
        "level": of.level,
        "blocks": [{"kind": block.kind, **dataclasses.asdict(block)} for block in of.blocks],
    }
