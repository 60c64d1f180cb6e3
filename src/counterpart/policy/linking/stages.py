"""Make stages, steps, ways on and jumps of what is written, each with its clock."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.linking.clockwork import (
    NOT_STATED,
    approval_clock,
    choosing_clock,
    satisfied_clock,
    step_clock,
    time_clocks,
    way_clock,
)
from counterpart.policy.linking.durations import Durations
from counterpart.policy.linking.references import References, Where, jump_id
from counterpart.policy.model import (
    AT_THE_END,
    BETWEEN,
    Clock,
    Condition,
    IfMissed,
    Letter,
    Offered,
    PassedSince,
    Seat,
    Stage,
    Step,
    Track,
    WayOn,
)
from counterpart.policy.source.limits import Timed
from counterpart.policy.source.stages import (
    AnyOf,
    ConditionSource,
    Moving,
    Passed,
    StageSource,
    StepSource,
    StepsSource,
)


class Stages:
    """Makes what a case goes through. Clocks made on the way are in `clocks`, by their ids."""

    def __init__(self, refs: References, durations: Durations) -> None:
        self.refs, self.durations = refs, durations
        self.clocks: dict[str, Clock] = {}

    def add(self, clock: Clock, where: Where) -> None:
        """Keep a clock, and with it the duties to give it its time, and to choose if it is missed."""
        if clock.id in BETWEEN:
            words = f"every case may have a duty called {clock.id!r}; choose another id"
            self.refs.wrong(where, "same-id", words)
        if clock.id in self.clocks:
            self.refs.wrong(where, "same-id", f"two duties are called {clock.id!r}")
        self.clocks[clock.id] = clock
        none = self.durations.rule(NOT_STATED, where)
        if clock.if_missed and clock.if_missed.then == "choose":
            self.add(choosing_clock(clock, clock.if_missed, limit=none), where)
        for made in time_clocks(clock, none=none):
            self.add(made, where)

    def stage(self, where: Where, st: StageSource) -> Stage:
        refs = self.refs
        if st.id == AT_THE_END:
            words = f"{AT_THE_END!r} is what the end of every case is called; choose another id"
            refs.wrong(where, "same-id", words)
        speaks = {"raising": st.speaks.raising, "receiving": st.speaks.receiving}
        for side, role in speaks.items():
            refs.seat(f"{side}.{role}", (*where, "speaks", side))
        if st.panel:
            refs.known(st.panel, refs.panels, (*where, "panel"), "panel")
        ways = [
            self.way((*where, "ways_on", j), w, st, to=w.to, tracks=tuple(w.tracks))
            for j, w in enumerate(st.ways_on)
        ]
        for j, written in enumerate(st.ways_on):
            refs.all_known(written.tracks, refs.tracks, (*where, "ways_on", j, "tracks"), "track")
        if not (ways or st.panel or any(step.settles for step in st.steps)):
            words = "it has no way on, no panel, and no step at which the sides can settle it"
            refs.wrong(where, "dead-end", f"{st.id!r} leads nowhere: {words}")
        return Stage(
            id=st.id,
            number=st.number,
            title=st.title,
            clause=st.clause,
            speaks=speaks,
            inside=st.inside,
            steps=tuple(
                self.step((*where, "steps", j), x, st, "stage") for j, x in enumerate(st.steps)
            ),
            ways_on=tuple(ways),
            panel=st.panel,
            band=st.band,
            tells=refs.seats(st.tells, (*where, "tells")),
        )

    # --- ways on and jumps -------------------------------------------------------------------

    def jumps(self) -> Iterator[WayOn]:
        """Every jump: one for each stage it may lead to."""
        for i, jump in enumerate(self.refs.source.jumps):
            where: Where = ("jumps", i)
            froms = self.refs.all_known(
                jump.from_stages, self.refs.stages, (*where, "from"), "stage"
            )
            for to in jump.to:
                name = jump_id(jump.id, to, jump.to)
                yield self.way(where, jump, None, to=to, name=name, froms=froms)

    def way(
        self,
        where: Where,
        way: Moving,
        st: StageSource | None,
        *,
        to: str,
        tracks: tuple[str, ...] = (),
        name: str = "",
        froms: tuple[str, ...] = (),
    ) -> WayOn:
        refs, rule = self.refs, self.durations.rule
        refs.known(to, refs.stages, (*where, "to"), "stage")
        made = WayOn(
            id=name or way.id,
            title=way.title,
            from_stage=st.id if st else "",
            to_stage=to,
            by=refs.seat(way.by, (*where, "by")),
            after=refs.all_known(way.after, refs.steps, (*where, "after"), "step"),
            when=tuple(self._group(c, (*where, "when", k)) for k, c in enumerate(way.when)),
            clause=way.clause,
            approval=refs.seat_or_none(way.approval, (*where, "approval")),
            tracks=tracks,
            is_jump=st is None,
            from_stages=froms,
        )
        limit = rule(way.limit, (*where, "limit"), way.counting)
        missed = self.missed(way, where)
        self.add(way_clock(way, made, st, limit=limit, missed=missed), where)
        if made.approval:
            self.add(approval_clock(made, limit=rule(NOT_STATED, where)), where)
        return made

    def _group(self, written: ConditionSource, where: Where) -> tuple[Condition, ...]:
        """What must be so: one of these."""
        match written:
            case AnyOf():
                return tuple(
                    self.refs.condition(text, (*where, "any", i))
                    for i, text in enumerate(written.any_of)
                )
            case Passed():
                limit = self.durations.one(written.passed, (*where, "passed"))
                return (PassedSince(limit, self.refs.trigger(written.since, (*where, "since"))),)
            case str():
                return (self.refs.condition(written, where),)

    # --- steps -------------------------------------------------------------------------------

    def beside(self, key: str, group: StepsSource | None, offered: Offered) -> tuple[Step, ...]:
        """The steps that stand beside the stages under one key of the file."""
        steps = group.steps if group else []
        return tuple(
            self.step((key, "steps", i), step, None, offered) for i, step in enumerate(steps)
        )

    def step(
        self, where: Where, step: StepSource, st: StageSource | None, offered: Offered
    ) -> Step:
        refs, rule = self.refs, self.durations.rule
        by = refs.seat(step.by, (*where, "by"))
        other = refs.seat_or_none(step.counterpart, (*where, "with"))
        satisfies = refs.seat_or_none(step.satisfies, (*where, "satisfies"))
        arranged_by = self._arranged_by(step, where)
        self.add(
            step_clock(
                step,
                st,
                offered,
                by=by,
                other=other,
                starts=refs.triggers(step.starts, (*where, "starts")),
                stops=refs.triggers(step.stops, (*where, "stops")),
                limit=rule(step.limit, (*where, "limit"), step.counting),
                missed=self.missed(step, where),
            ),
            where,
        )
        if satisfies:
            stage = st.id if st else None
            limit = rule(NOT_STATED, where)
            self.add(satisfied_clock(step, stage, by=satisfies, limit=limit), where)
        is_letter = step.to or step.marked or step.says
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
            offered=offered,
            satisfies=satisfies,
            required_by=step.required_by,
            arranged_by=arranged_by,
            letter=_letter(step) if is_letter else None,
        )

    def _arranged_by(self, step: StepSource, where: Where) -> Seat | None:
        """Who arranges a meeting that may be required. Nothing else may be."""
        refs = self.refs
        if step.required_by and step.kind != "meeting":
            words = "only a meeting may be required: its kind is 'meeting'"
            refs.wrong((*where, "required_by"), "not-a-meeting", words)
        if step.arranged_by and not step.required_by:
            words = "'required_by' is missing: who may require it?"
            refs.wrong((*where, "arranged_by"), "missing", words)
        return refs.seat_or_none(step.arranged_by, (*where, "arranged_by"))

    def missed(self, rule: Timed, where: Where) -> IfMissed | None:
        """What missing a rule's time does."""
        written, refs = rule.if_missed, self.refs
        if written is None:
            return None
        at: Where = (*where, "if_missed")
        if written.then in ("move", "bar") and not written.way:
            refs.wrong(
                at, "missing", f"'way' is missing: which way on is it that {_does(written.then)}?"
            )
        if written.then == "choose" and not written.by:
            refs.wrong(at, "missing", "'by' is missing: who must choose?")
        if written.way:
            refs.known(written.way, refs.ways, (*at, "way"), "way")
        return IfMissed(
            written.then,
            refs.seats(written.tells, (*at, "tells")),
            written.way,
            refs.seat_or_none(written.by, (*at, "by")),
            written.clause,
        )

    # --- tracks ------------------------------------------------------------------------------

    def tracks(self) -> dict[str, Track]:
        """The tracks; where the file has none, one through every stage."""
        refs = self.refs
        for i, t in enumerate(refs.source.tracks):
            refs.all_known(t.stages, refs.stages, ("tracks", i, "stages"), "stage")
            refs.all_known(t.grounds, refs.grounds, ("tracks", i, "grounds"), "ground")
            refs.all_known(t.opened_by, refs.roles, ("tracks", i, "opened_by"), "role")
        made = {
            t.id: Track(
                id=t.id,
                stages=tuple(t.stages),
                title=t.title,
                when=t.when,
                clause=t.clause,
                grounds=tuple(t.grounds),
                challenged=tuple(t.challenged),
                opened_by=tuple(t.opened_by),
            )
            for t in refs.source.tracks
        }
        return made or {"main": Track("main", tuple(st.id for st in refs.source.stages))}


def _does(then: str) -> str:
    return "is taken" if then == "move" else "closes"


def _letter(step: StepSource) -> Letter:
    points = [(p, "") if isinstance(p, str) else (p.text, p.begins_with) for p in step.says]
    return Letter(
        step.to,
        step.marked,
        says=tuple(text for text, _ in points),
        begins_with=tuple(start for _, start in points),
    )
