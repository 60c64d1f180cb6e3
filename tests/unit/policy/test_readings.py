"""Each reading of a policy is one that some rule rests on, in every policy there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpart.policy.loading import bundle
from counterpart.policy.yaml_text import read_yaml
from tests.casebook import POLICIES

AREAS = sorted(path.parent.name for path in POLICIES.glob("*/policy.yaml"))


def rested_on(written: object) -> Iterator[str]:
    """Every reading that a rule says it rests on. A reading has its own words under the same key."""
    match written:
        case {"question": _}:
            return
        case {**keys}:
            for key, value in keys.items():
                if key == "reading":
                    yield str(value)
                elif key == "also_read" and isinstance(value, list):
                    yield from value
                else:
                    yield from rested_on(value)
        case [*items]:
            for item in items:
                yield from rested_on(item)


@pytest.mark.parametrize("area", AREAS)
def test_every_reading_is_used_by_a_rule(area: str) -> None:
    """In the file that writes it, or in the whole: a file may stand on another, or be stood upon."""
    folder = POLICIES / area
    content = (folder / "policy.yaml").read_bytes()
    whole = bundle(content, read=lambda path: (folder / path).read_bytes())
    own = read_yaml(content, file=area)
    readings = {reading["id"] for reading in own.get("readings", ())}
    assert readings - set(rested_on(own)) - set(rested_on(read_yaml(whole, file=area))) == set()


@pytest.mark.parametrize("area", AREAS)
def test_every_policy_has_a_list_of_the_clauses_of_its_text(area: str) -> None:
    assert (Path(__file__).parent / "clauses" / f"{area}.txt").exists()


def test_a_reading_is_used_where_a_rule_rests_on_it_and_not_where_it_stands() -> None:
    written = {
        "readings": [{"id": "a", "question": "Which?", "reading": "This.", "why": "So."}],
        "stages": [{"steps": [{"reading": "b", "also_read": ["c"]}]}],
    }
    assert list(rested_on(written)) == ["b", "c"]
