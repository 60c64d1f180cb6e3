"""The one page of a case that somebody sees who came by the link of a message.

What is asked of them, what was said to them about it, the concern, and what they wrote themselves. Of the
rest of the record nothing, but for whoever is to sit on a panel: those are its papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from counterpart.access.answers import Answer
from counterpart.access.visitors import Visitor
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.duties import Duty
from counterpart.engine.notices import ON_PANEL
from counterpart.journal.reading import Whole
from counterpart.messages.answering import TO_BE_READ
from counterpart.messages.notices import KIND_WORDS
from counterpart.telling import parts
from counterpart.telling.describing import Line, describe, timeline
from counterpart.web.cases import turns
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.by_link import duty_by_link, is_open_by_link, written_by
from counterpart.web.cases.doable import Doable, one
from counterpart.web.cases.entry_links import EntryLink, entry_links

OVER = "Nothing more to do here"
ASKED = "What you are asked"


@dataclass(frozen=True, slots=True)
class DutyPage:
    """What somebody sees who came by the link of a message. `duty` is None where nothing is to be done;
    `acts` are what else they may do about it. `said` is what was said to them, the newest first, `papers`
    the record as it stood when the panel was called together, for whoever sits on it, and `since_papers` what came
    after.

    `is_over`: what the message asked for has been done. The concern is not shown any more.
    """

    reference: str
    heading: str
    is_over: bool
    duty: turns.DutyShown | None
    acts: tuple[Doable, ...]
    raising: parts.SideShown
    receiving: tuple[parts.SideShown, ...]
    concern: tuple[tuple[str, str], ...]
    outcome: parts.OutcomeShown | None
    said: tuple[Line, ...]
    papers: tuple[Line, ...]
    since_papers: tuple[Line, ...]
    written: tuple[Line, ...]
    entry_links: Mapping[str, tuple[EntryLink, ...]]
    is_urgent: bool


def duty_page(visitor: Visitor, file: CaseFile, may: Mapping[str, Answer]) -> DutyPage:
    """The page for `visitor`, to whom `access` gave the answers `may`. `file` is as they may see it."""
    owed = duty_by_link(visitor, file)
    is_to_read = owed is None and visitor.kind in TO_BE_READ
    shown = _asked(file, owed, may) if owed else None
    own = written_by(visitor, file)
    written = tuple(describe(file, whole) for whole in own)
    record = timeline(file, sits=True) if visitor.kind == ON_PANEL else ()
    said = () if record else tuple(reversed([*_said_to(visitor, file, owed, own)]))
    return DutyPage(
        reference=file.reference,
        heading=ASKED if owed else KIND_WORDS[visitor.kind] if is_to_read else OVER,
        is_over=not (owed or is_to_read),
        duty=shown,
        acts=tuple(_acts(visitor, file, may, shown)) if owed else (),
        raising=parts.side(file, "Raising side", file.state.raising.agency, "raising"),
        receiving=tuple(
            parts.side(file, "Receiving side", agency, "receiving")
            for agency in file.state.receiving_agencies
        ),
        concern=tuple(parts.concern(file)),
        outcome=parts.outcome(file),
        said=said,
        papers=tuple(line for line in record if not line.is_after_papers),
        since_papers=tuple(line for line in record if line.is_after_papers),
        written=written,
        entry_links=entry_links(file, written, lambda _: True),
        is_urgent=file.state.urgent_since is not None,
    )


def _asked(file: CaseFile, owed: Duty, may: Mapping[str, Answer]) -> turns.DutyShown:
    """What is asked. Whose it is stands there without the agency: that is always the reader's own."""
    shown = turns.shown(file, owed, may)
    return replace(shown, owner=shown.owner.removesuffix(f", {file.body_name(owed.body)}"))


def _acts(
    visitor: Visitor, file: CaseFile, may: Mapping[str, Answer], shown: turns.DutyShown | None
) -> Iterator[Doable]:
    """What may be done about the duty, but for what its own button leads to."""
    above = shown.link[1] if shown and shown.link else ""
    for option in file.options:
        is_here = option.event in ADDRESSES
        if is_here and is_open_by_link(visitor, file, option.event, option.target):
            act = one(file, option, may)
            if act.href and act.href != above:
                yield act


def _said_to(
    visitor: Visitor, file: CaseFile, owed: Duty | None, own: list[Whole]
) -> Iterator[Line]:
    """The entries by which what is asked came about, and the one a message is about, the oldest first.

    The concern and the written outcome have places of their own; the raising stands here where it was
    corrected since.
    """
    about = {visitor.about, *((owed.opened_by, owed.entry) if owed else ())} - {"", None}
    for whole in file.entries if about else ():
        event, entry = whole.recorded.event, whole.recorded.id
        if isinstance(event, e.ConcernRaised):
            if entry in file.corrections:
                yield describe(file, whole)
        elif isinstance(event, e.OutcomeProposed | e.EntryCorrected) or whole in own:
            continue
        elif entry in about or getattr(event, "meeting", None) in about:
            yield describe(file, whole)
