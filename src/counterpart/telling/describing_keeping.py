"""How the record reads where somebody is kept from a case or from a part of it.

A protected detail never stands in the record itself: it has a page of its own, and each look at that is written
down. Nobody's name stands here: who is kept out is on a page of those who keep people out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.registry import Recorded
from counterpart.telling.describing_gates import Body, Fact

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
        whose = file.body_name(keeping.notes[recorded.id])
        yield "Who sees this", "Everybody in the case" if is_shared else f"Only {whose}"
    elif recorded.id in keeping.details:
        is_seen = bool(recorded.event.detail)
        yield (
            "Who sees this",
            "You, and the others who are named" if is_seen else "A few people, by name",
        )
