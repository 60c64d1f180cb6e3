"""`can(…, "see_case", …)` and `visible` say the same of every person and case that can be made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpart.access.kinds import (
    DENIAL_REASONS,
    EVERYBODY,
    IN_THE_CASE,
    RELATION_KINDS,
    RESTRICTED,
)
from counterpart.access.models import Denial, Relation
from counterpart.access.permission import can
from counterpart.access.relations import RelationRow, rewrite_relations
from counterpart.access.visibility import is_visible, kept_from_desk, visible
from counterpart.people.models import (
    Account,
    Cover,
    Holding,
    Partnership,
    Person,
    Post,
)
from tests.directory import a_partnership, a_person, a_post, new_id

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PEOPLE = [f"person{n}".ljust(32, "0") for n in range(5)]
POSTS = [f"post{n}".ljust(32, "0") for n in range(4)]
PARTNERSHIPS = [f"partnership{n}".ljust(32, "0") for n in range(2)]
CASES = [f"case{n}".ljust(32, "0") for n in range(4)]
TIERS = ("business_manager", "coordinator")

days = st.sampled_from([date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 25)])
instants = st.sampled_from([NOW - timedelta(days=2), NOW, NOW + timedelta(days=2)])


@dataclass(frozen=True)
class World:
    """A made-up directory, with relations and denies. Every list is rows to insert."""

    tiers: list[str]
    holdings: list[tuple[str, str, date, date | None]]
    covers: list[tuple[str | None, str | None, str, date, date]]
    relations: list[tuple[str, str, str, str, datetime, datetime | None]]
    denials: list[tuple[str, str, str]]
    restricted: set[str]
    administrators: list[str]


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date]:
    """A period of at least a day."""
    start = draw(days)
    return start, start + timedelta(days=draw(st.integers(1, 5)))


@st.composite
def subjects(draw: st.DrawFn) -> tuple[str, str]:
    """A subject of a relation, with its kind."""
    kind = draw(st.sampled_from(["person", "post", "partnership"]))
    pool = {"person": PEOPLE, "post": POSTS, "partnership": PARTNERSHIPS}[kind]
    return kind, draw(st.sampled_from(pool))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any world."""
    covers = []
    for _ in range(draw(st.integers(1, 5))):
        covered, post = draw(
            st.one_of(
                st.tuples(st.sampled_from(PEOPLE), st.none()),
                st.tuples(st.none(), st.sampled_from(POSTS)),
            )
        )
        covering = draw(st.sampled_from([p for p in PEOPLE if p != covered]))
        covers.append((covered, post, covering, *draw(periods())))
    relations = []
    for _ in range(draw(st.integers(4, 12))):
        kind, subject = draw(subjects())
        end = draw(st.one_of(st.none(), instants))
        relations.append(
            (
                draw(st.sampled_from(CASES)),
                kind,
                subject,
                draw(st.sampled_from(RELATION_KINDS)),
                draw(instants),
                end,
            )
        )
    holdings = st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(POSTS),
        st.just(date(2026, 11, 20)),
        st.none() | days,
    )
    denials = st.tuples(
        st.sampled_from(CASES), st.sampled_from(PEOPLE), st.sampled_from(DENIAL_REASONS)
    )
    return World(
        tiers=draw(st.lists(st.sampled_from(TIERS), min_size=4, max_size=4)),
        holdings=draw(st.lists(holdings, min_size=3, max_size=8)),
        covers=covers,
        relations=relations,
        denials=draw(st.lists(denials, min_size=1, max_size=8, unique_by=lambda d: d[:2])),
        restricted=draw(st.sets(st.sampled_from(CASES), max_size=2)),
        administrators=draw(st.lists(st.sampled_from(PEOPLE), max_size=1)),
    )


def build(world: World) -> None:
    """Insert a world as it is, circles and all: `arrange_cover` would refuse some of it."""
    Partnership.objects.bulk_create(Partnership(id=p, code=p[:13], name=p) for p in PARTNERSHIPS)
    Person.objects.bulk_create(Person(id=p, name=p) for p in PEOPLE)
    Post.objects.bulk_create(
        Post(id=post, partnership_id=PARTNERSHIPS[n % 2], tier=world.tiers[n], title=post)
        for n, post in enumerate(POSTS)
    )
    Holding.objects.bulk_create(
        Holding(id=new_id(), person_id=who, post_id=what, from_on=start, until_on=end)
        for who, what, start, end in world.holdings
    )
    Cover.objects.bulk_create(
        Cover(id=new_id(), person_id=who, post_id=what, covering_id=by, from_on=start, until_on=end)
        for who, what, by, start, end in world.covers
    )
    Account.objects.bulk_create(
        Account(id=new_id(), person_id=p, email=f"{p}@x.example", is_administrator=True)
        for p in world.administrators
    )
    Relation.objects.bulk_create(
        Relation(case=c, subject_kind=k, subject=s, kind=r, from_at=start, until_at=end)
        for c, k, s, r, start, end in world.relations
        if not (k == "partnership" and c in world.restricted)
    )
    Denial.objects.bulk_create(Denial(case=c, person=p, reason=r) for c, p, r in world.denials)
    Denial.objects.bulk_create(
        Denial(case=c, person=EVERYBODY, reason=RESTRICTED) for c in world.restricted
    )


@given(world=worlds())
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_they_agree(db: None, world: World) -> None:
    with transaction.atomic():
        build(world)
        for person in PEOPLE:
            one_by_one = {case for case in CASES if can(person, "see_case", case, NOW).is_allowed}
            assert set(visible(person, NOW)) == one_by_one
            some = Relation.objects.filter(is_visible(person, NOW, "case"))
            assert set(some.values_list("case", flat=True)) == one_by_one
            for partnership in PARTNERSHIPS:
                kept = kept_from_desk(person, partnership, NOW)
                theirs = _cases_of(partnership)
                assert kept is None or theirs - set(kept) <= one_by_one
                many = kept_from_desk(person, partnership, NOW, few=-1)
                assert (many is None) is (kept is None)
                assert set(many or ()) == set(kept or ())
        transaction.set_rollback(True)


def _cases_of(partnership: str) -> set[str]:
    """The cases that stand on a partnership's desk: as its relation says, and those that are restricted."""
    lasting = Relation.objects.filter(
        subject_kind="partnership", subject=partnership, from_at__lte=NOW, kind__in=IN_THE_CASE
    )
    restricted = Denial.objects.filter(person=EVERYBODY).values_list("case", flat=True)
    return {r.case for r in lasting if r.until_at is None or r.until_at > NOW} | set(restricted)


def test_a_list_costs_the_same_queries_whatever_the_number_of_cases() -> None:
    person = a_person(a_post(a_partnership(), "business_manager"))
    few = queries_to_list(person)
    for _ in range(30):
        rewrite_relations(new_id(), [RelationRow("person", person, "raiser", NOW)])
    assert len(set(visible(person, NOW))) == 30
    assert queries_to_list(person) == few == 4


def queries_to_list(person: str) -> int:
    """How many queries it takes to list what a person may see."""
    with CaptureQueriesContext(connection) as queries:
        list(visible(person, NOW))
    return len(queries)
