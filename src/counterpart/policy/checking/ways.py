"""Findings about where a case can go: stages that nothing leads to, or out of, and what never ends."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.naming import listed, stage_at, stage_name, way_at
from counterpart.policy.checking.saying import why_never
from counterpart.policy.checking.subject import Subject, steps_of
from counterpart.policy.model import FINAL, Affirmed, Policy, Stage, WayOn

ELSEWHERE = frozenset({"procedure", "arbiter"})
"""The kinds of exit that, where they name the stage, take the disagreement to somebody else to settle."""


def never_ends(on: Subject) -> Iterator[Finding]:
    """A stage from which no stage can be reached where the matter can be settled or decided."""
    for stage in on.stages:
        if any(_can_end(on.policy, x) for x in {stage.id, *on.after[stage.id]}):
            continue
        words = (
            f"A case that comes to {stage_name(on.policy, stage.id)} can never end but by being "
            f"withdrawn: from there on no step settles it, no panel sits, and it leaves for nothing "
            f"else. A child’s case would go round for ever. Say at which step the sides can settle it."
        )
        yield finding("never-ends", stage_at(stage.id), stage.clause, words)


def _can_end(policy: Policy, stage: str) -> bool:
    exits = any(x.ends and stage in (x.from_stages or (stage,)) for x in policy.exits.values())
    return bool(steps_of(policy, stage)) or bool(policy.stages[stage].panel) or exits


def unreachable_stage(on: Subject) -> Iterator[Finding]:
    """A stage that no case can come to, at all or on one of the tracks it stands in."""
    for stage in on.policy.stages.values():
        if stage.id in on.reachable:
            tracks = [
                t.title or t.id
                for t in on.policy.tracks.values()
                if stage.id in t.stages and stage.id not in on.closure((t.first,), t)
            ]
            where = f" on {listed(tracks)}" if tracks else ""
        else:
            where = " at all"
        if not where:
            continue
        words = (
            f"No case can come to {stage_name(on.policy, stage.id)}{where}: no track begins there, "
            f"and no way on leads there. The help it offers would never reach a child. Add a way on "
            f"that leads to it, or take it out."
        )
        yield finding("unreachable-stage", stage_at(stage.id), stage.clause, words)


def no_way_on(on: Subject) -> Iterator[Finding]:
    """A last stage where the sides themselves talk, and nobody stands behind them."""
    for stage in _last_stages(on):
        if _who_helps(on.policy, stage) != "nobody":
            continue
        held = "" if on.says == "The policy" else ", in what is held of this policy,"
        words = (
            f"Nothing leads on from {stage_name(on.policy, stage.id)}{held} if the sides do not agree "
            f"there: no way on, no panel, and nobody who decides or helps. The talk stays owed, but a "
            f"child’s case could stay open for ever. Add a way on, or say who decides."
        )
        yield finding("no-way-on", stage_at(stage.id), stage.clause, words)


def no_last_word(on: Subject) -> Iterator[Finding]:
    """A last stage where somebody advises or helps, and nobody decides."""
    for stage in _last_stages(on):
        if _who_helps(on.policy, stage) != "helps":
            continue
        words = (
            f"{stage_name(on.policy, stage.id)} is the last stage, and what is said there is advice "
            f"or help. If a side still does not agree, nobody has the last word and the child’s case "
            f"stays open. Decide what comes then: a binding panel, one person who decides, or a "
            f"named procedure to go to."
        )
        yield finding("no-last-word", stage_at(stage.id), stage.clause, words)


def _last_stages(on: Subject) -> Iterator[Stage]:
    """Those that can be reached, and that no way on and no procedure leads out of."""
    for stage in on.stages:
        leads_out = any(way.to_stage != stage.id for way in on.leaving[stage.id])
        exits = any(
            x.kind in ELSEWHERE and stage.id in x.from_stages for x in on.policy.exits.values()
        )
        if not leads_out and not exits:
            yield stage


def _who_helps(policy: Policy, stage: Stage) -> str:
    """`decides`, `helps` or `nobody`."""
    if stage.panel:
        panel = policy.panels[stage.panel]
        decides = panel.authority in FINAL or panel.must_decide
        return "decides" if decides or panel.authority == "not stated" else "helps"
    office = [step for step in stage.steps if step.by.side == "partnership"]
    if any(step.kind == "decision" for step in office):
        return "decides"
    return "helps" if office else "nobody"


def way_on_only_on_a_condition(on: Subject) -> Iterator[Finding]:
    """A stage whose every way on asks for more than that the matter is open."""
    for stage in on.stages:
        ways = on.leaving[stage.id]
        if not ways or stage.panel or not all(_asks_more(way) for way in ways):
            continue
        asked = [
            on.policy.conditions[x.condition].title
            for way in ways
            for group in way.when
            for x in group
            if isinstance(x, Affirmed)
        ]
        words = (
            f"A case goes on from {stage_name(on.policy, stage.id)} only where somebody can say: "
            f"{listed(asked, last='or')}. Where that is not so, a disagreement that nobody settles stays there. "
            f"Check that this is meant, or add a way on for the rest."
        )
        yield finding("only-on-a-condition", stage_at(stage.id, "ways_on"), stage.clause, words)


def _asks_more(way: WayOn) -> bool:
    return any(all(isinstance(x, Affirmed) for x in group) for group in way.when)


def nobody_must_go_on(on: Subject) -> Iterator[Finding]:
    """A stage whose ways on are all something that somebody may take."""
    for stage in on.stages:
        ways = on.leaving[stage.id]
        if not ways or stage.panel:
            continue
        if any(on.policy.clocks[f"way-{way.id}"].force != "may" for way in ways):
            continue
        if all(way.by.side == "partnership" for way in ways):
            continue  # somebody in the office chooses, and owes the step at which they choose
        words = (
            f"If {stage_name(on.policy, stage.id)} does not settle it, people may take it further "
            f"and nobody has to. A person who finds it hard to challenge may let it rest, and the "
            f"child with it. If the policy expects it to go on, write “force: should” or “must”."
        )
        yield finding("nobody-must-go-on", stage_at(stage.id, "ways_on"), stage.clause, words)


def must_behind_may(on: Subject) -> Iterator[Finding]:
    """A way on that is owed, after a step that nobody owes."""
    for way in on.policy.ways_on.values():
        if on.policy.clocks[f"way-{way.id}"].force != "must":
            continue
        optional = [s for s in way.after if on.policy.clocks[s].force == "may"]
        if not optional:
            continue
        words = (
            f"“{way.title}” must be done, but only after {listed([on.policy.steps[s].what for s in optional])}, "
            f"which is only something people may do. If nobody does, the case cannot go on. Make the "
            f"step owed too, or take it out of “after”."
        )
        yield finding("must-behind-may", way_at(way, "after"), way.clause, words)


def approval_without_a_way_round(on: Subject) -> Iterator[Finding]:
    """A way on that one person can keep shut."""
    for way in on.policy.ways_on.values():
        if way.approval is None or way.is_jump:
            continue
        others = [
            x
            for x in on.leaving[way.from_stage]
            if x.approval is None and x.to_stage != way.from_stage
        ]
        if others or on.policy.stages[way.from_stage].panel:
            continue
        words = (
            f"“{way.title}” needs approval, and if it is refused, or nobody answers, there is no other "
            f"way on from {stage_name(on.policy, way.from_stage)}. One person could stop a child’s "
            f"case. Add a way round, such as one with “when: [refused {way.id}]”."
        )
        yield finding("no-way-round", way_at(way, "approval"), way.clause, words)


def way_never_taken(on: Subject) -> Iterator[Finding]:
    """A way on whose conditions can never hold."""
    for way in on.policy.ways_on.values():
        why = why_never(on, way)
        if why is None:
            continue
        words = (
            f"“{way.title}” can never be taken: {why}. A case that needs it would have no such way. "
            f"Check what is written under “after”, “when” and “tracks”."
        )
        yield finding("way-never-taken", way_at(way), way.clause, words)


RULES = (
    never_ends,
    unreachable_stage,
    no_way_on,
    no_last_word,
    way_on_only_on_a_condition,
    nobody_must_go_on,
    must_behind_may,
    approval_without_a_way_round,
    way_never_taken,
)
