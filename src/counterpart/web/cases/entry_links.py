"""What can be done with an entry of the record by whoever sees it: the links that stand under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.journal.reading import Whole
from counterpart.telling.dates import moment
from counterpart.telling.describing import Line

FIXED = (
    e.PersonKeptOut, e.PersonLetBack, e.CaseRestricted, e.RestrictionLifted, e.NoteShared,
    e.ProtectedDetailKept, e.ProtectedDetailOpened,
)  # fmt: skip
"""What is not put right by a correction in the record: it is done anew on its own page."""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link under an entry; `about` says of which entry, for whoever does not see where it stands."""

    text: str
    about: str
    href: str


def entry_links(
    file: CaseFile,
    lines: tuple[Line, ...],
    corrects: Callable[[Whole], bool],
    *,
    may_share: bool = False,
) -> Mapping[str, tuple[EntryLink, ...]]:
    """The links under each of `lines`, by the entry's id.

    `corrects` says of an entry whether whoever reads this may correct it, `may_share` whether they may
    share their agency's own notes.
    """
    entries: dict[str, Whole] = {whole.recorded.id: whole for whole in file.entries}
    return {
        line.id: tuple(_links(file, line, entries[line.id], corrects, may_share=may_share))
        for line in lines
    }


def _links(
    file: CaseFile, line: Line, whole: Whole, corrects: Callable[[Whole], bool], *, may_share: bool
) -> Iterator[EntryLink]:
    keeping, event = file.state.keeping, whole.recorded.event
    at, written = {"reference": file.reference, "target": line.id}, f", written {moment(line.at)}"
    if may_share and line.id in keeping.notes and line.id not in keeping.shared:
        href = reverse("cases:share_note", kwargs=at)
        yield EntryLink("Share this note with everybody in the case", written, href)
    if line.id in keeping.details and event.detail:
        yield EntryLink("Open the protected detail", written, reverse("cases:detail", kwargs=at))
    if corrects(whole) and not isinstance(event, (e.CaseClosed, *FIXED)):
        href = reverse("cases:correct", kwargs=at)
        yield EntryLink("Correct this entry", f": {line.title}", href)
