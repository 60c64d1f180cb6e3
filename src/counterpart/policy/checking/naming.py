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
    if step.offered == "panel":
        return ("panels", step.id.removeprefix("report-"), "report", *more)
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
    if is_made(clock):
        return _made_at(policy, clock)
    if clock.act in ("convene", "decide"):
        return ("panels", clock.target, f"{clock.act}_{more[0]}" if more else clock.act)
    return ("clocks", clock.id, *more)


MADE = frozenset({"approve", "satisfied", "choose", "set", "offer", "agree", "band"})


def is_made(clock: Clock) -> bool:
    """Whether it was made beside another rule, so that its author cannot give it a time."""
    return clock.act in MADE


def _made_at(policy: Policy, clock: Clock) -> Where:
    if clock.act == "approve":
        return way_at(policy.ways_on[clock.target], "approval")
    if clock.act == "satisfied":
        return step_at(policy.steps[clock.target], "satisfies")
    if clock.act == "band":
        return ("bands", "set_by")
    of = policy.clocks[clock.target]
    return clock_at(policy, of, "if_missed" if clock.act == "choose" else "limit")


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
