"""Asking the application as its server does: a WSGI request in, the whole answer read, the clock beside it.

No network and no server's own time is in a figure. Connections are kept or closed between requests as the settings
say, and nothing is cached that an installation would not cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from bench.plans import Statement
from bench.timed import Took
from counterpart.people.models import Account
from counterpart.web.signin import sessions


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: by whom (their cookies), what, and what an answer must be to count."""

    cookies: str
    path: str
    expected: int = 200
    sent: Mapping[str, str | Sequence[str]] | None = None


class Application:
    """The whole application in this process."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        self._factory = RequestFactory()

    def ask(self, asked: Asked) -> Took:
        """Make one request. Raises ValueError where the answer is not the one expected."""
        environ = self._environ(asked)
        wall, cpu = time.perf_counter(), time.process_time()
        status, size = self._answer(environ)
        took = Took(time.perf_counter() - wall, time.process_time() - cpu)
        if status != asked.expected or (status == 200 and not size):
            raise ValueError(f"{asked.path} was answered with {status}")
        return took

    def statements(self, asked: Asked) -> tuple[Statement, ...]:
        """Make one request and give back the statements it sent to the database, in order."""
        with recorded() as made:
            self.ask(asked)
        return tuple(made)

    def _answer(self, environ: dict[str, Any]) -> tuple[int, int]:
        statuses: list[str] = []

        def start(status: str, *_: object) -> Callable[[bytes], object]:
            statuses.append(status)
            return lambda _: None

        response = self._handler(environ, start)
        try:
            size = sum(len(part) for part in response)
        finally:
            if close := getattr(response, "close", None):
                close()  # tells Django that the request is over
        return int(statuses[0].split()[0]), size

    def _environ(self, asked: Asked) -> dict[str, Any]:
        method = "GET" if asked.sent is None else "POST"
        request = self._factory.generic(
            method,
            asked.path,
            urlencode(asked.sent or {}, doseq=True).encode(),
            content_type="application/x-www-form-urlencoded",
            headers={"cookie": asked.cookies, "host": "localhost"},
        )
        environ: dict[str, Any] = request.environ
        return environ


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Collect the statements sent to the database."""
    made: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append(Statement(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def signed_in(account: Account) -> str:
    """The cookies of somebody who has just signed in, and the token their forms carry."""
    client = Client()
    client.force_login(account)
    session = client.session
    now = timezone.now()
    session[sessions.BEGAN] = now.isoformat()
    session.save()
    client.cookies[sessions.used_cookie()] = sessions.sign_use(str(session.session_key), now)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def tables(statements: Sequence[Statement]) -> list[str]:
    """Each statement as its verb and the first table it names: what two views can be compared by."""
    return [_verb_and_table(statement.sql) for statement in statements]


def _verb_and_table(sql: str) -> str:
    words = sql.replace('"', " ").split()
    verb = words[0].upper()
    before = {"SELECT": "FROM", "DELETE": "FROM", "INSERT": "INTO", "UPDATE": "UPDATE"}.get(verb)
    if before is None:
        return verb
    upper = [word.upper() for word in words]
    return f"{verb} {words[upper.index(before) + 1]}"
