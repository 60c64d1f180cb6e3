"""Every clause of a policy in the order of its text, with its places; and the same as sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from counterpart.policy.clauses.around import around
from counterpart.policy.clauses.duties import duties
from counterpart.policy.clauses.places import Met, Place
from counterpart.policy.clauses.stages import stages
from counterpart.policy.clauses.text import meanings, people, text
from counterpart.policy.model import Policy
from counterpart.policy.phrases import small
from counterpart.policy.sections import Block, Paragraph, Row, Rows, Section, clause_anchor

NOT_MET = "No rule comes from this clause."


def clause_by_clause(policy: Policy) -> tuple[Met, ...]:
    """Each clause with every place that rests on it: first what somebody does, last how it is read.

    A place is told once for a clause, however often the policy has it.
    """
    places: dict[str, dict[Place, None]] = {name: {} for name in policy.clauses}
    makers = (duties, stages, around, text, people, meanings)
    for clause, place in chain.from_iterable(make(policy) for make in makers):
        places[clause][place] = None
    layers = {layer.id: layer for layer in policy.layers}
    return tuple(
        Met(clause, layers.get(clause.layer), tuple(places[clause.id]))
        for clause in policy.clauses.values()
    )


def as_sections(clauses: Iterable[Met]) -> tuple[Section, ...]:
    """The clauses as sections of a page, one each."""
    return tuple(
        Section(f"{met.clause.id}: {met.clause.title}", clause_anchor(met.clause.id), _blocks(met))
        for met in clauses
    )


def _blocks(met: Met) -> tuple[Block, ...]:
    of = f" From “{met.layer.title}” ({met.layer.edition})." if met.layer else ""
    quote = Paragraph(f"“{met.clause.quote}”{of}")
    rows = tuple(Row(place.kind, " ".join(_said(place))) for place in met.places)
    return (quote, Rows(rows) if rows else Paragraph(NOT_MET))


def _said(place: Place) -> Iterator[str]:
    yield place.says
    if place.is_named_apart:
        yield f"Who does it: {place.who}."
    if place.by_when:
        yield f"By when: {small(place.by_when)}"
    yield f"In Counterpart: {place.counterpart}" if place.is_by_counterpart else place.counterpart
