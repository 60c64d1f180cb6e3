"""Two partnerships on one installation, with one police force in both: neither ever shows what is the other's."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from counterpart.casework.actors import by_command
from counterpart.casework.directory_upkeep import share_agency
from counterpart.lists.models import CaseRow
from counterpart.people import finders
from counterpart.people.models import Agency, Holding, Partnership, Person
from tests.integration.web.northmere import signed_in
from tests.town import Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
MANAGER = "office.business_manager"
VIEWS = ("", "?view=late", "?view=nobody", "?view=due_soon", "?view=confirming", "?view=open")


@pytest.fixture
def two() -> tuple[Town, Town]:
    """Two towns, each with a case; every name in the second begins with `Zedborough`."""
    first, second = town(), town(vacant=("care.practitioner",))
    for row in Agency.objects.filter(memberships__partnership=second.partnership):
        Agency.objects.filter(id=row.id).update(name=f"Zedborough {row.name}")
    for person in second.people.values():
        Person.objects.filter(id=person).update(name="Zedborough Somebody")
    Partnership.objects.filter(id=second.partnership).update(name="Zedborough Partnership")
    share_agency(
        agency=first.agencies["police"], partnership=second.partnership, actor=by_command(), now=NOW
    )
    for place in (first, second):
        Story(place, now=NOW - timedelta(days=20)).raised(is_urgent=True).to_workers()
    return first, second


def desk_of(place: Town, email: str) -> Client:
    return signed_in(place.people[MANAGER], email)


def test_no_desk_list_or_case_of_one_shows_the_other(two: tuple[Town, Town]) -> None:
    first, second = two
    ours, theirs = desk_of(first, "a@a.example"), desk_of(second, "z@z.example")
    for view in VIEWS:
        mine = html.unescape(ours.get(f"/desk{view}").content.decode())
        other = html.unescape(theirs.get(f"/desk{view}").content.decode())
        assert "Zedborough" not in mine
        assert not [name for name in first.names.values() if name in other]
    (reference,) = finding_references(second)
    assert ours.get(f"/cases/{reference}").status_code == 404
    assert theirs.get(f"/cases/{reference}").status_code == 200
    found = ours.post("/desk/find", {"reference": reference})
    assert found.status_code == 422


def finding_references(place: Town) -> list[str]:
    rows = CaseRow.objects.filter(partnership=place.partnership)
    return list(rows.values_list("reference", flat=True))


def test_no_finder_of_one_gives_what_is_the_others(two: tuple[Town, Town]) -> None:
    first, second = two
    names = {agency.name for agency in finders.agencies_in(first.partnership, NOW)}
    assert not any(name.startswith("Zedborough") for name in names)
    beside = {agency.name for agency in finders.agencies_in(second.partnership, NOW)}
    assert {name for name in beside if not name.startswith("Zedborough")} == {"Northmere Police"}
    assert finders.search_posts(first.partnership, "Zedborough", NOW) == ()
    found = finders.search_posts(second.partnership, "Practitioner", NOW, limit=100)
    assert {one.agency for one in found} <= {*second.agencies.values(), first.agencies["police"],
                                             second.partnership}  # fmt: skip
    foreign = second.posts["school.practitioner"]
    assert finders.post_in(first.partnership, foreign, NOW) is None
    assert finders.post_in(second.partnership, foreign, NOW) is not None


def test_somebody_of_the_shared_agency_belongs_to_both_and_sees_the_cases_of_neither(
    two: tuple[Town, Town],
) -> None:
    first, second = two
    officer = first.people["police.practitioner"]
    open_to = {each.id for each in finders.partnerships_open_to(officer, NOW)}
    assert open_to == {first.partnership, second.partnership}
    client = signed_in(officer, "p@police.example")
    for place in two:
        for reference in finding_references(place):
            assert client.get(f"/cases/{reference}").status_code == 404
    Holding.objects.filter(person=officer).update(until_on=NOW.date())
    assert finders.partnerships_open_to(officer, NOW) == ()
