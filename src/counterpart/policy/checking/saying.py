"""Whether something a policy names can ever happen: a trigger said, a step done, a way taken.

It reads the policy as the fold would say it aloud (see `policy.triggers`). What it cannot tell it
takes for possible.
"""

from __future__ import annotations

from counterpart.policy import triggers
from counterpart.policy.checking.spans import is_open_ended, may_be_missed
from counterpart.policy.checking.subject import Subject, steps_of
from counterpart.policy.model import Clock, MissedClock, PassedSince, RefusedWay, WayOn

_OF_A_PANEL = frozenset({"panel convened", "panel heard", "panel decided"})


def places(on: Subject, trigger: str) -> frozenset[str] | None:
    """The stages at which a trigger may be said; None where it may be anywhere."""
    word, name = triggers.parts(trigger)
    if not name:
        return _plain(on, word)
    match triggers.NAMING[word]:
        case "stage":
            is_said = word != "tried" or bool(steps_of(on.policy, name))
            return frozenset({name}) & on.reachable if is_said else frozenset()
        case "step":
            return _of_step(on, word, name)
        case "way":
            return _of_way(on, name)
        case "clock":
            return _of_clock(on, on.policy.clocks[name])
    return None


def _plain(on: Subject, word: str) -> frozenset[str] | None:
    policy = on.policy
    if word == "raised":
        return frozenset(track.first for track in policy.tracks.values())
    if word in ("settled", "unsettled"):
        return frozenset(st.id for st in on.stages if steps_of(policy, st.id) or st.panel)
    if word in _OF_A_PANEL:
        return frozenset(st.id for st in on.stages if st.panel)
    is_possible = {"urgent": policy.urgent is not None, "exited": bool(policy.exits)}
    return None if is_possible.get(word, True) else frozenset()


def _of_step(on: Subject, word: str, name: str) -> frozenset[str] | None:
    step = on.policy.steps[name]
    if (word in ("agreed", "not agreed") and not step.settles) or (
        word == "answered" and step.satisfies is None
    ):
        return frozenset()
    return None if step.stage is None else frozenset({step.stage}) & on.reachable


def _of_way(on: Subject, name: str) -> frozenset[str]:
    way = on.policy.ways_on[name]
    return frozenset(st.id for st in on.stages if way.approval is not None and way.leaves(st.id))


def _of_clock(on: Subject, clock: Clock) -> frozenset[str] | None:
    if not may_be_missed(clock.limit) or not clock.starts:
        return frozenset()
    if clock.stage is not None:
        return frozenset({clock.stage}) & on.reachable
    return frozenset(clock.over) & on.reachable if clock.over else None


def can_start(on: Subject, clock: Clock, trigger: str) -> bool:
    """Whether this trigger may be said while the case is where the clock can run."""
    where = places(on, trigger)
    if where is None:
        return True
    here = {clock.stage} if clock.stage is not None else set(clock.over)
    return bool(where & here) if here else bool(where)


def can_happen(on: Subject, trigger: str) -> bool:
    """Whether this trigger may ever be said."""
    return places(on, trigger) != frozenset()


def why_never(on: Subject, way: WayOn) -> str | None:
    """Why a way on can never be taken, to follow a colon; None if it can."""
    policy = on.policy
    if way.tracks and not any(way.from_stage in policy.tracks[t].stages for t in way.tracks):
        return "none of its tracks passes the stage it leaves from"
    for name in way.after:
        step = policy.steps[name]
        if step.stage is None or step.stage == way.from_stage or way.is_jump:
            continue
        if way.from_stage not in on.after[step.stage] or step.stage not in on.reachable:
            return f"it comes after “{step.what}”, which cannot have been done by then"
    for group in way.when:
        reasons = [_why_not(on, x) for x in group]
        if all(reasons):
            return reasons[0]
    return None


def _why_not(on: Subject, condition: object) -> str | None:
    policy = on.policy
    match condition:
        case MissedClock(clock=name) if places(on, triggers.missed(name)) == frozenset():
            return (
                f"it waits for the time of “{policy.clocks[name].what}” to pass, and that has none"
            )
        case RefusedWay(way=name) if policy.ways_on[name].approval is None:
            return f"it waits for “{policy.ways_on[name].title}” to be refused, and nobody is asked"
        case PassedSince(limit=limit) if is_open_ended(limit):
            return "it waits for a time to pass, and no time is given"
    return None
