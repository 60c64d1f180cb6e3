"""Make what stands beside the stages: panels, the policy's own clocks, urgency, closing, records."""

from __future__ import annotations

from dataclasses import replace

from counterpart.policy.linking.clockwork import (
    NOT_STATED,
    band_clock,
    closing_clocks,
    is_for_each,
    panel_clocks,
    report_clock,
    still_at_risk_clock,
)
from counterpart.policy.linking.references import Where, readings_of
from counterpart.policy.linking.stages import Stages
from counterpart.policy.model import (
    Band,
    Bands,
    Clock,
    Closing,
    Composition,
    Exit,
    Extending,
    Lead,
    LimitRule,
    Opposed,
    OppositeNumber,
    Panel,
    RecordRule,
    Report,
    Seat,
    Standing,
    Step,
    StillAtRisk,
    Urgent,
)
from counterpart.policy.phrases import small
from counterpart.policy.source.limits import LimitSource
from counterpart.policy.source.panels import PanelSource

NOBODY_SETS = "nobody sets or agrees this time case by case; give a limit, or 'not stated'"


class Beside:
    """Makes the rest of a policy; the clocks go where those of the stages go."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.refs, self.durations, self.source = (
            stages.refs,
            stages.durations,
            stages.refs.source,
        )

    def urgent(self) -> Urgent | None:
        u = self.source.urgent
        if u is None:
            return None
        steps = tuple(
            self.stages.step(("urgent", "steps", i), x, None, "urgent")
            for i, x in enumerate(u.steps)
        )
        return Urgent(u.when, u.clause, steps, self.refs.seats(u.tells, ("urgent", "tells")))

    def second_timetable(self) -> None:
        """Give each clock that has one its limit for urgent cases. Once all clocks are made."""
        clocks = self.stages.clocks
        for name, limit in (self.source.urgent.limits if self.source.urgent else {}).items():
            where: Where = ("urgent", "limits", name)
            clock = clocks.get(name) or clocks.get(f"way-{name}")
            if clock is None:
                self.refs.wrong(where, "no-such-clock", f"there is no duty called {name!r}")
            else:
                rule = self.durations.rule(limit, where)
                clocks[clock.id] = replace(clock, urgent_limit=rule)

    def panel(self, where: Where, p: PanelSource) -> Panel:
        refs, rule = self.refs, self.durations.rule
        convener = refs.seat(p.convened_by, (*where, "convened_by"))
        stages = [st.id for st in self.source.stages if st.panel == p.id]
        if len(stages) != 1:
            words = f"the panel {p.id!r} must have one stage, and one only"
            refs.wrong(where, "panel-unplaced", words)
        for clock in panel_clocks(
            p,
            stages[0] if stages else "",
            by=convener,
            convene=rule(p.convene_limit, (*where, "convene_limit")),
            decide=rule(p.decide_limit, (*where, "decide_limit")),
        ):
            self.stages.add(clock, where)
        return Panel(
            id=p.id,
            title=p.title,
            convened_by=convener,
            composition=self._composition(p, where),
            hears=refs.seat(p.hears, (*where, "hears")),
            authority=p.authority,
            clause=p.clause,
            decision_clause=p.decision_clause,
            chaired_by=refs.seat_or_none(p.chaired_by, (*where, "chaired_by")),
            evidence=p.evidence,
            must_decide=p.must_decide,
            report=self._report(p, convener, (*where, "report")),
        )

    def _composition(self, p: PanelSource, where: Where) -> Composition:
        members = p.members
        if isinstance(members, str):
            return Composition(1, "not stated", None, False, p.clause, is_stated=False)
        if members.drawn_from:
            at: Where = (*where, "members", "drawn_from")
            self.refs.known(members.drawn_from, self.refs.roles, at, "role")
        return Composition(
            members.at_least_agencies,
            members.parties,
            members.drawn_from,
            members.independent_chair,
            members.clause,
            drawn=members.drawn,
            declares_conflicts=members.declare,
        )

    def _report(self, p: PanelSource, by: Seat, where: Where) -> Report | None:
        """The report a panel makes: a step of whoever convened it, once it has decided."""
        r = p.report
        if r is None:
            return None
        limit = self.durations.rule(r.limit, (*where, "limit"))
        to = self.refs.seat(r.to, (*where, "to"))
        what = f"Give the panel’s report: {small(r.what)}"
        step = Step(f"report-{p.id}", what, "notice", by, to, r.clause, offered="panel")
        self.stages.add(report_clock(p, step, by=by, limit=limit), where)
        return Report(r.what, to, limit, r.clause, step)

    def own_clocks(self) -> None:
        """The clocks written as such."""
        refs = self.refs
        for i, c in enumerate(self.source.clocks):
            where: Where = ("clocks", i)
            owner = refs.seat(c.owner, (*where, "owner"))
            self.stages.add(
                Clock(
                    id=c.id,
                    what=c.what,
                    owner=owner,
                    starts=refs.triggers(c.starts, (*where, "starts")),
                    stops=refs.triggers(c.stops, (*where, "stops")),
                    resumes=refs.triggers(c.resumes, (*where, "resumes")),
                    limit=self.durations.rule(c.limit, (*where, "limit"), c.counting),
                    force=c.force,
                    clause=c.clause,
                    over=refs.all_known(c.over, refs.stages, (*where, "over"), "stage"),
                    per_agency=is_for_each(owner),
                    readings=readings_of(c),
                    if_missed=self.stages.missed(c, where),
                ),
                where,
            )

    def closing(self) -> Closing:
        c, refs, rule = self.source.closing, self.refs, self.durations.rule
        by = refs.seat(c.confirmed_by, ("closing", "confirmed_by"))
        write = rule(c.write_limit, ("closing", "write_limit"))
        confirm = rule(c.confirm_limit, ("closing", "confirm_limit"))
        for clock in closing_clocks(c, by=by, write=write, confirm=confirm):
            self.stages.add(clock, ("closing",))
        lead = c.lead
        return Closing(
            c.outcome,
            c.confirm,
            by,
            c.clause,
            Lead(lead.title, refs.seat(lead.of, ("closing", "lead", "of")), lead.clause)
            if lead
            else None,
            allows_open_actions=c.open_actions == "allowed",
        )

    def extending(self) -> Extending | None:
        e = self.source.extending
        return Extending(e.allowed, e.clause, readings_of(e)) if e else None

    def still_at_risk(self) -> StillAtRisk | None:
        s, refs = self.source.still_at_risk, self.refs
        if s is None:
            return None
        tells = refs.seats(s.tells, ("still_at_risk", "tells"))
        by = refs.seat_or_none(s.by, ("still_at_risk", "by")) or tells[0]
        limit = self.durations.rule(s.limit, ("still_at_risk", "limit"))
        if limit.is_for_people:
            refs.wrong(("still_at_risk", "limit"), "not-a-limit", NOBODY_SETS)
        answer = still_at_risk_clock(s, by=by, limit=limit)
        return StillAtRisk(tells, by, answer, s.clause, readings_of(s))

    def exits(self) -> dict[str, Exit]:
        return {
            x.id: Exit(
                id=x.id,
                title=x.title,
                kind=x.kind,
                when=x.when,
                where=x.where,
                clause=x.clause,
                stage=x.stage,
                from_stages=self.refs.all_known(
                    x.from_stages, self.refs.stages, ("exits", i, "from"), "stage"
                ),
                ends=x.ends,
                meanwhile=x.meanwhile,
            )
            for i, x in enumerate(self.source.exits)
        }

    def bands(self) -> Bands | None:
        b = self.source.bands
        if b is None:
            return None
        by = self.refs.seat(b.set_by, ("bands", "set_by"))
        none = self.durations.rule(NOT_STATED, ("bands",))
        self.stages.add(band_clock(b.title, b.clause, by=by, none=none), ("bands",))
        return Bands(b.title, by, tuple(Band(x.id, x.title) for x in b.items), b.clause)

    def opposite_numbers(self) -> tuple[OppositeNumber, ...]:
        return tuple(
            OppositeNumber(
                id=row.id,
                of=row.of,
                ask=tuple(Opposed(one.title, tuple(one.tiers)) for one in row.ask),
                choice=row.choice,
                advice=row.advice,
                clause=row.clause,
            )
            for row in self.source.opposite_numbers
        )

    def records(self) -> tuple[RecordRule, ...]:
        return tuple(
            RecordRule(
                what=r.what,
                shared_with=self.refs.seats(r.shared_with, ("records", i, "shared_with")),
                force=r.force,
                clause=r.clause,
                stages=()
                if isinstance(r.at, str)
                else self.refs.all_known(r.at, self.refs.stages, ("records", i, "at"), "stage"),
                at_end=r.at == "the end",
                kept_on=tuple(r.kept_on),
                by=self.refs.seat_or_none(r.by, ("records", i, "by")),
                limit=self._placing_limit(r.limit, ("records", i, "limit")),
                readings=readings_of(r),
            )
            for i, r in enumerate(self.source.records)
        )

    def _placing_limit(self, limit: LimitSource, where: Where) -> LimitRule:
        rule = self.durations.rule(limit, where)
        if rule.is_for_people:
            self.refs.wrong(where, "not-a-limit", NOBODY_SETS)
        return rule

    def standing(self) -> tuple[Standing, ...]:
        return tuple(
            Standing(
                id=d.id,
                what=d.what,
                owner=self.refs.seat(d.owner, ("standing", i, "owner")),
                every=d.every,
                clause=d.clause,
                kind=d.kind,
                on=tuple(d.on),
                from_each=d.from_each,
            )
            for i, d in enumerate(self.source.standing)
        )
