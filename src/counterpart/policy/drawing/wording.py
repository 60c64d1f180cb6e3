"""The picture as a list in plain English: for a phone, for a screen reader, and to be read aloud.

It says everything the drawing says, in the drawing's order, each line with its clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterpart.policy.drawing.lettering import clean
from counterpart.policy.drawing.shapes import Diagram, Edge, Fact, Node
from counterpart.policy.phrases import listed, small


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. `level` 1 names a box; 2 is what belongs to it.

    `stage` is the id of the stage it is about, so that a page can mark where a case is.
    """

    level: int
    words: str
    clause: str | None = None
    stage: str | None = None


def in_words(diagram: Diagram) -> tuple[Line, ...]:
    """The whole picture, box by box from the top, each followed by the lines that leave it."""
    return tuple(line for node in diagram.nodes for line in _of(diagram, node))


def _of(diagram: Diagram, node: Node) -> Iterator[Line]:
    yield Line(1, _sentence(clean(node.title)), node.clause, node.stage)
    for fact in node.facts:
        yield Line(2, fact_words(fact), fact.clause, node.stage)
    edges = [edge for edge in diagram.of(node.id) if edge.kind != "covers"]
    for edge in edges:
        yield Line(2, edge_words(diagram, edge), edge.clause, node.stage)
    if node.kind == "stage" and not any(edge.kind != "settled" for edge in edges):
        yield Line(2, "No stage comes after this one.", None, node.stage)


def fact_words(fact: Fact) -> str:
    """A fact with its time, as whole sentences."""
    return " ".join(filter(None, (_sentence(clean(fact.words)), clean(fact.limit))))


def edge_words(diagram: Diagram, edge: Edge) -> str:
    """A line of the picture as whole sentences: when, what, who, where to, and how soon."""
    target = clean(diagram.node(edge.target).title)
    if edge.kind == "start":
        track = f"{clean(edge.words)}. " if edge.words else ""
        return f"{track}It begins at “{target}”."
    if edge.kind == "settled":
        return f"{clean(edge.words)}, the outcome is put in writing: “{target}”."
    act = _act(edge)
    by = f"Who does it: {clean(edge.by)}." if edge.by else ""
    where = {
        "on": f"It goes on to “{target}”.",
        "back": f"It goes back to “{target}”.",
        "again": f"It comes to “{target}” again, each time with the next person.",
        "jump": f"It goes straight to “{target}”.",
    }[edge.kind]
    return " ".join(
        filter(None, (act, f"This {edge.force} be done.", by, where, clean(edge.limit)))
    )


def _act(edge: Edge) -> str:
    act = _sentence(clean(edge.words))
    when = clean(edge.when)
    return f"{when[:1].upper()}{when[1:]}: {small(act)}" if when else act


def description(diagram: Diagram, here: str | None) -> str:
    """What a screen reader says of the drawing: where the case is, then the whole in words."""
    names = [clean(node.title) for node in diagram.nodes if node.stage and node.stage == here]
    place = [f"The case is here: {listed(tuple(names))}."] if names else []
    return " ".join([*place, *(line.words for line in in_words(diagram))])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
