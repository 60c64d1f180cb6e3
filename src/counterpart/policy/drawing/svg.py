"""The picture as SVG: one image with a title and a description, its text as text.

It has no script, no style sheet and no reference to anything outside itself, so that any page may
hold it under a strict content policy. Colours are given on white and meet AA; nothing is said by
colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from counterpart.policy.drawing.ladder import lay_out
from counterpart.policy.drawing.lettering import clean
from counterpart.policy.drawing.places import Box, Lettering, Look, Point, Wire
from counterpart.policy.drawing.shapes import Diagram, NodeKind
from counterpart.policy.drawing.wording import description

INK, QUIET, PAPER = "#0b0c0c", "#484f53", "#ffffff"
FILL: dict[NodeKind, tuple[str, str]] = {
    "beside": ("#fdf3f1", "#942514"),
    "any": ("#ffffff", "#505a5f"),
    "limit": ("#fff7e0", "#6b4c00"),
    "start": ("#ffffff", "#0b0c0c"),
    "stage": ("#f0f5fa", "#1d4f80"),
    "end": ("#e8f3ed", "#005a30"),
    "after": ("#ffffff", "#505a5f"),
    "exits": ("#ffffff", "#505a5f"),
}
"""For each kind of box what fills it and what surrounds it."""

TONE = {"ink": INK, "quiet": QUIET, "reversed": PAPER}
DASHES: dict[Look, str] = {"choice": "9 5", "back": "2 5"}
ROUND = 10


def as_svg(diagram: Diagram, *, here: str | None = None) -> str:
    """The picture as an `<svg>` element, to stand in a page or in a file of its own.

    `here` is the id of the stage a case is at: it is marked by shape and words. A stage that
    the picture does not have marks nothing.
    """
    picture = lay_out(diagram, here)
    name = "drawing-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in diagram.id)
    size = f"{_n(picture.width)} {_n(picture.height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="policy-drawing" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-words"'
        f' viewBox="0 0 {size}" width="{_n(picture.width)}" height="{_n(picture.height)}"'
        ' font-family="Arial, Helvetica, sans-serif">'
    )
    parts = [
        head,
        f'<title id="{name}-title">{_text(f"{diagram.title}: how it goes, as a picture")}</title>',
        f'<desc id="{name}-words">{_text(description(diagram, here))}</desc>',
        f'<rect width="{_n(picture.width)}" height="{_n(picture.height)}" fill="{PAPER}"/>',
        *(part for box in picture.boxes for part in _box(box)),
        *(part for wire in picture.wires for part in _wire(wire)),
        *(_line(line) for line in picture.legend),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(box: Box) -> Iterator[str]:
    kind = box.node.kind
    fill, edge = FILL[kind]
    weight = 4 if box.flag else 2
    radius = 22 if kind in ("start", "end") else 6
    yield f'<g class="policy-drawing__{kind}{" policy-drawing__here" if box.flag else ""}">'
    yield (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
        f' rx="{radius}" fill="{fill}" stroke="{INK if box.flag else edge}" stroke-width="{weight}"/>'
    )
    if box.flag:
        yield f'<path d="{_flag(box)}" fill="{INK}"/>'
    yield from (_line(line) for line in box.lettering)
    yield "</g>"


def _flag(box: Box) -> str:
    """A pennant that points at the box's text, for "The case is here"."""
    x, y, right = box.x, box.y, box.x + 168
    return (
        f"M{_n(x)} {_n(y)}H{_n(right)}L{_n(right + 14)} {_n(y + box.flag / 2)}"
        f"L{_n(right)} {_n(y + box.flag)}H{_n(x)}Z"
    )


def _wire(wire: Wire) -> Iterator[str]:
    dashes = f' stroke-dasharray="{DASHES[wire.look]}"' if wire.look in DASHES else ""
    is_bracket = wire.look == "bracket"
    colour, weight = (FILL["limit"][1], 2) if is_bracket else (INK, 2)
    if wire.look == "back":
        dashes += ' stroke-linecap="round"'
        weight = 3
    yield '<g class="policy-drawing__way">'
    yield (
        f'<path d="{_path(wire.points)}" fill="none" stroke="{colour}"'
        f' stroke-width="{weight}"{dashes}/>'
    )
    x, y = wire.points[-1]
    if wire.end == "arrow":
        yield f'<path d="{_arrow(wire.points)}" fill="{colour}"/>'
    elif wire.end == "dot":
        yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{colour}"/>'
    yield from (_line(line) for line in wire.lettering)
    yield "</g>"


def _path(points: tuple[Point, ...]) -> str:
    """Through the points, each corner rounded."""
    found = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(corner, before), _towards(corner, after)
        found.append(f"L{_pair(enter)}Q{_pair(corner)} {_pair(leave)}")
    found.append(f"L{_pair(points[-1])}")
    return "".join(found)


def _towards(corner: Point, other: Point) -> Point:
    """A point near a corner, on the way to the next one."""
    (x, y), (u, v) = corner, other
    far = abs(u - x) + abs(v - y)
    part = min(ROUND, far / 2) / far if far else 0
    return x + (u - x) * part, y + (v - y) * part


def _arrow(points: tuple[Point, ...]) -> str:
    """The head of an arrow that comes straight to the last point."""
    (u, v), (x, y) = points[-2:]
    if x == u:
        back = -11 if y > v else 11
        return f"M{_pair((x, y))}L{_pair((x - 6, y + back))}L{_pair((x + 6, y + back))}Z"
    back = -11 if x > u else 11
    return f"M{_pair((x, y))}L{_pair((x + back, y - 6))}L{_pair((x + back, y + 6))}Z"


def _line(line: Lettering) -> str:
    weight = ' font-weight="bold"' if line.is_bold else ""
    return (
        f'<text x="{_n(line.x)}" y="{_n(line.y)}" font-size="{line.size}"{weight}'
        f' fill="{TONE[line.tone]}">{_text(line.words)}</text>'
    )


def _text(words: str) -> str:
    return escape(clean(words), quote=True)


def _pair(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    """A measure with at most one place, as short as it can be."""
    return f"{number:.1f}".removesuffix(".0")
