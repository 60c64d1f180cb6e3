"""People to telephone, as a page shows them. It must not choose them: the policy does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from counterpart.engine.directory import PostRecord


@dataclass(frozen=True, slots=True)
class Call:
    """A post to telephone: who is there now, and the number if the directory has one."""

    title: str
    body: str
    names: tuple[str, ...]
    phone: str


def calls(posts: Iterable[PostRecord], body_name: Callable[[str], str]) -> tuple[Call, ...]:
    """Posts as people to telephone; `body_name` names an agency or a partnership."""
    return tuple(
        Call(post.title, body_name(post.body), tuple(h.name for h in post.holders), post.phone)
        for post in posts
    )
