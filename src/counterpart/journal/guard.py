"""The database's own refusal to change what was written, on SQLite and on PostgreSQL.

Each room names its append-only models in its AppConfig: `append_only = {"Event": (), "Stream":
("version",)}`, model name → columns that may still change. `install` is called after every migrate.
Whoever must rebuild a protected table (a reviewed migration) or empty one (tests) does it inside
`lifted`, and nobody else can.

This module must not decide what may be written, and must never be lifted by anything a request can
reach.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Protocol

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

from counterpart.journal import guard_postgresql, guard_sqlite
from counterpart.journal.protected import Table

ONLY_GROWS = {("journal_stream", "version")}
"""Columns that may change, but only to something greater."""


class Dialect(Protocol):
    """What the guard needs from a kind of database."""

    def install(self, connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
        """Make, or make anew, the triggers of `tables`."""

    def uninstall(self, connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> None:
        """Remove the triggers of `tables`, those that are there."""

    def check(self, connection: BaseDatabaseWrapper, tables: tuple[Table, ...]) -> list[str]:
        """What is missing or not as it should be, in plain words."""


_DIALECTS: dict[str, Dialect] = {"sqlite": guard_sqlite, "postgresql": guard_postgresql}


@cache
def protected() -> tuple[Table, ...]:
    """Every table whose rows stay as they were written, from the rooms' AppConfigs."""
    return tuple(
        _table(config.get_model(name), may_change)
        for config in apps.get_app_configs()
        for name, may_change in getattr(config, "append_only", {}).items()
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew, and on SQLite guard this connection. Done after each migrate."""
    _DIALECTS[connection.vendor].install(connection, _there(connection))


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: for `lifted`, and for tests that flush their tables."""
    _DIALECTS[connection.vendor].uninstall(connection, _there(connection))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work on protected tables, in a reviewed migration; at the end the guard stands again.

    Not inside a transaction that may be rolled back: the guard would come back, or go, with it.
    """
    uninstall(connection)
    try:
        yield
    finally:
        install(connection)


def check(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the guard, in plain words; empty when it stands, or before any migrate."""
    there = _there(connection)
    if not there:
        return []
    missing = [
        f"The table {table.name} is missing, so the record is not protected."
        for table in protected()
        if table not in there
    ]
    return missing + _DIALECTS[connection.vendor].check(connection, there)


def _there(connection: BaseDatabaseWrapper) -> tuple[Table, ...]:
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    return tuple(table for table in protected() if table.name in names)


def _table(model: type[Model], may_change: tuple[str, ...]) -> Table:
    meta = model._meta  # noqa: SLF001  public, whatever its name says
    unique = [
        tuple(_column(field) for field in meta.pk_fields),
        *((_column(field),) for field in meta.local_concrete_fields if field.unique),
        *(
            tuple(_column(meta.get_field(name)) for name in constraint.fields)
            for constraint in meta.constraints
            if isinstance(constraint, UniqueConstraint)
        ),
    ]
    return Table(
        name=meta.db_table,
        columns=tuple(_column(field) for field in meta.local_concrete_fields),
        unique=tuple(dict.fromkeys(unique)),
        may_change=tuple(may_change),
        only_grows=tuple(name for name in may_change if (meta.db_table, name) in ONLY_GROWS),
    )


def _column(field: object) -> str:
    return str(getattr(field, "column"))  # noqa: B009  a field of a table always has one
