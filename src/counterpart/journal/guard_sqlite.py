"""The guard on SQLite: triggers against changed rows, and an authorizer against rebuilt tables.

Triggers live in the file, so they bind every program that opens it. `INSERT OR REPLACE` removes a
row without firing a delete trigger, so an insert that would meet an existing row is refused too, by
its hidden row number as well. Dropping or rebuilding a table fires no trigger at all: the
connection's authorizer, asked once for each statement that is prepared, refuses that.

This module must not know which tables there are.
"""

import sqlite3
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from counterpart.journal.protected import Table

EVENTS = ("UPDATE", "DELETE", "INSERT")
SUFFIXES = ("no_update", "no_delete", "no_replace")

_REFUSED_ON_TABLE = {
    sqlite3.SQLITE_DROP_TABLE: 0,  # action → which argument names the table
    sqlite3.SQLITE_DROP_TRIGGER: 1,
    sqlite3.SQLITE_DROP_INDEX: 1,
    sqlite3.SQLITE_ALTER_TABLE: 1,
    sqlite3.SQLITE_CREATE_TRIGGER: 1,  # one that says RAISE(IGNORE) would swallow what is written
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER: 1,
}
_REFUSED_PRAGMAS = {"writable_schema", "ignore_check_constraints", "recursive_triggers"}


def install(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    """Make every trigger anew and guard this connection."""
    _release(connection)
    with connection.cursor() as cursor:
        for name, statement in _wanted(tables).items():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(statement)
    _guard(connection, tables)


def uninstall(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    """Remove the triggers, and stop guarding this connection."""
    _release(connection)
    with connection.cursor() as cursor:
        for name in _trigger_names(tables):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def check(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> list[str]:
    """Which triggers are missing, or are not the ones this program would make."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    return [
        f"The trigger {name} is missing or was changed, so the record is not protected."
        for name, statement in _wanted(tables).items()
        if found.get(name) != statement
    ]


def guard_if_installed(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    """Guard a connection that has just been opened, if its database has the triggers.

    A database that is still being made has none, and its migrations may do as they must.
    """
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    names = _trigger_names(tables)
    if names and _raw(connection).execute(asked, names[:1]).fetchone():
        _guard(connection, tables)


def _trigger_names(tables: tuple[Table, ...]) -> list[str]:
    return [f"{table.name}_{suffix}" for table in tables for suffix in SUFFIXES]


def _wanted(tables: tuple[Table, ...]) -> dict[str, str]:
    """Every trigger by its name."""
    made = {}
    for table in tables:
        conditions = (_changes_what_is_fixed(table), "", _meets_a_row(table))
        for suffix, event, when in zip(SUFFIXES, EVENTS, conditions, strict=True):
            made[f"{table.name}_{suffix}"] = _trigger(table, suffix, event, when)
    return made


def _trigger(table: Table, suffix: str, event: str, when: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f'CREATE TRIGGER "{table.name}_{suffix}" BEFORE {event} ON "{table.name}"'
        f" FOR EACH ROW{condition} BEGIN SELECT RAISE(ABORT, '{table.refusal}'); END"
    )


def _changes_what_is_fixed(table: Table) -> str:
    if not table.may_change:
        return ""
    fixed = [f'NEW."{column}" IS NOT OLD."{column}"' for column in table.fixed]
    grows = [f'NEW."{column}" <= OLD."{column}"' for column in table.only_grows]
    return " OR ".join([*fixed, *grows, "NEW.rowid IS NOT OLD.rowid"])


def _meets_a_row(table: Table) -> str:
    keys = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in table.unique]
    # A row number that the statement does not give is -1 here, which no row has.
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table.name}" WHERE {key})'  # noqa: S608  names of our own models
        for key in [*keys, "rowid = NEW.rowid"]
    )


def _guard(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    names = {table.name.lower() for table in tables}
    triggers = {name.lower() for name in _trigger_names(tables)}

    def answer(action: int, first: str | None, second: str | None, *_: Any) -> int:
        if action == sqlite3.SQLITE_PRAGMA:
            # Asking is allowed; setting is not.
            is_refused = second is not None and (first or "").lower() in _REFUSED_PRAGMAS
        elif action in _REFUSED_ON_TABLE:
            table = (first, second)[_REFUSED_ON_TABLE[action]]
            is_refused = (table or "").lower() in names or (first or "").lower() in triggers
        else:
            is_refused = False
        return sqlite3.SQLITE_DENY if is_refused else sqlite3.SQLITE_OK

    raw = _raw(connection)
    raw.set_authorizer(None)  # one that is there already would refuse the next line
    # Without it, the delete inside INSERT OR REPLACE fires no trigger on this connection.
    raw.execute("PRAGMA recursive_triggers = ON")
    raw.set_authorizer(answer)


def _release(connection: BaseDatabaseWrapper) -> None:
    connection.ensure_connection()
    _raw(connection).set_authorizer(None)


def _raw(connection: BaseDatabaseWrapper) -> sqlite3.Connection:
    raw: sqlite3.Connection = connection.connection
    return raw
