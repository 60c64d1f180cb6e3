"""The schema that editors use and the reference people read: complete, and true to the loader."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from counterpart.policy import schema
from counterpart.policy.reference import OF_A_CLOCK, title
from counterpart.policy.schema import json_schema, reference
from counterpart.policy.source import PolicySource
from counterpart.policy.triggers import NAMING, PLAIN
from counterpart.policy.yaml_text import read_yaml
from counterpart.worktime import parse_limit
from counterpart.worktime.services import Opening, Service
from tests.casebook import POLICIES
from tests.kinds import a_step, a_way, stages, written

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
FILES = sorted(POLICIES.glob("*/policy.yaml"))
SERVICE = {"front-door": Service.on_weekdays("front-door", Opening(540, 1020))}


def plain(node: Any) -> Any:
    """What our own reader read, as an editor sees it: a day is text there."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    return node.isoformat() if isinstance(node, date) else node


def problems(content: bytes) -> list[str]:
    tree = plain(read_yaml(content, file="policy.yaml"))
    return [f"{list(e.absolute_path)}: {e.message}" for e in VALIDATOR.iter_errors(tree)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_policy_is_as_the_schema_says(file: Any) -> None:
    assert problems(file.read_bytes()) == []


def test_there_are_layers_among_the_policies_it_was_tried_on() -> None:
    assert any(b"\nextends:" in file.read_bytes() for file in FILES)
    assert any(b"\nextends:" not in file.read_bytes() for file in FILES)


@pytest.mark.parametrize(
    "keys",
    [
        {"titel": "A policy"},
        {"format": 2},
        {"id": "Not An Id"},
        {"stages": stages(a_way("up", "two", by="someone"))},
        {"stages": stages(steps=[a_step("talk", limit="5 days")])},
        {"stages": stages(steps=[a_step("talk", starts=["finished talk"])])},
        {"stages": stages(steps=[a_step("talk", kind="chat")])},
        {"clauses": []},
        {"after_id": "x"},
    ],
    ids=str,
)
def test_what_the_loader_refuses_for_its_shape_the_schema_refuses(keys: dict[str, Any]) -> None:
    assert problems(written()) == []
    assert problems(written(**keys))


def test_a_layer_says_only_what_changes_and_must_say_what_it_is() -> None:
    head = b"extends: ../x/policy.yaml\nformat: 1\nid: a\ntitle: A\narea: B\npublished_by: C\n"
    head += b"edition: D\n"
    change = b"stages: [{id: one, after_id: two, steps: [{id: talk, limit: 1 hour}]}]\n"
    assert problems(head + change) == []
    assert problems(b"extends: ../x/policy.yaml\n")
    assert problems(head + b"stages: [{id: one, limits: 1 hour}]\n")
    assert problems(head + b"layers: []\n")


def every_limit_text() -> list[str]:
    examples = [x for part in schema.LIMIT_TEXT["anyOf"] for x in part.get("examples", ())]
    return [*schema.PHRASES, *examples, "one working day", "8 service hours of front-door"]


@pytest.mark.parametrize("text", every_limit_text())
def test_a_limit_the_schema_takes_is_one_the_loader_takes(text: str) -> None:
    parse_limit(text, SERVICE)
    limit = {"$ref": "#/$defs/LimitText", "$defs": SCHEMA["$defs"]}
    assert not list(Draft202012Validator(limit).iter_errors(text))


def test_every_key_has_a_title_and_a_description() -> None:
    for name, model in SCHEMA["$defs"].items():
        assert model["description"], name
        for key, field in model.get("properties", {}).items():
            assert field["title"], (name, key)
            assert field["description"], (name, key)


def test_the_reference_has_every_key_of_every_model_with_words() -> None:
    page = reference()
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", page, re.MULTILINE)
    assert {key for key, _ in rows} >= set(PolicySource.model_fields)
    assert all("|  |" not in f"{cells}|" for _, cells in rows)
    for name, model in SCHEMA["$defs"].items():
        if name not in ("LimitText", "Trigger") and not name.endswith(schema.IN_LAYER):
            for key in model["properties"]:
                assert f"| `{key}` |" in page, (name, key)


def test_the_reference_has_every_trigger() -> None:
    page = reference()
    for word, kind in NAMING.items():
        assert f"| `{word} {kind.upper()}` |" in page
    for word in PLAIN:
        assert f"| `{word}` |" in page
    assert set(OF_A_CLOCK) < set(NAMING)


def test_every_link_of_the_reference_leads_to_a_heading_of_its_own() -> None:
    page = reference()
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    places = [re.sub(r"[^a-z -]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert len(places) == len(set(places))
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(places)
    assert title(PolicySource) in headings
