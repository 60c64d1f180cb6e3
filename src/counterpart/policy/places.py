"""Where each part of a policy was written: from the names of its keys to a file, line and column.

It must not know which keys there are.
"""

from __future__ import annotations

from typing import Any

from counterpart.policy.problems import Place
from counterpart.policy.yaml_text import Items, Keys

Where = tuple[str | int, ...]
"""Keys that lead to a part; an item of a list is named by its number from 0 or by its `id`."""


class Places:
    """The places of one policy as it was written, over all the files it was made of."""

    def __init__(self, tree: Keys, file: str) -> None:
        self._tree = tree
        self._start = Place(file, 1, 1)

    def at(self, where: Where) -> Place:
        """The place `where` leads to, or that of the nearest thing on the way that exists."""
        node: Any = self._tree
        place = self._start
        for part in where:
            if isinstance(node, Keys) and part in node:
                place, node = node.places[str(part)], node[str(part)]
            elif isinstance(node, Items) and (number := _number(node, part)) is not None:
                place, node = node.places[number], node[number]
            else:
                break
        return place

    def value(self, where: Where) -> Any:
        """What is written there, as `yaml_text` reads it; None where nothing is."""
        node: Any = self._tree
        for part in where:
            if isinstance(node, Keys):
                node = node.get(str(part))
            elif isinstance(node, Items) and (number := _number(node, part)) is not None:
                node = node[number]
            else:
                return None
        return node


def _number(items: Items, part: str | int) -> int | None:
    if isinstance(part, int):
        return part if 0 <= part < len(items) else None
    for number, item in enumerate(items):
        if isinstance(item, Keys) and item.get("id") == part:
            return number
    return None
