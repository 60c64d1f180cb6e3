"""Relations that reach a person: by themselves, by a post, by the partnership's desk, by cover."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.access.answers import Allowed, Denied
from counterpart.access.permission import acts_allowed, can, can_in
from counterpart.access.relations import (
    DenialRow,
    RelationRow,
    rewrite_denials,
    rewrite_relations,
)
from counterpart.access.rules import ACTS
from counterpart.people import changes
from tests.directory import (
    a_partnership,
    a_person,
    a_post,
    an_account,
    an_agency,
    covers,
    holds,
    new_id,
)

pytestmark = pytest.mark.django_db

CASE = "c" * 32
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(days=7)
TODAY, LATER = date(2026, 11, 24), date(2026, 12, 1)


@pytest.fixture
def partnership() -> str:
    """A partnership."""
    return a_partnership()


def by_post(post: str, kind: str = "receiving_side", until: datetime | None = None) -> RelationRow:
    """A relation held by a post since last week."""
    return RelationRow("post", post, kind, LAST_WEEK, until)


def test_a_relation_of_a_post_reaches_whoever_holds_it_now(partnership: str) -> None:
    post = a_post(an_agency(partnership))
    was, now = a_person(), a_person()
    holds(was, post, date(2020, 1, 1), TODAY)
    holds(now, post, TODAY)
    rewrite_relations(CASE, [by_post(post)])
    assert can(now, "confirm", CASE, NOW) == Allowed("receiving_side", post)
    assert can(was, "see_case", CASE, NOW) == Denied(
        "no_relation", "You have nothing to do with this case."
    )


def test_a_relation_is_open_from_its_first_instant_until_just_before_its_last(
    partnership: str,
) -> None:
    person = a_person(post := a_post(an_agency(partnership)))
    rewrite_relations(CASE, [by_post(post, "panel_member", NOW)])
    assert can(person, "see_case", CASE, LAST_WEEK).is_allowed
    assert can(person, "see_case", CASE, NOW - timedelta(microseconds=1)).is_allowed
    assert not can(person, "see_case", CASE, NOW).is_allowed
    assert not can(person, "see_case", CASE, LAST_WEEK - timedelta(microseconds=1)).is_allowed


def test_the_business_manager_of_the_partnership_sees_its_cases_and_no_others(
    partnership: str,
) -> None:
    elsewhere = a_partnership("Elsewhere")
    ours = a_person(desk := a_post(partnership, "business_manager"))
    theirs = a_person(a_post(elsewhere, "business_manager"))
    coordinator = a_person(a_post(partnership, "coordinator"))
    rewrite_relations(
        CASE, [RelationRow("partnership", partnership, "business_manager", LAST_WEEK)]
    )
    assert can(ours, "see_case", CASE, NOW) == Allowed("business_manager", desk)
    assert not can(theirs, "see_case", CASE, NOW).is_allowed
    assert not can(coordinator, "see_case", CASE, NOW).is_allowed


def test_a_stand_in_has_the_rights_of_the_one_covered_while_it_lasts(partnership: str) -> None:
    bea = a_person(post := a_post(an_agency(partnership)))
    ann = a_person()
    covers(ann, TODAY, LATER, person=bea)
    rewrite_relations(CASE, [by_post(post), RelationRow("person", bea, "raiser", LAST_WEEK)])
    assert can(ann, "confirm", CASE, NOW) == Allowed("raiser, by cover", None, bea)
    assert not can(ann, "confirm", CASE, NOW - timedelta(days=1)).is_allowed
    assert not can(ann, "confirm", CASE, datetime(2026, 12, 1, tzinfo=UTC)).is_allowed


def test_cover_of_one_post_gives_that_posts_rights_and_not_its_holders_own(
    partnership: str,
) -> None:
    school = an_agency(partnership)
    covered, other = a_post(school), a_post(school)
    bea, ann = a_person(covered, other), a_person()
    covers(ann, TODAY, LATER, post=covered)
    rewrite_relations(CASE, [by_post(other), RelationRow("person", bea, "raiser", LAST_WEEK)])
    assert not can(ann, "see_case", CASE, NOW).is_allowed
    rewrite_relations(CASE, [by_post(covered)])
    assert can(ann, "see_case", CASE, NOW) == Allowed("receiving_side, by cover", covered, bea)


def test_a_chain_of_cover_reaches_as_far_as_everyone_on_it_may_go(partnership: str) -> None:
    cas = a_person(post := a_post(an_agency(partnership)))
    bea, ann = a_person(), a_person()
    covers(bea, TODAY, LATER, person=cas)
    covers(ann, TODAY, LATER, person=bea)
    rewrite_relations(CASE, [by_post(post)])
    assert can(ann, "see_case", CASE, NOW) == Allowed("receiving_side, by cover", post, cas)
    rewrite_denials(CASE, [DenialRow(bea, "family_tie")])
    assert not can(ann, "see_case", CASE, NOW).is_allowed
    assert can(cas, "see_case", CASE, NOW).is_allowed


def test_someone_kept_out_cannot_come_in_by_a_post_or_by_cover(partnership: str) -> None:
    school = an_agency(partnership)
    mine, theirs = a_post(school), a_post(school)
    ann, bea = a_person(mine), a_person(theirs)
    covers(ann, TODAY, LATER, person=bea)
    rewrite_relations(CASE, [by_post(mine), by_post(theirs)])
    rewrite_denials(CASE, [DenialRow(ann, "subject_of_concern")])
    answers = acts_allowed(ann, CASE, NOW)
    assert {a.reason for a in answers.values() if isinstance(a, Denied)} == {"kept_out"}
    assert len(answers) == len(ACTS)


def test_an_administrator_sees_no_case_even_with_a_post_in_it(partnership: str) -> None:
    person = a_person(post := a_post(an_agency(partnership)))
    an_account(person, is_administrator=True)
    rewrite_relations(CASE, [by_post(post)])
    answer = can(person, "see_case", CASE, NOW)
    assert isinstance(answer, Denied)
    assert answer.reason == "administrator"


def manager_of(partnership: str) -> tuple[str, str]:
    """A business manager with the case on the desk: the person, and a post of theirs in an agency."""
    other = a_post(an_agency(partnership))
    return a_person(a_post(partnership, "business_manager")), other


DESK = "business_manager"


def test_a_business_manager_who_is_a_party_may_not_choose_the_panel(partnership: str) -> None:
    manager, school_post = manager_of(partnership)
    desk = RelationRow("partnership", partnership, DESK, LAST_WEEK)
    rewrite_relations(CASE, [desk, by_post(school_post)])
    assert can(manager, "convene_panel", CASE, NOW).is_allowed
    holds(manager, school_post)
    assert can(manager, "convene_panel", CASE, NOW) == Denied(
        "party", "Someone on one of the two sides cannot also decide."
    )
    assert can(manager, "see_case", CASE, NOW).is_allowed


def test_having_been_a_party_lasts_after_the_post_is_left(partnership: str) -> None:
    manager, school_post = manager_of(partnership)
    desk = RelationRow("partnership", partnership, DESK, LAST_WEEK)
    holding = holds(manager, school_post, date(2026, 11, 1))
    changes.end_holding(holding=holding, until_on=date(2026, 11, 20))
    rewrite_relations(CASE, [desk, by_post(school_post)])
    assert not can(manager, "decide", CASE, NOW).is_allowed
    assert not can(manager, "set_limit", CASE, NOW).is_allowed


def test_who_left_the_post_before_the_case_began_is_no_party(partnership: str) -> None:
    manager, school_post = manager_of(partnership)
    desk = RelationRow("partnership", partnership, DESK, LAST_WEEK)
    holds(manager, school_post, date(2026, 1, 1), date(2026, 11, 1))
    rewrite_relations(CASE, [desk, by_post(school_post)])
    assert can(manager, "set_limit", CASE, NOW).is_allowed


def test_who_stands_in_for_a_party_may_not_decide_by_another_post(partnership: str) -> None:
    manager, school_post = manager_of(partnership)
    party = a_person(school_post)
    desk = RelationRow("partnership", partnership, DESK, LAST_WEEK)
    rewrite_relations(CASE, [desk, by_post(school_post)])
    covers(manager, TODAY, LATER, person=party)
    assert not can(manager, "set_limit", CASE, NOW).is_allowed


def test_an_act_that_is_not_in_the_table_is_a_fault() -> None:
    with pytest.raises(KeyError):
        can(new_id(), "peek", CASE, NOW)


def test_asking_costs_the_same_few_queries_whatever_is_asked(partnership: str) -> None:
    person = a_person(*(a_post(an_agency(partnership)) for _ in range(4)))
    rewrite_relations(CASE, [RelationRow("person", person, "raiser", LAST_WEEK)])
    with CaptureQueriesContext(connection) as one:
        can(person, "see_case", CASE, NOW)
    for _ in range(20):
        case = new_id()
        rewrite_relations(case, [RelationRow("person", person, "raiser", LAST_WEEK)])
    with CaptureQueriesContext(connection) as all_acts:
        acts_allowed(person, CASE, NOW)
    assert len(one) == len(all_acts) == 5


def test_in_a_partnership_its_members_raise_and_its_manager_has_the_desk(partnership: str) -> None:
    teacher = a_person(post := a_post(an_agency(partnership)))
    manager = a_person(desk := a_post(partnership, "business_manager"))
    outsider = a_person(a_post(an_agency(a_partnership("Elsewhere"))))
    assert can_in(teacher, "raise_concern", partnership, NOW) == Allowed("belongs", post)
    assert can_in(manager, "see_desk", partnership, NOW) == Allowed("manages", desk)
    assert not can_in(teacher, "see_desk", partnership, NOW).is_allowed
    assert not can_in(outsider, "raise_concern", partnership, NOW).is_allowed
