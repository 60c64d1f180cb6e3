"""Filling in a form as it stands on a page, the way somebody would who answers the first thing that is offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from counterpart.telling.dates import UK

WRITTEN = "I wrote this carefully."


class Fields(HTMLParser):
    """The fields of the page's form, and what each holds or offers."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.texts: list[str] = []
        self.offered: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "input" and kind == "hidden":
            self.kept[name] = given.get("value", "")
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.offered.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea" or (tag == "input" and kind == "text"):
            self.texts.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and given.get("value"):
            self.offered.setdefault(self._select, []).append(given["value"])


def filled(page: str, *, days: int = 0, **chosen: Any) -> dict[str, Any]:
    """The form of a page with every question answered, `chosen` in the place of what is offered first.

    A moment is an hour ago, or so many `days` from now. `chosen` is `None` for what is left out.
    """
    fields = Fields()
    fields.feed(page)
    at = datetime.now(UTC) + (timedelta(days=days) if days else -timedelta(minutes=1))
    local = at.astimezone(UK)
    boxes = {"day": str(local.day), "month": str(local.month), "year": str(local.year),
             "time": f"{local:%H:%M}"}  # fmt: skip
    whole: dict[str, Any] = dict(fields.kept)
    whole |= {name: boxes.get(name.rpartition("-")[2], WRITTEN) for name in fields.texts}
    whole |= {
        name: values[0] for name, values in fields.offered.items() if name != "csrfmiddlewaretoken"
    }
    return {name: value for name, value in (whole | chosen).items() if value is not None}
