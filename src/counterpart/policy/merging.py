"""Lay one written policy over another: the rules by which a layer changes the text it extends.

It works on trees, before their shape is known, and leaves each part its own place. What it cannot
do it says as problems. It must not read a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from counterpart.policy.problems import MOST_PROBLEMS, Place, Problem, problem
from counterpart.policy.shapes import WHOLE, Kinds, below, is_choice
from counterpart.policy.yaml_text import Items, Keys
from counterpart.worktime.spelling import nearest, shown

_Listed = tuple[Keys, Place, str | None]

OWN = ("format", "id", "title", "area", "published_by", "edition", "in_force_from")
"""What a layer says for itself. But for the format none of it is taken from the parent."""


def laid_over(parent: Keys, layer: Keys, problems: list[Problem]) -> Keys:
    """The parent's tree, less what the layer leaves out, with the layer laid over it."""
    left = _without(parent, layer.get("leaves_out"), problems)
    rest, own = Keys(), Keys()
    for key, value in left.items():
        if key not in OWN or (key == "format" and key not in layer):
            rest.put(key, value, left.places[key])
    for key in OWN:
        if key in layer:
            own.put(key, layer[key], layer.places[key])
    over = Keys()
    for key, value in layer.items():
        if key not in OWN:
            over.put(key, value, layer.places[key])
    merged = _keys(rest, over, WHOLE, problems)
    for key, value in merged.items():
        own.put(key, value, merged.places[key])
    return own


def _keys(parent: Keys, layer: Keys, kinds: Kinds, problems: list[Problem]) -> Keys:
    merged = Keys()
    for key, value in parent.items():
        if key in layer:
            value = _value(value, layer[key], below(kinds, key), problems)
        merged.put(key, value, layer.places.get(key, parent.places[key]))
    for key, value in layer.items():
        if key not in parent:
            value = _value(Items(), value, below(kinds, key), problems)
            merged.put(key, value, layer.places[key])
    return merged


def _value(parent: Any, layer: Any, kinds: Kinds, problems: list[Problem]) -> Any:
    """One value over another. What has a choice of shapes, as a limit has, is replaced whole."""
    if isinstance(parent, Keys) and isinstance(layer, Keys) and not is_choice(kinds):
        return _keys(parent, layer, kinds, problems)
    if isinstance(parent, Items) and isinstance(layer, Items):
        inside = below(kinds, 0)
        if (
            (parent or layer)
            and not is_choice(inside)
            and _is_of_keys(parent)
            and _is_of_keys(layer)
        ):
            return _items(parent, layer, inside, problems)
    return layer


def _is_of_keys(items: Items) -> bool:
    return all(isinstance(item, Keys) for item in items)


def _items(parent: Items, layer: Items, kinds: Kinds, problems: list[Problem]) -> Items:
    """Lists of things with keys: the same id is laid over, a new one is added."""
    found = _Order(parent)
    for item, place in zip(layer, layer.places, strict=True):
        name = _id_of(item)
        if name in found.new:
            words = f"'{shown(name or '')}' is in this list already"
            problems.append(problem(item.places["id"], "same-id", words))
        elif name is not None and name in found.known:
            if "after_id" in item:
                words = "this changes something the text it extends has; 'after_id' is for new ones"
                problems.append(problem(item.places["after_id"], "not-new", words))
            item, after = _taken(item, "after_id")
            found.change(name, _keys(found.known[name], item, kinds, problems), place)
        else:
            fresh, after = _taken(item, "after_id")
            if after is not None and not (isinstance(after, str) and after in found.known):
                if len(problems) < MOST_PROBLEMS:
                    problems.append(_nothing_to_follow(item, after, found.known))
                after = None
            found.add(fresh, place, after)
    return found.in_order()


def _nothing_to_follow(item: Keys, after: Any, known: Iterable[str]) -> Problem:
    words = f"there is no '{shown(str(after))}' before it to put this after"
    return problem(item.places["after_id"], "no-such-item", words + _hint(str(after), known))


def _hint(name: str, known: Iterable[str]) -> str:
    """The name that was perhaps meant. It looks at so many only: to compare names is slow."""
    near = nearest(name[:60], islice(known, 200))
    return f"; did you mean '{near}'?" if near else ""


