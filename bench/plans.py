"""How the database means to answer: which statements would read a table that grows with the cases from end to end.

Asked of the database itself (EXPLAIN), on the installation that is being measured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

GROWING = (
    "access_denial",
    "access_read",
    "access_relation",
    "journal_event",
    "journal_stream",
    "journal_submission",
    "journal_words",
    "lists_case",
    "lists_child",
    "lists_duty",
    "lists_party",
    "messages_notice",
    "messages_outboxrow",
    "vault_streamkey",
)
FEW = 2_000
"""A table of fewer rows may well be read whole: the duties open now, in one partnership."""

_ALIAS = re.compile(r'"(\w+)" ([A-Z]+\d+)\b')
_READ_WHOLE = {
    "sqlite": re.compile(r"^SCAN (?:TABLE )?(\w+)"),
    "postgresql": re.compile(r"Seq Scan on (\w+)"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was sent to the database."""

    sql: str
    params: Any

    @property
    def is_select(self) -> bool:
        return self.sql.startswith("SELECT")


def read_whole(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The tables that would be read from end to end, each as often as a statement would do so."""
    large = {table for table in GROWING if _has_many(table)}
    return tuple(
        table
        for statement in statements
        if statement.is_select
        for table in sorted(set(_tables_read_whole(statement)) & large)
    )


def rows_read(statements: Iterable[Statement]) -> int:
    """How many rows the questions among these read of all tables; on SQLite, how many steps they take.

    They are asked once more to find out. A step is one instruction of the program that SQLite makes of a
    statement: their number grows with the rows it looks at, and not with how large a table is.
    """
    count = _steps if connection.vendor == "sqlite" else _rows
    return sum(count(statement) for statement in statements if statement.is_select)


def _steps(statement: Statement) -> int:
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0  # go on

    connection.ensure_connection()
    own: Any = connection.connection
    own.set_progress_handler(step, 1)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            cursor.fetchall()
    finally:
        own.set_progress_handler(None, 0)
    return taken


def _rows(statement: Statement) -> int:
    explain = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
    with connection.cursor() as cursor:
        cursor.execute(explain + statement.sql, statement.params)
        answer = cursor.fetchone()[0]
    (whole,) = json.loads(answer) if isinstance(answer, str) else answer
    return round(sum(_of_node(node) for node in _nodes(whole["Plan"])))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _of_node(node: dict[str, Any]) -> float:
    """What one part of a plan reads of a table or an index: what it gives on, and what it leaves out."""
    if "Relation Name" not in node and "Index Name" not in node:
        return 0.0
    left_out = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    each = node["Actual Rows"] + sum(node.get(name, 0) for name in left_out)
    return float(each * node["Actual Loops"])


def _tables_read_whole(statement: Statement) -> Iterator[str]:
    names = {alias: table for table, alias in _ALIAS.findall(statement.sql)}
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + statement.sql, statement.params)
        lines = [str(row[-1]) for row in cursor.fetchall()]
    for line in lines:
        if found := _READ_WHOLE[connection.vendor].search(line):
            name = str(found[1])
            yield names.get(name, name)


def _has_many(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1 OFFSET {FEW}')  # noqa: S608  a name of our own
        return cursor.fetchone() is not None
