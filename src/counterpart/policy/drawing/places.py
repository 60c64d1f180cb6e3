"""What a laid-out picture consists of: boxes, wires and pieces of text, each with its place.

Only records. All measures are in the drawing's own units, from its top left corner; a text's `y`
is its base line. `ladder` makes them and `svg` writes them down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterpart.policy.drawing.shapes import Node

Tone = Literal["ink", "quiet", "reversed"]
Look = Literal["solid", "choice", "back", "bracket"]
WireEnd = Literal["arrow", "dot", "none"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lettering:
    """One line of text."""

    x: float
    y: float
    words: str
    size: int
    is_bold: bool = False
    tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its text. `flag` is how far down the mark "The case is here" reaches, or 0."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lettering: tuple[Lettering, ...]
    flag: float = 0

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Wire:
    """A line through its points, with an arrow or a dot at its end, and its text."""

    points: tuple[Point, ...]
    look: Look = "solid"
    end: WireEnd = "arrow"
    lettering: tuple[Lettering, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything in the drawing, and how large it is."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    legend: tuple[Lettering, ...] = ()
