"""Django's system check of the guard, and the guarding of each SQLite connection as it opens."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from counterpart.journal import guard, guard_sqlite

UNGUARDED = "journal.E001"


def register() -> None:
    """Called once, when the room is ready."""
    checks.register(guard_stands, checks.Tags.database)
    connection_created.connect(guard_connection, dispatch_uid="counterpart.journal.guard")


def guard_stands(*, databases: Sequence[str] | None, **_: Any) -> list[checks.CheckMessage]:
    """An error for each trigger that should protect the record and does not."""
    hint = "Run `counterpart migrate`, which puts the guard back."
    return [
        checks.Error(problem, hint=hint, id=UNGUARDED)
        for alias in databases or ()
        for problem in guard.check(connections[alias])
    ]


def guard_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """On SQLite, refuse to rebuild protected tables on this connection from now on."""
    if connection.vendor == "sqlite":
        guard_sqlite.guard_if_installed(connection, guard.protected())
