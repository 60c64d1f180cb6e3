"""What a story of an example looks like, and how one is read: strictly, with its lines.

Which acts there are is `acts`, what a check may say is `checks`; this reads either. It knows
nothing of any policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from counterpart.rehearsal import notation as n
from counterpart.rehearsal.act import COMMON, ITSELF, Act
from counterpart.rehearsal.acts import ACTS
from counterpart.rehearsal.beginning import NEEDS, RAISED, READERS
from counterpart.rehearsal.checks import CHECKS, RAISER, Expected
from counterpart.rehearsal.directory import RoleAt, Unusual
from counterpart.rehearsal.fields import (
    NotReadable,
    Reader,
    amiss,
    fields,
    keys_of,
    list_of,
    unknown,
)
from counterpart.rehearsal.tree import Node

THEN = "then"
LONGEST = 100
"""Lines of a story. Nobody follows a longer one, and each line costs more than the one before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story: an act with what was read of it, or a check (`then`)."""

    line: int
    act: str
    read: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A story: how it begins, what happens, and who is not in post. `agencies` are all it names."""

    name: str
    line: int
    story: tuple[Line, ...]
    unusual: Unusual
    agencies: tuple[str, ...]


def an_example(node: Node) -> Example:
    readers = {"name": n.text, "posts": _unusual, "story": list_of(_line, "a story")}
    read = fields(node, readers, ("name", "story"), "an example")
    story: tuple[Line, ...] = read["story"]
    if not story or story[0].act != RAISED:
        raise amiss(node, f"a story begins with '{RAISED}'", "no-beginning")
    if len(story) > LONGEST:
        raise amiss(node, f"a story has {LONGEST} lines at most; tell it in two", "too-long")
    for later in story[1:]:
        if later.act == RAISED:
            raise amiss(node, f"'raised' is the first line of a story; see line {later.line}")
    if not any(line.act == THEN or "refused" in line.read for line in story):
        raise amiss(node, "a story says at least once what follows: 'then'", "no-check")
    unusual = read.get("posts", Unusual())
    return Example(
        read["name"], node.place.line, story, unusual, tuple(sorted(_agencies(story, unusual)))
    )


def _unusual(node: Node) -> Unusual:
    readers = dict.fromkeys(("vacant", "missing", "several"), n.roles_at)
    return Unusual(**fields(node, readers, (), "'posts'"))


def _line(node: Node) -> Line:
    """The act is the key that is one, and every other key must be one of its own."""
    written = keys_of(node, "a line of a story")
    acts = [key for key in written if key in _LINES]
    if not acts:
        first = next(iter(written), "")
        raise NotReadable(unknown(node.keys.get(first, node.place), first, _LINES, "a story"))
    if len(acts) > 1:
        raise amiss(node, f"'{acts[0]}' and '{acts[1]}' are two lines, not one")
    readers, needs = _LINES[acts[0]]
    read = fields(node, {**readers, acts[0]: readers[ITSELF]}, needs, f"'{acts[0]}'")
    itself = read.pop(acts[0])
    return Line(node.place.line, acts[0], {ITSELF: itself, **read})


def _then(node: Node) -> Mapping[str, Any]:
    readers = {key: check.read for key, check in CHECKS.items()}
    read = fields(node, readers, (), "'then'")
    if not read:
        raise amiss(node, "'then' says what is so now, like 'stage' or 'due'", "no-check")
    return read


def _readers(act: Act) -> tuple[Mapping[str, Reader], tuple[str, ...]]:
    return {**COMMON, **act.keys, ITSELF: act.value}, act.needs


_LINES: Mapping[str, tuple[Mapping[str, Reader], tuple[str, ...]]] = {
    THEN: ({ITSELF: _then}, ()),
    RAISED: ({**READERS, ITSELF: READERS[RAISED]}, NEEDS),
    **{name: _readers(act) for name, act in ACTS.items()},
}


def _agencies(story: tuple[Line, ...], unusual: Unusual) -> set[str]:
    """Every agency that is named anywhere in a story."""
    values = [value for line in story for value in line.read.values()]
    return set(_named(values)) | set(_named(unusual.all))


def _named(value: Any) -> Iterator[str]:
    match value:
        case n.Agency():
            yield value
        case RoleAt(body=body):
            yield body
        case n.RoleOrAgency(body=body) if str(value) != RAISER:
            yield body
        case Expected(who=who):
            yield who.body
        case list() | tuple():
            for item in value:
                yield from _named(item)
        case Mapping():
            yield from _named(list(value.values()))
