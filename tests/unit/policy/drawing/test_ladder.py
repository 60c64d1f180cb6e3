"""Where everything stands: nothing lies on anything else, and nothing is cut off."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from counterpart.policy.drawing import diagram
from counterpart.policy.drawing.ladder import lay_out
from counterpart.policy.drawing.lettering import width, wrap
from counterpart.policy.drawing.places import Lettering, Picture, Wire
from counterpart.policy.drawing.ports import lanes
from counterpart.policy.model import Policy
from tests.unit.policy.drawing.pictured import NAMES, pictured, retold

Area = tuple[float, float, float, float]
AWKWARD = {
    "long word": "W" * 400,
    "long text": "The managers of both agencies talk " * 30,
    "Chinese": "上报给主管" * 20,
    "one letter": "i",
}


def laid_out(policy: Policy) -> Picture:
    return lay_out(diagram(policy), list(policy.stages)[-1])


def texts(picture: Picture) -> list[Lettering]:
    in_boxes = [line for box in picture.boxes for line in box.lettering]
    at_wires = [line for wire in picture.wires for line in wire.lettering]
    return [*in_boxes, *at_wires, *picture.legend]


def area(line: Lettering) -> Area:
    """Where the letters of a line are: across, and from their tops to their base line."""
    across = width(line.words, line.size, bold=line.is_bold)
    return line.x, line.y - line.size * 0.72, line.x + across, line.y


def stretches(wire: Wire) -> list[Area]:
    return [
        (min(x, u), min(y, v), max(x, u), max(y, v)) for (x, y), (u, v) in pairwise(wire.points)
    ]


def meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("words", [None, *AWKWARD.values()], ids=["as it is", *AWKWARD])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_another_or_on_a_line_and_none_is_cut_off(
    name: str, words: str | None
) -> None:
    policy = pictured()[name]
    picture = laid_out(retold(policy, words) if words else policy)
    areas = [area(line) for line in texts(picture)]
    assert not [pair for pair in combinations(areas, 2) if meet(*pair)]
    lines = [stretch for wire in picture.wires for stretch in stretches(wire)]
    assert not [(a, s) for a in areas for s in lines if meet(a, s)]
    assert all(a[0] >= 0 and a[2] <= picture.width and a[3] <= picture.height for a in areas)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_box_is_inside_it_and_boxes_stand_apart(name: str) -> None:
    picture = laid_out(pictured()[name])
    for box in picture.boxes:
        for line in box.lettering:
            left, top, right, bottom = area(line)
            assert box.x < left < right < box.right
            assert box.y < top < bottom < box.bottom
    for above, below in pairwise(picture.boxes):
        assert above.bottom + 20 <= below.y


@pytest.mark.parametrize("name", NAMES)
def test_every_way_touches_the_boxes_it_joins(name: str) -> None:
    picture = laid_out(pictured()[name])
    for wire in picture.wires:
        if wire.end == "arrow" and wire.points[-1][1] < picture.boxes[-1].bottom:
            x, y = wire.points[-1]
            assert any(b.x <= x <= b.right and b.y <= y <= b.bottom for b in picture.boxes)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_fits_a_page(name: str) -> None:
    assert laid_out(pictured()[name]).width <= 900


def test_lines_that_share_a_row_never_share_a_lane() -> None:
    spans = {"a": (0, 3), "b": (1, 2), "c": (4, 6), "d": (3, 4), "e": (0, 6)}
    found = lanes(spans)
    for one, other in combinations(spans, 2):
        apart = spans[one][1] < spans[other][0] or spans[other][1] < spans[one][0]
        assert apart or found[one] != found[other]
    assert found["b"] < found["a"] < found["e"]


def test_text_is_broken_between_words_and_only_then_inside_one() -> None:
    assert wrap("Speak to the other worker", 14, 90) == ("Speak to the", "other worker")
    assert "".join(wrap("W" * 50, 14, 90)) == "W" * 50
    assert wrap("  ", 14, 90) == ()


def test_letters_that_are_drawn_as_one_are_not_parted() -> None:
    family = "\U0001f469\u200d\U0001f467"
    assert all(line.count("\U0001f469") == 1 for line in wrap(family * 9, 14, 30))
    assert all(not line.startswith("\u0301") for line in wrap("e\u0301" * 40, 14, 30))
