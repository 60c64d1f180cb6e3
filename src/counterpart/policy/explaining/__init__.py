"""A policy in plain British English, in the order a person asks about it.

The public page, the case page, the desk and the command all read this. It says only what the
policy says, each sentence with the clauses it rests on; sentences of our own carry none. It knows
no mark-up: a page or `as_markdown` gives it one.

Begin with `whole`, which has the order of the sections; each theme has a module. `rules` has the
rows that a step and a way on share.
"""

from __future__ import annotations

from counterpart.policy.explaining.whole import explain
from counterpart.policy.phrases import limit_words, seat_words
from counterpart.policy.sections import (
    Block,
    Bullets,
    Item,
    Paragraph,
    Row,
    Rows,
    Section,
    Table,
    TableRow,
    as_markdown,
    clause_anchor,
)

__all__ = [
    "Block",
    "Bullets",
    "Item",
    "Paragraph",
    "Row",
    "Rows",
    "Section",
    "Table",
    "TableRow",
    "as_markdown",
    "clause_anchor",
    "explain",
    "limit_words",
    "seat_words",
]
