"""The guide to the directory names every heading, kind and tier that files may hold, and no other heading."""

import re
from pathlib import Path

from counterpart.people.importing.columns import KINDS, headings, needed
from counterpart.people.kinds import AGENCY_KINDS, TIERS

DOCS = Path(__file__).parents[3] / "docs"
GUIDE = (DOCS / "directory.md").read_text(encoding="utf-8")


def part(kind: str) -> str:
    return GUIDE.split(f"### {kind}.csv")[1].split("\n##")[0]


def test_the_guide_names_every_heading_and_marks_those_that_must_be_there() -> None:
    for kind in KINDS:
        rows = re.findall(r"^\| (.+?) \|", part(kind), re.MULTILINE)[2:]
        named = [name for row in rows for name in row.split(", ")]
        assert [name.strip("*") for name in named] == list(headings(kind))
        assert tuple(n.strip("*") for n in named if n.startswith("**")) == needed(kind)


def test_the_guide_lists_every_kind_and_tier() -> None:
    kinds = GUIDE.split("Kinds of agency: ")[1].split("\n")[0]
    assert re.findall(r"`(\w+)`", kinds) == list(AGENCY_KINDS)
    tiers = GUIDE.split("\nTiers: ")[1].split("\n")[0]
    assert re.findall(r"`(\w+)`", tiers) == list(TIERS)


def test_the_samples_have_all_the_headings() -> None:
    for kind in KINDS:
        first = (DOCS / "directory" / f"{kind}.csv").read_text(encoding="utf-8").split("\n")[0]
        assert tuple(first.split(",")) == headings(kind)
