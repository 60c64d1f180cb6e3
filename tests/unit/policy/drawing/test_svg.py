"""The picture as SVG: it can be read aloud, it brings nothing in from outside, and always parses."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.policy.drawing import as_svg, diagram, in_words
from counterpart.policy.drawing.lettering import clean
from counterpart.policy.model import Policy
from tests.casebook import brent
from tests.unit.policy.drawing.everything import everything
from tests.unit.policy.drawing.pictured import NAMES, pictured, retold

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "g", "path", "circle", "text")}
HERE = "The case is here"


def drawn(policy: Policy, here: str | None = None) -> ET.Element:
    return ET.fromstring(as_svg(diagram(policy), here=here))  # noqa: S314  (it is our own)


def shown(image: ET.Element) -> str:
    return "".join(text.text or "" for text in image.iter(f"{SVG}text")).replace(" ", "")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_one_image_with_a_name_and_a_description(name: str) -> None:
    image = drawn(pictured()[name])
    title, desc = image.find(f"{SVG}title"), image.find(f"{SVG}desc")
    assert image.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert image.get("aria-labelledby") == title.get("id")
    assert image.get("aria-describedby") == desc.get("id")
    assert (title.text or "").startswith(pictured()[name].title)
    for line in in_words(diagram(pictured()[name])):
        assert line.words in (desc.text or "")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_only_shapes_and_text_with_nothing_from_outside(name: str) -> None:
    image = drawn(pictured()[name])
    assert {element.tag for element in image.iter()} <= TAGS
    names = {attribute for element in image.iter() for attribute in element.attrib}
    assert not [n for n in names if n.startswith("on") or "href" in n or n == "style"]
    assert not re.search(r"url\(|javascript:|@import", as_svg(diagram(pictured()[name])))
    ids = [i for element in image.iter() if (i := element.get("id"))]
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_is_written_in_it(name: str) -> None:
    text = shown(drawn(pictured()[name]))
    for stage in pictured()[name].stages.values():
        assert clean(stage.name).replace(" ", "") in text


def test_where_the_case_is_is_said_in_words_and_by_shape() -> None:
    plain, marked = drawn(brent()), drawn(brent(), "managers")
    assert HERE.replace(" ", "") not in shown(plain)
    assert shown(marked).count(HERE.replace(" ", "")) == 1
    desc = marked.find(f"{SVG}desc")
    assert desc is not None
    assert (desc.text or "").startswith("The case is here: Stage Three: Manager to manager.")
    (group,) = [g for g in marked.iter(f"{SVG}g") if "here" in (g.get("class") or "")]
    assert "Stage Three" in "".join(t.text or "" for t in group.iter(f"{SVG}text"))
    assert [path.tag for path in group.iter(f"{SVG}path")]


def test_a_stage_that_is_not_there_marks_nothing() -> None:
    assert as_svg(diagram(brent()), here="stage-six") == as_svg(diagram(brent()))


def test_what_may_be_done_and_what_leads_back_are_drawn_otherwise_and_explained() -> None:
    image = drawn(pictured()["somerset"])
    dashes = {path.get("stroke-dasharray") for path in image.iter(f"{SVG}path")}
    assert len(dashes) == 3
    text = shown(image)
    for said in ("Solidline:", "Dashedline:", "Dottedline:"):
        assert said in text
    assert "Dashedline:" not in shown(drawn(brent()))


def test_every_colour_of_text_can_be_told_from_what_is_behind_it() -> None:
    from counterpart.policy.drawing.svg import FILL, INK, PAPER, QUIET

    behind = {PAPER, *(fill for fill, _ in FILL.values())}
    assert min(_contrast(text, fill) for text in (INK, QUIET) for fill in behind) >= 4.5
    assert min(_contrast(edge, PAPER) for _, edge in FILL.values()) >= 3
    assert _contrast(PAPER, INK) >= 4.5


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    even = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * even[0] + 0.7152 * even[1] + 0.0722 * even[2]


ANY_TEXT = st.text(min_size=1, max_size=200)
AWKWARD = st.sampled_from(
    [
        '"]]></title><script>alert(1)</script>',
        "a & b < c > d; #35; `x` {y} [z] |w| (v)\n\\n",
        "\u202eright to left\u202c שלום עולם مرحبا",
        "\U0001f469\u200d\U0001f467 \ud7ff \ufffe \x00 \x0b",
        "1. first\n2. second",
        "end",
    ]
)


@given(ANY_TEXT | AWKWARD)
def test_whatever_is_written_it_parses_and_holds_every_title(text: str) -> None:
    policy = retold(everything(), text)
    image = drawn(policy, "managers")
    assert {element.tag for element in image.iter()} <= TAGS
    letters = shown(image)
    for stage in policy.stages.values():
        assert clean(stage.name).replace(" ", "") in letters
    desc = image.find(f"{SVG}desc")
    assert desc is not None
    assert (desc.text or "").count(clean(text)) >= len(policy.stages)


def test_eighty_stages_are_drawn_as_well_as_five() -> None:
    policy = brent()
    first = next(iter(policy.stages.values()))
    names = [f"stage-{i}" for i in range(80)]
    ways = [
        replace(first.ways_on[0], id=f"w{i}", from_stage=name, to_stage=names[(i * 7 + 3) % 80])
        for i, name in enumerate(names)
    ]
    stages = {
        name: replace(first, id=name, number=str(i), steps=(), ways_on=(ways[i],))
        for i, name in enumerate(names)
    }
    clock = policy.clocks["way-to-other-worker"]
    many = replace(
        policy,
        stages=stages,
        tracks={"all": replace(next(iter(policy.tracks.values())), stages=tuple(names))},
        ways_on={way.id: way for way in ways},
        clocks={
            "write-outcome": policy.clocks["write-outcome"],
            "confirm-outcome": policy.clocks["confirm-outcome"],
            **{f"way-{way.id}": replace(clock, id=f"way-{way.id}", way=way.id) for way in ways},
            **{step.id: policy.clocks[step.id] for step in policy.steps.values()},
        },
    )
    image = drawn(many, "stage-40")
    assert shown(image).count("Talktoyourownmanager") >= 80
    assert float(image.get("width") or 0) < 1000
