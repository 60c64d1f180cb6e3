"""Hold every name, seat and trigger of a policy file against what the file declares.

Linking asks here as it puts a policy together. Nothing is raised: each problem is kept with
its place in the file, so that an author sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterpart.policy import triggers
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    WRITE_OUTCOME,
    Affirmed,
    Condition,
    MissedClock,
    RefusedWay,
    Seat,
    Unresolved,
)
from counterpart.policy.source import PolicySource
from counterpart.policy.source.stages import StepSource
from counterpart.policy.source.written import Cited, Written

Where = tuple[str | int, ...]


def seat(text: str) -> Seat:
    """`raising.line-manager` or `each` as a `Seat`."""
    side, _, role = text.partition(".")
    return Seat(side, role or None)


def readings_of(rule: Cited) -> tuple[str, ...]:
    """Every reading a rule rests on."""
    return tuple([rule.reading] if rule.reading else []) + tuple(rule.also_read)


def steps_of(source: PolicySource) -> Iterator[StepSource]:
    """Every step of a file, inside the stages and beside them."""
    for stage in source.stages:
        yield from stage.steps
    for group in (source.urgent, source.any_stage, source.afterwards):
        yield from group.steps if group else ()


def way_ids(source: PolicySource) -> Iterator[str]:
    """Every way on, and every jump: one for each stage it may lead to."""
    for stage in source.stages:
        yield from (way.id for way in stage.ways_on)
    for jump in source.jumps:
        yield from (jump_id(jump.id, to, jump.to) for to in jump.to)


def jump_id(jump: str, to: str, targets: list[str]) -> str:
    """The id of a jump to one of its stages."""
    return jump if len(targets) == 1 else f"{jump}-{to}"


class References:
    """What one policy file declares, and in `found` what is wrong with what it mentions."""

    def __init__(self, source: PolicySource) -> None:
        self.source = source
        self.found: list[tuple[Where, str, str]] = []
        self.cited: set[str] = set()
        self.clauses = {c.id for c in source.clauses}
        self.readings = {r.id for r in source.readings}
        self.roles = {r.id: r for r in source.roles}
        self.outsiders = {o.id for o in source.outsiders}
        self.panels = {p.id for p in source.panels}
        self.conditions = {c.id for c in source.conditions}
        self.grounds = {g.id for g in source.grounds.items}
        self.tracks = {t.id for t in source.tracks}
        self.stages = frozenset(s.id for s in source.stages)
        self.steps = frozenset(step.id for step in steps_of(source))
        self.ways = frozenset(way_ids(source))
        made = {f"convene-{p}" for p in self.panels} | {f"decide-{p}" for p in self.panels}
        clocks = {c.id for c in source.clocks} | {f"way-{way}" for way in self.ways} | made
        self.named = {
            "stage": self.stages,
            "step": self.steps,
            "way": self.ways,
            "clock": frozenset(clocks | self.steps | {WRITE_OUTCOME, CONFIRM_OUTCOME}),
            "date": frozenset(d.id for d in source.dates),
        }

    def wrong(self, where: Where, code: str, words: str) -> None:
        self.found.append((where, code, words))

    def known(self, name: str, known: Iterable[str], where: Where, what: str) -> None:
        if name not in known:
            self.wrong(where, f"no-such-{what}", f"there is no {what} called {name!r}")

    def all_known(
        self, names: Iterable[str], known: Iterable[str], where: Where, what: str
    ) -> tuple[str, ...]:
        """The names, each held against what there is."""
        found = tuple(names)
        for i, name in enumerate(found):
            self.known(name, known, (*where, i), what)
        return found

    def seat(self, text: str, where: Where) -> Seat:
        """The seat, its role held against the roles of the file."""
        found = seat(text)
        if found.side == "outside":
            self.known(found.role or "", self.outsiders, where, "outsider")
            return found
        if found.role is None:
            if found.side == "partnership":
                self.wrong(where, "no-role", "a seat in the partnership needs a role")
            return found
        self.known(found.role, self.roles, where, "role")
        at = "partnership" if found.side == "partnership" else "agency"
        if found.role in self.roles and self.roles[found.role].at != at:
            self.wrong(where, "wrong-body", f"{found.role!r} is not a role at the {at}")
        return found

    def seat_or_none(self, text: str | None, where: Where) -> Seat | None:
        return self.seat(text, where) if text else None

    def seats(self, texts: Iterable[str], where: Where) -> tuple[Seat, ...]:
        return tuple(self.seat(text, (*where, i)) for i, text in enumerate(texts))

    def triggers(self, written: list[str] | None, where: Where) -> tuple[str, ...]:
        return tuple(self.trigger(text, (*where, i)) for i, text in enumerate(written or ()))

    def trigger(self, text: str, where: Where) -> str:
        if words := triggers.problem_with(text, self.named):
            self.wrong(where, "no-such-trigger", words)
        return text

    def condition(self, text: str, where: Where) -> Condition:
        """`unresolved`, `missed X`, `refused WAY`, or one of the file's own `conditions`."""
        if text == "unresolved":
            return Unresolved()
        word, name = triggers.parts(text)
        if name and word == "missed":
            self.trigger(text, where)
            return MissedClock(name)
        if name and word == "refused":
            self.trigger(text, where)
            return RefusedWay(name)
        self.known(text, self.conditions, where, "condition")
        return Affirmed(text)

    def check_unique(self) -> None:
        """No two clauses, stages or others may be called the same."""
        s = self.source
        self._unique(("grounds", "list"), [g.id for g in s.grounds.items], "grounds")
        for key in type(s).model_fields:
            items = getattr(s, key)
            if isinstance(items, list) and items and hasattr(items[0], "id"):
                self._unique((key,), [item.id for item in items], key)

    def _unique(self, where: Where, names: list[str], what: str) -> None:
        for i, name in enumerate(names):
            if name in names[:i]:
                words = f"two {what.replace('_', ' ')} are called {name!r}"
                self.wrong((*where, i, "id"), "same-id", words)

    def check_citations(self, node: object, where: Where) -> None:
        """Walk everything written and hold each citation against the lists of the file."""
        if isinstance(node, list):
            for i, item in enumerate(node):
                self.check_citations(item, (*where, i))
        if not isinstance(node, Written):
            return
        if isinstance(node, Cited):
            for name in readings_of(node):
                self.known(name, self.readings, (*where, "reading"), "reading")
        for name, field in type(node).model_fields.items():
            value = getattr(node, name)
            at: Where = (*where, field.alias or name)
            if name.endswith("clause") and isinstance(value, str):
                self.cited.add(value)
                self.known(value, self.clauses, at, "clause")
            else:
                self.check_citations(value, at)
