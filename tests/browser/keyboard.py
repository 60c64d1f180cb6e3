"""A person with a keyboard and nothing else: reaches things by Tab and arrows, and sees where the focus is."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.people import enter

FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
  return (label || '').trim();
}"""


class Keyboard:
    """A person with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Tab, and within a group of radios the arrow, until what is called `name` has the focus."""
        for key in self._keys():
            if self.page.evaluate(FOCUSED).startswith(name):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {name!r} on {self.page.title()}")

    def choose(self, name: str) -> None:
        """Reach an answer, choose it, and leave the group: an arrow would choose another."""
        self.reach(name)
        self.page.keyboard.press("Space")
        self.page.keyboard.press("Tab")

    def press(self, name: str = "Continue") -> None:
        """Reach a button and press it; the page that follows is waited for."""
        self.reach(name)
        enter(self.page)

    def write(self, name: str, text: str) -> None:
        """Reach a box and type into it."""
        self.reach(name)
        self.page.keyboard.insert_text(text)

    def _keys(self) -> Iterator[str]:
        for _ in range(80):
            among = self.page.evaluate("document.activeElement.type === 'radio'")
            yield "ArrowDown" if among and not self._is_last() else "Tab"

    def _is_last(self) -> bool:
        last: bool = self.page.evaluate(
            """() => { const at = document.activeElement;
                 const all = [...document.querySelectorAll(`input[name="${at.name}"]`)];
                 return all.at(-1) === at; }"""
        )
        return last
