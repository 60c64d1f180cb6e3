"""Which cases may this person see now? The same answer as `permission.can`, as one subquery.

Every list, count, search, digest and export filters by it. It must not load a case.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from counterpart.access.kinds import (
    BY_PARTNERSHIP,
    BY_PERSON,
    BY_POST,
    EVERYBODY,
    NO_POST,
    UNWATCHED,
)
from counterpart.access.models import Denial, Relation
from counterpart.access.rules import ACTS
from counterpart.people.standing import Footing, Standing, standing_of

KeptOut = QuerySet[Denial, str] | tuple[str, ...]
"""Case ids to leave out of a list, for `exclude(case__in=…)`."""

FEW = 50
"""Up to so many ids are handed on as they are; more are left to the database."""


def visible(person: str, at: datetime, *, only_open: bool = False) -> QuerySet[Relation, str]:
    """The ids of the cases `person` may see at `at`, for `filter(case__in=visible(…))`.

    Three to five queries to know the person's footing; the answer itself is one subquery. With
    `only_open`, of the cases that are open: it then takes as long, whatever they once had to do with.
    """
    standing = standing_of(person, at)
    if standing.is_administrator:
        return Relation.objects.none().values_list("case", flat=True)
    found = _reaching(standing, at).filter(kind__in=ACTS["see_case"].open_to)
    if only_open:
        # Whom they may be reached by is said once more, where the index of open cases is found by it.
        found = found.filter(is_open=True, subject__in=_everybody_in(standing.footings))
    return found.values_list("case", flat=True)


def known_as_unwatched(person: str, at: datetime) -> QuerySet[Relation, str]:
    """The ids of the cases nobody may watch of which `person` knows, without seeing anything of them.

    They are told to data protection leads; where a partnership has none, to whoever runs the system.
    """
    standing = standing_of(person, at)
    if standing.is_administrator:
        denied = Exists(Denial.objects.filter(person=person, case=OuterRef("case")))
        found = Relation.objects.filter(~denied, subject_kind=BY_POST, subject=NO_POST)
    else:
        found = _reaching(standing, at)
    return found.filter(kind=UNWATCHED).values_list("case", flat=True)


def is_visible(person: str, at: datetime, column: str) -> Exists:
    """The same answer for each row of another query, whose `column` holds a case's id.

    For a search that finds few rows by itself, where writing out all of `visible` first would cost
    more than the search.
    """
    return Exists(visible(person, at).filter(case=OuterRef(column)))


def open_to_post(post: str, at: datetime) -> QuerySet[Relation, str]:
    """The ids of the cases that whoever holds or reads for `post` has to do with by it, as far as they are
    not denied.
    """
    lasting = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    kinds = Q(kind__in=ACTS["see_case"].open_to)
    mine = Relation.objects.filter(lasting, kinds, subject_kind=BY_POST, subject=post)
    return mine.values_list("case", flat=True)


def is_open_to_post(case: str, post: str, at: datetime) -> bool:
    """Whether a case is among `open_to_post`."""
    return open_to_post(post, at).filter(case=case).exists()


def kept_from_desk(
    person: str, partnership: str, at: datetime, *, few: int = FEW
) -> KeptOut | None:
    """The case ids to leave out of a partnership's desk for `person`; None: the desk is not open.

    For lists already limited to the partnership by a column of their own. There the whole of
    `visible` would be every case of the partnership, which is slow to no purpose. The desk's many
    lists each leave them out: up to `few`, as they mostly are, they are looked up once.
    """
    standing = standing_of(person, at)
    desks = [f for f in standing.footings if partnership in f.partnerships]
    if standing.is_administrator or not desks:
        return None
    kept = _kept_from(desks[0], at)
    for other in desks[1:]:  # of several who are stood in for, one who may see it is enough
        kept = kept.filter(case__in=_kept_from(other, at).values("case"))
    ids = kept.values_list("case", flat=True)
    first = tuple(ids[: few + 1])
    return first if len(first) <= few else ids


def _kept_from(desk: Footing, at: datetime) -> QuerySet[Denial]:
    denied = Q(person__in=desk.chain) | (Q(person=EVERYBODY) & ~_named(desk, at))
    return Denial.objects.filter(denied)


def _named(desk: Footing, at: datetime) -> Exists:
    """Whether a restricted case names the person, or binds them in another way than by the desk."""
    lasting = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    kinds = Q(kind__in=ACTS["see_case"].open_to)
    mine = Relation.objects.filter(_subjects(desk), lasting, kinds, case=OuterRef("case"))
    return Exists(mine)


def _reaching(standing: Standing, at: datetime) -> QuerySet[Relation]:
    """The relations that somebody has now, on every footing on which they are not kept from the case."""
    reached = Q(pk__in=[])
    for footing in standing.footings:
        reached |= _subjects(footing) & ~Q(_denied(footing.chain))
    lasting = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    return Relation.objects.filter(reached & lasting)


def _everybody_in(footings: Iterable[Footing]) -> list[str]:
    """The people, posts and partnerships that a relation reaches these footings by."""
    posts = {post.post for footing in footings for post in footing.posts}
    people = {footing.person for footing in footings if footing.person}
    desks = {desk for footing in footings for desk in footing.partnerships}
    return sorted(posts | people | desks)


def _subjects(footing: Footing) -> Q:
    posts = [post.post for post in footing.posts]
    subjects = Q(subject_kind=BY_POST, subject__in=posts)
    if footing.person:
        bodies = {"", *(post.body for post in footing.posts)}
        own = Q(subject_kind=BY_PERSON, subject=footing.person)
        subjects |= own & Q(within__in=sorted(bodies))
    if footing.partnerships:
        subjects |= Q(subject_kind=BY_PARTNERSHIP, subject__in=footing.partnerships)
    return subjects


def _denied(chain: tuple[str, ...]) -> Exists:
    return Exists(Denial.objects.filter(person__in=chain, case=OuterRef("case")))
