"""The guard on PostgreSQL: triggers that refuse UPDATE, DELETE, TRUNCATE and ON CONFLICT DO UPDATE.

A table that may not change at all also refuses the statement itself, even one that meets no row.
The triggers are ENABLE ALWAYS, so a session that says it is a replica fires them too. Who owns a
table can still drop it or its triggers: `check` tells, and grants will refuse.

This module must not know which tables there are.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from counterpart.journal.protected import Table

FUNCTION = "counterpart_append_only"
_BODY = "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END"


def install(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    """Make every trigger anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger"
            f" LANGUAGE plpgsql AS $body${_BODY}$body$"
        )
        for table in tables:
            for name, statement in _wanted(table).items():
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table.name}"')
                cursor.execute(statement)
                cursor.execute(f'ALTER TABLE "{table.name}" ENABLE ALWAYS TRIGGER "{name}"')
                _seal(cursor, table, name, statement)


def _seal(cursor: CursorWrapper, table: Table, name: str, statement: str) -> None:
    """Note beside the trigger how it was asked for and what PostgreSQL made of it, for `check`."""
    cursor.execute(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass",
        [name, f'"{table.name}"'],
    )
    (made,) = cursor.fetchone()
    note = f"{statement}\n{made}"
    cursor.execute(f'COMMENT ON TRIGGER "{name}" ON "{table.name}" IS %s', [note])


def uninstall(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
    """Remove the triggers."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in _wanted(table):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table.name}"')


def check(connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> list[str]:
    """Which triggers are missing, switched off, or run something else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, obj_description(t.oid, 'pg_trigger'),"
            " pg_get_triggerdef(t.oid) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled = 'A' AND p.proname = %s AND p.prosrc = %s"
            " AND pg_table_is_visible(c.oid)",
            [FUNCTION, _BODY],
        )
        found = {(name, table): (note, made) for name, table, note, made in cursor.fetchall()}
    return [
        f"The trigger {name} is missing, off or was changed, so the record is not protected."
        for table in tables
        for name, statement in _wanted(table).items()
        if not _is_as_made(statement, *found.get((name, table.name), ("", "")))
    ]


def _is_as_made(statement: str, note: str | None, made: str) -> bool:
    return note == f"{statement}\n{made}"


def _wanted(table: Table) -> dict[str, str]:
    """Every trigger of a table by its name."""
    made = {
        f"{table.name}_no_delete": _trigger(table, "no_delete", "DELETE", "ROW"),
        f"{table.name}_no_truncate": _trigger(table, "no_truncate", "TRUNCATE", "STATEMENT"),
    }
    when = _changes_what_is_fixed(table)
    made[f"{table.name}_no_update"] = _trigger(table, "no_update", "UPDATE", "ROW", when)
    if not when:
        made[f"{table.name}_no_change"] = _trigger(
            table, "no_change", "UPDATE OR DELETE", "STATEMENT"
        )
    return made


def _trigger(table: Table, suffix: str, event: str, each: str, when: str = "") -> str:
    condition = f" WHEN ({when})" if when else ""
    return (
        f'CREATE TRIGGER "{table.name}_{suffix}" BEFORE {event} ON "{table.name}"'
        f" FOR EACH {each}{condition} EXECUTE FUNCTION {FUNCTION}('{table.refusal}')"
    )


def _changes_what_is_fixed(table: Table) -> str:
    if not table.may_change:
        return ""
    fixed = [f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in table.fixed]
    grows = [f'NEW."{column}" <= OLD."{column}"' for column in table.only_grows]
    return " OR ".join([*fixed, *grows])
