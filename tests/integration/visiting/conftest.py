"""What every test of visits begins with: an empty throttle, and the letters that were sent."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_codes_yet(request: pytest.FixtureRequest) -> None:
    """An empty throttle."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
