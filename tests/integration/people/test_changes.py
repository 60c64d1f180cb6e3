"""Changes to the directory that are made, and those that cannot be."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from counterpart.people import changes
from counterpart.people.changes import CoverLoop, DirectoryFault
from counterpart.people.models import Account, Agency, Holding, Membership, Partnership, Post
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

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def test_an_agency_may_belong_to_several_partnerships() -> None:
    here, there = a_partnership("Here"), a_partnership("There")
    police = an_agency(here, there, kind="police")
    assert Agency.objects.get(id=police).partnerships.count() == 2


def test_an_edition_comes_into_force() -> None:
    partnership = a_partnership()
    changes.set_edition(partnership=partnership, policy="brent", edition="ab" * 32)
    assert Partnership.objects.get(id=partnership).edition == "ab" * 32


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: changes.add_agency(id=new_id(), partnerships=[p], name="X", kind="guild"), "unknown_kind"),
        (lambda _: changes.add_agency(id=new_id(), partnerships=[], name="X", kind="gp"), "unknown_partnership"),
        (lambda p: changes.add_post(id=new_id(), body=p, tier="captain", title="X"), "unknown_tier"),
        (lambda _: changes.add_post(id=new_id(), body=new_id(), tier="coordinator", title="X"), "unknown_agency"),
        (lambda _: changes.confirm_post(post=new_id(), on=MONDAY), "unknown_post"),
        (lambda _: changes.end_holding(holding=new_id(), until_on=MONDAY), "unknown_appointment"),
        (lambda _: changes.close_account(account=new_id()), "unknown_account"),
        (lambda _: changes.set_edition(partnership=new_id(), policy="x", edition="y"), "unknown_partnership"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_code(make, code) -> None:  # type: ignore[no-untyped-def]  # table of calls
    with pytest.raises(DirectoryFault) as refused:
        make(a_partnership())
    assert refused.value.code == code
    assert refused.value.words.endswith(".")


def test_a_holding_ends_on_the_day_given_and_not_before_it_began() -> None:
    post = a_post(an_agency(a_partnership()))
    holding = holds(a_person(), post, MONDAY)
    changes.end_holding(holding=holding, until_on=FRIDAY)
    assert Holding.objects.get(id=holding).until_on == FRIDAY
    with pytest.raises(DirectoryFault, match="last day is before the first"):
        changes.end_holding(holding=holding, until_on=date(2026, 11, 20))


def test_nobody_stands_in_for_themselves() -> None:
    post = a_post(an_agency(a_partnership()))
    ann = a_person(post)
    with pytest.raises(CoverLoop):
        covers(ann, MONDAY, FRIDAY, person=ann)
    with pytest.raises(CoverLoop):
        covers(ann, MONDAY, FRIDAY, post=post)


def test_cover_in_a_circle_is_refused_only_when_the_days_meet() -> None:
    ann, bea, cas = (a_person(name=name) for name in ("Ann", "Bea", "Cas"))
    covers(bea, MONDAY, FRIDAY, person=ann)
    covers(cas, MONDAY, FRIDAY, person=bea)
    with pytest.raises(CoverLoop, match="circle"):
        covers(ann, date(2026, 11, 26), date(2026, 12, 1), person=cas)
    covers(ann, FRIDAY, date(2026, 12, 1), person=cas)


def test_cover_is_for_one_person_or_one_post() -> None:
    with pytest.raises(DirectoryFault) as refused:
        changes.arrange_cover(id=new_id(), covering=a_person(), from_on=MONDAY, until_on=FRIDAY)
    assert refused.value.code == "one_of_two"


def test_an_address_is_kept_in_lower_case_and_given_once() -> None:
    account = an_account(a_person(), "Amara.Osei@Oakfield.Example")
    assert account.email == "amara.osei@oakfield.example"
    with pytest.raises(DirectoryFault) as refused:
        an_account(a_person(), "AMARA.OSEI@oakfield.example")
    assert refused.value.code == "address_taken"


def test_the_database_too_refuses_an_address_in_capitals() -> None:
    account = an_account(a_person())
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(id=account.id).update(email="Amara@oakfield.example")


def test_a_person_has_one_account() -> None:
    person = a_person()
    an_account(person)
    with pytest.raises(DirectoryFault) as refused:
        an_account(person, "other@oakfield.example")
    assert refused.value.code == "has_account"


@pytest.mark.parametrize("password", ["short", "fourteen chars", "yfdbufnjh10305070"])
def test_a_short_or_common_password_is_refused(password: str) -> None:
    with pytest.raises(DirectoryFault) as refused:
        an_account(a_person(), password=password)
    assert refused.value.code == "weak_password"


def test_an_account_without_a_password_accepts_none() -> None:
    account = an_account(a_person(), password=None)
    assert not account.check_password("")
    assert not account.has_usable_password()


def test_a_post_stands_in_exactly_one_body() -> None:
    post = a_post(an_agency(a_partnership()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(id=post).update(agency=None)


def test_nobody_holds_one_post_twice_on_one_day() -> None:
    post = a_post(an_agency(a_partnership()))
    person = a_person()
    holds(person, post, MONDAY, FRIDAY)
    with pytest.raises(DirectoryFault) as refused:
        holds(person, post, date(2026, 11, 26))
    assert refused.value.code == "held_already"
    holds(person, post, FRIDAY)
    assert Holding.objects.filter(person=person).count() == 2


def test_short_names_are_made_of_names_and_each_is_there_once() -> None:
    here, there = a_partnership("Here"), a_partnership("There")
    for _ in range(2):
        an_agency(here, name="St Brannock’s School, Éast")
    an_agency(there, name="St Brannock’s School, Éast")
    an_agency(here, name="Office")
    codes = Membership.objects.order_by("code", "partnership__name").values_list(
        "code", "partnership__name"
    )
    assert list(codes) == [
        ("office-2", "Here"),
        ("st-brannocks-school-east", "Here"),
        ("st-brannocks-school-east", "There"),
        ("st-brannocks-school-east-2", "Here"),
    ]
