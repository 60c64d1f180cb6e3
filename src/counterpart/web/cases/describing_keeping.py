"""How the record reads where somebody is kept from a case or from a part of it, and where to go for that.

A protected detail never stands in the record itself: it has a page of its own, and each look at that is written
down. Nobody's name stands here: who is kept out is on a page of those who keep people out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import reverse

from counterpart.access.answers import Allowed, Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.registry import Recorded
from counterpart.web.cases.describing_gates import Body, Fact

REASONS = MappingProxyType(
    {
        "subject_of_concern": "The concern is about them, or about their own work",
        "family_tie": "They are related to somebody in it, live with them, or are close to them",
        "declared_conflict": "They should not deal with it for another reason",
    }
)
DETAILS = MappingProxyType(
    {"reporter": "Who reported the concern", "address": "Where somebody lives or can be found"}
)
FIXED = (
    e.PersonKeptOut, e.PersonLetBack, e.CaseRestricted, e.RestrictionLifted, e.NoteShared,
    e.ProtectedDetailKept, e.ProtectedDetailOpened,
)  # fmt: skip
"""What is not put right by a correction in the record: it is done anew on its own page."""

KEEPING: dict[type, Callable[[CaseFile, Any], Body]] = {
    e.PersonKeptOut: lambda _, ev: (ev.why, [("Why", REASONS[ev.reason])]),
    e.PersonLetBack: lambda _, ev: (ev.why, []),
    e.CaseRestricted: lambda _, ev: (ev.why, []),
    e.RestrictionLifted: lambda _, ev: (ev.why, []),
    e.NoteKept: lambda file, ev: (ev.note, [("Written by", file.body_name(ev.agency))]),
    e.ProtectedDetailKept: lambda _, ev: ("", [("What it is", DETAILS[ev.kind])]),
    e.ProtectedDetailOpened: lambda _, ev: (ev.why, []),
}


def who_sees(file: CaseFile, recorded: Recorded) -> Iterator[Fact]:
    """Who sees an entry, where not everybody in the case does."""
    keeping = file.state.keeping
    if recorded.id in keeping.notes:
        is_shared = recorded.id in keeping.shared
        yield "Who sees this", "Everybody in the case" if is_shared else "Only your agency"
    elif recorded.id in keeping.details:
        is_seen = bool(recorded.event.detail)
        yield (
            "Who sees this",
            "You, and the others who are named" if is_seen else "A few people, by name",
        )


def links(file: CaseFile, recorded: Recorded, *, may_share: bool) -> Iterator[Fact]:
    """What can be done with an entry by whoever sees it: the words of a link, and where it leads."""
    keeping, at = file.state.keeping, {"reference": file.reference, "target": recorded.id}
    if may_share and recorded.id in keeping.notes and recorded.id not in keeping.shared:
        yield "Share this note with everybody in the case", reverse("cases:share_note", kwargs=at)
    if recorded.id in keeping.details and recorded.event.detail:
        yield "Open the protected detail", reverse("cases:detail", kwargs=at)


@dataclass(frozen=True, slots=True)
class _Way:
    """A page to do with who sees what, and the act of `access` that it needs."""

    act: str
    name: str
    title: str


WAYS = (
    _Way("declare_tie", "tie", "I know somebody in this case, and should not deal with it"),
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
