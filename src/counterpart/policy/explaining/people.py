"""Who is who: opposite numbers, as a table, and the roles a policy speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.model import OppositeNumber, Policy, Role
from counterpart.policy.phrases import listed
from counterpart.policy.sections import Paragraph, Row, Rows, Section, Table, TableRow

LEAD = {"one of": "One of: ", "all of": "All of: ", "any of": "Any of: "}


def opposite_numbers(policy: Policy) -> Section:
    if not policy.opposite_numbers:
        return Section("", "opposite-numbers", ())
    has_advice = any(row.advice for row in policy.opposite_numbers)
    head = ("For", "Ask", "Advice") if has_advice else ("For", "Ask")
    rows = tuple(
        TableRow((row.of, _ask(row), *((row.advice,) if has_advice else ())), (row.clause,))
        for row in policy.opposite_numbers
    )
    return Section("Opposite numbers", "opposite-numbers", (Table(head, rows),))


def _ask(row: OppositeNumber) -> str:
    lead = LEAD[row.choice] if len(row.ask) > 1 else ""
    return lead + "; ".join(one.title for one in row.ask)


def roles(policy: Policy) -> Section:
    """Who each role is, in the words of the directory."""
    rows = [Row(role.title, _who(role), (role.clause,)) for role in policy.roles.values()]
    rows += [
        Row(one.title, "Somebody from outside. They are heard or told.", (one.clause,))
        for one in policy.outsiders.values()
    ]
    lead = "Where several are named, it is the first of them that there is."
    several = any(len(role.tiers) > 1 for role in policy.roles.values())
    blocks = (Paragraph(lead), Rows(tuple(rows))) if several else (Rows(tuple(rows)),)
    return Section("Who they are", "roles", blocks)


def _who(role: Role) -> str:
    where = "In each agency" if role.at == "agency" else "In the partnership"
    return f"{where}: {listed(tuple(_tiers(role)), 'or')}."


def _tiers(role: Role) -> Iterator[str]:
    for tier in role.tiers:
        yield tier.replace("_", " ")
