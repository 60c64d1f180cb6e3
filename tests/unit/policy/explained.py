"""What the tests of explanations look at: every policy there is, and all the texts of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counterpart.policy.explaining import Section, as_markdown, explain
from counterpart.policy.model import Policy
from counterpart.policy.sections import Block, Bullets, Paragraph, Rows, Table
from tests.kinds import a_policy, stages
from tests.made_up import advice, one_talk, up_the_line
from tests.unit.policy.drawing.everything import everything
from tests.unit.policy.written_policies import written_policies

MADE_UP = (one_talk(), up_the_line(), advice(), everything())
POLICIES = {**written_policies(), **{policy.id: policy for policy in MADE_UP}}


def texts(sections: tuple[Section, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every text with its clauses."""
    return (text for section in sections for block in section.blocks for text in of_block(block))


def of_block(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    match block:
        case Paragraph():
            yield block.text, block.clauses
        case Bullets():
            yield from ((item.text, item.clauses) for item in block.items)
        case Rows():
            yield from ((row.text, row.clauses) for row in block.rows)
        case Table():
            yield from ((c, row.clauses) for row in block.rows for c in row.cells if c)


def section(policy: Policy, anchor: str) -> str:
    """One section as Markdown; empty where it is left out."""
    return as_markdown([s for s in explain(policy) if s.anchor == anchor])


def said(anchor: str, **keys: Any) -> str:
    """What the small policy with these keys says in one section, without Markdown's own signs."""
    return section(a_policy(**keys), anchor).replace("\\", "").replace("**", "")


def first_stage(**keys: Any) -> str:
    """What it says of its first stage with these keys."""
    return said("stage-one", stages=stages(**keys))
