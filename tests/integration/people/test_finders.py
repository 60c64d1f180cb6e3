"""Finding posts, people and partnerships."""

from datetime import UTC, date, datetime

import pytest

from counterpart.people import finders
from tests.directory import a_partnership, a_person, a_post, an_agency, covers, new_id

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 24), date(2026, 12, 1)


def test_a_persons_own_posts_come_before_those_they_cover() -> None:
    school = an_agency(a_partnership(), name="Oakfield")
    mine, theirs = a_post(school, title="Mine"), a_post(school, title="Theirs")
    ann, bea = a_person(mine, name="Ann"), a_person(theirs, name="Bea")
    covers(ann, TODAY, LATER, person=bea)
    found = finders.posts_of(ann, NOON)
    assert [(p.title, p.body_name, p.acting_for, p.acting_for_name) for p in found] == [
        ("Mine", "Oakfield", None, ""),
        ("Theirs", "Oakfield", bea, "Bea"),
    ]


def test_someone_unknown_holds_nothing() -> None:
    assert finders.posts_of(new_id(), NOON) == ()
    assert finders.holders(new_id(), NOON) == ()


@pytest.mark.parametrize("text", ["head", "oakfield", "okafor", "OAK deputy", "sam oak head"])
def test_a_search_finds_by_title_agency_and_name(text: str) -> None:
    partnership = a_partnership()
    school = an_agency(partnership, name="Oakfield Primary School")
    post = a_post(school, title="Deputy head")
    a_person(post, name="Sam Okafor")
    found = finders.search_posts(partnership, text, NOON)
    assert [(f.post, f.agency_name, f.names) for f in found] == [
        (post, "Oakfield Primary School", ("Sam Okafor",))
    ]


@pytest.mark.parametrize("text", ["", "   ", "nobody", "oak nobody", "%", "_"])
def test_a_search_for_nothing_or_for_what_is_not_there_finds_nothing(text: str) -> None:
    partnership = a_partnership()
    a_person(a_post(an_agency(partnership, name="Oakfield"), title="Head"), name="Sam")
    assert finders.search_posts(partnership, text, NOON) == ()


def test_a_search_stays_within_its_partnership() -> None:
    here, there = a_partnership("Here"), a_partnership("There")
    a_post(an_agency(there, name="Oakfield"), title="Head")
    assert finders.search_posts(here, "head", NOON) == ()


def test_opposite_numbers_are_the_posts_at_those_tiers() -> None:
    trust = an_agency(a_partnership(), kind="community_health")
    a_post(trust, "practitioner")
    named = a_post(trust, "named_professional", "Named nurse")
    found = finders.opposite_numbers(trust, ["designated_professional", "named_professional"], NOON)
    assert [post.id for post in found] == [named]


def test_the_desk_belongs_to_whoever_holds_or_covers_a_business_managers_post() -> None:
    partnership = a_partnership()
    post = a_post(partnership, "business_manager", "Business manager")
    manager, deputy, other = a_person(post), a_person(), a_person()
    covers(deputy, TODAY, LATER, person=manager)
    assert finders.partnerships_managed_by(manager, NOON) == (partnership,)
    assert finders.partnerships_managed_by(deputy, NOON) == (partnership,)
    assert finders.partnerships_managed_by(other, NOON) == ()


def test_a_business_manager_of_an_agency_has_no_desk() -> None:
    post = a_post(an_agency(a_partnership()), "business_manager", "School business manager")
    assert finders.partnerships_managed_by(a_person(post), NOON) == ()


def test_a_person_may_raise_in_each_partnership_of_their_agencies() -> None:
    here, there = a_partnership("Here"), a_partnership("There")
    a_partnership("Elsewhere")
    officer = a_person(a_post(an_agency(there, here, kind="police")))
    assert [p.name for p in finders.partnerships_open_to(officer, NOON)] == ["Here", "There"]


def test_names_are_looked_up_together() -> None:
    partnership = a_partnership()
    school = an_agency(partnership)
    post = a_post(school)
    ann = a_person(post, name="Ann")
    assert finders.people_by_id([ann, new_id()]) == {ann: "Ann"}
    assert finders.posts_by_id([post]) == {post: "Class teacher"}
    assert finders.agencies_by_id([school])[school].kind == "school"
    assert [agency.id for agency in finders.agencies_in(partnership, NOON)] == [school]
    found = finders.partnership_of(partnership)
    assert found is not None
    assert (found.id, found.edition) == (partnership, None)
    assert finders.partnership_of(new_id()) is None
    assert partnership in {p.id for p in finders.partnerships()}
