"""Put a whole policy together from its file.

Every name a rule mentions must exist; every step, way on, panel and closing becomes a clock
with its owner and limit, so that the engine has one kind of duty and not six. All problems are
collected before any is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from counterpart.policy import triggers
from counterpart.policy.linking.beside import Beside
from counterpart.policy.linking.durations import Durations
from counterpart.policy.linking.ladder import ladder
from counterpart.policy.linking.placing import placing, placing_at_end, placing_clocks
from counterpart.policy.linking.references import References, Where
from counterpart.policy.linking.stages import Stages
from counterpart.policy.model import (
    Clause,
    Clock,
    Gaps,
    Ground,
    Hearing,
    Invoked,
    Layer,
    LeftOut,
    MissedClock,
    Named,
    NamedCondition,
    OutsideDate,
    PassedSince,
    Policy,
    Principle,
    Reading,
    Review,
    Role,
    Silence,
    WayOn,
)
from counterpart.policy.source import PolicySource

T = TypeVar("T")


class LinkProblem(Exception):
    """References that lead nowhere. `found` holds (where, code, words) for each."""

    def __init__(self, found: list[tuple[Where, str, str]]) -> None:
        super().__init__(f"{len(found)} problems")
        self.found = found


def link(source: PolicySource, *, edition: str) -> Policy:
    """The runnable policy. Raises `LinkProblem` with everything that does not resolve."""
    refs = References(source)
    refs.check_citations(source, ())
    refs.check_unique()
    durations = Durations(refs)
    make = Stages(refs, durations)
    beside = Beside(make)
    urgent = beside.urgent()
    always = make.beside("any_stage", source.any_stage, "always")
    stages = {st.id: make.stage(("stages", i), st) for i, st in enumerate(source.stages)}
    jumps = tuple(make.jumps())
    panels = {p.id: beside.panel(("panels", i), p) for i, p in enumerate(source.panels)}
    beside.own_clocks()
    bands = beside.bands()
    closing = beside.closing()
    afterwards = make.beside("afterwards", source.afterwards, "afterwards")
    beside.second_timetable()
    tracks = make.tracks()
    steps = (
        *(urgent.steps if urgent else ()),
        *always,
        *(x for st in stages.values() for x in st.steps),
        *afterwards,
        *(p.report.step for p in panels.values() if p.report),
    )
    ways = (*(way for st in stages.values() for way in st.ways_on), *jumps)
    records = beside.records()
    placed = placing(records, stages)
    placed_at_end = placing_at_end(records, stages)
    clocks = _with_consequences(make.clocks, ways) | placing_clocks(placed, placed_at_end)
    policy = Policy(
        id=source.id,
        edition=edition,
        label=source.edition,
        title=source.title,
        area=source.area,
        published_by=source.published_by,
        in_force_from=source.in_force_from,
        calendars=_listed(source.calendar),
        counting=durations.counting,
        clause=source.clause,
        review=_review(source),
        layers=tuple(Layer(x.id, x.title, x.edition, x.published_by) for x in source.layers),
        leaves_out=tuple(LeftOut(x.rule, x.why, x.clause) for x in source.leaves_out),
        clauses=_frozen(_clauses(source)),
        cited=frozenset(refs.cited),
        readings=_frozen(
            {r.id: Reading(r.id, r.clause, r.question, r.reading, r.why) for r in source.readings}
        ),
        silences=tuple(Silence(x.about, x.why, x.clause) for x in source.not_stated),
        principles=tuple(Principle(p.text, p.clause) for p in source.principles),
        related=tuple(Named(x.id, x.title, x.clause, x.where) for x in source.related),
        contacts=tuple(Named(x.id, x.title, x.clause, x.address) for x in source.contacts),
        about=tuple(source.about),
        roles=_frozen(
            {r.id: Role(r.id, r.title, r.at, tuple(r.tiers), r.clause) for r in source.roles}
        ),
        opposite_numbers=beside.opposite_numbers(),
        outsiders=_frozen({x.id: Named(x.id, x.title, x.clause) for x in source.outsiders}),
        grounds=tuple(Ground(g.id, g.title, g.hint) for g in source.grounds.items),
        are_grounds_open=source.grounds.open,
        grounds_clause=source.grounds.clause,
        before_raising=tuple(Named(x.id, x.text, x.clause) for x in source.before_raising),
        meanwhile=tuple(Principle(x.text, x.clause) for x in source.meanwhile),
        invoked=_invoked(source, refs),
        exits=_frozen(beside.exits()),
        services=_frozen(durations.services),
        bands=bands,
        dates=_frozen(
            {d.id: OutsideDate(d.id, d.title, d.clause, d.statutory) for d in source.dates}
        ),
        conditions=_frozen(
            {
                c.id: NamedCondition(c.id, c.title, c.clause, c.keeps_own_agency_out)
                for c in source.conditions
            }
        ),
        tracks=_frozen(tracks),
        stages=_frozen(stages),
        steps=_frozen({step.id: step for step in steps}),
        ways_on=_frozen({way.id: way for way in ways}),
        panels=_frozen(panels),
        clocks=_frozen(clocks),
        ladder=ladder(refs, clocks),
        urgent=urgent,
        closing=closing,
        records=records,
        support=Principle(source.support.text, source.support.clause) if source.support else None,
        gaps=Gaps(refs.seat(source.gaps.tell, ("gaps", "tell")), source.gaps.clause)
        if source.gaps
        else None,
        extending=beside.extending(),
        still_at_risk=beside.still_at_risk(),
        standing=beside.standing(),
        hearing=_hearing(clocks, _watched(source, ways)),
        talks=_frozen(
            {
                st.id: tuple(x.id for x in st.steps if x.settles and clocks[x.id].force != "may")
                for st in stages.values()
                if any(x.settles for x in st.steps)
            }
        ),
        placing=_frozen(placed),
        placing_at_end=_frozen(placed_at_end),
    )
    if refs.found:
        raise LinkProblem(refs.found)
    return policy


def _with_consequences(clocks: Mapping[str, Clock], ways: Iterable[WayOn]) -> dict[str, Clock]:
    """Mark each clock that something follows from once its time has passed."""
    said = {name for clock in clocks.values() for name in (*clock.starts, *clock.stops)}
    asked = {
        condition.clock
        for way in ways
        for group in way.when
        for condition in group
        if isinstance(condition, MissedClock)
    }
    return {
        name: replace(clock, acts_when_missed=True)
        if clock.if_missed or triggers.missed(name) in said or name in asked
        else clock
        for name, clock in clocks.items()
    }


def _watched(source: PolicySource, ways: Iterable[WayOn]) -> frozenset[str]:
    """The triggers whose last time matters: something is counted from them."""
    conditions = (c for way in ways for group in way.when for c in group)
    counted = {c.since for c in conditions if isinstance(c, PassedSince)}
    return frozenset(counted | ({source.invoked.at} if source.invoked else set()))


def _clauses(source: PolicySource) -> dict[str, Clause]:
    """Each clause with the text it stands in."""
    of = {name: layer.id for layer in source.layers for name in layer.clauses}
    return {c.id: Clause(c.id, c.title, c.quote, of.get(c.id, "")) for c in source.clauses}


def _review(source: PolicySource) -> Review | None:
    r = source.review
    return Review(r.due, r.every, tuple(r.or_when), r.clause) if r else None


def _invoked(source: PolicySource, refs: References) -> Invoked | None:
    if source.invoked is None:
        return None
    at = refs.trigger(source.invoked.at, ("invoked", "at"))
    return Invoked(at, source.invoked.clause)


def _listed(calendar: str | Sequence[str]) -> tuple[str, ...]:
    return (calendar,) if isinstance(calendar, str) else tuple(calendar)


def _frozen(values: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(values))


def _hearing(clocks: Mapping[str, Clock], watched: frozenset[str]) -> Mapping[str, Hearing]:
    """What follows from each trigger that anything follows from."""
    every = clocks.values()
    said = {t for c in every for t in (*c.starts, *c.stops, *c.resumes)} | watched
    return _frozen(
        {
            trigger: Hearing(
                stops=frozenset(c.id for c in every if trigger in c.stops),
                resumes=tuple(c for c in every if trigger in c.resumes),
                starts=tuple(c for c in every if trigger in c.starts),
                is_watched=trigger in watched,
            )
            for trigger in sorted(said)
        }
    )
