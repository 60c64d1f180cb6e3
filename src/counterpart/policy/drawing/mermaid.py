"""The picture as Mermaid text, for a document or a page that draws it by itself.

Ids are our own and safe; every text stands in quotation marks with each sign that Mermaid or
HTML could take for its own written as a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.drawing.lettering import clean
from counterpart.policy.drawing.shapes import WAYS, Diagram, Edge, Node

_PLAIN = " ,:'"
_BREAK = "<br/>"
_NOTHING = "\u200b"


def as_mermaid(diagram: Diagram) -> str:
    """A `flowchart TD`, one box or line of the picture to each line of text."""
    names = {node.id: f"n{i}" for i, node in enumerate(diagram.nodes)}
    return "\n".join(_lines(diagram, names)) + "\n"


def _lines(diagram: Diagram, names: dict[str, str]) -> Iterator[str]:
    yield "flowchart TD"
    for node in diagram.nodes:
        yield f"  {names[node.id]}{_box(node)}"
    for edge in diagram.edges:
        if edge.kind != "covers":  # what a time limit covers is said in its box
            yield f"  {names[edge.source]} {_arrow(edge)} {names[edge.target]}"


def _box(node: Node) -> str:
    facts = (fact.words + (f". {fact.limit}" if fact.limit else "") for fact in node.facts)
    words = _BREAK.join(quoted(text) for text in (node.title, *facts))
    before, after = {"start": ("([", "])"), "end": ("([", "])")}.get(node.kind, ("[", "]"))
    return f'{before}"{words}"{after}'


def _arrow(edge: Edge) -> str:
    line = "-.->" if edge.is_choice else "-->"
    words = _label(edge)
    return f'{line}|"{words}"|' if words else line


def _label(edge: Edge) -> str:
    force = edge.force.title() if edge.kind in WAYS else ""
    when = edge.when[:1].upper() + edge.when[1:]
    parts = (when, f"{force}: {edge.words}" if force else edge.words, edge.by, edge.limit)
    return _BREAK.join(quoted(part) for part in parts if part)


def quoted(text: str) -> str:
    """A text for between quotation marks: anything but letters and digits may be a sign."""
    return "".join(_safe(c) for c in clean(text))


def _safe(letter: str) -> str:
    if letter == "\\":
        return f"#{ord(letter)};{_NOTHING}"  # with an n behind it, it would be a new line
    is_plain = letter.isalnum() or letter in _PLAIN or ord(letter) > 127
    return letter if is_plain else f"#{ord(letter)};"
