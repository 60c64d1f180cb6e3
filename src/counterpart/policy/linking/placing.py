"""Make the duties to place a record where the policy wants it kept: one for each stage, and one for the end.

Several rules may speak of the same stage; together they are one duty. What is only to be written is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from counterpart.policy import triggers
from counterpart.policy.linking.clockwork import is_for_each
from counterpart.policy.model import (
    AT_THE_END,
    RECORD,
    Clock,
    Force,
    LimitRule,
    Placing,
    RecordRule,
    Seat,
    Stage,
)
from counterpart.policy.phrases import listed
from counterpart.worktime import NotStated

ON = {"child": "child", "each agency": "agency", "partnership": "partnership"}
"""What an entry calls each place that a policy may name."""
PLACES = {
    "child": "the child’s own file",
    "agency": "the agency’s own records",
    "partnership": "the partnership’s records",
}
THE_END = "Place the record of how it ended where it is kept"
STRONGEST: tuple[Force, ...] = ("must", "should")


def placing(records: Sequence[RecordRule], stages: Mapping[str, Stage]) -> dict[str, Placing]:
    """What is owed once a stage is left, for each stage of which a record is kept somewhere."""
    found = {}
    for stage in stages.values():
        if rules := [r for r in _owed(records) if not r.at_end and _is_of(r, stage)]:
            found[stage.id] = _placing(rules, stage, stage.id, (triggers.left(stage.id),))
    return found


def placing_at_end(
    records: Sequence[RecordRule], stages: Mapping[str, Stage]
) -> dict[str, Placing]:
    """What is owed once a case has ended at a stage: the stage and the end are one duty.

    Where no rule speaks of the end, it is the stage's own.
    """
    left = placing(records, stages)
    at_end = [r for r in _owed(records) if r.at_end]
    if not at_end:
        return left
    return {
        stage.id: _placing(
            [*at_end, *(r for r in _owed(records) if not r.at_end and _is_of(r, stage))],
            stage,
            AT_THE_END,
            (),
        )
        for stage in stages.values()
    }


def placing_clocks(left: Mapping[str, Placing], at_end: Mapping[str, Placing]) -> dict[str, Clock]:
    """The clocks of all of them. That of the end stands for every stage a case may end at."""
    return {one.clock.id: one.clock for one in (*left.values(), *at_end.values())}


def _owed(records: Iterable[RecordRule]) -> list[RecordRule]:
    return [rule for rule in records if rule.kept_on and rule.force != "may"]


def _is_of(rule: RecordRule, stage: Stage) -> bool:
    return not rule.stages or stage.id in rule.stages


def _placing(
    rules: Sequence[RecordRule], stage: Stage, target: str, starts: tuple[str, ...]
) -> Placing:
    on = tuple(dict.fromkeys(ON[where] for rule in rules for where in rule.kept_on))
    places = listed(tuple(PLACES[where] for where in on))
    what = f"Place the record of “{stage.name}” on {places}"
    if target == AT_THE_END:
        what = (
            THE_END  # the same at whichever stage it ended: a list has only the clock to say it by
        )
    inside = Seat("raising") if stage.inside and target == stage.id else Seat("each")
    owner = next((rule.by for rule in rules if rule.by is not None), inside)
    first = rules[0]
    clock = Clock(
        id=f"{RECORD}:{target}",
        what=what,
        owner=owner,
        starts=starts,
        stops=(),
        limit=_limit(rules),
        force=min((rule.force for rule in rules), key=STRONGEST.index),
        clause=first.clause,
        per_agency=is_for_each(owner),
        readings=tuple(dict.fromkeys(name for rule in rules for name in rule.readings)),
        act=RECORD,
        target=target,
    )
    return Placing(
        clock,
        on,
        tuple(dict.fromkeys(rule.what for rule in rules)),
        tuple(dict.fromkeys(rule.clause for rule in rules)),
    )


def _limit(rules: Sequence[RecordRule]) -> LimitRule:
    """The shortest of them holds; that no time is given counts only where none of them gives one."""
    limits = [rule.limit for rule in rules if rule.limit is not None]
    given = tuple(x for limit in limits for x in limit.fixed if not isinstance(x, NotStated))
    return replace(limits[0], fixed=given or limits[0].fixed)
