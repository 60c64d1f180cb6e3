"""Which part of a case somebody asked for, as it stood when, and what they chose to leave out.

It must not decide who may see something: it is given a file that went through `casework.seeing`, and takes away more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from counterpart.casework.casefile import CaseFile
from counterpart.casework.editions import policy_of
from counterpart.casework.seeing import Viewer, seen_by
from counterpart.engine import events as e
from counterpart.engine.fold import fold
from counterpart.engine.moving import edition_of
from counterpart.journal.reading import Whole

WHOLE: Final = "whole"
STAGE: Final = "stage"
PAPERS: Final = "papers"
OUTCOME: Final = "outcome"
SUMMARY: Final = "summary"

PARTS = MappingProxyType(
    {
        WHOLE: "The whole case",
        STAGE: "One stage",
        PAPERS: "The panel’s papers",
        OUTCOME: "The outcome statement",
        SUMMARY: "A summary for the record",
    }
)


class CannotMake(Exception):
    """There is no such part of this case; the words say why, for whoever asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAsked:
    """One pack that somebody asked for.

    `stage` is a stage of the policy, for one stage. `as_of` is the instant to show the case at, None for now.
    `without` are (entry id, field) to leave out, as `redacting.fields_of` names them, and `why` the reason for that.
    """

    part: str = WHOLE
    stage: str = ""
    as_of: datetime | None = None
    without: tuple[tuple[str, str], ...] = ()
    why: str = ""


def stood_at(file: CaseFile, asked: PackAsked) -> tuple[int, datetime]:
    """The version of the record that the pack shows, and the moment it stood so: for a panel's papers, when they
    were fixed. Raises CannotMake where there was none yet.
    """
    entries = tuple(
        whole
        for whole in file.entries
        if asked.as_of is None or whole.recorded.written_at <= asked.as_of
    )
    if not entries:
        raise CannotMake("This case had not been raised by then.")
    if asked.part != PAPERS:
        return entries[-1].recorded.version, asked.as_of or file.now
    then = replace(file, entries=entries)
    convened = then.latest(e.PanelConvened)
    if convened is None or then.papers_version is None:
        raise CannotMake("No panel has been convened, so there are no papers for one.")
    return then.papers_version, convened.recorded.written_at


def as_it_stood(file: CaseFile, version: int, viewer: Viewer) -> CaseFile:
    """The case as it stood at a version of its record, with what `viewer` may see of that now and could see then.

    `file` is the case whole. A note that was shared later is not in it, nor what was closed to them since.
    """
    if version >= file.state.version:
        return seen_by(file, viewer)
    entries = tuple(one for one in file.entries if one.recorded.version <= version)
    record = [one.recorded for one in entries]
    policy = policy_of(edition_of(record))
    then = replace(file, entries=entries, policy=policy, state=fold(policy, record))
    seen_then = seen_by(then, viewer)
    seen_now = seen_by(replace(file, entries=seen_then.entries), viewer)
    return replace(then, entries=seen_now.entries)


def of_panel(file: CaseFile) -> CaseFile:
    """Papers for a panel: without the notes that one agency keeps for itself."""
    keeping = file.state.keeping
    private = {note for note in keeping.notes if note not in keeping.shared}
    entries = tuple(one for one in file.entries if not about(one) & private)
    return replace(file, entries=entries)


def entries_of(file: CaseFile, asked: PackAsked) -> tuple[Whole, ...]:
    """The entries that the part tells of, in order of when they happened. Raises CannotMake for a stage not reached."""
    if asked.part in (OUTCOME, SUMMARY):
        return ()
    entries = file.entries if asked.part != STAGE else _of_stage(file, asked.stage)
    told = (one for one in entries if not isinstance(one.recorded.event, e.EntryCorrected))
    return tuple(sorted(told, key=lambda one: (one.recorded.happened_at, one.recorded.version)))


def about(whole: Whole) -> set[str]:
    """The ids of an entry and, for a correction, of what it corrects."""
    event = whole.recorded.event
    return {whole.recorded.id, event.entry if isinstance(event, e.EntryCorrected) else ""}


def _of_stage(file: CaseFile, stage: str) -> tuple[Whole, ...]:
    """What was written while the case was at a stage, each time it was."""
    opened = {visit.opened_by: visit.stage for visit in file.state.visits}
    if stage not in opened.values():
        raise CannotMake("The case did not come to that stage.")
    found, here = [], ""
    for whole in file.entries:
        here = opened.get(whole.recorded.id, here)
        if here == stage:
            found.append(whole)
    return tuple(found)
