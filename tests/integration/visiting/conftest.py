"""What every test of visits begins with: an empty throttle, and a message that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from tests.integration.visiting.mail import Waiting


@pytest.fixture(autouse=True)
def _no_codes_yet(request: pytest.FixtureRequest) -> None:
    """An empty throttle."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def case() -> Waiting:
    """The message waits, at a mailbox that several may share."""
    from tests.integration.visiting.mail import waiting

    return waiting()


@pytest.fixture
def own() -> Waiting:
    """The message waits, at the holder's own mailbox."""
    from tests.integration.visiting.mail import waiting

    return waiting(is_shared=False)
