"""Resolve a policy as written into the records the engine runs.

Every name a rule mentions must exist; every step, way on, panel and closing becomes a clock
with its owner and limit, so that the engine has one kind of duty and not six. All problems are
collected before any is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from counterpart.policy.clockwork import (
    closing_clocks,
    is_for_each,
    panel_clocks,
    step_clock,
    way_clock,
)
from counterpart.policy.model import (
    Clause,
    Clock,
    Closing,
    Composition,
    Gaps,
    Ground,
    Panel,
    Policy,
    Principle,
    Reading,
    RecordRule,
    Role,
    Stage,
    Standing,
    Step,
    Track,
    Urgent,
    WayOn,
)
from counterpart.policy.resolving import References, Where, readings_of
from counterpart.policy.source import (
    PanelSource,
    PolicySource,
    StageSource,
    StepSource,
    WaySource,
)

T = TypeVar("T")
NOT_STATED = "not stated"


class LinkProblem(Exception):
    """References that lead nowhere. `found` holds (where, code, words) for each."""

    def __init__(self, found: list[tuple[Where, str, str]]) -> None:
        super().__init__(f"{len(found)} problems")
        self.found = found


def link(source: PolicySource, *, edition: str) -> Policy:
    """The runnable policy. Raises `LinkProblem` with everything that does not resolve."""
    return _Linker(source).policy(edition)


class _Linker:
    """Puts one policy together from its file, and is done with."""

    def __init__(self, source: PolicySource) -> None:
        self.source = source
        self.refs = References(source)
        self.clocks: dict[str, Clock] = {}

    def policy(self, edition: str) -> Policy:
        s, refs = self.source, self.refs
        refs.check_citations(s, ())
        refs.check_unique()
        stages = {st.id: self._stage(("stages", i), st) for i, st in enumerate(s.stages)}
        urgent = self._urgent()
        panels = {p.id: self._panel(("panels", i), p) for i, p in enumerate(s.panels)}
        self._own_clocks()
        closing = self._closing()
        tracks = self._tracks()
        records = self._records()
        gaps = Gaps(refs.seat(s.gaps.tell, ("gaps", "tell")), s.gaps.clause) if s.gaps else None
        standing = self._standing()
        if refs.found:
            raise LinkProblem(refs.found)
        steps = (
            *(urgent.steps if urgent else ()),
            *(x for st in stages.values() for x in st.steps),
        )
        ways = (way for st in stages.values() for way in st.ways_on)
        return Policy(
            id=s.id,
            edition=edition,
            label=s.edition,
            title=s.title,
            area=s.area,
            published_by=s.published_by,
            in_force_from=s.in_force_from,
            calendar=s.calendar,
            clause=s.clause,
            review_due=s.review.due if s.review else None,
            review_clause=s.review.clause if s.review else None,
            clauses=_frozen({c.id: Clause(c.id, c.title, c.quote) for c in s.clauses}),
            readings=_frozen(
                {r.id: Reading(r.id, r.clause, r.question, r.reading, r.why) for r in s.readings}
            ),
            principles=tuple(Principle(p.text, p.clause) for p in s.principles),
            roles=_frozen(
                {r.id: Role(r.id, r.title, r.at, tuple(r.tiers), r.clause) for r in s.roles}
            ),
            grounds=tuple(Ground(g.id, g.title, g.hint) for g in s.grounds.items),
            are_grounds_open=s.grounds.open,
            grounds_clause=s.grounds.clause,
            tracks=_frozen(tracks),
            stages=_frozen(stages),
            steps=_frozen({step.id: step for step in steps}),
            ways_on=_frozen({way.id: way for way in ways}),
            panels=_frozen(panels),
            clocks=_frozen(self.clocks),
            urgent=urgent,
            closing=closing,
            records=records,
            support=Principle(s.support.text, s.support.clause) if s.support else None,
            gaps=gaps,
            standing=standing,
            starting=_by_trigger((c, c.starts) for c in self.clocks.values()),
            stopping=_by_trigger((c, c.stops) for c in self.clocks.values()),
            resuming=_by_trigger((c, c.resumes) for c in self.clocks.values()),
        )

    # --- stages, steps and ways on -----------------------------------------------------------

    def _stage(self, where: Where, st: StageSource) -> Stage:
        refs = self.refs
        speaks = {"raising": st.speaks.raising, "receiving": st.speaks.receiving}
        for side, role in speaks.items():
            refs.seat(f"{side}.{role}", (*where, "speaks", side))
        if st.panel:
            refs.known(st.panel, refs.panels, (*where, "panel"), "panel")
        if not (st.ways_on or st.panel or any(step.settles for step in st.steps)):
            words = "it has no way on, no panel, and no step at which the sides can settle it"
            refs.wrong(where, "dead-end", f"{st.id!r} leads nowhere: {words}")
        return Stage(
            id=st.id,
            number=st.number,
            title=st.title,
            clause=st.clause,
            speaks=_frozen(speaks),
            inside=st.inside,
            steps=tuple(self._step((*where, "steps", j), x, st) for j, x in enumerate(st.steps)),
            ways_on=tuple(
                self._way((*where, "ways_on", j), w, st) for j, w in enumerate(st.ways_on)
            ),
            panel=st.panel,
        )

    def _way(self, where: Where, way: WaySource, st: StageSource) -> WayOn:
        refs = self.refs
        refs.known(way.to, refs.stages, (*where, "to"), "stage")
        for k, step in enumerate(way.after):
            refs.known(step, refs.steps, (*where, "after", k), "step")
        by = refs.seat(way.by, (*where, "by"))
        limit = refs.limit(way.limit, (*where, "limit"))
        self._add(way_clock(way, st, by=by, limit=limit), where)
        unresolved = "unresolved" in way.when
        return WayOn(way.id, way.title, st.id, way.to, by, tuple(way.after), unresolved, way.clause)

    def _step(self, where: Where, step: StepSource, st: StageSource | None) -> Step:
        refs = self.refs
        by = refs.seat(step.by, (*where, "by"))
        other = refs.seat(step.counterpart, (*where, "with")) if step.counterpart else None
        self._add(
            step_clock(
                step,
                st,
                by=by,
                other=other,
                starts=refs.triggers(step.starts, (*where, "starts")),
                stops=refs.triggers(step.stops, (*where, "stops")),
                limit=refs.limit(step.limit, (*where, "limit")),
            ),
            where,
        )
        return Step(
            id=step.id,
            what=step.what,
            kind=step.kind,
            by=by,
            counterpart=other,
            clause=step.clause,
            settles=step.settles,
            purpose=step.purpose,
            stage=st.id if st else None,
        )

    def _urgent(self) -> Urgent | None:
        u = self.source.urgent
        if u is None:
            return None
        steps = tuple(self._step(("urgent", "steps", i), x, None) for i, x in enumerate(u.steps))
        tells = tuple(self.refs.seat(x, ("urgent", "tells", i)) for i, x in enumerate(u.tells))
        return Urgent(u.when, u.clause, steps, tells)

    # --- panels, closing, and the policy's own clocks ----------------------------------------

    def _panel(self, where: Where, p: PanelSource) -> Panel:
        refs, rule = self.refs, p.members
        if rule.drawn_from:
            refs.known(rule.drawn_from, refs.roles, (*where, "members", "drawn_from"), "role")
        convener = refs.seat(p.convened_by, (*where, "convened_by"))
        stages = [st.id for st in self.source.stages if st.panel == p.id]
        if len(stages) != 1:
            refs.wrong(
                where, "panel-unplaced", f"the panel {p.id!r} must have one stage, and one only"
            )
        for clock in panel_clocks(
            p,
            stages[0] if stages else "",
            by=convener,
            convene=refs.limit(p.convene_limit, (*where, "convene_limit")),
            decide=refs.limit(p.decide_limit, (*where, "decide_limit")),
        ):
            self._add(clock, where)
        refs.known(p.decision_clause, refs.clauses, (*where, "decision_clause"), "clause")
        return Panel(
            id=p.id,
            title=p.title,
            convened_by=convener,
            composition=Composition(
                rule.at_least_agencies,
                rule.parties,
                rule.drawn_from,
                rule.independent_chair,
                rule.clause,
            ),
            hears=refs.seat(p.hears, (*where, "hears")),
            authority=p.authority,
            clause=p.clause,
            decision_clause=p.decision_clause,
        )

    def _own_clocks(self) -> None:
        refs = self.refs
        for i, c in enumerate(self.source.clocks):
            where: Where = ("clocks", i)
            for j, name in enumerate(c.over):
                refs.known(name, refs.stages, (*where, "over", j), "stage")
            owner = refs.seat(c.owner, (*where, "owner"))
            self._add(
                Clock(
                    id=c.id,
                    what=c.what,
                    owner=owner,
                    starts=refs.triggers(c.starts, (*where, "starts")),
                    stops=refs.triggers(c.stops, (*where, "stops")),
                    resumes=refs.triggers(c.resumes, (*where, "resumes")),
                    limit=refs.limit(c.limit, (*where, "limit")),
                    force=c.force,
                    clause=c.clause,
                    over=tuple(c.over),
                    per_agency=is_for_each(owner),
                    readings=readings_of(c),
                ),
                where,
            )

    def _closing(self) -> Closing:
        c, refs = self.source.closing, self.refs
        refs.known(c.write_clause, refs.clauses, ("closing", "write_clause"), "clause")
        by = refs.seat(c.confirmed_by, ("closing", "confirmed_by"))
        confirm = refs.limit(c.confirm_limit, ("closing", "confirm_limit"))
        write = refs.limit(NOT_STATED, ("closing",))
        for clock in closing_clocks(c, by=by, write=write, confirm=confirm):
            self._add(clock, ("closing",))
        return Closing(c.outcome, c.confirm, by, c.clause)

    def _tracks(self) -> dict[str, Track]:
        for i, track in enumerate(self.source.tracks):
            for j, name in enumerate(track.stages):
                self.refs.known(name, self.refs.stages, ("tracks", i, "stages", j), "stage")
        every = tuple(st.id for st in self.source.stages)
        tracks = {t.id: Track(t.id, tuple(t.stages)) for t in self.source.tracks}
        return tracks or {"main": Track("main", every)}

    def _records(self) -> tuple[RecordRule, ...]:
        return tuple(
            RecordRule(
                r.at,
                r.what,
                tuple(
                    self.refs.seat(text, ("records", i, "shared_with", j))
                    for j, text in enumerate(r.shared_with)
                ),
                r.force,
                r.clause,
            )
            for i, r in enumerate(self.source.records)
        )

    def _standing(self) -> tuple[Standing, ...]:
        return tuple(
            Standing(
                d.id, d.what, self.refs.seat(d.owner, ("standing", i, "owner")), d.every, d.clause
            )
            for i, d in enumerate(self.source.standing)
        )

    def _add(self, clock: Clock, where: Where) -> None:
        if clock.id in self.clocks:
            self.refs.wrong(where, "same-id", f"two duties are called {clock.id!r}")
        self.clocks[clock.id] = clock


def _frozen(values: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(values)


def _by_trigger(
    pairs: Iterable[tuple[Clock, tuple[str, ...]]],
) -> Mapping[str, tuple[Clock, ...]]:
    found: defaultdict[str, list[Clock]] = defaultdict(list)
    for clock, names in pairs:
        for name in names:
            found[name].append(clock)
    return _frozen({name: tuple(clocks) for name, clocks in found.items()})
