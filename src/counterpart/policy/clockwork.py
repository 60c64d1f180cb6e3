"""How each kind of rule becomes a clock: what starts it, what ends it, and whose duty it is.

A step, a way on, a panel and the closing are written differently, and are one thing to the
engine. The choices an author does not make in a file are made here, and nowhere else.
"""

from __future__ import annotations

from counterpart.policy import triggers
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    FINAL,
    WRITE_OUTCOME,
    Clock,
    LimitRule,
    Seat,
)
from counterpart.policy.resolving import readings_of
from counterpart.policy.source import (
    ClosingSource,
    PanelSource,
    StageSource,
    StepSource,
    WaySource,
)


def is_for_each(owner: Seat) -> bool:
    """Whether a duty is one for every agency that its owner's seat names."""
    return owner.side in ("each", "receiving")


def is_last(st: StageSource | None) -> bool:
    """Whether nothing follows when the sides do not agree at this stage."""
    if st is None or st.panel:
        return False
    return not any("unresolved" in w.when and w.force != "may" for w in st.ways_on)


def way_clock(way: WaySource, st: StageSource, *, by: Seat, limit: LimitRule) -> Clock:
    """The duty to move on: from when the stage was tried, or its steps were done.

    What somebody only `may` do is never a duty, so nothing starts it.
    """
    unresolved = "unresolved" in way.when
    starts = tuple(triggers.done(step) for step in way.after) or (triggers.opened(st.id),)
    if unresolved and any(step.settles for step in st.steps):
        starts = (triggers.tried(st.id),)
    if way.force == "may":
        starts = ()
    return Clock(
        id=f"way-{way.id}",
        what=way.title,
        owner=by,
        starts=starts,
        stops=("settled",),
        resumes=("unsettled",) if unresolved and starts else (),
        limit=limit,
        force=way.force,
        clause=way.clause,
        stage=st.id,
        way=way.id,
        per_agency=is_for_each(by),
        readings=readings_of(way),
    )


def step_clock(
    step: StepSource,
    st: StageSource | None,
    *,
    by: Seat,
    other: Seat | None,
    starts: tuple[str, ...],
    stops: tuple[str, ...],
    limit: LimitRule,
) -> Clock:
    """The duty to take a step, until it is on the record. `starts`, `stops`: as written, if so.

    Where nothing follows a stage, the sides go on owing it to the child to settle it there.
    """
    usual = (triggers.opened(st.id) if st else "urgent",)
    until: tuple[str, ...] = (triggers.done(step.id),)
    if step.settles:
        until = ("settled",) if is_last(st) else (*until, "settled")
    return Clock(
        id=step.id,
        what=step.what,
        owner=by,
        starts=starts or (() if step.force == "may" else usual),
        stops=stops or until,
        resumes=("unsettled",) if step.settles and is_last(st) else (),
        limit=limit,
        force=step.force,
        clause=step.clause,
        stage=st.id if st else None,
        per_agency=is_for_each(by)
        or (step.settles and other is not None and other.side == "receiving"),
        step=step.id,
        readings=readings_of(step),
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
        ),
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
