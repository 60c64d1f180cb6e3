"""Lay an example of the catalogue over the little policy, as the page about findings says."""

from __future__ import annotations

from typing import Any

from counterpart.policy.checking.kinds.little import LITTLE
from counterpart.policy.emitting import as_yaml
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.policy.yaml_text import read_yaml


def little(example: str = "") -> Policy:
    """The little policy with an example laid over it."""
    tree = laid_over(_read(LITTLE), _read(example) or {})
    return load_policy(as_yaml(tree).encode())


def laid_over(under: Any, over: Any) -> Any:
    """Key by key; items of a list by their id, a new one added; `~` takes a key away."""
    if isinstance(under, dict) and isinstance(over, dict):
        merged = {**under, **{key: laid_over(under.get(key), value) for key, value in over.items()}}
        return {key: value for key, value in merged.items() if value is not None}
    if _has_ids(under) and _has_ids(over):
        for item in over:
            found = next((i for i, x in enumerate(under) if x["id"] == item["id"]), None)
            if found is None:
                under = [*under, item]
            else:
                under = [*under[:found], laid_over(under[found], item), *under[found + 1 :]]
        return under
    return over


def _has_ids(items: Any) -> bool:
    return bool(items) and isinstance(items, list) and all("id" in item for item in items)


def _read(text: str) -> Any:
    return read_yaml(text.encode(), file="little.yaml")
