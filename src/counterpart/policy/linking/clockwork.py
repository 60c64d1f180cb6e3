"""How each kind of rule becomes a clock: what starts it, what ends it, and whose duty it is.

A step, a way on, a panel and the closing are written differently, and are one thing to the
engine. The choices an author does not make in a file are made here, and nowhere else.
"""

from __future__ import annotations

from counterpart.policy import triggers
from counterpart.policy.linking.references import readings_of
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    FINAL,
    REPORT,
    WRITE_OUTCOME,
    Clock,
    IfMissed,
    LimitRule,
    MissedClock,
    Offered,
    RefusedWay,
    Seat,
    Step,
    Unresolved,
    WayOn,
)
from counterpart.policy.source.afterwards import ClosingSource, StillAtRiskSource
from counterpart.policy.source.panels import PanelSource
from counterpart.policy.source.stages import AnyOf, Moving, StageSource, StepSource

NOT_STATED = "not stated"
USUAL_START = {"urgent": ("urgent",), "always": ("raised",), "afterwards": ("closed",)}
"""What starts a step that stands beside the stages, if its author does not say."""


def is_for_each(owner: Seat) -> bool:
    """Whether a duty is one for every agency that its owner's seat names."""
    return owner.side in ("each", "receiving")


def is_last(st: StageSource | None) -> bool:
    """Whether nothing follows when the sides do not agree at this stage."""
    if st is None or st.panel:
        return False
    return not any(is_for_the_unresolved(w) and w.force != "may" for w in st.ways_on)


def is_for_the_unresolved(way: Moving) -> bool:
    """Whether a way is for when the matter is unresolved, alone or as one reason among others."""
    return any("unresolved" in (c.any_of if isinstance(c, AnyOf) else [c]) for c in way.when)


def way_clock(
    way: Moving, made: WayOn, st: StageSource | None, *, limit: LimitRule, missed: IfMissed | None
) -> Clock:
    """The duty to move on: from when the stage was tried, or its steps were done.

    What somebody only `may` do is never a duty, so nothing starts it. Nor does anything start
    what turns on a person's saying that something is so, or on time that has to pass first.
    """
    starts = () if way.force == "may" else _way_starts(made, st)
    return Clock(
        id=f"way-{made.id}",
        what=made.title,
        owner=made.by,
        starts=starts,
        stops=("settled",),
        resumes=("unsettled",) if starts and is_for_the_unresolved(way) else (),
        limit=limit,
        force=way.force,
        clause=way.clause,
        stage=st.id if st else None,
        way=made.id,
        per_agency=is_for_each(made.by),
        readings=readings_of(way),
        if_missed=missed,
    )


def _way_starts(way: WayOn, st: StageSource | None) -> tuple[str, ...]:
    alone = [group[0] for group in way.when if len(group) == 1]
    for condition in alone:
        if isinstance(condition, MissedClock):
            return (triggers.missed(condition.clock),)
        if isinstance(condition, RefusedWay):
            return (triggers.refused(condition.way),)
    if st is None:
        return ()
    is_for_it = any(Unresolved() in group for group in way.when)
    if is_for_it and any(step.settles for step in st.steps):
        return (triggers.tried(st.id),)
    if any(not isinstance(condition, Unresolved) for group in way.when for condition in group):
        return ()
    return tuple(triggers.done(step) for step in way.after) or (triggers.opened(st.id),)


def approval_clock(way: WayOn, *, limit: LimitRule) -> Clock:
    """The duty to say yes or no once approval for a way on was asked."""
    owner = way.approval or way.by
    return Clock(
        id=f"approve-{way.id}",
        what=f"Say whether this may go on: {way.title}",
        owner=owner,
        starts=(triggers.asked(way.id),),
        stops=(triggers.approved(way.id), triggers.refused(way.id), "settled"),
        limit=limit,
        force="must",
        clause=way.clause,
        stage=way.from_stage or None,
        act="approve",
        target=way.id,
    )


def step_clock(
    step: StepSource,
    st: StageSource | None,
    offered: Offered,
    *,
    by: Seat,
    other: Seat | None,
    starts: tuple[str, ...],
    stops: tuple[str, ...],
    limit: LimitRule,
    missed: IfMissed | None,
) -> Clock:
    """The duty to take a step, until it is on the record. `starts`, `stops`: as written, if so.

    Where nothing follows a stage, the sides go on owing it to the child to settle it there. A
    meeting that is owed because it was required is owed until it is held, settled or not.
    """
    begins = starts or _usual_starts(step, st, offered)
    until: tuple[str, ...] = (triggers.done(step.id),)
    if step.settles and begins != (triggers.required(step.id),):
        until = ("settled",) if is_last(st) else (*until, "settled")
    return Clock(
        id=step.id,
        what=step.what,
        owner=by,
        starts=begins,
        stops=stops or until,
        resumes=("unsettled",) if step.settles and is_last(st) and step.force != "may" else (),
        limit=limit,
        force=step.force,
        clause=step.clause,
        stage=st.id if st else None,
        per_agency=is_for_each(by)
        or (step.settles and other is not None and other.side == "receiving"),
        step=step.id,
        readings=readings_of(step),
        if_missed=missed,
        is_afterwards=offered == "afterwards",
    )


def _usual_starts(step: StepSource, st: StageSource | None, offered: Offered) -> tuple[str, ...]:
    """What somebody only `may` do is owed only where it may be required, and then once it is."""
    usual = (triggers.opened(st.id),) if st else USUAL_START[offered]
    required = (triggers.required(step.id),) if step.required_by else ()
    return required if step.force == "may" else (*usual, *required)


