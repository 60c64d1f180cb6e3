"""A case file as one person may see it: without other agencies' own notes, without what few may see.

Every page, print and export of a case shows a file that went through `seen_by`. What a person may not see
is taken out of the file itself, so that nothing made from it can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterpart.access.answers import Allowed
from counterpart.access.kinds import CHAIR, RAISER
from counterpart.access.rules import OFFICE
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.keeping import OPEN, Keeping
from counterpart.engine.kinds import SEALED, Id
from counterpart.journal.reading import Whole


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the person, the post their right comes by, and the agency they look for.

    `agency` is None for those who act for the partnership, or sit on a panel. `keeps`: they say who is
    kept from the case, and so see why somebody is.
    """

    person: str
    post: str | None
    agency: str | None
    keeps: bool = False


def viewer_of(person: str, allowed: Allowed, file: CaseFile) -> Viewer:
    """The person who was admitted to the case of `file`. A raiser looks for the raising agency."""
    capacity = allowed.basis.split(",")[0]
    by = file.state.raising.post if capacity == RAISER else allowed.post
    post = file.directory.post(Id(by)) if by else None
    body = file.state.raising.agency if capacity == RAISER else post.body if post else None
    agency = body if body in file.state.parties else None
    return Viewer(person, by, agency, keeps=capacity in (*OFFICE, CHAIR))


def seen_by(file: CaseFile, viewer: Viewer) -> CaseFile:
    """The same file with only the entries and words that `viewer` may see."""
    if file.state.keeping is OPEN:
        return file
    return replace(file, entries=tuple(_entries(file, viewer)))


def may_see_detail(keeping: Keeping, entry: str, viewer: Viewer) -> bool:
    """Whether a protected detail is for them: they wrote it, or look by a post that is on its list."""
    detail = keeping.details[Id(entry)]
    return viewer.person == detail.by or viewer.post in detail.posts


def _entries(file: CaseFile, viewer: Viewer) -> Iterator[Whole]:
    keeping = file.state.keeping
    hidden = {
        entry
        for entry, agency in keeping.notes.items()
        if agency != viewer.agency and entry not in keeping.shared
    }
    sealed = dict(_sealed(file, viewer))
    for whole in file.entries:
        recorded = whole.recorded
        corrects = recorded.event.entry if isinstance(recorded.event, e.EntryCorrected) else None
        if recorded.id in hidden or corrects in hidden:
            continue
        if recorded.id in sealed:
            event = replace(recorded.event, **{sealed[recorded.id]: SEALED})
            yield replace(whole, recorded=replace(recorded, event=event))
        elif corrects not in sealed:
            yield whole


def _sealed(file: CaseFile, viewer: Viewer) -> Iterator[tuple[Id, str]]:
    """The entries of which the viewer may not see the words, and the name of what they may not see."""
    keeping = file.state.keeping
    for whole in file.entries:
        recorded = whole.recorded
        about = recorded.event.detail if type(recorded.event) is e.ProtectedDetailOpened else ""
        entry = about or recorded.id
        if entry in keeping.details:
            if not may_see_detail(keeping, entry, viewer):
                yield recorded.id, "why" if about else "detail"
        elif isinstance(recorded.event, WHYS) and not _may_see_why(recorded.actor.person, viewer):
            yield recorded.id, "why"


def _may_see_why(writer: Id | None, viewer: Viewer) -> bool:
    return viewer.keeps or writer == viewer.person


WHYS = (e.PersonKeptOut, e.PersonLetBack, e.CaseRestricted, e.RestrictionLifted)
"""Why somebody is kept from a case may say who they are: only those who keep people out see it."""
