"""How this installation is, in three plain lines for whoever watches it.

It must not need the database to answer, nor say anything about what is in it.
"""

from datetime import datetime

from django.db import DatabaseError, connection

from counterpart.messages import routines

WEB_UP = "web: up"


def database_line() -> str:
    """`database: ok`, or `database: unreachable`. Asks one trivial question of it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return "database: unreachable"
    return "database: ok"


def worker_line(now: datetime) -> str:
    """`worker: ok`, `worker: quiet` where none has worked for five minutes, or `worker: unknown`."""
    try:
        return "worker: quiet" if routines.is_quiet(now) else "worker: ok"
    except DatabaseError:
        return "worker: unknown"
