"""How one case came to where it is, as a page shows it: words made from a case file for one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.people.finders import posts_of
from counterpart.telling import parts
from counterpart.telling.describing import Line, describe
from counterpart.telling.duties import clause_words, in_order
from counterpart.telling.history import brought_by, history
from counterpart.telling.words import STATUS
from counterpart.web.cases import turns
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.doable import Doable, one

OF_A_PANEL = frozenset({e.RepresentationHeard, e.PanelMet, e.PanelDecided})
"""What is a panel's own, whoever convened it."""


@dataclass(frozen=True, slots=True)
class Came:
    """One case: where it is, what brought it there and why, what it asks, and what happened before."""

    reference: str
    status: str
    is_open: bool
    stage: str
    clause: str
    waiting: str
    raised_at: datetime
    raising: str
    receiving: tuple[str, ...]
    brought: tuple[Line, ...]
    duties: tuple[turns.DutyShown, ...]
    acts: tuple[Doable, ...]
    before: tuple[str, ...]


def how_came(file: CaseFile, may: Mapping[str, Answer], person: str) -> Came:
    """How the case of `file` came, for somebody who has been admitted to it."""
    state, policy = file.state, file.policy
    record = [whole.recorded for whole in file.entries]
    mine = {held.post for held in posts_of(person, file.now)}
    brought = {entry.id for entry in brought_by(state, record, mine)}
    stage = policy.stages[state.stage]
    return Came(
        reference=file.reference,
        status=STATUS[state.status],
        is_open=state.is_open,
        stage=stage.name,
        clause=clause_words(policy, stage.clause),
        waiting=parts.waiting(file),
        raised_at=state.raised_at,
        raising=file.body_name(state.raising.agency),
        receiving=tuple(file.body_name(agency) for agency in state.receiving_agencies),
        brought=tuple(describe(file, w) for w in file.entries if w.recorded.id in brought),
        duties=tuple(
            turns.shown(file, duty, may)
            for duty in in_order(policy, file.duties)
            if duty.post in mine
        ),
        acts=tuple(_acts(file, may)),
        before=tuple(line.words for line in history(policy, state, record)),
    )


def _acts(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """What the partnership or a panel may do here now, where that is this person's to do."""
    for option in file.options:
        is_ours = option.by.side == "partnership" or option.event in OF_A_PANEL
        if is_ours and option.event in ADDRESSES:
            doable = one(file, option, may)
            if doable.href:
                yield doable
