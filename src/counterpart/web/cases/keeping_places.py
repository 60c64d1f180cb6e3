"""The pages of who sees what in a case: the list of them that stands on the case page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from counterpart.access.answers import Allowed, Answer
from counterpart.casework.casefile import CaseFile


@dataclass(frozen=True, slots=True)
class _Way:
    """A page to do with who sees what, and the act of `access` that it needs."""

    act: str
    name: str
    title: str


WAYS = (
    _Way("declare_tie", "tie", "I know somebody in this case"),
    _Way("keep_note", "note", "Write a note that only your agency sees"),
    _Way("protect", "protect", "Write down something that only a few people may see"),
    _Way("keep_out", "kept_out", "Who is kept from this case, and keep somebody out"),
    _Way("restrict", "restrict", "Restrict who in the office sees this case"),
    _Way("see_reads", "reads", "Who has looked at this case"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go from a case."""

    title: str
    href: str


def keepable(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Place]:
    """The pages of who sees what that are open to whoever was given the answers `may`."""
    for way in WAYS:
        if isinstance(may[way.act], Allowed):
            yield Place(way.title, _href(file, way.name))
    if file.state.keeping.restricted_to is not None and isinstance(may["restrict"], Allowed):
        yield Place("Lift the restriction", _href(file, "lift_restriction"))


def _href(file: CaseFile, name: str) -> str:
    return reverse(f"cases:{name}", kwargs={"reference": file.reference})
