"""The directory as it stood on a day, as frozen records: what `engine.directory.Directory` asks
for.

It is loaded in a fixed number of queries, whatever it holds, and never asks the database again.
Every act asks for it, so that its question is put in SQL: to put it together anew would take a fifth of
the act's time. It must not choose between posts: policies and the engine do.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Code, Id
from counterpart.people.cover import StandIn, StandIns, stand_ins
from counterpart.people.days import day_of
from counterpart.people.models import Post
from counterpart.people.stated import AS_STATED

_HELD = """
SELECT post.id, COALESCE(post.agency_id, post.partnership_id), post.tier, post.title, post.phone,
       CASE WHEN post.closed_on <= %s THEN 1 ELSE 0 END, post.is_stated,
       held.person_id, person.name, person.is_stated
FROM people_post post
LEFT JOIN people_holding held ON held.post_id = post.id
      AND held.from_on <= %s AND (held.until_on IS NULL OR held.until_on > %s)
LEFT JOIN people_person person ON person.id = held.person_id
WHERE {where}
ORDER BY post.title, post.id, held.from_on, held.id
"""
"""Posts, each once for every person who holds it on a day, or once where nobody does."""


@dataclass(slots=True)
class _Held:
    """A post as it was found, with those who hold it: (id, name), the longest there first.

    `is_stated`: nobody but whoever holds it says that it is there, or who they are.
    """

    id: str
    body: str
    tier: str
    title: str
    phone: str
    is_closed: bool
    is_stated: bool
    holders: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Posts of some agencies and of a partnership's office with their holders, as of one day."""

    _by_id: Mapping[str, PostRecord]
    _by_tier: Mapping[tuple[str, str], tuple[PostRecord, ...]]
    _apart: frozenset[str] = frozenset()
    """Posts that are known by their id, so that history and their own cases have their names, and are not there
    otherwise: nobody can choose them. They are closed, or stand there only as somebody stated it."""

    def posts(self, body: Id, tiers: Sequence[str]) -> tuple[PostRecord, ...]:
        """Posts of one agency or partnership at the given tiers, in the order of `tiers`."""
        return tuple(post for tier in tiers for post in self._by_tier.get((body, tier), ()))

    def post(self, post: Id) -> PostRecord | None:
        """One post, or None if it is not among those loaded."""
        return self._by_id.get(post)

    def all_posts(self) -> tuple[PostRecord, ...]:
        """Every post loaded that can be chosen, by title. Of posts asked for by their ids, every one."""
        return tuple(post for post in self._by_id.values() if post.id not in self._apart)

    def without(self, people: Container[str]) -> Snapshot:
        """The same posts, but for those who are kept from the case it is asked for."""
        posts = [_without(post, people) for post in self._by_id.values()]
        return _snapshot(posts, self._apart)

    def renamed(self, name: str) -> Snapshot:
        """The same posts, with every holder called `name`: for showing posts without their people."""
        return _snapshot(
            replace(post, holders=tuple(replace(one, name=name) for one in post.holders[:1]))
            for post in self._by_id.values()
        )


def directory_as_of(at: datetime, agencies: Iterable[str], partnership: str | None) -> Snapshot:
    """The posts of `agencies` and of the office of `partnership`, as they stood at `at`.

    This is what is chosen from, so that posts which are closed, or stand there only as somebody stated it, are
    known in it by their id alone.
    Two queries, and one more for each further link of a chain of cover (two at most).
    """
    bodies = list(agencies)
    here = "post.partnership_id = %s"
    where = f"post.agency_id IN ({_marks(bodies)}) OR {here}" if bodies else here
    records, apart = _records(where, [*bodies, partnership], at)
    return _snapshot(records, apart)


def posts_as_of(at: datetime, posts: Iterable[str]) -> Snapshot:
    """These posts, wherever they stand, as they stood at `at`; unknown ids are left out.

    As many queries as `directory_as_of`.
    """
    return _snapshot(_of_ids(list(posts), at))


def snapshot_of(posts: Sequence[Post], at: datetime) -> Snapshot:
    """The given posts with their holders at `at`, in the order given. None given, none asked."""
    found = {record.id: record for record in _of_ids([post.id for post in posts], at)}
    return _snapshot(found[Id(post.id)] for post in posts)


def _of_ids(posts: Sequence[str], at: datetime) -> list[PostRecord]:
    return _records(f"post.id IN ({_marks(posts)})", posts, at)[0] if posts else []


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _records(
    where: str, values: Sequence[str | None], at: datetime
) -> tuple[list[PostRecord], frozenset[str]]:
    """The posts `where`, by title, with their holders and who stands in for them; and which are
    closed, or stand there only as stated.
    """
    day = day_of(at)
    posts = _held(where, values, day)
    people = {person for post in posts for person, _ in post.holders}
    cover = stand_ins(people, [post.id for post in posts], day)
    apart = frozenset(post.id for post in posts if post.is_closed or post.is_stated)
    return [_record(post, cover) for post in posts], apart


def _held(where: str, values: Sequence[str | None], day: date) -> list[_Held]:
    found: dict[str, _Held] = {}
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_HELD.format(where=where), [on, on, on, *values])
        for id, body, tier, title, phone, closed, stated, *held in cursor.fetchall():
            new = _Held(id, body, tier, title, phone, bool(closed), bool(stated), [])
            post, (person, name, is_stated) = found.setdefault(id, new), held
            if person is not None:
                post.holders.append((person, name))
                post.is_stated = post.is_stated or bool(is_stated)
    return list(found.values())


def _snapshot(records: Iterable[PostRecord], apart: frozenset[str] = frozenset()) -> Snapshot:
    by_id: dict[str, PostRecord] = {record.id: record for record in records}
    by_tier: dict[tuple[str, str], list[PostRecord]] = {}
    for record in by_id.values():
        if record.id not in apart:
            by_tier.setdefault((record.body, record.tier), []).append(record)
    return Snapshot(by_id, {where: tuple(some) for where, some in by_tier.items()}, apart)


def _without(post: PostRecord, people: Container[str]) -> PostRecord:
    """The post without them; one who stands in for somebody kept out is kept out with them."""
    left = tuple(h for h in post.holders if not (h.person in people or h.acting_for in people))
    if len(left) == len(post.holders):
        return post
    return replace(post, holders=left, is_kept_out=not left)


def _record(post: _Held, cover: StandIns) -> PostRecord:
    return PostRecord(
        id=Id(post.id),
        body=Id(post.body),
        tier=Code(post.tier),
        title=f"{post.title}{AS_STATED}" if post.is_stated else post.title,
        phone=post.phone,
        holders=_holders(post, cover),
    )


def _holders(post: _Held, cover: StandIns) -> tuple[HolderRecord, ...]:
    """Those standing in first, because they are the ones at work; then the holders themselves."""
    own = {person: HolderRecord(Id(person), name) for person, name in post.holders}
    first = post.holders[0][0] if post.holders else None
    acting: dict[str, HolderRecord] = {}
    for stand_in in cover.of_posts.get(post.id, ()):
        acting.setdefault(stand_in.person, _acting(stand_in, first))
    for person, _ in post.holders:
        for stand_in in cover.of_people.get(person, ()):
            acting.setdefault(stand_in.person, _acting(stand_in, person))
    return (*(record for person, record in acting.items() if person not in own), *own.values())


def _acting(stand_in: StandIn, acting_for: str | None) -> HolderRecord:
    return HolderRecord(Id(stand_in.person), stand_in.name, Id(acting_for) if acting_for else None)