def satisfied_clock(step: StepSource, stage: str | None, *, by: Seat, limit: LimitRule) -> Clock:
    """The duty to say whether what was agreed in a step settles it, for whom it must satisfy."""
    return Clock(
        id=f"satisfied-{step.id}",
        what="Say whether what was agreed settles it",
        owner=by,
        starts=(triggers.agreed(step.id),),
        stops=(triggers.answered(step.id), triggers.not_agreed(step.id)),
        limit=limit,
        force="must",
        clause=step.clause,
        stage=stage,
        readings=readings_of(step),
        act="satisfied",
        target=step.id,
    )


def choosing_clock(clock: Clock, missed: IfMissed, *, limit: LimitRule) -> Clock:
    """The duty to choose what comes next, once the time of another has passed."""
    return Clock(
        id=f"choose-{clock.id}",
        what="A time has passed. Choose what comes next",
        owner=missed.by or clock.owner,
        starts=(triggers.missed(clock.id),),
        stops=("settled",),
        limit=limit,
        force="must",
        clause=missed.clause,
        stage=clock.stage,
        over=clock.over,
        act="choose",
        target=clock.id,
    )


def time_clocks(clock: Clock, *, none: LimitRule) -> tuple[Clock, ...]:
    """The duties to give a clock its time, where a person sets it or the sides agree to it.

    They run while it does. So nobody waits for a time that nobody knows they are to set.
    """

    def made(act: str, what: str, owner: Seat, starts: tuple[str, ...], end: str) -> Clock:
        return Clock(
            id=f"{act}-{clock.id}",
            what=f"{what}: {clock.what}",
            owner=owner,
            starts=starts,
            stops=(*clock.stops, end),
            limit=none,
            force="must",
            clause=clock.clause,
            stage=clock.stage,
            over=clock.over,
            per_agency=is_for_each(owner),
            act=act,
            target=clock.id,
        )

    if clock.limit.set_by is not None:
        end = triggers.time_set(clock.id)
        return (made("set", "Set the time for", clock.limit.set_by, clock.starts, end),)
    if clock.limit.is_agreed:
        put = triggers.time_offered(clock.id)
        agreed = triggers.time_agreed(clock.id)
        return (
            made("offer", "Put forward a time for", Seat("raising"), clock.starts, put),
            made("agree", "Say whether you agree to the time for", Seat("each"), (put,), agreed),
        )
    return ()


def band_clock(title: str, clause: str, *, by: Seat, none: LimitRule) -> Clock:
    """The duty to say which band of priority a case is in."""
    return Clock(
        id="say-the-band",
        what=f"Say which it is: {title}",
        owner=by,
        starts=("raised", "reopened"),
        stops=("band set",),
        limit=none,
        force="must",
        clause=clause,
        per_agency=is_for_each(by),
        act="band",
    )


def panel_clocks(
    p: PanelSource, stage: str, *, by: Seat, convene: LimitRule, decide: LimitRule
) -> tuple[Clock, Clock]:
    """The duties to call a panel together and to decide.

    A panel that only advises is asked again if a side does not agree with what came of it.
    """
    each = is_for_each(by)
    return (
        Clock(
            id=f"convene-{p.id}",
            what=f"Convene the {p.title.lower()}",
            owner=by,
            starts=(triggers.opened(stage),),
            stops=("panel convened",),
            limit=convene,
            force="must",
            clause=p.clause,
            stage=stage,
            per_agency=each,
            act="convene",
            target=p.id,
        ),
        Clock(
            id=f"decide-{p.id}",
            what="Hear both sides and record the decision",
            owner=by,
            starts=("panel convened",),
            stops=("panel decided",),
            resumes=() if p.authority in FINAL else ("unsettled",),
            limit=decide,
            force="must",
            clause=p.decision_clause,
            stage=stage,
            per_agency=each,
            act="decide",
            target=p.id,
        ),
    )


def report_clock(p: PanelSource, step: Step, *, by: Seat, limit: LimitRule) -> Clock:
    """The duty of whoever convened a panel to make its report, from its decision until it is made."""
    return Clock(
        id=step.id,
        what=step.what,
        owner=by,
        starts=("panel decided",),
        stops=(triggers.done(step.id),),
        limit=limit,
        force="must",
        clause=step.clause,
        per_agency=is_for_each(by),
        step=step.id,
        readings=readings_of(p.report) if p.report else (),
        act=REPORT,
        target=p.id,
    )


def closing_clocks(
    c: ClosingSource, *, by: Seat, write: LimitRule, confirm: LimitRule
) -> tuple[Clock, Clock]:
    """The duties to write the outcome down and to confirm it, whatever the stage."""
    return (
        Clock(
            id=WRITE_OUTCOME,
            what=c.outcome,
            owner=Seat("raising"),
            starts=("settled", "panel decided"),
            stops=("outcome proposed", "unsettled"),
            limit=write,
            force="must",
            clause=c.write_clause,
        ),
        Clock(
            id=CONFIRM_OUTCOME,
            what=c.confirm,
            owner=by,
            starts=("outcome proposed",),
            stops=("outcome proposed", "confirmed", "dissented", "unsettled"),
            limit=confirm,
            force="must",
            clause=c.clause,
            per_agency=is_for_each(by),
            readings=readings_of(c),
        ),
    )


def still_at_risk_clock(s: StillAtRiskSource, *, by: Seat, limit: LimitRule) -> Clock:
    """The duty to say what will be done about risk that remains. A person's word opens it, no trigger."""
    return Clock(
        id="risk_answer",
        what="Say what will be done about the risk that remains",
        owner=by,
        starts=(),
        stops=(),
        limit=limit,
        force="must",
        clause=s.clause,
        readings=readings_of(s),
    )
