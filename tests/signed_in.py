"""Signing a test's client in without going through the pages.

A bare `client.force_login` is not enough: a session without its two clocks is one that has ended.
"""

from datetime import UTC, datetime

from django.test import Client

from counterpart.people.models import Account
from counterpart.web.signin import sessions


def sign_in(client: Client, account: Account, *, at: datetime | None = None) -> None:
    """Sign `account` in, as if it had just done so at `at` (now, if not given)."""
    moment = at or datetime.now(UTC)
    client.force_login(account)
    session = client.session
    session[sessions.BEGAN] = moment.isoformat()
    session.save()
    used = sessions.sign_use(str(session.session_key), moment)
    client.cookies[sessions.used_cookie()] = used
