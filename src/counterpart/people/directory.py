"""The directory as it stood on a day, as frozen records: what `engine.directory.Directory` asks
for.

It is loaded in a fixed number of queries, whatever it holds, and never asks the database again.
It must not choose between posts: policies and the engine do.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Code, Id
from counterpart.people.cover import StandIn, StandIns, stand_ins
from counterpart.people.days import day_of, on
from counterpart.people.models import Holding, Post


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Posts of some agencies and of a partnership's office with their holders, as of one day."""

    _by_id: Mapping[str, PostRecord]
    _by_tier: Mapping[tuple[str, str], tuple[PostRecord, ...]]

    def posts(self, body: Id, tiers: Sequence[str]) -> tuple[PostRecord, ...]:
        """Posts of one agency or partnership at the given tiers, in the order of `tiers`."""
        return tuple(post for tier in tiers for post in self._by_tier.get((body, tier), ()))

    def post(self, post: Id) -> PostRecord | None:
        """One post, or None if it is not among those loaded."""
        return self._by_id.get(post)

    def all_posts(self) -> tuple[PostRecord, ...]:
        """Every post loaded, by title."""
        return tuple(self._by_id.values())

    def without(self, people: Container[str]) -> Snapshot:
        """The same posts, but for those who are kept from the case it is asked for."""
        return _snapshot([_without(post, people) for post in self._by_id.values()])


def directory_as_of(at: datetime, agencies: Iterable[str], partnership: str | None) -> Snapshot:
    """The posts of `agencies` and of the office of `partnership`, as they stood at `at`.

    Three queries, and one more for each further link of a chain of cover (two at most).
    """
    bodies = Q(agency__in=list(agencies)) | Q(partnership=partnership)
    return snapshot_of(list(Post.objects.filter(bodies).order_by("title", "id")), at)


def posts_as_of(at: datetime, posts: Iterable[str]) -> Snapshot:
    """These posts, wherever they stand, as they stood at `at`; unknown ids are left out.

    As many queries as `directory_as_of`.
    """
    return snapshot_of(list(Post.objects.filter(id__in=list(posts)).order_by("title", "id")), at)


def snapshot_of(posts: Sequence[Post], at: datetime) -> Snapshot:
    """The given posts with their holders at `at`, in the order given. None given, none asked."""
    if not posts:
        return Snapshot({}, {})
    day = day_of(at)
    held: dict[str, list[Holding]] = {}
    ids = [post.id for post in posts]
    holdings = Holding.objects.filter(on(day), post__in=ids).select_related("person")
    for holding in holdings.order_by("from_on", "id"):
        held.setdefault(holding.post_id, []).append(holding)
    people = {holding.person_id for some in held.values() for holding in some}
    cover = stand_ins(people, ids, day)
    records = [_record(post, held.get(post.id, []), cover) for post in posts]
    return _snapshot(records)


def _snapshot(records: Iterable[PostRecord]) -> Snapshot:
    by_id: dict[str, PostRecord] = {record.id: record for record in records}
    by_tier: dict[tuple[str, str], list[PostRecord]] = {}
    for record in by_id.values():
        by_tier.setdefault((record.body, record.tier), []).append(record)
    return Snapshot(by_id, {where: tuple(some) for where, some in by_tier.items()})


def _without(post: PostRecord, people: Container[str]) -> PostRecord:
    """The post without them; one who stands in for somebody kept out is kept out with them."""
    left = tuple(h for h in post.holders if not (h.person in people or h.acting_for in people))
    if len(left) == len(post.holders):
        return post
    return replace(post, holders=left, is_kept_out=not left)


def _record(post: Post, held: list[Holding], cover: StandIns) -> PostRecord:
    return PostRecord(
        id=Id(post.id),
        body=Id(post.body_id),
        tier=Code(post.tier),
        title=post.title,
        phone=post.phone,
        holders=_holders(post.id, held, cover),
    )


def _holders(post: str, held: list[Holding], cover: StandIns) -> tuple[HolderRecord, ...]:
    """Those standing in first, because they are the ones at work; then the holders themselves."""
    own = {h.person_id: HolderRecord(Id(h.person_id), h.person.name) for h in held}
    first = held[0].person_id if held else None
    acting: dict[str, HolderRecord] = {}
    for stand_in in cover.of_posts.get(post, ()):
        acting.setdefault(stand_in.person, _acting(stand_in, first))
    for holding in held:
        for stand_in in cover.of_people.get(holding.person_id, ()):
            acting.setdefault(stand_in.person, _acting(stand_in, holding.person_id))
    return (*(record for person, record in acting.items() if person not in own), *own.values())


def _acting(stand_in: StandIn, acting_for: str | None) -> HolderRecord:
    return HolderRecord(Id(stand_in.person), stand_in.name, Id(acting_for) if acting_for else None)
