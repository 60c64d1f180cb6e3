"""Where everything stands: the boxes one below the other, and the lines around them.

A way to the very next box goes straight down, its words beside it. Every other way leaves to the
left, its words above its stub, and runs in a lane of its own. What comes to an end leaves to the
right and runs down one rail. So no words ever lie on a line, whatever is written in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterpart.policy.drawing.lettering import wrap
from counterpart.policy.drawing.places import Box, Lettering, Look, Picture, Wire, WireEnd
from counterpart.policy.drawing.ports import Port, lanes, ports_of
from counterpart.policy.drawing.shapes import WAYS, Diagram, Edge, Fact, Node

MARGIN = 16
BOX = 400
PAD = 16
TITLE, FACT, LABEL = 17, 15, 14
LEFT_ROOM = 160
RIGHT_ROOM = 112
LANE, LANES = 16, 192
BRACKET = 14
LEAST_GAP = 30
FLAG = 30
HERE = "The case is here"
MOST_ABREAST = 2


def lay_out(diagram: Diagram, here: str | None) -> Picture:
    """The picture of a diagram, with the stage called `here` marked as where the case is."""
    return _Ladder(diagram, here).picture()


class _Ladder:
    """The measures of one picture, worked out from top to bottom."""

    def __init__(self, diagram: Diagram, here: str | None) -> None:
        self.diagram = diagram
        self.here = here
        self.rows = {node.id: i for i, node in enumerate(diagram.nodes)}
        self.down = self._straight_down()
        straight = {edge.id for edges in self.down.values() for edge in edges}
        self.covers = [e for e in diagram.edges if e.kind == "covers"]
        self.settled = [e for e in diagram.edges if e.kind == "settled"]
        apart = straight | {e.id for e in (*self.covers, *self.settled)}
        self.aside = [edge for edge in diagram.edges if edge.id not in apart]
        texts = {e.id: wrap(self._label(e), LABEL, LEFT_ROOM - 28) for e in self.aside}
        self.ports = ports_of(self.aside, self.rows, texts)
        self.brackets = list(dict.fromkeys(edge.source for edge in self.covers))
        self._place()

    def _straight_down(self) -> dict[int, list[Edge]]:
        """For each row, the lines that go straight down from it to the next."""
        found: dict[int, list[Edge]] = {}
        for edge in self.diagram.edges:
            row = self.rows[edge.source]
            if edge.kind in ("start", "on", "jump") and self.rows[edge.target] == row + 1:
                found.setdefault(row, []).append(edge)
        return {row: edges[:MOST_ABREAST] for row, edges in found.items()}

    def _place(self) -> None:
        spans = {edge.id: self._rows_of(edge) for edge in self.aside}
        self.lanes = lanes(spans)
        n_lanes = max(self.lanes.values(), default=-1) + 1
        self.lane = min(LANE, LANES / max(n_lanes, 1))
        aside = LEFT_ROOM + n_lanes * self.lane if self.aside else 0
        self.stubs_from = MARGIN + n_lanes * self.lane
        self.x = MARGIN + aside + len(self.brackets) * BRACKET
        self.rail = self.x + BOX + RIGHT_ROOM
        self.width = (self.rail if self.settled else self.x + BOX) + MARGIN
        self.boxes = list(self._boxes())
        self.of = {box.node.id: box for box in self.boxes}

    def _rows_of(self, edge: Edge) -> tuple[int, int]:
        ends = self.rows[edge.source], self.rows[edge.target]
        return min(ends), max(ends)

    def picture(self) -> Picture:
        wires = [*self._down_wires(), *self._aside_wires(), *self._rail(), *self._covering()]
        keys, legend, bottom = self._legend({wire.look for wire in wires})
        boxes = tuple(self.boxes)
        return Picture(self.width, bottom + MARGIN, boxes, (*wires, *keys), legend)

    # --- boxes ---

    def _boxes(self) -> Iterator[Box]:
        y: float = MARGIN
        for row, node in enumerate(self.diagram.nodes):
            box = self._box(node, y)
            yield box
            y = box.bottom + self._gap(row)

    def _box(self, node: Node, y: float) -> Box:
        is_here = node.stage is not None and node.stage == self.here
        flag = FLAG if is_here else 0
        text = list(_box_text(node, self._more(node), self.x + PAD, y + flag))
        if is_here:
            text.insert(0, Lettering(self.x + PAD, y + 21, HERE, FACT, True, "reversed"))
        height = max(
            text[-1].y + PAD - y,
            sum(port.height for port in self.ports.get(node.id, ())) + 2 * PAD,
            *(len(self._side_text(edge)) * 18 + 2 * PAD for edge in self._ends_of(node)),
        )
        return Box(node, self.x, y, BOX, height, tuple(text), flag)

    def _more(self, node: Node) -> Iterator[str]:
        """What a box says of the ways that leave it, where their lines have room for a name only."""
        jumps = (edge for edge in self.diagram.of(node.id) if edge.kind == "jump")
        yield from dict.fromkeys(edge_text(edge) for edge in jumps)

    def _label(self, edge: Edge) -> str:
        if edge.kind != "jump":
            return edge_text(edge)
        return f"{edge.force.title()}: straight to {self.diagram.node(edge.target).title}"

    def _gap(self, row: int) -> float:
        texts = [len(self._down_text(row, edge)) for edge in self.down.get(row, ())]
        return max(LEAST_GAP, max(texts, default=0) * 18 + 26 if any(texts) else 0)

    # --- lines straight down ---

    def _down_room(self, row: int) -> float:
        return BOX / len(self.down[row])

    def _down_text(self, row: int, edge: Edge) -> tuple[str, ...]:
        return wrap(self._label(edge), LABEL, self._down_room(row) - 44)

    def _down_wires(self) -> Iterator[Wire]:
        for row, edges in self.down.items():
            top, bottom = self.boxes[row].bottom, self.boxes[row + 1].y
            for i, edge in enumerate(edges):
                x = self.x + 28 + i * self._down_room(row)
                text = lines(self._down_text(row, edge), x + 14, top + 24, LABEL)
                yield Wire(((x, top), (x, bottom)), look_of(edge), "arrow", tuple(text))

    # --- lines to the left ---

    def _aside_wires(self) -> Iterator[Wire]:
        for edge in self.aside:
            start, words = self._port(edge, is_out=True)
            finish, _ = self._port(edge, is_out=False)
            lane = self.stubs_from - (self.lanes[edge.id] + 0.5) * self.lane
            text = lines(words, self.stubs_from + 6, start - 6 - 18 * (len(words) - 1), LABEL)
            points = ((self.x, start), (lane, start), (lane, finish), (self.x, finish))
            yield Wire(points, look_of(edge), "arrow", tuple(text))

    def _port(self, edge: Edge, *, is_out: bool) -> tuple[float, tuple[str, ...]]:
        """Where on the left side of its box an end of a line stands, and its words."""
        box = self.of[edge.source if is_out else edge.target]
        y = box.y + PAD
        for port in self.ports[box.node.id]:
            y += port.height
            if port.edge.id == edge.id and port.is_out == is_out:
                return y - Port.BELOW, port.words
        raise KeyError(edge.id)

    # --- lines to the right ---

    def _ends_of(self, node: Node) -> list[Edge]:
        return [edge for edge in self.settled if edge.source == node.id]

    def _side_text(self, edge: Edge) -> tuple[str, ...]:
        return wrap(edge_text(edge), LABEL, RIGHT_ROOM - 12)

    def _rail(self) -> Iterator[Wire]:
        for edge in self.settled:
            box, words = self.of[edge.source], self._side_text(edge)
            y = box.y + PAD + len(words) * 18
            text = lines(words, box.right + 8, y - 6 - 18 * (len(words) - 1), LABEL)
            yield Wire(((box.right, y), (self.rail, y)), "solid", "dot", tuple(text))
        if self.settled:
            end = self.of[self.settled[0].target]
            first = self.of[self.settled[0].source]
            top = first.y + PAD + len(self._side_text(self.settled[0])) * 18
            points = ((self.rail, top), (self.rail, end.middle), (end.right, end.middle))
            yield Wire(points)

    # --- what a time limit covers ---

    def _covering(self) -> Iterator[Wire]:
        for i, source in enumerate(self.brackets):
            x = self.x - (len(self.brackets) - i) * BRACKET
            top = self.of[source].middle
            ticks = [self.of[e.target].y + 10 for e in self.covers if e.source == source]
            points = ((self.x, top), (x, top), (x, max(ticks)))
            yield Wire(points, "bracket", "none")
            for y in ticks:
                yield Wire(((x, y), (self.x, y)), "bracket", "dot")

    # --- what the lines mean ---

    def _legend(self, looks: set[Look]) -> tuple[list[Wire], tuple[Lettering, ...], float]:
        y = self.boxes[-1].bottom + 34
        wires: list[Wire] = []
        text: list[Lettering] = []
        for look, words in LEGEND.items():
            if look not in looks:
                continue
            wires.append(Wire(((self.x, y - 5), (self.x + 44, y - 5)), look, LEGEND_END[look]))
            text += lines(wrap(words, LABEL, BOX - 56), self.x + 56, y, LABEL)
            y = text[-1].y + 24
        return wires, tuple(text), y - 16


LEGEND: dict[Look, str] = {
    "solid": "Solid line: what must or should come next.",
    "choice": "Dashed line: what somebody may choose. It need not be done.",
    "back": "Dotted line: back to an earlier stage, or to the same one again.",
    "bracket": "Line with round dots at the side: the stages that one time limit covers.",
}
LEGEND_END: dict[Look, WireEnd] = {
    "solid": "arrow",
    "choice": "arrow",
    "back": "arrow",
    "bracket": "dot",
}


def look_of(edge: Edge) -> Look:
    """How a line is drawn. Its words say the same."""
    if edge.kind in ("back", "again"):
        return "back"
    return "choice" if edge.is_choice else "solid"


def edge_text(edge: Edge) -> str:
    """What stands at a line: when, whether it is a choice, what, who, how soon and the clause."""
    if edge.kind in WAYS:
        lead = ", ".join(filter(None, (edge.force.title(), edge.when)))
        words = f"{lead}: {edge.words}"
    else:
        words = edge.words
    by = f"({edge.by})" if edge.by else ""
    clause = f"[{edge.clause}]" if edge.clause and edge.kind != "start" else ""
    limit = f"– {edge.limit}" if edge.limit else ""
    return " ".join(filter(None, (words, by, limit, clause)))


def lines(words: Iterable[str], x: float, y: float, size: int) -> list[Lettering]:
    """Lines of text one below the other, the first at `y`."""
    return [Lettering(x, y + i * 18, line, size) for i, line in enumerate(words)]


def _box_text(node: Node, more: Iterable[str], x: float, y: float) -> Iterator[Lettering]:
    y += PAD - 2
    for words in wrap(node.title, TITLE, BOX - 2 * PAD, bold=True):
        y += 21 if y else 0
        yield Lettering(x, y - 6, words, TITLE, is_bold=True)
    for text in (*(_fact_text(fact, node) for fact in node.facts), *more):
        y += 4
        for words in wrap(text, FACT, BOX - 2 * PAD):
            y += 19
            yield Lettering(x, y - 5, words, FACT)
    if node.clause:
        y += 4
        for words in wrap(f"Clause {node.clause}", LABEL, BOX - 2 * PAD):
            y += 18
            yield Lettering(x, y - 5, words, LABEL, tone="quiet")


def _fact_text(fact: Fact, node: Node) -> str:
    """A fact with its time; with its clause where that is not the box's own."""
    limit = f". {fact.limit}" if fact.limit else ""
    cited = f" [{fact.clause}]" if fact.clause and fact.clause != node.clause else ""
    return f"{fact.words}{limit}{cited}"
