"""What every test of signing in begins with: an empty throttle, a quick hasher, a browser over TLS."""

from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

if TYPE_CHECKING:  # Django is not ready yet when this is read
    from counterpart.people.models import Account


@pytest.fixture(autouse=True)
def _no_tries_yet(settings: LazySettings, request: pytest.FixtureRequest) -> None:
    """An empty throttle, and a hasher that is quick: the real one takes its time on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def client() -> Client:
    """A browser over TLS, as an installation has it."""
    return Client(**{"wsgi.url_scheme": "https"})  # type: ignore[arg-type]  # the environment of a request


@pytest.fixture
def demanded(settings: LazySettings) -> None:
    """As everywhere but in the demonstration."""
    settings.SECOND_STEP_DEMANDED = True


@pytest.fixture
def teacher() -> "Account":
    """An account whose post asks for a second step of either kind."""
    from tests.integration.signin.somebody import with_post

    return with_post("practitioner")
