"""Which line leaves or reaches a box where on its left side, and in which lane it runs.

Lines that go up stand above those that go down, and the shorter lie inside the longer, so that
they cross as little as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from counterpart.policy.drawing.shapes import Edge


@dataclass(frozen=True, slots=True)
class Port:
    """One end of a line on the left side of a box, with the words that stand above its stub."""

    BELOW: ClassVar[float] = 6
    edge: Edge
    is_out: bool
    words: tuple[str, ...]

    @property
    def height(self) -> float:
        """The room it takes of the box's side."""
        return len(self.words) * 18 + 14 if self.words else 20


def ports_of(
    edges: Iterable[Edge], rows: Mapping[str, int], texts: Mapping[str, tuple[str, ...]]
) -> dict[str, list[Port]]:
    """For each box, its ports from top to bottom. `texts` has the lines of words of each edge."""
    found: dict[str, list[Port]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(Port(edge, True, texts[edge.id]))
        found.setdefault(edge.target, []).append(Port(edge, False, ()))
    for node, ports in found.items():
        here = rows[node]
        ports.sort(key=partial(_order, here=here, rows=rows))
    return found


def _order(port: Port, *, here: int, rows: Mapping[str, int]) -> tuple[int, int, bool]:
    there = rows[port.edge.target if port.is_out else port.edge.source]
    return (there > here) - (there < here), here - there, not port.is_out


def lanes(spans: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """For each line the lane it runs in, 0 nearest the boxes: no two in one lane share a row."""
    found: dict[str, int] = {}
    shortest = sorted(spans, key=lambda name: (spans[name][1] - spans[name][0], spans[name]))
    for name in shortest:
        taken = {found[o] for o in found if _meet(spans[name], spans[o])}
        found[name] = next(lane for lane in range(len(spans)) if lane not in taken)
    return found


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
