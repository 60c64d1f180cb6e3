"""An example file as a tree of nodes, each of which knows its place.

Every plain value is kept as the text that stands in the file, so that a day, a time and a word
are read by what belongs in their place and never guessed at. What can be wrong with the text
itself is `yaml_text`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counterpart.policy.problems import Place
from counterpart.policy.yaml_text import Items, Keys, read_yaml


@dataclass(frozen=True, slots=True)
class Node:
    """A value as written: its text, its items, or its keys with their values.

    `place` is that of the value's own key or dash. `keys` says where each of its keys stands.
    """

    value: str | list[Node] | dict[str, Node]
    place: Place
    keys: Mapping[str, Place] = field(default_factory=dict)


def read_tree(content: bytes, *, file: str) -> Node:
    """What is in the bytes of a file called `file`. Raises `yaml_text.YamlRefused`."""
    return _node(read_yaml(content, file=file), Place(file, 1, 1))


def _node(value: Any, place: Place) -> Node:
    if isinstance(value, Keys):
        inside = {key: _node(under, value.places[key]) for key, under in value.items()}
        return Node(inside, place, value.places)
    if isinstance(value, Items):
        return Node([_node(*each) for each in zip(value, value.places, strict=True)], place)
    return Node(_text(value), place)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
