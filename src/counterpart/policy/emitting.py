"""Write a tree as YAML text that reads back as the very same tree, here and with any other reader.

Text that another reader could take for something else (`no`, `12:30`, `1.4`) is put in quotation
marks. The same tree is always the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 _.,;'()/-]*[A-Za-z0-9_.,;'()/-])?", re.ASCII)
_SPECIAL = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def as_yaml(tree: dict[str, Any]) -> str:
    """The tree, key by key, each value on a line of its own."""
    return "".join(f"{line}\n" for line in _lines(tree))


def _lines(node: Any) -> Iterator[str]:
    """The lines of a mapping or a list that is not empty, without any indentation."""
    pairs = (
        ((f"{_text(key)}:", value) for key, value in node.items())
        if isinstance(node, dict)
        else (("-", value) for value in node)
    )
    for head, value in pairs:
        if isinstance(value, dict | list) and value:
            inside = _lines(value)
            if head == "-":
                yield f"- {next(inside)}"
            else:
                yield head
            yield from (f"  {line}" for line in inside)
        else:
            yield f"{head} {_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, date):
        return value.isoformat()
    return "[]" if value == [] else "{}" if value == {} else str(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)
