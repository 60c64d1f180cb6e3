"""How this installation is, in two plain lines for whoever watches it.

It must not need the database to answer, nor say anything about what is in it.
"""

from django.db import DatabaseError, connection

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
