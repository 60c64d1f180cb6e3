"""`counterpart policy draw`: a policy's picture as SVG or Mermaid text in a file, or in words.

The picture itself, and the words that say the same, are `policy.drawing`'s.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import typer

from counterpart.cli.policies.files import load_one, named, write
from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.drawing import Diagram, as_mermaid, as_svg, diagram, in_words
from counterpart.policy.model import Policy
from counterpart.worktime.spelling import nearest, shown

PICTURE, MERMAID = ".svg", ".mmd"


def draw(path: Path, *, output: Path | None, here: str, as_json: bool) -> None:
    """Write one policy's picture, or print it in words. Raises `CannotGoOn`."""
    if output is not None and output.suffix.lower() not in (PICTURE, MERMAID):
        words = f"end the name in {PICTURE} for a picture, or in {MERMAID} for Mermaid text"
        raise typer.BadParameter(words, param_hint="--output")
    policy = load_one(path).policy
    _refuse_unknown(policy, here)
    picture = diagram(policy)
    if output is not None:
        write(output, _drawn(picture, output.suffix.lower(), here).encode())
    if as_json:
        lines = [dataclasses.asdict(line) for line in in_words(picture)]
        written = named(output) if output else None
        say_json({"id": policy.id, "title": policy.title, "written": written, "lines": lines})
    elif output is None:
        say("\n".join(f"{'  ' * (line.level - 1)}- {line.words}" for line in in_words(picture)))


def _drawn(picture: Diagram, ending: str, here: str) -> str:
    text = as_mermaid(picture) if ending == MERMAID else as_svg(picture, here=here or None)
    return text if text.endswith("\n") else f"{text}\n"


def _refuse_unknown(policy: Policy, here: str) -> None:
    if here and here not in policy.stages:
        near = nearest(here, policy.stages)
        hint = f" Did you mean “{near}”?" if near else ""
        raise typer.BadParameter(
            f"the policy has no stage called “{shown(here)}”.{hint}", param_hint="--here"
        )
