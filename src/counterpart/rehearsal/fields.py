"""How keys and lists of an example file are read: strictly, and with every fault at once.

A reader takes a node and gives back a value, or raises `NotReadable`. These put readers
together; what a single value may be is `notation`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from counterpart.policy.problems import Place, Problem, problem
from counterpart.rehearsal.tree import Node
from counterpart.worktime.spelling import nearest, shown

Reader = Callable[[Node], Any]


class NotReadable(ValueError):
    """What is written is not what belongs here. `faults` says everything that is amiss."""

    def __init__(self, *faults: Problem) -> None:
        super().__init__("; ".join(fault.words for fault in faults))
        self.faults = faults


def amiss(node: Node, words: str, code: str = "wrong-value") -> NotReadable:
    """One problem, to be raised."""
    return NotReadable(problem(node.place, code, words))


def keys_of(node: Node, what: str) -> dict[str, Node]:
    """The keys of a node with their values. Raises `NotReadable` where it has none."""
    if not isinstance(node.value, dict):
        raise amiss(node, f"{what} is written with keys, like 'key: value'")
    return node.value


def fields(
    node: Node, readers: Mapping[str, Reader], needs: Collection[str], what: str
) -> dict[str, Any]:
    """The values of a node's keys, each read by its own reader; `needs` must be there."""
    written = keys_of(node, what)
    faults: list[Problem] = []
    read: dict[str, Any] = {}
    for key, value in written.items():
        if key not in readers:
            faults.append(unknown(node.keys[key], key, readers, what))
            continue
        try:
            read[key] = readers[key](value)
        except NotReadable as no:
            faults += no.faults
    faults += [
        problem(node.place, "missing", f"{what} needs '{need}'")
        for need in needs
        if need not in written
    ]
    if faults:
        raise NotReadable(*faults)
    return read


def unknown(place: Place, key: str, known: Collection[str], what: str) -> Problem:
    """A key that does not belong here, with the nearest that does."""
    near = nearest(key, known)
    hint = f"; did you mean '{near}'?" if near else ""
    return problem(place, "unknown-key", f"'{shown(key)}' is not a word {what} has{hint}")


def list_of(reader: Reader, what: str) -> Reader:
    """A list, each item read by the same reader, with the faults of all of them."""

    def read(node: Node) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            raise amiss(node, f"{what} is a list, each with a dash before it")
        found: list[Any] = []
        faults: list[Problem] = []
        for item in node.value:
            try:
                found.append(reader(item))
            except NotReadable as no:
                faults += no.faults
        if faults:
            raise NotReadable(*faults)
        return tuple(found)

    return read
