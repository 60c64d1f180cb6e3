"""Looking at a page: it has come, axe-core finds nothing wrong with it, and nothing hangs off its side.

Every test that looks at a page as a whole looks at it through here: who looks before a page has loaded sees another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OFF_THE_SIDE = """() => {
  const page = document.documentElement;
  return page.scrollWidth - page.clientWidth;
}"""


def is_sound(page: Page, name: str = "", *, has_script: bool = True) -> None:
    """The page has come, axe finds nothing wrong with it, and nothing has to be scrolled sideways for.

    `name` is what a failure calls it, if not by its address. In a browser without script axe cannot run: where
    `has_script` is false, the same page is looked at in one with it as well.
    """
    page.wait_for_load_state("load")
    called = name or page.url
    assert page.evaluate(OFF_THE_SIDE) <= 0, f"{called} runs off the side"
    if has_script:
        assert faults_on(page) == [], called
        return
    with _with_script(page) as twin:
        is_sound(twin, called)


def faults_on(page: Page) -> list[str]:
    """One line for each thing that is wrong with the page once it has come: rule, where, and what to do."""
    page.wait_for_load_state("load")
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@contextmanager
def _with_script(page: Page) -> Iterator[Page]:
    """What stands on a page, in a window of the same size of a browser that runs script."""
    browser, window = page.context.browser, page.viewport_size
    assert browser is not None
    assert window is not None
    with browser.new_context(viewport=window) as context:
        twin, html = context.new_page(), page.content()
        twin.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        twin.goto(page.url)
        yield twin


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
