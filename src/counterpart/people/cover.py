"""Who stands in for whom on a day, chains included.

A chain (Ann covers Bea, who covers Cas) is followed for at most `LONGEST_CHAIN` links, one query a
link, and never in a circle. A stand-in acts for the person or post at the far end, and has at most
the rights of everyone between. It must not say what those rights are: `access` does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from counterpart.people.days import on
from counterpart.people.models import Cover

LONGEST_CHAIN = 3
"""Links followed. A longer chain is a directory nobody keeps: its far end gets no stand-in."""


_COVERS = """
SELECT COALESCE(cover.person_id, cover.post_id), cover.covering_id, covering.name
FROM people_cover cover JOIN people_person covering ON covering.id = cover.covering_id
WHERE cover.from_on <= %s AND cover.until_on > %s AND ({of})
ORDER BY cover.id
"""
"""In SQL, because every act asks it: see `directory`."""


class _Link(NamedTuple):
    """A person who stands in for a person or a post."""

    of: str
    covering: str
    name: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person who acts for another (or for a post) on a day, and the people between, in order."""

    person: str
    name: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIns:
    """The stand-ins of some people and posts, nearest first."""

    of_people: dict[str, tuple[StandIn, ...]]
    of_posts: dict[str, tuple[StandIn, ...]]


@dataclass(frozen=True, slots=True)
class Covered:
    """Someone (or one post) a person stands in for: `chain` runs from that person to the far
    end.
    """

    chain: tuple[str, ...]
    post: str | None = None


def stand_ins(people: Collection[str], posts: Collection[str], day: date) -> StandIns:
    """Everyone who stands in on `day` for the given people and posts. At most three queries."""
    links: dict[str, list[_Link]] = {}
    wanted, seen = set(people), set(people)
    of: Collection[str] = posts
    for _ in range(LONGEST_CHAIN):
        found = _links(wanted, of, day) if wanted or of else []
        for link in found:
            links.setdefault(link.of, []).append(link)
        wanted = {link.covering for link in found} - seen
        if not wanted:
            break
        seen |= wanted
        of = ()
    return StandIns(
        of_people={person: _followed(person, links) for person in people if person in links},
        of_posts={post: _followed(post, links) for post in posts if post in links},
    )


def _links(people: Collection[str], posts: Collection[str], day: date) -> list[_Link]:
    """Who stands in on a day for these people and posts, in a stable order. One query."""
    of = [
        f"cover.{column} IN ({', '.join(['%s'] * len(ids))})"
        for column, ids in (("person_id", people), ("post_id", posts))
        if ids
    ]
    on_day = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_COVERS.format(of=" OR ".join(of)), [on_day, on_day, *people, *posts])
        return [_Link(*row) for row in cursor.fetchall()]


def _followed(start: str, links: dict[str, list[_Link]]) -> tuple[StandIn, ...]:
    """The chain from `start`, breadth first, each person once and never `start` itself."""
    found: dict[str, StandIn] = {}
    edge: list[tuple[str, tuple[str, ...]]] = [(start, ())]
    for _ in range(LONGEST_CHAIN):
        following: list[tuple[str, tuple[str, ...]]] = []
        for node, through in edge:
            for link in links.get(node, ()):
                person = link.covering
                if person == start or person in found:
                    continue
                found[person] = StandIn(person, link.name, through)
                following.append((person, (*through, person)))
        edge = following
    return tuple(found.values())


def covered_by(people: Collection[str], day: date) -> dict[str, tuple[Covered, ...]]:
    """Everyone and every single post that each of these people stands in for on `day`. At most three
    queries, however many people they are.
    """
    links: dict[str, list[Cover]] = {}
    edge = set(people)
    for _ in range(LONGEST_CHAIN):
        if not edge:
            break
        links |= {person: [] for person in edge}
        for row in Cover.objects.filter(on(day), covering__in=sorted(edge)).order_by("id"):
            links[row.covering_id].append(row)
        edge = {row.person_id for some in links.values() for row in some if row.person_id}
        edge -= links.keys()
    return {person: _covered(person, links) for person in people}


def _covered(person: str, links: dict[str, list[Cover]]) -> tuple[Covered, ...]:
    found: list[Covered] = []
    edge: dict[str, tuple[str, ...]] = {person: (person,)}
    seen = {person}
    for _ in range(LONGEST_CHAIN):
        following: dict[str, tuple[str, ...]] = {}
        for row in sorted((row for one in edge for row in links.get(one, ())), key=_id):
            chain = edge[row.covering_id]
            if row.post_id:
                found.append(Covered(chain, row.post_id))
            elif row.person_id and row.person_id not in seen:
                seen.add(row.person_id)
                following[row.person_id] = (*chain, row.person_id)
        found += [Covered(chain) for chain in following.values()]
        edge = following
    return tuple(found)


def _id(row: Cover) -> str:
    return row.id


def would_circle(covered: Iterable[str], covering: str, from_on: date, until_on: date) -> bool:
    """Whether, on some day of the new cover, one of `covered` already stands in for `covering`."""
    targets = set(covered)
    edge = {covering: (from_on, until_on)}
    seen = {covering}
    while edge:
        following: dict[str, tuple[date, date]] = {}
        for row in Cover.objects.filter(person__in=list(edge)):
            start, end = edge[row.person_id or ""]
            start, end = max(start, row.from_on), min(end, row.until_on)
            if start >= end:
                continue
            if row.covering_id in targets:
                return True
            if row.covering_id not in seen:
                seen.add(row.covering_id)
                following[row.covering_id] = (start, end)
        edge = following
    return False
