"""Turn a policy into the boxes and lines of its picture.

Every stage is a box and every way on is a line; what the picture says of them is said in the
words of `phrases`. Nothing is decided here about looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.drawing.shapes import Diagram, Edge, EdgeKind, Fact, Node
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    FINAL,
    WRITE_OUTCOME,
    Clock,
    LimitRule,
    Panel,
    Policy,
    Stage,
    Step,
    WayOn,
)
from counterpart.policy.phrases import limit_words, listed, seat_words, trigger_words
from counterpart.worktime import NotStated

START = "start"
END = "end"
_SILENT = limit_words(LimitRule((NotStated(),))).rstrip(".")


def diagram(policy: Policy) -> Diagram:
    """The picture of a policy: every stage, every way between them, and how it begins and ends."""
    return Diagram(policy.id, policy.title, tuple(_nodes(policy)), tuple(_edges(policy)))


def stage_node(stage: str) -> str:
    """The id of the box of a stage."""
    return f"stage-{stage}"


def _nodes(policy: Policy) -> Iterator[Node]:
    yield from _beside(policy)
    for clock in _own_clocks(policy):
        yield _limit(policy, clock)
    yield Node(START, "start", "A concern is raised")
    for stage in policy.stages.values():
        facts = tuple(_stage_facts(policy, stage))
        yield Node(stage_node(stage.id), "stage", stage.name, facts, stage.clause, stage.id)
    yield _end(policy)


def _beside(policy: Policy) -> Iterator[Node]:
    urgent = policy.urgent
    if urgent is None:
        return
    facts = [_step(policy, step, None) for step in urgent.steps]
    if urgent.tells:
        told = listed(tuple(seat_words(policy, seat) for seat in urgent.tells))
        facts.append(Fact(f"Told at once: {told}", urgent.clause))
    facts.append(Fact("This goes on beside the stages, whichever of them the case is at"))
    title = "If a child is at risk of immediate harm"
    yield Node("beside", "beside", title, tuple(facts), urgent.clause)


def _limit(policy: Policy, clock: Clock) -> Node:
    starts = listed(tuple(trigger_words(policy, trigger) for trigger in clock.starts), "or")
    facts = [Fact(limit_words(clock.limit).rstrip("."), clock.clause)]
    if clock.over:
        names = tuple(_short_name(policy.stages[stage]) for stage in clock.over)
        facts.append(Fact(f"It covers, all together: {listed(names)}"))
    facts.append(Fact(f"It starts when {starts}"))
    return Node(
        f"limit-{clock.id}", "limit", f"Time limit: {clock.what}", tuple(facts), clock.clause
    )


def _short_name(stage: Stage) -> str:
    return f"Stage {stage.number}" if stage.number else f"“{stage.title}”"


def _stage_facts(policy: Policy, stage: Stage) -> Iterator[Fact]:
    if stage.inside == "raising":
        yield Fact("Inside the agency that raised the concern", stage.clause)
    ours, theirs = (policy.roles[stage.speaks[side]].title for side in ("raising", "receiving"))
    if stage.inside or ours != theirs:
        yield Fact(f"Speaks for the agency that raised the concern: {ours}", stage.clause)
        if not stage.inside:
            yield Fact(f"Speaks for the other agency: {theirs}", stage.clause)
    else:
        yield Fact(f"Speaks for each agency: {ours}", stage.clause)
    for step in stage.steps:
        yield _step(policy, step, stage)
    if stage.panel:
        yield from _panel_facts(policy, policy.panels[stage.panel])


def _step(policy: Policy, step: Step, stage: Stage | None) -> Fact:
    clock = policy.clocks[step.id]
    by = "" if _speaks_here(step, stage) else _who(seat_words(policy, step.by, stage))
    return Fact(f"{clock.force.title()}: {step.what}{by}", step.clause, _time(clock.limit))


def _who(seat: str) -> str:
    return f". Who does it: {seat}"


def _speaks_here(step: Step, stage: Stage | None) -> bool:
    """Whether it is done by whoever speaks for the side that raised the concern."""
    if stage is None or step.by.side != "raising":
        return False
    return step.by.role in (None, stage.speaks["raising"])


AUTHORITY = {
    "binding": "Its decision is binding",
    "recommendation": "It recommends; the agencies decide",
    "mediation": "It helps the agencies to agree; it does not decide",
    "arbitration": "It decides between the agencies",
}


def _panel_facts(policy: Policy, panel: Panel) -> Iterator[Fact]:
    convene, decide = policy.clocks[f"convene-{panel.id}"], policy.clocks[f"decide-{panel.id}"]
    convened = f"{panel.title}, convened by: {seat_words(policy, panel.convened_by)}"
    yield Fact(convened, convene.clause, _time(convene.limit))
    meaning = AUTHORITY.get(panel.authority, "The policy does not say what its decision means")
    yield Fact(meaning, decide.clause, _time(decide.limit))


def _end(policy: Policy) -> Node:
    closing = policy.closing
    write, confirm = policy.clocks[WRITE_OUTCOME], policy.clocks[CONFIRM_OUTCOME]
    who = _who(seat_words(policy, closing.confirmed_by))
    facts = (
        Fact(closing.outcome, write.clause, _time(write.limit)),
        Fact(f"{closing.confirm}{who}", closing.clause, _time(confirm.limit)),
    )
    decided = any(panel.authority in FINAL for panel in policy.panels.values())
    title = "Agreed or decided, in writing" if decided else "Agreed in writing"
    return Node(END, "end", title, facts, closing.clause)


# --- the lines -------------------------------------------------------------------------------------


def _edges(policy: Policy) -> Iterator[Edge]:
    for clock in _own_clocks(policy):
        for stage in clock.over:
            place = f"limit-{clock.id}"
            yield Edge(f"{place}-{stage}", "covers", place, stage_node(stage), clause=clock.clause)
    firsts = dict.fromkeys(track.first for track in policy.tracks.values())
    for first in firsts:
        ids = [track.id for track in policy.tracks.values() if track.first == first]
        words = f"Track: {listed(tuple(ids))}" if len(policy.tracks) > 1 else ""
        yield Edge(f"start-{first}", "start", START, stage_node(first), words)
    for stage in policy.stages.values():
        yield from (_way(policy, way) for way in stage.ways_on)
        yield from _settled(policy, stage)


def _way(policy: Policy, way: WayOn) -> Edge:
    clock = policy.clocks[f"way-{way.id}"]
    order = list(policy.stages)
    stage = policy.stages[way.from_stage]
    by = "" if way.by.side == "raising" else seat_words(policy, way.by, stage)
    return Edge(
        f"way-{way.id}",
        _direction(order.index(way.from_stage), order.index(way.to_stage)),
        stage_node(way.from_stage),
        stage_node(way.to_stage),
        way.title,
        when="If they do not agree" if way.unresolved else "",
        by=by,
        force=clock.force,
        limit=_time(clock.limit),
        clause=way.clause,
    )


def _direction(here: int, there: int) -> EdgeKind:
    if here == there:
        return "again"
    return "on" if here < there else "back"


def _settled(policy: Policy, stage: Stage) -> Iterator[Edge]:
    """The line from where the sides can agree, or a panel decides, to the outcome."""
    source = stage_node(stage.id)
    settling = next((step for step in stage.steps if step.settles), None)
    if stage.panel:
        panel = policy.panels[stage.panel]
        final = panel.authority in FINAL
        words = "When the panel has decided" if final else "If they agree after the panel"
        clause = panel.decision_clause
        yield Edge(f"settled-{stage.id}", "settled", source, END, words, clause=clause)
    elif settling:
        words = "If they agree"
        yield Edge(f"settled-{stage.id}", "settled", source, END, words, clause=settling.clause)


def _own_clocks(policy: Policy) -> Iterator[Clock]:
    """The clocks that were written as such, and not made from a step, a panel or the closing."""
    for clock in policy.clocks.values():
        made = clock.step or clock.way or clock.stage
        if not made and clock.id not in (WRITE_OUTCOME, CONFIRM_OUTCOME):
            yield clock


def _time(rule: LimitRule) -> str:
    """How long, as a sentence; empty where the policy gives no time."""
    words = limit_words(rule)
    return "" if words.startswith(_SILENT) else words
