"""What a picture of a policy is made of: boxes, lines between them, and the words of each.

Only records. Nothing here knows how it is drawn: where a box stands is `ladder`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterpart.policy.model import Force

NodeKind = Literal["beside", "any", "limit", "start", "stage", "end", "after", "exits"]
EdgeKind = Literal["start", "on", "back", "again", "jump", "settled", "covers"]
WAYS: frozenset[EdgeKind] = frozenset({"on", "back", "again", "jump"})
"""The lines that somebody takes: a step of the case to another stage."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said in a box. `limit` is empty where the policy gives no time."""

    words: str
    clause: str | None = None
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `stage` is the id of the stage it is, where it is one.

    `beside`: what goes on beside the stages in an emergency. `any`: what may be done at any
    stage. `limit`: a time limit that no single step has. `start`, `end`: a concern is raised;
    the outcome is in writing. `after`: what follows the end. `exits`: ways out of the policy.
    """

    id: str
    kind: NodeKind
    title: str
    facts: tuple[Fact, ...] = ()
    clause: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one box to another.

    `when` is what must hold, as the beginning of a sentence without a full stop, or empty. `by`
    is who takes it, or empty. `is_choice`: somebody may take it, and need not.
    """

    id: str
    kind: EdgeKind
    source: str
    target: str
    words: str = ""
    when: str = ""
    by: str = ""
    force: Force = "must"
    limit: str = ""
    clause: str | None = None

    @property
    def is_choice(self) -> bool:
        return self.force == "may"


@dataclass(frozen=True, slots=True)
class Diagram:
    """A policy's picture: its boxes from top to bottom, and the lines between them."""

    id: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def of(self, node: str) -> tuple[Edge, ...]:
        """The lines that leave a box, in the order they were written."""
        return tuple(edge for edge in self.edges if edge.source == node)

    def node(self, id: str) -> Node:
        """The box with that id. Raises `KeyError` where there is none."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)
