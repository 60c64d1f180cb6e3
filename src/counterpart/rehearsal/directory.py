"""A made-up directory for a policy: each of its roles has one held post in every agency.

It answers what the engine asks of a directory, from the policy and the names of the agencies
alone. It must not know any real post or person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import Policy

PARTNERSHIP = Id("partnership")


@dataclass(frozen=True, slots=True, order=True)
class RoleAt:
    """A role of the policy in one agency, or in the partnership: `line-manager at school`."""

    role: str
    body: str

    def __str__(self) -> str:
        return f"{self.role} at {self.body}"


@dataclass(frozen=True, slots=True)
class Unusual:
    """Where the directory of a story is not the ordinary one.

    `vacant`: nobody holds the post. `missing`: the agency has no such post. `several`: two
    people hold such posts, so that somebody has to say which it is.
    """

    vacant: tuple[RoleAt, ...] = ()
    missing: tuple[RoleAt, ...] = ()
    several: tuple[RoleAt, ...] = ()

    @property
    def all(self) -> tuple[RoleAt, ...]:
        """Every role that is named."""
        return (*self.vacant, *self.missing, *self.several)


class MadeUpDirectory:
    """A directory as of one moment, from the posts it is given, in their order."""

    def __init__(self, posts: Iterable[PostRecord]) -> None:
        self._by_id = {post.id: post for post in posts}
        self._at: dict[tuple[str, str], list[PostRecord]] = {}
        for post in self._by_id.values():
            self._at.setdefault((post.body, post.tier), []).append(post)

    @property
    def everybody(self) -> tuple[PostRecord, ...]:
        """Every post there is, in the order they were given."""
        return tuple(self._by_id.values())

    def posts(self, body: Id, tiers: Sequence[str]) -> tuple[PostRecord, ...]:
        """Posts of one agency or of the partnership at the given tiers, in the order of `tiers`."""
        return tuple(p for tier in tiers for p in self._at.get((body, tier), ()))

    def post(self, post: Id) -> PostRecord | None:
        """One post, or None where there is none of that id."""
        return self._by_id.get(post)


def made_up_directory(
    policy: Policy, agencies: Collection[str], unusual: Unusual | None = None
) -> MadeUpDirectory:
    """Every role of the policy with one held post at the first of its tiers, in each place it is.

    Two roles with the same first tier are the same post. Nothing is made for the other tiers:
    they are stand-ins, and a stand-in is there only if some role has that tier first.
    """
    posts: dict[Id, PostRecord] = {}
    for role in policy.roles.values():
        for body in (PARTNERSHIP,) if role.at == "partnership" else agencies:
            here = RoleAt(role.id, body)
            for post in _posts(here, Code(role.tiers[0]), role.title, unusual or Unusual()):
                posts.setdefault(post.id, post)
    for gone in unusual.missing if unusual else ():
        for id in [p.id for p in posts.values() if _is_of(policy, gone, p)]:
            del posts[id]
    for empty in unusual.vacant if unusual else ():
        for post in [p for p in posts.values() if _is_of(policy, empty, p)]:
            posts[post.id] = replace(post, holders=())
    return MadeUpDirectory(posts.values())


def _posts(here: RoleAt, tier: Code, title: str, unusual: Unusual) -> list[PostRecord]:
    many = 2 if here in unusual.several else 1
    return [_post(here.body, tier, title, "" if n == 0 else f"-{n + 1}") for n in range(many)]


def _post(body: str, tier: Code, title: str, mark: str) -> PostRecord:
    id = Id(f"{body}-{tier}{mark}")
    holder = HolderRecord(person=Id(f"holder-of-{id}"), name=f"{title}, {body}")
    return PostRecord(
        id=id, body=Id(body), tier=tier, title=f"{title}, {body}", phone="", holders=(holder,)
    )


def _is_of(policy: Policy, role_at: RoleAt, post: PostRecord) -> bool:
    tiers = policy.roles[role_at.role].tiers if role_at.role in policy.roles else ()
    return post.body == role_at.body and post.tier in tiers[:1]
