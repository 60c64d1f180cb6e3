"""Find the differences between two policies, and say each in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counterpart.policy.comparing.ends import (
    closing_rules,
    exit_rules,
    extending_rules,
    ground_rules,
    ladder_rules,
    record_rules,
    standing_rules,
    telling_rules,
)
from counterpart.policy.comparing.itself import rules_of_the_document
from counterpart.policy.comparing.matching import View, are_kin, views
from counterpart.policy.comparing.panels import limit_rules, panel_rules
from counterpart.policy.comparing.rules import TOPICS, Rule
from counterpart.policy.comparing.stages import stage_rules, urgent_rules
from counterpart.policy.glance import QUESTIONS, at_a_glance
from counterpart.policy.model import Policy
from counterpart.policy.phrases import number_words, small
from counterpart.policy.sections import Bullets, Item, Paragraph, Section, Table, TableRow

__all__ = ["Difference", "are_kin", "as_sections", "compare"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule in which two policies differ.

    `rule` is its name in the comparison: kind and id where the two are editions or layers of one
    policy. `a` and `b` are what each says, None where it has no such rule. `words` says both.
    """

    topic: str
    rule: str
    a: str | None
    b: str | None
    words: str
    a_clause: str | None
    b_clause: str | None


def compare(a: Policy, b: Policy) -> tuple[Difference, ...]:
    """Every difference between two policies, in the order a person asks about them.

    The same rules give nothing. What changes for a child who moves from `a`'s area to `b`'s, or
    where `b` is the newer edition of `a`, what was added, removed and changed.
    """
    ours, theirs = (_rules(view) for view in views(a, b))
    found = [
        _difference(a, b, name, ours.get(name), theirs.get(name))
        for name in _in_order(ours, theirs)
        if _differ(name, ours, theirs)
    ]
    return tuple(sorted(found, key=lambda one: TOPICS.index(one.topic)))


def _rules(view: View) -> dict[str, Rule]:
    makers = (
        *(urgent_rules, stage_rules, limit_rules, panel_rules, closing_rules, record_rules),
        *(
            ladder_rules,
            telling_rules,
            extending_rules,
            ground_rules,
            standing_rules,
            exit_rules,
            rules_of_the_document,
        ),
    )
    return {rule.name: rule for make in makers for rule in make(view)}


def _in_order(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """The names of both: each that only the second has stands after the one it follows there."""
    order = list(ours)
    known = set(order)
    at = 0
    for name in theirs:
        if name in known:
            at = order.index(name) + 1
        else:
            order.insert(at, name)
            at += 1
    return tuple(order)


def _differ(name: str, ours: dict[str, Rule], theirs: dict[str, Rule]) -> bool:
    one, other = ours.get(name), theirs.get(name)
    if one and other:
        return one.value != other.value
    whole = (one or other or ours[name]).part_of
    return whole is None or (whole in ours and whole in theirs)


# --- in words --------------------------------------------------------------------------------------


def _difference(
    a: Policy, b: Policy, name: str, one: Rule | None, other: Rule | None
) -> Difference:
    says = one.words if one else None, other.words if other else None
    rule = one or other
    return Difference(
        topic=rule.topic if rule else "",
        rule=name,
        a=says[0],
        b=says[1],
        words=_editions(*says) if _is_before(a, b) else _areas(names(a, b), one, other),
        a_clause=one.clause if one else None,
        b_clause=other.clause if other else None,
    )


def _is_before(a: Policy, b: Policy) -> bool:
    """Whether they are two editions of one policy."""
    return a.id == b.id


def names(a: Policy, b: Policy) -> tuple[str, str]:
    """What to call the two: their areas, or their titles where the area is the same."""
    if _is_before(a, b):
        return "Before", "Now"
    if a.area != b.area:
        return a.area, b.area
    return (a.title, b.title) if a.title != b.title else (a.id, b.id)


def _editions(before: str | None, now: str | None) -> str:
    if before is None:
        return f"Added: {small(now or '')}"
    return (
        f"Removed: {small(before)}" if now is None else f"Before: {small(before)} Now: {small(now)}"
    )


def _areas(called: tuple[str, str], one: Rule | None, other: Rule | None) -> str:
    a, b = called
    if one and other:
        return f"In {a}, {small(one.words)} In {b}, {small(other.words)}"
    if one is None and other is not None:
        return f"In {b}, {small(other.words)} In {a}, {other.otherwise}"
    return f"In {a}, {small(one.words)} In {b}, {one.otherwise}" if one else ""


def as_sections(a: Policy, b: Policy, differences: Iterable[Difference]) -> tuple[Section, ...]:
    """The differences as sections of a page: one for each topic that has any."""
    listed = tuple(differences)
    return (_opening(a, b, listed), *_topics(names(a, b), listed))


def _opening(a: Policy, b: Policy, listed: tuple[Difference, ...]) -> Section:
    heading = " and ".join(names(a, b))
    lead = "This says what changes for a child who moves from the first area to the second."
    if _is_before(a, b):
        heading = f"{a.title}: {a.label} and {b.label}"
        lead = "This says what the later edition changes."
    n = len(listed)
    count = "The rules are the same." if n == 0 else f"There are {number_words(n)} differences."
    count = "There is one difference." if n == 1 else count
    ours = "What each policy’s own text says is what counts."
    opening = Paragraph(f"{lead} {count} {ours}")
    return Section(heading, "compared", (opening, *_beside_one_another(a, b)))


def _beside_one_another(a: Policy, b: Policy) -> tuple[Table, ...]:
    """Two areas at a glance. Editions of one policy differ in too little for it."""
    if _is_before(a, b):
        return ()
    answers = zip(QUESTIONS, at_a_glance(a), at_a_glance(b), strict=True)
    return (Table(("At a glance", *names(a, b)), tuple(TableRow(cells) for cells in answers)),)


def _topics(called: tuple[str, str], listed: tuple[Difference, ...]) -> Iterator[Section]:
    for i, topic in enumerate(TOPICS):
        items = tuple(_item(called, one) for one in listed if one.topic == topic)
        if items:
            yield Section(topic, f"compared-{i + 1}", (Bullets(items),))


def _item(called: tuple[str, str], one: Difference) -> Item:
    """One difference with its clauses. Each is named with its policy, for an id may be in both."""
    cited = zip(called, (one.a_clause, one.b_clause), strict=True)
    return Item(one.words, tuple(f"{name}: {clause}" for name, clause in cited if clause))
