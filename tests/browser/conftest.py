"""A real browser at a real installation: `site` is running, `page` is a visitor, `visitor()` makes more of them.

Every visitor fails the test that it served if a page asked another host for anything, or broke the content policy.
"""

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests import site as sites
from tools import browser as chromium

PATIENCE = 30_000  # milliseconds: the machine may be busy with other things
# Headless and to ourselves: Chromium is not to look anything up on a network that may not be there.
SWITCHES = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The home of a demonstration that is not running, made once for all workers: copy it, never run it."""
    shared = tmp_path_factory.getbasetemp()
    return _made_once(shared if worker_id == "master" else shared.parent)


@pytest.fixture(scope="session")
def site(
    demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    """The demonstration, running for this worker alone. Tests may add to it, and must not count on its counts."""
    home = sites.copied(demonstration_home, tmp_path_factory.mktemp("site") / "home")
    with sites.demonstration(home) as running:
        yield running


@pytest.fixture
def own_site(demonstration_home: Path, tmp_path: Path) -> Iterator[sites.Site]:
    """A demonstration of this test's own: another policy is put in force in it."""
    home = sites.copied(demonstration_home, tmp_path / "home")
    with sites.demonstration(home) as running:
        yield running


@pytest.fixture(scope="session")
def other_site(
    demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    """A second demonstration for this worker, for tests that each put a policy of their own in force first."""
    home = sites.copied(demonstration_home, tmp_path_factory.mktemp("other") / "home")
    with sites.demonstration(home) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all visitors of this worker."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.chromium(), args=SWITCHES)
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser, site: sites.Site) -> Iterator[Visitor]:
    """Make a visitor: a page in a browser profile of its own.

    `visitor()`; `visitor(java_script_enabled=False)`; `visitor(viewport={"width": 320, "height": 640})`; any
    option of Playwright's `new_context`. `base_url` is the site's unless given.
    """
    contexts, faults = [], list[str]()

    def make(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": site.address, "locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        home = options.get("base_url", site.address)
        context.on("request", lambda request: _note_foreign(request, home, faults))
        context.on("console", lambda message: _note_policy(message, faults))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """One visitor with a desktop's window and script."""
    return visitor()


@pytest.fixture
def phone(visitor: Visitor) -> Page:
    """One visitor with the narrowest window that WCAG names."""
    return visitor(viewport={"width": 320, "height": 640}, has_touch=True)


def _made_once(shared: Path) -> Path:
    """The home of a demonstration with its cases made up, made by the first worker that asks."""
    home = shared / "demonstration"
    with (shared / "demonstration-made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            with sites.demonstration(home):
                pass
    return home


def _note_foreign(request: Request, home: str, faults: list[str]) -> None:
    if not request.url.startswith((home, "data:", "about:", "blob:")):
        faults.append(f"asked another host: {request.url}")


def _note_policy(message: ConsoleMessage, faults: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        faults.append(message.text)
