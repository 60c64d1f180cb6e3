"""The database connection, for SQLite and for PostgreSQL, with what each needs to keep what it was told.

It must not open a connection. Durable first: an acknowledged write survives a power cut on both.
"""

from typing import Any

import dj_database_url

from counterpart.config.environment import BadEnvironment

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# WAL lets readers go on while one writes; FULL makes each commit durable; IMMEDIATE takes the write lock at the
# start, without which a transaction that reads and then writes fails with "locked" however long it waits.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        # A trigger that refuses deletes must also see the delete inside INSERT OR REPLACE.
        "PRAGMA recursive_triggers=ON;"
    ),
}

_POSTGRESQL_OPTIONS = {
    "application_name": "counterpart",
    "connect_timeout": 5,
}


def connection(url: str) -> dict[str, Any]:
    """Django's settings for the database at `url`. Raises `BadEnvironment` for any but the two we support."""
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise BadEnvironment("DATABASE_URL: this is not the address of a database") from error
    # Never ATOMIC_REQUESTS: with IMMEDIATE even a read would take the write lock.
    settings["ATOMIC_REQUESTS"] = False
    # One connection a thread, kept, with the statements it has prepared; the server's threads are bounded, and so
    # its connections are.
    settings["CONN_MAX_AGE"] = 600
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"] == SQLITE:
        options.update(_SQLITE_OPTIONS)
    elif settings["ENGINE"] == POSTGRESQL:
        options.update({**_POSTGRESQL_OPTIONS, **options})
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        raise BadEnvironment("DATABASE_URL: expected sqlite:///… or postgresql://…")
    return settings
