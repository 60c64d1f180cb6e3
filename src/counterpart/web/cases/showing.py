"""A case file as the case page shows it: small records of words, made once, drawn by a template.

The parts are made in `turns` (whose turn it is), `doable` (what may be done), `beside` (what holds
beside it) and `parts`; this puts them together for one person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.answers import Allowed, Answer
from counterpart.access.kinds import RAISER
from counterpart.casework.acts import may_correct
from counterpart.casework.casefile import CaseFile
from counterpart.engine.kinds import Id
from counterpart.journal.reading import Whole
from counterpart.telling import parts, standing
from counterpart.telling.describing import Line, timeline
from counterpart.telling.duties import clause_words, in_order
from counterpart.telling.words import BAND, STATUS
from counterpart.web.cases import beside, turns
from counterpart.web.cases.after import AfterShown, after
from counterpart.web.cases.between import BetweenShown, between
from counterpart.web.cases.doable import Doable, doables
from counterpart.web.cases.entry_links import EntryLink, entry_links
from counterpart.web.cases.keeping_places import Place, keepable


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page draws."""

    reference: str
    version: int
    status: str
    stage: str
    clause: str
    band: str
    ending: str
    waiting: str
    raised_at: datetime
    is_urgent: bool
    stages: tuple[tuple[str, str], ...]
    duties: tuple[turns.DutyShown, ...]
    between: BetweenShown
    raising: parts.SideShown
    receiving: tuple[parts.SideShown, ...]
    concern: tuple[tuple[str, str], ...]
    can_do: tuple[Doable, ...]
    cannot_do: tuple[Doable, ...]
    outcome: parts.OutcomeShown | None
    timeline: tuple[Line, ...]
    has_papers: bool
    entry_links: Mapping[str, tuple[EntryLink, ...]]
    policy: str
    policy_id: str
    standing: tuple[tuple[str, str], ...]
    meanwhile: tuple[str, ...]
    other_ways: tuple[beside.WayOut, ...]
    after: AfterShown
    contacts: tuple[tuple[str, str], ...]
    keeping: tuple[Place, ...]
    is_restricted: bool


def case_page(file: CaseFile, may: Mapping[str, Answer]) -> CasePage:
    """The page of a case for somebody who has been admitted and may do what `may` says."""
    state = file.state
    stage = file.policy.stages[state.stage]
    sits = isinstance(may["hear"], Allowed)
    doable, lines = doables(file, may), timeline(file, sits=sits)
    return CasePage(
        reference=file.reference,
        version=state.version,
        status=STATUS[state.status],
        stage=stage.name,
        clause=clause_words(file.policy, stage.clause),
        band=BAND.get(stage.band or "", ""),
        ending=standing.ending(file),
        waiting=parts.waiting(file),
        raised_at=state.raised_at,
        is_urgent=state.urgent_since is not None,
        stages=tuple(parts.stages(file)),
        duties=tuple(turns.shown(file, duty, may) for duty in in_order(file.policy, file.duties)),
        between=between(file, may),
        raising=parts.side(file, "Raising side", state.raising.agency, "raising"),
        receiving=tuple(
            parts.side(file, "Receiving side", agency, "receiving")
            for agency in state.receiving_agencies
        ),
        concern=tuple(parts.concern(file)),
        can_do=tuple(one for one in doable if one.href),
        cannot_do=tuple(one for one in doable if not one.href),
        outcome=parts.outcome(file),
        timeline=lines,
        has_papers=sits and file.papers_version is not None,
        entry_links=entry_links(
            file,
            lines,
            _corrects(file, may["correct"]),
            may_share=isinstance(may["keep_note"], Allowed),
        ),
        policy=f"{file.policy.title}, {file.policy.label}",
        policy_id=file.policy.id,
        standing=tuple(standing.standing(file)),
        meanwhile=tuple(beside.meanwhile(file)),
        other_ways=tuple(beside.other_ways(file, may)),
        after=after(file, may),
        contacts=tuple((one.title, one.where) for one in file.policy.contacts),
        keeping=tuple(keepable(file, may)),
        is_restricted=state.keeping.restricted_to is not None,
    )


def _corrects(file: CaseFile, answer: Answer) -> Callable[[Whole], bool]:
    """Which entries the person who was given `answer` may correct: those of their own agency."""
    if not isinstance(answer, Allowed):
        return lambda _: False
    capacity = answer.basis.split(",")[0]
    post = file.directory.post(Id(answer.post)) if answer.post else None
    own: str | None = post.body if post else None
    if capacity == RAISER:
        own = file.state.raising.agency
    elif own == file.state.partnership:
        own = None  # those who act for the partnership act for no agency
    return lambda whole: may_correct(whole.recorded.actor.agency, own, capacity)
