"""Giving somebody a pack: what they may see of the case, drawn, and the read written down.

Whoever calls this has asked `access` whether the person may see the case. It must not give anything without a row of
reads, and it must not show what `casework.seeing` takes away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.access.answers import Allowed
from counterpart.access.kinds import RELATION_WORDS
from counterpart.access.reading import record_read
from counterpart.casework.casefile import CaseFile, open_case
from counterpart.casework.seeing import Viewer, viewer_of
from counterpart.pack.asking import (
    OUTCOME,
    PAPERS,
    CannotMake,
    PackAsked,
    as_it_stood,
    of_panel,
    stood_at,
)
from counterpart.pack.content import Content
from counterpart.pack.making import MadeFor, file_name, make
from counterpart.pack.redacting import redacted
from counterpart.people.finders import people_by_id

PDF, WORD = "pdf", "docx"
TYPES = {
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
READ = "pack:"
"""What the log of reads calls a pack: this, and which part."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A document: its bytes, and a name that holds the reference, the part and the date."""

    name: str
    kind: str
    content: bytes


def shown_file(
    case: str, person: str, allowed: Allowed, asked: PackAsked, now: datetime
) -> CaseFile:
    """The case as the pack would show it to a person, with nothing left out yet. Raises CannotMake."""
    file = open_case(case, now)
    viewer: Viewer = viewer_of(person, allowed, file)
    version, at = stood_at(file, asked)
    file = as_it_stood(file if at == now else open_case(case, at), version, viewer)
    return of_panel(file) if asked.part == PAPERS else file


def content_for(
    case: str, person: str, allowed: Allowed, asked: PackAsked, now: datetime
) -> Content:
    """What a pack says to one person. Raises CannotMake."""
    file, left_out = redacted(shown_file(case, person, allowed, asked, now), asked.without)
    return make(file, asked, _made_for(file, person, allowed, now), left_out)


def give(
    *,
    case: str,
    person: str,
    allowed: Allowed,
    asked: PackAsked,
    kind: str,
    now: datetime,
) -> Pack:
    """The pack, and a row of reads that it was given. Raises CannotMake where the case has no such part.

    `kind` is PDF, or WORD for the outcome statement.
    """
    if kind == WORD and asked.part != OUTCOME:
        raise CannotMake("Only the outcome statement can be had in Word. All else is a PDF.")
    content = content_for(case, person, allowed, asked, now)
    record_read(
        case=case,
        person=person,
        post=allowed.post,
        at=now,
        basis=allowed.basis,
        page=f"{READ}{asked.part}",
    )
    name = file_name(content.reference, asked.part, content.at, kind)
    return Pack(name, TYPES[kind], _draw(content, kind))


def _draw(content: Content, kind: str) -> bytes:
    """Imported here: each brings in a library that a page of the case has no need of."""
    if kind == WORD:
        from counterpart.pack import word

        return word.draw(content)
    from counterpart.pack import pdf

    return pdf.draw(content)


def _made_for(file: CaseFile, person: str, allowed: Allowed, now: datetime) -> MadeFor:
    name = people_by_id([person]).get(person, "")
    post = file.directory.post(allowed.post) if allowed.post else None  # type: ignore[arg-type]  # an id
    capacity = allowed.basis.split(",")[0]
    return MadeFor(name, post.title if post else RELATION_WORDS.get(capacity, capacity), now)
