"""Where a rule stands in the file, and what to call it in a sentence."""

from __future__ import annotations

from counterpart.policy.checking.findings import Where
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME, Clock, Policy, Step, WayOn

_BESIDE = {"urgent": "urgent", "always": "any_stage", "afterwards": "afterwards"}


def stage_at(stage: str, *more: str | int) -> Where:
    return ("stages", stage, *more)


def step_at(step: Step, *more: str | int) -> Where:
    """Where a step stands, inside a stage or beside them."""
    if step.stage is not None:
        return stage_at(step.stage, "steps", step.id, *more)
    return (_BESIDE[step.offered], "steps", step.id, *more)


def way_at(way: WayOn, *more: str | int) -> Where:
    """Where a way on stands. A jump to several stages is written once, under the shorter name."""
    if way.is_jump:
        return ("jumps", way.id.removesuffix(f"-{way.to_stage}"), *more)
    return stage_at(way.from_stage, "ways_on", way.id, *more)


def clock_at(policy: Policy, clock: Clock, *more: str | int) -> Where:
    """Where the rule that a clock was made from stands."""
    if clock.step:
        return step_at(policy.steps[clock.step], *more)
    if clock.way:
        return way_at(policy.ways_on[clock.way], *more)
    if clock.id in (WRITE_OUTCOME, CONFIRM_OUTCOME):
        return ("closing", f"{clock.id.partition('-')[0]}_{more[0]}" if more else clock.id)
    word, _, name = clock.id.partition("-")
    if is_made(policy, clock):
        return _made_at(policy, word, name)
    if word in ("convene", "decide") and name in policy.panels:
        return ("panels", name, f"{word}_{more[0]}" if more else word)
    return ("clocks", clock.id, *more)


def is_made(policy: Policy, clock: Clock) -> bool:
    """Whether it was made beside another rule, so that its author cannot give it a time."""
    word, _, name = clock.id.partition("-")
    known = {"approve": policy.ways_on, "satisfied": policy.steps, "choose": policy.clocks}
    return not (clock.step or clock.way) and name in known.get(word, ())


def _made_at(policy: Policy, word: str, name: str) -> Where:
    if word == "approve":
        return way_at(policy.ways_on[name], "approval")
    if word == "satisfied":
        return step_at(policy.steps[name], "satisfies")
    return clock_at(policy, policy.clocks[name], "if_missed")


def stage_name(policy: Policy, stage: str) -> str:
    """`“Stage Two: Talk”`."""
    return f"“{policy.stages[stage].name}”"


def rule_name(policy: Policy, clock: Clock) -> str:
    """`“Speak to each other” (Stage Two: Talk)`."""
    where = f" ({policy.stages[clock.stage].name})" if clock.stage else ""
    return f"“{clock.what}”{where}"


def listed(names: list[str], most: int = 3, last: str = "and") -> str:
    """`“a”, “b” and “c”`; of many, the first ones and how many more there are."""
    quoted = [f"“{name}”" for name in dict.fromkeys(names)]
    if len(quoted) > most:
        return f"{', '.join(quoted[:most])} and {len(quoted) - most} more"
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
