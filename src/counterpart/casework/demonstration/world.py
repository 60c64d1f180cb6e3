"""Who is who in the demonstration: people by name, agencies by key, posts by tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the demonstration: their id, their post, and its agency or partnership."""

    person: str
    post: str
    body: str
    tier: str
    title: str


@dataclass(frozen=True, slots=True)
class World:
    """Who is who: people by name, agencies by key, the tiers' posts of each agency."""

    partnership: str
    people: Mapping[str, Known]
    agencies: Mapping[str, str]
    posts: Mapping[tuple[str, str], tuple[str, ...]]

    def post_at(self, agency: str, *tiers: str) -> str | None:
        """The first post of an agency at the first of the tiers it has."""
        return next((p for t in tiers for p in self.posts.get((agency, t), ())), None)

    def holder_of(self, post: str) -> str:
        """The name of the person in a post."""
        return next(name for name, known in self.people.items() if known.post == post)
