"""A fold written by hand for one case under one policy: the limit beside which the engine's own is measured.

It knows Brent's stages by heart, keeps no clocks, and gives no more than where the case is and who has answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.registry import Recorded


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands."""

    stage: str
    status: str
    is_settled: bool
    raised_at: datetime
    ended_at: datetime | None
    seats: MappingProxyType[Any, Any]
    answers: MappingProxyType[Any, Any]
    actions_done: frozenset[str]
    version: int


@dataclass(slots=True)
class _Draft:
    raised_at: datetime
    stage: str = "own-manager"
    status: str = "open"
    is_settled: bool = False
    at: datetime | None = None
    ended_at: datetime | None = None
    seats: dict[Any, Any] = field(default_factory=dict)
    answers: dict[Any, Any] = field(default_factory=dict)
    actions_done: set[str] = field(default_factory=set)


def fold(record: Iterable[Recorded]) -> Standing:
    """The standing of a case after all its entries."""
    draft, version = None, 0
    for one in record:
        if draft is None:
            draft = _Draft(one.happened_at)
        draft.at = one.written_at
        if change := _CHANGES.get(type(one.event)):
            change(draft, one.event)
        version = one.version
    if draft is None:
        raise ValueError("no record")
    return Standing(
        draft.stage,
        draft.status,
        draft.is_settled,
        draft.raised_at,
        draft.ended_at,
        MappingProxyType(draft.seats),
        MappingProxyType(draft.answers),
        frozenset(draft.actions_done),
        version,
    )


def _raised(d: _Draft, ev: e.ConcernRaised) -> None:
    for party in (ev.raising, *ev.receiving):
        d.seats[party.agency, "worker"] = party.post


def _step(d: _Draft, ev: e.StepRecorded) -> None:
    d.is_settled = ev.result == "agreed"


def _moved(d: _Draft, ev: e.MovedOn) -> None:
    d.stage, d.is_settled = ev.to_stage, False
    d.answers.clear()
    for seat in ev.seats:
        d.seats[seat.body, seat.role] = seat.post


def _proposed(d: _Draft, _: e.OutcomeProposed) -> None:
    d.answers.clear()


def _confirmed(d: _Draft, ev: e.OutcomeConfirmed) -> None:
    d.answers[ev.agency] = "confirmed"


def _done(d: _Draft, ev: e.ActionDone) -> None:
    d.actions_done.add(ev.action)


def _closed(d: _Draft, _: e.CaseClosed) -> None:
    d.status, d.ended_at = "closed", d.at


_CHANGES: dict[type, Callable[[_Draft, Any], None]] = {
    e.ConcernRaised: _raised,
    e.StepRecorded: _step,
    e.MovedOn: _moved,
    e.OutcomeProposed: _proposed,
    e.OutcomeConfirmed: _confirmed,
    e.ActionDone: _done,
    e.CaseClosed: _closed,
}
