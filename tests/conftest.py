"""How every test is set up: an installation of its own, its database, and the guards on the journal.

Databases. Tests use SQLite as an installation does (a file, WAL, immediate transactions). `COUNTERPART_TEST_ON=
postgresql` runs the same tests on PostgreSQL, started here once and shared by all workers; `make test` does both.

Guards. The journal's triggers are installed in the test database too, and refuse every delete. A test marked
`django_db` is rolled back, which needs no delete. One marked `django_db(transaction=True)` is cleaned up by
deleting, so the guards are taken away just before that and put back just after. Prefer the first kind; use the
second only where the test is about transactions, threads or other processes.
"""

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import installation

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

_open_until_the_end = contextlib.ExitStack()

if os.environ.get("COUNTERPART_TEST_ON") == "postgresql" and not os.environ.get(
    installation.POSTGRESQL_VARIABLE
):
    from tests import postgresql

    # Workers inherit the address, and so do not start a second one.
    os.environ[installation.POSTGRESQL_VARIABLE] = _open_until_the_end.enter_context(
        postgresql.running()
    )

HOME = installation.prepare()

# No limit on time: two cores are shared, and a slow example is not a wrong one.
hypothesis.settings.register_profile(
    "counterpart",
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("counterpart")

# Only now may Django's settings be read.
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

settings.DATABASES["default"].setdefault("TEST", {})
if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
    settings.DATABASES["default"]["TEST"]["NAME"] = str(HOME / "test.sqlite3")  # not in memory
settings.ALLOWED_HOSTS.append("testserver")


def pytest_unconfigure() -> None:
    """Stop the PostgreSQL that this process started."""
    _open_until_the_end.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """The test database, with the guards that a real installation has."""
    with django_db_blocker.unblock():
        _guard_again()


@pytest.fixture
def _guards_back(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: "DjangoDbBlocker"
) -> Iterator[None]:
    """Put the guards back after a test whose clean-up took them away."""
    yield
    if _cleans_up_by_deleting(request):
        with django_db_blocker.unblock():
            _guard_again()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, _guards_back: None, _django_db_helper: None
) -> Iterator[None]:
    """pytest-django's own fixture, with the guards taken away just before it deletes."""
    yield
    if _cleans_up_by_deleting(request):
        from counterpart.journal import guard

        guard.uninstall(connection)


def _cleans_up_by_deleting(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or bool({"transactional_db", "live_server"} & set(request.fixturenames))


def _guard_again() -> None:
    """The journal's triggers, and the installation's own data key, as after `counterpart migrate`."""
    from counterpart.journal import guard
    from counterpart.vault import streamkeys

    guard.install(connection)
    streamkeys.forget()
    streamkeys.prepare()
