"""The installation's own settings, with the peer's tables beside ours on the same database."""

from counterpart.config.settings import *  # noqa: F403
from counterpart.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "simple_history", "bench.plain"]
