"""The shape of a policy file as JSON Schema, for editors that complete and check while one writes.

It is generated from the same models that read a file, so it knows every key that the loader knows.
It sees one file at a time: whether a name exists, and what layers come to together, is the
loader's to say. `reference` is the same for people, in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from counterpart.policy.merging import OWN
from counterpart.policy.reference import reference
from counterpart.policy.source import PolicySource
from counterpart.policy.triggers import NAMING, PLAIN

__all__ = ["json_schema", "reference"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REF = "#/$defs/"
IN_LAYER = "InLayer"
NAME = "[a-z][a-z0-9-]{0,59}"
PHRASES = ("immediate", "same working day", "as soon as possible", "not stated")
UNITS = "(working days?|working weeks?|calendar days?|hours?|service hours? of .+)"
NUMBER = "([1-9][0-9]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
LIMIT_TEXT: dict[str, Any] = {
    "title": "A limit",
    "description": "How long: a number and a unit, or one of a few phrases. Which days count is said by the unit.",
    "anyOf": [
        {"type": "string", "enum": list(PHRASES)},
        {
            "type": "string",
            "pattern": f"^{NUMBER} {UNITS}$",
            "examples": ["5 working days", "48 hours", "1 working week", "3 calendar days"],
        },
        {
            "type": "string",
            "pattern": "^not stated: .+$",
            "examples": ["not stated: source not held"],
        },
    ],
}
LIMITS = {("ByBand", "band"), ("AgreedBy", "at_most"), ("SetBy", "at_most"), ("Passed", "passed")}
"""Where a plain text is a limit, beside the keys that may also be one of the longer forms."""
A_TRIGGER = {"maxLength": 120, "minLength": 1, "type": "string"}
AFTER_ID = {
    "title": "After",
    "description": "In a layer: the id of the item that a new one comes right after.",
    "type": "string",
    "pattern": f"^{NAME}$",
}
EXTENDS = {
    "title": "Extends",
    "description": "The policy file that this one is laid over: `../london/policy.yaml`, from this file's folder.",
    "type": "string",
    "minLength": 1,
}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a policy file, and of a layer, which is one that has `extends`."""
    made = PolicySource.model_json_schema(by_alias=True)
    models = {_short(name): model for name, model in made.pop("$defs").items()}
    models["Policy"] = made
    for name, model in models.items():
        _tidy(name, model)
    layered = {f"{name}{IN_LAYER}": _in_layer(model) for name, model in models.items()}
    _head_of_layer(layered[f"Policy{IN_LAYER}"])
    return {
        "$schema": DRAFT,
        "title": "A Counterpart policy",
        "description": "One edition of an escalation policy, or a layer that is laid over another.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{REF}Policy{IN_LAYER}"},
        "else": {"$ref": f"{REF}Policy"},
        "$defs": {
            "LimitText": LIMIT_TEXT,
            "Trigger": _trigger(),
            **dict(sorted({**models, **layered}.items())),
        },
    }


def _short(name: str) -> str:
    return name.removesuffix("Source")


def _trigger() -> dict[str, Any]:
    """A word for something that happens, and the name of what it happens to."""
    naming = "|".join(NAMING)
    return {
        "title": "A trigger",
        "description": "When a time starts or ends: a word such as `raised`, or `done` and the id of a step.",
        "anyOf": [
            {"type": "string", "enum": sorted(PLAIN)},
            {"type": "string", "pattern": f"^({naming}) {NAME}$"},
        ],
    }


def _tidy(name: str, model: dict[str, Any]) -> None:
    """Put names people read into a model, and point its limits and triggers at what they may be."""
    model["title"] = name
    for key, field in model["properties"].items():
        field["title"] = key.replace("_", " ").capitalize()
        is_limit = (name, key) in LIMITS or any(
            part.get("$ref", "").endswith("/ShorterOf") for part in field.get("anyOf", ())
        )
        for part in list(_parts(field)):
            if "$ref" in part:
                part["$ref"] = REF + _short(part["$ref"].removeprefix(REF))
            elif part.items() >= A_TRIGGER.items():
                _point(part, "Trigger", A_TRIGGER)
            elif is_limit and part.get("type") == "string":
                _point(part, "LimitText", {"type": "string"})


def _point(part: dict[str, Any], name: str, instead_of: dict[str, Any]) -> None:
    for key in instead_of:
        del part[key]
    part["$ref"] = REF + name


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and every schema within it that belongs to the same value or its items."""
    yield schema
    for part in schema.get("anyOf", ()):
        yield from _parts(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _parts(schema[key])


# --- a layer --------------------------------------------------------------------------------------


def _in_layer(model: dict[str, Any]) -> dict[str, Any]:
    """The model as part of a layer: it may say no more than what changes."""
    model = deepcopy(model)
    model.pop("required", None)
    for field in model["properties"].values():
        for part in _parts(field):
            part.pop("minItems", None)
            name = part.get("$ref", "").removeprefix(REF)
            if name and name not in ("LimitText", "Trigger"):
                part["$ref"] += IN_LAYER
    model["title"] += " in a layer"
    if "id" in model["properties"]:
        model["properties"]["after_id"] = deepcopy(AFTER_ID)
    return model


def _head_of_layer(policy: dict[str, Any]) -> None:
    """What a layer must say of itself, whatever it extends."""
    del policy["properties"]["after_id"], policy["properties"]["layers"]
    policy["properties"] = {"extends": EXTENDS, **policy["properties"]}
    needed = (key for key in OWN if PolicySource.model_fields[key].is_required())
    policy["required"] = ["extends", *needed]
