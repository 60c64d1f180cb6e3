"""Pictures of pages for the README, taken by the tests that go there anyway.

Only where COUNTERPART_TEST_PICTURES names a folder: a picture that changes with every run does not belong in a commit.
"""

import os
from pathlib import Path

from playwright.sync_api import Page


def take(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture of what stands in the window, or of the `whole` page, as `name`.png."""
    folder = os.environ.get("COUNTERPART_TEST_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


def keep(content: bytes, name: str) -> None:
    """Keep a file that came, for a person to read, where pictures are kept."""
    folder = os.environ.get("COUNTERPART_TEST_PICTURES")
    if folder:
        (Path(folder) / name).write_bytes(content)


def is_asked_for() -> bool:
    """Whether somebody wants to look at pictures."""
    return bool(os.environ.get("COUNTERPART_TEST_PICTURES"))
