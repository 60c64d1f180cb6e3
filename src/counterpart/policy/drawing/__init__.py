"""The picture of a policy: as a drawing, as Mermaid text, and as the same in words.

`diagram` says what is in the picture; the other three write it down. All are values in, text
out: they look nothing up, and they leave out nothing that the picture is of.
"""

from counterpart.policy.drawing.making import diagram
from counterpart.policy.drawing.mermaid import as_mermaid
from counterpart.policy.drawing.shapes import Diagram, Edge, Fact, Node
from counterpart.policy.drawing.svg import as_svg
from counterpart.policy.drawing.wording import Line, in_words

__all__ = [
    "Diagram",
    "Edge",
    "Fact",
    "Line",
    "Node",
    "as_mermaid",
    "as_svg",
    "diagram",
    "in_words",
]