def _taken(item: Keys, key: str) -> tuple[Keys, Any]:
    """An item without one of its keys, and what that key said."""
    if key not in item:
        return item, None
    rest = Keys()
    for name, value in item.items():
        if name != key:
            rest.put(name, value, item.places[name])
    return rest, item[key]


def _id_of(item: Any) -> str | None:
    name = item.get("id") if isinstance(item, Keys) else None
    return name if isinstance(name, str) else None


class _Order:
    """The items of a merged list, and which new ones come right after which."""

    def __init__(self, parent: Items) -> None:
        self.known: dict[str, Keys] = {}
        self.new: set[str | None] = set()
        self._top: list[_Listed] = []
        self._places: dict[str, Place] = {}
        self._after: dict[str, list[_Listed]] = {}
        for item, place in zip(parent, parent.places, strict=True):
            self._keep(item, place, self._top)

    def change(self, name: str, item: Keys, place: Place) -> None:
        self.known[name], self._places[name] = item, place

    def add(self, item: Keys, place: Place, after: str | None) -> None:
        """A new item, at the end or after the one called `after`, which is known."""
        self._keep(item, place, self._after.setdefault(after, []) if after else self._top)
        if (name := _id_of(item)) is not None:
            self.new.add(name)

    def in_order(self) -> Items:
        """All of them: each followed by those put after it, in the order they were written."""
        merged, todo = Items(), self._top[::-1]
        while todo:
            item, place, name = todo.pop()
            if name is not None:
                item, place = self.known[name], self._places[name]
                todo += reversed(self._after.get(name, ()))
            merged.put(item, place)
        return merged

    def _keep(self, item: Keys, place: Place, among: list[_Listed]) -> None:
        name = _id_of(item)
        if name is None or name in self.known:
            among.append((item, place, None))
        else:
            self.known[name], self._places[name] = item, place
            among.append((item, place, name))


# --- leaving out ---------------------------------------------------------------------------------


def _without(parent: Keys, written: Any, problems: list[Problem]) -> Keys:
    """The parent's tree without the items that the layer names in `leaves_out`."""
    wanted: dict[tuple[str, str], Place] = {}
    for item in written if isinstance(written, Items) else ():
        rule = item.get("rule") if isinstance(item, Keys) else None
        if isinstance(rule, str):
            kind, _, name = rule.strip().partition(" ")
            wanted[kind, name.strip()] = item.places["rule"]
    if not wanted:
        return parent
    met: set[tuple[str, str]] = set()
    rest = _sifted(parent, "", set(wanted), met)
    for (kind, name), place in wanted.items():
        if (kind, name) not in met and len(problems) < MOST_PROBLEMS:
            words = f"the text this extends has no '{shown(f'{kind} {name}')}' to leave out"
            alike = sorted(other for of, other in met if of == kind)
            words += _hint(name, alike) if alike else _hint(kind, sorted({of for of, _ in met}))
            problems.append(problem(place, "nothing-to-leave-out", words))
    return rest


def _sifted(node: Keys, kind: str, wanted: set[tuple[str, str]], met: set[tuple[str, str]]) -> Keys:
    """A tree without the wanted items; every kind and id on the way goes into `met`.

    A list is called by its key; one under the key `list`, as the grounds are, by the key above.
    """
    rest = Keys()
    for key, value in node.items():
        called = kind if key == "list" else key
        if isinstance(value, Keys):
            value = _sifted(value, called, wanted, met)
        elif isinstance(value, Items):
            value = _sifted_items(value, called, wanted, met)
        rest.put(key, value, node.places[key])
    return rest


def _sifted_items(
    node: Items, kind: str, wanted: set[tuple[str, str]], met: set[tuple[str, str]]
) -> Items:
    items = Items()
    for item, place in zip(node, node.places, strict=True):
        name = _id_of(item)
        if name is not None:
            met.add((kind, name))
        if name is None or (kind, name) not in wanted:
            items.put(_sifted(item, kind, wanted, met) if isinstance(item, Keys) else item, place)
    return items
