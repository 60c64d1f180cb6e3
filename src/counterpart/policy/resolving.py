"""Hold every name, seat, limit and trigger of a policy file against what the file declares.

`linking` asks here as it puts a policy together. Nothing is raised: each problem is kept with
its place in the file, so that an author sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterpart.policy import triggers
from counterpart.policy.model import LimitRule, Seat
from counterpart.policy.source import (
    Cited,
    LimitSource,
    PolicySource,
    ShorterOf,
    StepSource,
)
from counterpart.worktime import Limit, LimitProblem, parse_limit

Where = tuple[str | int, ...]
PROTECTS = "protects the child"


def seat(text: str) -> Seat:
    """`raising.line-manager` or `each` as a `Seat`."""
    side, _, role = text.partition(".")
    return Seat(side, role or None)


def readings_of(rule: Cited) -> tuple[str, ...]:
    """Every reading a rule rests on."""
    return tuple([rule.reading] if rule.reading else []) + tuple(rule.also_read)


class References:
    """What one policy file declares, and in `found` what is wrong with what it mentions."""

    def __init__(self, source: PolicySource) -> None:
        self.source = source
        self.found: list[tuple[Where, str, str]] = []
        self.clauses = {c.id for c in source.clauses}
        self.readings = {r.id for r in source.readings}
        self.roles = {r.id: r for r in source.roles}
        self.panels = {p.id for p in source.panels}
        self.stages = frozenset(s.id for s in source.stages)
        self.steps = frozenset(step.id for step in _all_steps(source))

    def wrong(self, where: Where, code: str, words: str) -> None:
        self.found.append((where, code, words))

    def known(self, name: str, known: Iterable[str], where: Where, what: str) -> None:
        if name not in known:
            self.wrong(where, f"no-such-{what}", f"there is no {what} called {name!r}")

    def seat(self, text: str, where: Where) -> Seat:
        """The seat, its role held against the roles of the file."""
        found = seat(text)
        if found.role is None:
            if found.side == "partnership":
                self.wrong(where, "no-role", "a seat in the partnership needs a role")
            return found
        self.known(found.role, self.roles, where, "role")
        at = "partnership" if found.side == "partnership" else "agency"
        if found.role in self.roles and self.roles[found.role].at != at:
            self.wrong(where, "wrong-body", f"{found.role!r} is not a role at the {at}")
        return found

    def limit(self, limit: LimitSource, where: Where) -> LimitRule:
        texts = limit.shorter_of if isinstance(limit, ShorterOf) else [limit]
        fixed: list[Limit] = []
        for text in texts:
            if text == PROTECTS:
                continue
            try:
                fixed.append(parse_limit(text))
            except LimitProblem as problem:
                self.wrong(where, "not-a-limit", str(problem))
        return LimitRule(tuple(fixed), protective=PROTECTS in texts)

    def triggers(self, written: list[str] | None, where: Where) -> tuple[str, ...]:
        for i, text in enumerate(written or ()):
            if words := triggers.problem_with(text, self.stages, self.steps):
                self.wrong((*where, i), "no-such-trigger", words)
        return tuple(written or ())

    def check_unique(self) -> None:
        """No two clauses, stages or others may be called the same."""
        s = self.source
        ids: dict[str, list[str]] = {
            "clauses": [c.id for c in s.clauses],
            "readings": [r.id for r in s.readings],
            "roles": [r.id for r in s.roles],
            "tracks": [t.id for t in s.tracks],
            "stages": [st.id for st in s.stages],
            "panels": [p.id for p in s.panels],
            "standing": [d.id for d in s.standing],
        }
        for key, names in ids.items():
            for i, name in enumerate(names):
                if name in names[:i]:
                    self.wrong((key, i, "id"), "same-id", f"two {key} are called {name!r}")
        grounds = [g.id for g in s.grounds.items]
        for i, name in enumerate(grounds):
            if name in grounds[:i]:
                where: Where = ("grounds", "list", i, "id")
                self.wrong(where, "same-id", f"two grounds are called {name!r}")

    def check_citations(self, node: object, where: Where) -> None:
        """Walk everything written and hold each citation against the lists of the file."""
        if isinstance(node, Cited):
            for name in readings_of(node):
                self.known(name, self.readings, (*where, "reading"), "reading")
        clause = getattr(node, "clause", None)
        if isinstance(clause, str):
            self.known(clause, self.clauses, (*where, "clause"), "clause")
        if isinstance(node, list):
            for i, item in enumerate(node):
                self.check_citations(item, (*where, i))
        elif fields := getattr(type(node), "model_fields", None):
            for name, field in fields.items():
                self.check_citations(getattr(node, name), (*where, field.alias or name))


def _all_steps(source: PolicySource) -> list[StepSource]:
    inside = [step for stage in source.stages for step in stage.steps]
    return [*inside, *(source.urgent.steps if source.urgent else ())]
