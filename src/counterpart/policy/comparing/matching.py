"""Which stage of one policy is which of another, and so what each rule is called in both.

Editions and layers of one policy are matched by the ids their authors gave. Other policies are
matched by what their stages are: who speaks there, whether a panel sits, whether it is inside
one agency. The order of stages is never crossed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from counterpart.policy.model import LimitRule, Policy, Seat, Stage, Step, WayOn
from counterpart.worktime import Limit, NotStated

ALIKE = 0.3
"""From what share of common features two stages are taken for the same."""

Pair = tuple[str | None, str | None]


def are_kin(a: Policy, b: Policy) -> bool:
    """Whether both are editions or layers of one policy, so that their ids mean the same."""
    return bool({a.id, *(x.id for x in a.layers)} & {b.id, *(x.id for x in b.layers)})


@dataclass(frozen=True)
class View:
    """A policy with the names that its rules have in a comparison."""

    policy: Policy
    is_kin: bool
    stages: Mapping[str, str]
    shared: frozenset[str]

    @cached_property
    def steps(self) -> dict[str, str]:
        """For each step, its name in the comparison."""
        if self.is_kin:
            return {step: step for step in self.policy.steps}
        return _numbered({step.id: self._kind_of(step) for step in self.policy.steps.values()})

    def _kind_of(self, step: Step) -> str:
        place = self.stages[step.stage] if step.stage else step.offered
        return f"{place} {'settling' if step.settles else step.kind}"

    @cached_property
    def ways(self) -> dict[str, str]:
        """For each way on, its name in the comparison."""
        ways = self.policy.ways_on.values()
        if self.is_kin:
            return {way.id: way.id for way in ways}
        return _numbered({way.id: self._route(way) for way in ways})

    def _route(self, way: WayOn) -> str:
        start = "any" if way.is_jump else self.stages[way.from_stage]
        return f"{start} to {self.stages[way.to_stage]}"

    def seat(self, seat: Seat | None, stage: Stage | None = None) -> object:
        """Whose place it is, in terms that both policies have."""
        if seat is None or self.is_kin:
            return seat
        if stage is not None and seat.role in (None, stage.speaks.get(seat.side)):
            return seat.side, "whoever speaks"
        known = self.policy.roles.get(seat.role or "")
        return seat.side, known.tiers if known else seat.role

    def seats(self, seats: tuple[Seat, ...], stage: Stage | None = None) -> object:
        """Several places, in no order."""
        return frozenset(self.seat(seat, stage) for seat in seats)

    def limit(self, rule: LimitRule | None) -> object:
        """How long it is, in terms that both policies have.

        Why no time is stated is about the copy we hold, and counts only within one family. How
        days are counted counts here only where it is not as in the rest of the policy.
        """
        if rule is None:
            return None
        bands = tuple((band, str(limit)) for band, limit in rule.by_band.items())
        counting = None if rule.counting == self.policy.counting else rule.counting
        for_people = rule.protective, rule.is_agreed, self.seat(rule.set_by)
        return tuple(self._fixed(limit) for limit in rule.fixed), bands, for_people, counting

    def _fixed(self, limit: Limit) -> str:
        is_silent = isinstance(limit, NotStated) and not self.is_kin
        return "not stated" if is_silent else str(limit)

    def text(self, *texts: object) -> object:
        """What is compared word by word, which is done only within one policy's family."""
        return texts if self.is_kin else None


def _numbered(names: Mapping[str, str]) -> dict[str, str]:
    """The names, the second of the same with a 2 behind it, and so on."""
    seen: Counter[str] = Counter()
    found = {}
    for id, name in names.items():
        seen[name] += 1
        found[id] = name if seen[name] == 1 else f"{name} {seen[name]}"
    return found


def views(a: Policy, b: Policy) -> tuple[View, View]:
    """Both policies, with common names."""
    kin = are_kin(a, b)
    if kin:
        ours, theirs = {s: s for s in a.stages}, {s: s for s in b.stages}
    else:
        pairs = _aligned(a, b)
        ours = {x: f"stage {i}" for i, (x, _) in enumerate(pairs, 1) if x}
        theirs = {y: f"stage {i}" for i, (_, y) in enumerate(pairs, 1) if y}
    shared = frozenset(ours.values()) & frozenset(theirs.values())
    return View(a, kin, ours, shared), View(b, kin, theirs, shared)


def _aligned(a: Policy, b: Policy) -> list[Pair]:
    """The stages of both in one order. It does not matter which policy is named first."""
    if (b.id, b.edition) < (a.id, a.edition):
        return [(x, y) for y, x in _aligned(b, a)]
    ours, theirs = list(a.stages.values()), list(b.stages.values())
    # best[i][j]: the greatest likeness of the stages from i and from j on.
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            like = likeness(a, ours[i], b, theirs[j])
            both = like + best[i + 1][j + 1] if like >= ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return _walked(ours, theirs, best)


def _walked(ours: list[Stage], theirs: list[Stage], best: list[list[float]]) -> list[Pair]:
    pairs: list[Pair] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if best[i][j] == best[i + 1][j]:
            pairs.append((ours[i].id, None))
            i += 1
        elif best[i][j] == best[i][j + 1]:
            pairs.append((None, theirs[j].id))
            j += 1
        else:
            pairs.append((ours[i].id, theirs[j].id))
            i, j = i + 1, j + 1
    pairs += [(stage.id, None) for stage in ours[i:]]
    return pairs + [(None, stage.id) for stage in theirs[j:]]


def likeness(a: Policy, one: Stage, b: Policy, other: Stage) -> float:
    """How much of what two stages are is the same, from 0 to 1."""
    ours, theirs = _features(a, one), _features(b, other)
    return len(ours & theirs) / len(ours | theirs)


def _features(policy: Policy, stage: Stage) -> set[object]:
    filled = {side: policy.roles[role].tiers for side, role in stage.speaks.items()}
    tiers: set[object] = {(side, tier) for side, those in filled.items() for tier in those}
    tiers |= {(side, "first", those[0]) for side, those in filled.items()}
    settled_by = {step.by.side for step in stage.steps if step.settles}
    settling = {"the partnership settles"} if "partnership" in settled_by else {"agencies settle"}
    panel = {"panel", "decides"} if stage.panel else {"no panel"}
    return (
        tiers
        | (settling if settled_by else {"nothing settles"})
        | panel
        | {("inside", stage.inside)}
    )
