"""What the tests of commands share."""

import pytest

from tests.unit.cli.terminal import Terminal


@pytest.fixture
def terminal(capfdbinary: pytest.CaptureFixture[bytes]) -> Terminal:
    return Terminal(capfdbinary)
