"""On what footing a person may act on a day: as themselves, and for each person or post they
cover.

`access` reads this to know which relations reach a person. It must not know a case or a right.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from counterpart.people.cover import Covered, covered_by
from counterpart.people.days import day_of, runs_on
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Account, Holding, Post


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post a person may act in, with the words a page needs; `acting_for` is who they cover."""

    post: str
    body: str
    body_name: str
    body_is_partnership: bool
    tier: str
    title: str
    acting_for: str | None = None
    acting_for_name: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person held a post from one day until (not including) another."""

    person: str
    post: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Footing:
    """One footing: the chain of people from the one acting to the one acted for, and their posts.

    `person` is whose own relations count: the last of the chain, or None when one post alone is
    covered.
    """

    chain: tuple[str, ...]
    person: str | None
    posts: tuple[HeldPost, ...]

    @property
    def partnerships(self) -> tuple[str, ...]:
        """The partnerships whose desk this footing gives."""
        offices = (p for p in self.posts if p.body_is_partnership and p.tier == BUSINESS_MANAGER)
        return tuple(dict.fromkeys(post.body for post in offices))


@dataclass(frozen=True, slots=True)
class Standing:
    """Every footing of one person on one day, their own first, and which posts they ever held."""

    person: str
    is_administrator: bool
    footings: tuple[Footing, ...]
    tenures: tuple[Tenure, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everyone on any chain: the denies of each of them count."""
        return frozenset(person for footing in self.footings for person in footing.chain)


_known: ContextVar[dict[tuple[str, datetime], Standing] | None] = ContextVar("known", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, each person's standing at an instant is looked up once. For what changes nothing:
    a page asks who may do what several times, and must be given one answer.
    """
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def asked_together(people: Collection[str], at: datetime) -> Iterator[None]:
    """`asked_once`, with the standing of all these people at `at` looked up now, together."""
    token = _known.set({(one, at): found for one, found in standings_of(people, at).items()})
    try:
        yield
    finally:
        _known.reset(token)


def standing_of(person: str, at: datetime) -> Standing:
    """All footings of `person` at `at`. Three to six queries, however many posts or cases there
    are; none the second time within `asked_once`.
    """
    known = _known.get()
    if known is None:
        return standings_of([person], at)[person]
    if (person, at) not in known:
        known |= {(person, at): standings_of([person], at)[person]}
    return known[person, at]


def standings_of(people: Collection[str], at: datetime) -> dict[str, Standing]:
    """All footings of each of these people at `at`. Three to six queries, however many they are."""
    day = day_of(at)
    covered = covered_by(people, day)
    every = [one for some in covered.values() for one in some]
    everyone = set(people) | {person for one in every for person in one.chain}
    holdings = _holdings(everyone, {one.post for one in every if one.post})
    office = Account.objects.filter(person__in=people, is_administrator=True)
    administrators = set(office.values_list("person_id", flat=True))
    return {
        one: _standing(one, one in administrators, covered[one], holdings, day) for one in people
    }


@dataclass(frozen=True, slots=True)
class _Holdings:
    """Holdings, the oldest first, by whose they are and by what is held."""

    of_people: dict[str, list[Holding]]
    of_posts: dict[str, list[Holding]]

    def among(self, people: Collection[str], posts: Collection[str]) -> list[Holding]:
        """Those of these people, or of these posts, the oldest first."""
        found = {h.id: h for one in people for h in self.of_people.get(one, ())}
        found |= {h.id: h for one in posts for h in self.of_posts.get(one, ())}
        return sorted(found.values(), key=lambda holding: (holding.from_on, holding.id))


def _standing(
    person: str,
    is_administrator: bool,
    covered: Sequence[Covered],
    held: _Holdings,
    day: date,
) -> Standing:
    chains = [(person,), *(c.chain for c in covered if c.post is None)]
    everyone = {one for chain in chains for one in chain} | {p for c in covered for p in c.chain}
    single = [c for c in covered if c.post is not None]
    holdings = held.among(everyone, {c.post for c in single if c.post})
    current = [h for h in holdings if runs_on(day, h.from_on, h.until_on)]
    footings = [Footing(c, c[-1], _posts_held(c, current)) for c in chains]
    footings += _single_posts(single, current)
    return Standing(
        person=person,
        is_administrator=is_administrator,
        footings=tuple(footings),
        tenures=tuple(Tenure(h.person_id, h.post_id, h.from_on, h.until_on) for h in holdings),
    )


def _holdings(people: Collection[str], posts: Collection[str]) -> _Holdings:
    of_people: dict[str, list[Holding]] = {}
    of_posts: dict[str, list[Holding]] = {}
    rows = Holding.objects.filter(Q(person__in=people) | Q(post__in=posts))
    for row in rows.select_related("person", "post__agency", "post__partnership"):
        of_people.setdefault(row.person_id, []).append(row)
        of_posts.setdefault(row.post_id, []).append(row)
    return _Holdings(of_people, of_posts)


def _posts_held(chain: tuple[str, ...], current: Iterable[Holding]) -> tuple[HeldPost, ...]:
    acting_for = chain[-1] if len(chain) > 1 else None
    mine = (holding for holding in current if holding.person_id == chain[-1])
    return tuple(held_post(h.post, acting_for, h.person.name if acting_for else "") for h in mine)


def _single_posts(single: Iterable[Covered], current: list[Holding]) -> list[Footing]:
    """A post covered by itself: for each of its holders, or for the post alone while it is
    vacant.
    """
    footings: list[Footing] = []
    vacant: list[Covered] = []
    for covered in single:
        holders = [h for h in current if h.post_id == covered.post]
        if not holders:
            vacant.append(covered)
        for holding in holders:
            post = held_post(holding.post, holding.person_id, holding.person.name)
            footings.append(Footing((*covered.chain, holding.person_id), None, (post,)))
    if vacant:
        posts = Post.objects.select_related("agency", "partnership").in_bulk(
            [covered.post for covered in vacant]
        )
        footings += [
            Footing(covered.chain, None, (held_post(posts[covered.post or ""], None, ""),))
            for covered in vacant
        ]
    return footings


def held_post(post: Post, acting_for: str | None, acting_for_name: str) -> HeldPost:
    """A post as a page shows it. `post.agency` or `post.partnership` must have been loaded."""
    body = post.agency or post.partnership
    return HeldPost(
        post=post.id,
        body=post.body_id,
        body_name=body.name if body else "",
        body_is_partnership=post.partnership_id is not None,
        tier=post.tier,
        title=post.title,
        acting_for=acting_for,
        acting_for_name=acting_for_name,
    )
