"""Turn a policy into the boxes of its picture. `joining` makes the lines between them.

What the picture says of each rule is said in the words of `phrases`. Nothing is decided here
about looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.conditions import own_clocks
from counterpart.policy.drawing.joining import END, START, edges, stage_node
from counterpart.policy.drawing.saying import seats_told, short_name, time_words, who_does_it
from counterpart.policy.drawing.shapes import Diagram, Fact, Node
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    FINAL,
    WRITE_OUTCOME,
    Clock,
    Exit,
    Panel,
    Policy,
    Stage,
    Step,
)
from counterpart.policy.phrases import limit_words, listed, seat_words, trigger_words

AUTHORITY = {
    "binding": "Its decision is binding",
    "recommendation": "It recommends; the agencies decide",
    "mediation": "It helps the agencies to agree; it does not decide",
    "arbitration": "It decides between the agencies",
    "not stated": "The policy does not say what its decision means",
}


def diagram(policy: Policy) -> Diagram:
    """The picture of a policy: every stage, every way between them, and how it begins and ends."""
    return Diagram(policy.id, policy.title, tuple(_nodes(policy)), tuple(edges(policy)))


def _nodes(policy: Policy) -> Iterator[Node]:
    yield from _beside(policy)
    yield from _any_stage(policy)
    for clock in own_clocks(policy):
        yield _limit(policy, clock)
    yield Node(START, "start", "A concern is raised")
    for stage in policy.stages.values():
        facts = tuple(_stage_facts(policy, stage))
        yield Node(stage_node(stage.id), "stage", stage.name, facts, stage.clause, stage.id)
    yield _end(policy)
    yield from _afterwards(policy)
    yield from _exits(policy)


# --- beside the stages -----------------------------------------------------------------------------


def _beside(policy: Policy) -> Iterator[Node]:
    urgent = policy.urgent
    if urgent is None:
        return
    facts = [_step(policy, step, None) for step in urgent.steps]
    if urgent.tells:
        facts.append(Fact(f"Told at once: {seats_told(policy, urgent.tells)}", urgent.clause))
    facts.append(Fact("This goes on beside the stages, whichever of them the case is at"))
    title = "If a child is at risk of immediate harm"
    yield Node("beside", "beside", title, tuple(facts), urgent.clause)


def _any_stage(policy: Policy) -> Iterator[Node]:
    steps = policy.offered("always")
    if steps or policy.jumps:
        facts = tuple(_step(policy, step, None) for step in steps)
        yield Node("any", "any", "What may be done beside the stages", facts)


def _afterwards(policy: Policy) -> Iterator[Node]:
    if steps := policy.offered("afterwards"):
        facts = tuple(_step(policy, step, None) for step in steps)
        yield Node("after", "after", "After the case has ended", facts)


def _exits(policy: Policy) -> Iterator[Node]:
    if policy.exits:
        facts = tuple(_exit(policy, way) for way in policy.exits.values())
        yield Node("exits", "exits", "Ways out of this policy", facts)


def _exit(policy: Policy, way: Exit) -> Fact:
    stage = f" ({way.stage})" if way.stage else ""
    names = listed(tuple(short_name(policy.stages[name]) for name in way.from_stages))
    froms = f". Only from {names}" if names else ""
    ends = ". The case ends there" if way.ends else ""
    when, where = way.when.rstrip("."), way.where.rstrip(".")
    return Fact(f"{way.title}: {when}. It leads to: {where}{stage}{froms}{ends}", way.clause)


def _limit(policy: Policy, clock: Clock) -> Node:
    starts = listed(tuple(trigger_words(policy, trigger) for trigger in clock.starts), "or")
    facts = [Fact(time_words(policy, clock) or limit_words(clock.limit, policy), clock.clause)]
    if clock.over:
        names = tuple(short_name(policy.stages[stage]) for stage in clock.over)
        facts.append(Fact(f"It covers, all together: {listed(names)}"))
    facts.append(Fact(f"It starts when {starts}"))
    title = f"Time limit: {clock.what}"
    return Node(f"limit-{clock.id}", "limit", title, tuple(facts), clock.clause)


# --- the stages ------------------------------------------------------------------------------------


def _stage_facts(policy: Policy, stage: Stage) -> Iterator[Fact]:
    yield from _standing_of(policy, stage)
    yield from _speakers(policy, stage)
    if stage.tells:
        told = seats_told(policy, stage.tells, stage)
        yield Fact(f"Told when the case comes here: {told}", stage.clause)
    for step in stage.steps:
        yield _step(policy, step, stage)
    if stage.panel:
        yield from _panel_facts(policy, policy.panels[stage.panel])


def _standing_of(policy: Policy, stage: Stage) -> Iterator[Fact]:
    if stage.inside == "raising":
        yield Fact("Inside the agency that raised the concern", stage.clause)
    if stage.band:
        yield Fact(stage.band.title(), stage.clause)
    on = [t.title or t.id for t in policy.tracks.values() if stage.id in t.stages]
    if len(policy.tracks) > 1 and on:
        yield Fact(f"{'Track' if len(on) == 1 else 'Tracks'}: {listed(tuple(on))}")


def _speakers(policy: Policy, stage: Stage) -> Iterator[Fact]:
    ours, theirs = (policy.roles[stage.speaks[side]].title for side in ("raising", "receiving"))
    if not stage.inside and ours == theirs:
        yield Fact(f"Speaks for each agency: {ours}", stage.clause)
        return
    yield Fact(f"Speaks for the agency that raised the concern: {ours}", stage.clause)
    if not stage.inside:
        yield Fact(f"Speaks for the other agency: {theirs}", stage.clause)


def _step(policy: Policy, step: Step, stage: Stage | None) -> Fact:
    clock = policy.clocks[step.id]
    by = "" if _speaks_here(step, stage) else who_does_it(policy, step.by, stage)
    satisfies = step.satisfies and seat_words(policy, step.satisfies, stage)
    ends = f". It must satisfy: {satisfies}" if satisfies else ""
    words = f"{clock.force.title()}: {step.what.rstrip('.')}{by}{ends}"
    return Fact(words, step.clause, time_words(policy, clock))


def _speaks_here(step: Step, stage: Stage | None) -> bool:
    """Whether it is done by whoever speaks for the side that raised the concern."""
    if stage is None or step.by.side != "raising":
        return False
    return step.by.role in (None, stage.speaks["raising"])


def _panel_facts(policy: Policy, panel: Panel) -> Iterator[Fact]:
    convene, decide = policy.clocks[f"convene-{panel.id}"], policy.clocks[f"decide-{panel.id}"]
    convened = f"{panel.title}, convened by: {seat_words(policy, panel.convened_by)}"
    yield Fact(convened, convene.clause, time_words(policy, convene))
    if panel.chaired_by:
        yield Fact(f"Its chair: {seat_words(policy, panel.chaired_by)}", panel.clause)
    yield Fact(AUTHORITY[panel.authority], decide.clause, time_words(policy, decide))


# --- the end ---------------------------------------------------------------------------------------


def _end(policy: Policy) -> Node:
    closing = policy.closing
    write, confirm = policy.clocks[WRITE_OUTCOME], policy.clocks[CONFIRM_OUTCOME]
    who = who_does_it(policy, closing.confirmed_by)
    facts = [
        Fact(closing.outcome, write.clause, time_words(policy, write)),
        Fact(f"{closing.confirm.rstrip('.')}{who}", closing.clause, time_words(policy, confirm)),
    ]
    if lead := closing.lead:
        facts.append(Fact(f"{lead.title}: {seat_words(policy, lead.of)}", lead.clause))
    decided = any(panel.authority in FINAL for panel in policy.panels.values())
    title = "Agreed or decided, in writing" if decided else "Agreed in writing"
    return Node(END, "end", title, tuple(facts), closing.clause)
