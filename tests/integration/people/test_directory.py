"""The directory as it stood on a day: posts by tier, who holds them, who stands in."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.engine.kinds import Id
from counterpart.people.directory import directory_as_of
from tests.directory import (
    a_partnership,
    a_person,
    a_post,
    an_agency,
    covers,
    holds,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def test_posts_come_in_the_order_of_the_tiers_asked_for() -> None:
    partnership = a_partnership()
    school = an_agency(partnership)
    head = a_post(school, "senior_manager", "Head teacher")
    lead = a_post(school, "designated_safeguarding_lead", "Deputy head")
    directory = directory_as_of(NOON, [school], partnership)
    found = directory.posts(Id(school), ["designated_safeguarding_lead", "senior_manager"])
    assert [post.id for post in found] == [lead, head]
    assert directory.posts(Id(school), ["board_representative"]) == ()


def test_the_office_of_the_partnership_is_a_body_like_any_other() -> None:
    partnership = a_partnership()
    chair = a_post(partnership, "independent_chair", "Independent chair")
    directory = directory_as_of(NOON, [], partnership)
    assert [post.id for post in directory.posts(Id(partnership), ["independent_chair"])] == [chair]


def test_an_agency_that_was_not_asked_for_is_not_in_the_snapshot() -> None:
    partnership = a_partnership()
    school, nursery = an_agency(partnership), an_agency(partnership, name="Little Acorns")
    post = a_post(nursery)
    assert directory_as_of(NOON, [school], partnership).post(Id(post)) is None


def test_a_post_nobody_holds_on_the_day_has_no_holders() -> None:
    post = a_post(an_agency(a_partnership()))
    left = a_person(name="Left Already")
    comes = a_person(name="Comes Tomorrow")
    holds(left, post, date(2026, 1, 1), TODAY)
    holds(comes, post, date(2026, 11, 25))
    assert holder_names(post) == []


def test_a_shared_post_has_each_of_its_holders() -> None:
    post = a_post(an_agency(a_partnership()))
    a_person(post, name="Ann", since=date(2025, 1, 1))
    a_person(post, name="Bea", since=date(2026, 1, 1))
    assert holder_names(post) == ["Ann", "Bea"]


def test_the_one_standing_in_comes_first_and_says_for_whom() -> None:
    school = an_agency(a_partnership())
    post = a_post(school)
    bea = a_person(post, name="Bea")
    ann = a_person(name="Ann")
    covers(ann, TODAY, date(2026, 11, 27), person=bea)
    found = directory_as_of(NOON, [school], None).post(Id(post))
    assert found is not None
    assert [(holder.name, holder.acting_for) for holder in found.holders] == [
        ("Ann", bea),
        ("Bea", None),
    ]


def test_cover_that_has_not_begun_or_is_over_does_not_count() -> None:
    post = a_post(an_agency(a_partnership()))
    bea = a_person(post, name="Bea")
    covers(a_person(name="Early"), date(2026, 11, 1), TODAY, person=bea)
    covers(a_person(name="Late"), date(2026, 11, 25), date(2026, 11, 30), person=bea)
    assert holder_names(post) == ["Bea"]


def test_a_chain_of_cover_is_followed_to_its_end() -> None:
    post = a_post(an_agency(a_partnership()))
    cas = a_person(post, name="Cas")
    bea, ann = a_person(name="Bea"), a_person(name="Ann")
    covers(bea, TODAY, date(2026, 11, 30), person=cas)
    covers(ann, TODAY, date(2026, 11, 30), person=bea)
    assert holder_names(post) == ["Bea", "Ann", "Cas"]


def test_a_vacant_post_can_be_covered_by_itself() -> None:
    school = an_agency(a_partnership())
    post = a_post(school)
    covers(a_person(name="Ann"), TODAY, date(2026, 11, 30), post=post)
    found = directory_as_of(NOON, [school], None).post(Id(post))
    assert found is not None
    assert [(holder.name, holder.acting_for) for holder in found.holders] == [("Ann", None)]


def test_the_day_is_the_day_in_london() -> None:
    post = a_post(an_agency(a_partnership()))
    a_person(post, name="Ann", since=date(2026, 7, 2))
    assert holder_names(post, datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == []
    assert holder_names(post, datetime(2026, 7, 1, 23, 1, tzinfo=UTC)) == ["Ann"]


def test_the_number_of_queries_does_not_grow_with_the_directory() -> None:
    partnership = a_partnership()
    agencies = [an_agency(partnership, name=f"School {n}") for n in range(5)]
    a_person(a_post(agencies[0]))
    small = queries_for(agencies[:1], partnership)
    for agency in agencies:
        for tier in ("practitioner", "line_manager"):
            a_person(a_post(agency, tier))
    assert queries_for(agencies, partnership) == small == 2


def holder_names(post: str, at: datetime = NOON) -> list[str]:
    """Who may act for a post, in order."""
    from counterpart.people.finders import holders

    return [holder.name for holder in holders(post, at)]


def queries_for(agencies: list[str], partnership: str) -> int:
    """How many queries a snapshot takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        directory_as_of(NOON, agencies, partnership)
    return len(queries)
