"""Findings about what is declared and not used, and about clocks that cannot run or stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from counterpart.policy import triggers
from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.naming import clock_at, rule_name
from counterpart.policy.checking.saying import can_happen, can_start
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import (
    Affirmed,
    Clock,
    Composition,
    Invoked,
    LimitRule,
    PassedSince,
    Seat,
    Stage,
    Track,
)
from counterpart.worktime import ServiceHours

T = TypeVar("T")


def clock_never_starts(on: Subject) -> Iterator[Finding]:
    """Nothing that starts it can happen where it runs."""
    for clock in _reachable_clocks(on):
        if clock.force == "may" or not clock.starts:
            continue
        if any(can_start(on, clock, trigger) for trigger in clock.starts):
            continue
        words = (
            f"{rule_name(on.policy, clock)} never comes to be owed: nothing that starts it can "
            f"happen while the case is where it counts. What it protects a child from would not be "
            f"prevented. Check “starts”{', and the stages under “over”' if clock.over else ''}."
        )
        at = clock_at(on.policy, clock, "starts")
        yield finding("clock-never-starts", at, clock.clause, words)


def clock_never_stops(on: Subject) -> Iterator[Finding]:
    """Nothing ends it but the end of the case."""
    for clock in _reachable_clocks(on):
        if clock.force == "may" or not clock.starts or clock.stage or clock.over:
            continue
        if any(can_happen(on, trigger) for trigger in clock.stops):
            continue
        words = (
            f"Nothing that people can do ends {rule_name(on.policy, clock)}; only the end of the "
            f"case does. It would stand as owed, and then as late, after it was done, and people "
            f"would learn to look past it. Say what ends it, under “stops”."
        )
        yield finding("clock-never-stops", clock_at(on.policy, clock, "stops"), clock.clause, words)


def _reachable_clocks(on: Subject) -> Iterator[Clock]:
    for clock in on.policy.clocks.values():
        if clock.stage is None or clock.stage in on.reachable:
            yield clock


def not_used(on: Subject) -> Iterator[Finding]:
    """Something that is declared for the rules to use, and no rule does."""
    policy = on.policy
    bands = {policy.bands.title: policy.bands.title} if policy.bands else {}
    declared = (
        ("roles", "role", {r.id: r.title for r in policy.roles.values()}, _roles(on)),
        ("outsiders", "person", {o.id: o.title for o in policy.outsiders.values()}, _outsiders(on)),
        (
            "conditions",
            "condition",
            {c.id: c.title for c in policy.conditions.values()},
            _affirmed(on),
        ),
        ("dates", "date", {d.id: d.title for d in policy.dates.values()}, _dates(on)),
        ("services", "service", {name: name for name in policy.services}, _services(on)),
        ("bands", "set of bands", bands, set(bands) if _uses_bands(on) else set()),
    )
    clauses = {x.id: x.clause for kind in (policy.roles, policy.outsiders, policy.conditions, policy.dates)
               for x in kind.values()}  # fmt: skip
    for key, what, names, used in declared:
        for name, title in names.items():
            if name in used:
                continue
            words = (
                f"The {what} “{title}” is declared, and no rule uses it. It may be left over, or a "
                f"rule that a child needs may have been forgotten. Use it in a rule, or take it out."
            )
            at = (key,) if key == "bands" else (key, name)
            clause = policy.bands.clause if key == "bands" and policy.bands else clauses.get(name)
            yield finding("not-used", at, clause, words)


def _of(on: Subject, kind: type[T]) -> Iterator[T]:
    return (record for record in on.records if isinstance(record, kind))


def _roles(on: Subject) -> set[str]:
    found = {seat.role for seat in _of(on, Seat) if seat.role and seat.side != "outside"}
    found |= {role for stage in _of(on, Stage) for role in stage.speaks.values()}
    found |= {rule.drawn_from for rule in _of(on, Composition) if rule.drawn_from}
    return found | {role for track in _of(on, Track) for role in track.opened_by}


def _outsiders(on: Subject) -> set[str]:
    return {seat.role for seat in _of(on, Seat) if seat.role and seat.side == "outside"}


def _affirmed(on: Subject) -> set[str]:
    return {condition.condition for condition in _of(on, Affirmed)}


def _dates(on: Subject) -> set[str]:
    said = [t for c in _of(on, Clock) for t in (*c.starts, *c.stops, *c.resumes)]
    said += [x.since for x in _of(on, PassedSince)] + [x.at for x in _of(on, Invoked)]
    return {name for word, name in map(triggers.parts, said) if word == "date"}


def _services(on: Subject) -> set[str]:
    return {limit.service.name for limit in _of(on, ServiceHours)}


def _uses_bands(on: Subject) -> bool:
    return any(rule.by_band for rule in _of(on, LimitRule))


def clause_not_cited(on: Subject) -> Iterator[Finding]:
    """A clause that no rule, reading or silence comes from."""
    for clause in on.policy.clauses.values():
        if clause.id in on.policy.cited:
            continue
        words = (
            f"No rule comes from clause {clause.id}, “{clause.title}”. What it says is not being "
            f"carried out here. Write the rule, or say under “not_stated” why there is none."
        )
        yield finding("clause-not-cited", ("clauses", clause.id), clause.id, words)


RULES = (clock_never_starts, clock_never_stops, not_used, clause_not_cited)
