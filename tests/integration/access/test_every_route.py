"""Every address of the site declares its rule, and is not found by those it is not for.

A new page is walked as soon as its address exists. What each address answers to each kind of
person, method by method, is the table of `tests/integration/web/routes_table.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from counterpart.access.models import Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.access.routes import RouteRule, rule_of
from counterpart.casework import drafts
from tests import directory as d
from tests.integration.web.cases import a_case, case_of, goes_to_the_workers
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)  # the pages read the real clock
PART = re.compile(r"<(?:\w+:)?(\w+)>")

INSIDERS = ("raiser", "other_side", "business_manager")
OUTSIDERS = ("outsider", "manager_elsewhere", "administrator", "kept_out")


@dataclass(frozen=True)
class Route:
    """One address of the site, filled in, with the names of what was filled in."""

    name: str
    path: str
    rule: RouteRule | None
    parts: frozenset[str]


@dataclass(frozen=True)
class Site:
    """A site with one case and one draft, and a browser for each kind of person."""

    browsers: dict[str, Client]
    reference: str
    draft: str


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address, in full."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def routes(reference: str, draft: str) -> list[Route]:
    """Every address of the site, about this case or this draft where it is about one."""
    known = {"reference": reference, "draft": draft, "policy": "brent"}
    found = []
    for route, pattern in patterns(get_resolver()):
        path = "/" + PART.sub(lambda part: known.get(part[1], "a" * 32), route)
        parts = frozenset(PART.findall(route))
        found.append(Route(str(pattern.name), path, rule_of(pattern.callback), parts))
    return found


@pytest.fixture
def site() -> Site:
    """The site."""
    place = northmere()
    people = {
        "raiser": place.teacher,
        "other_side": _holder(place.worker_post),
        "business_manager": _manager(place),
        "kept_out": _holder(place.lead_post),
        "outsider": d.a_person(d.a_post(place.police), name="Outsider"),
        "manager_elsewhere": d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager")),
        "administrator": d.a_person(name="Administrator"),
    }
    browsers = {
        who: signed_in(person, f"{who}@x.example", is_administrator=who == "administrator")
        for who, person in people.items()
    }
    reference = a_case(place, AN_HOUR_AGO, supporter=place.lead_post)
    goes_to_the_workers(place, reference, AN_HOUR_AGO)
    rewrite_denials(case_of(reference), [DenialRow(people["kept_out"], "subject_of_concern")])
    draft = drafts.start(person=place.teacher, now=AN_HOUR_AGO, key=d.new_id())
    return Site({"stranger": Client(), **browsers}, reference, draft)


def _holder(post: str) -> str:
    from counterpart.people.models import Holding

    return Holding.objects.get(post=post).person_id


def _manager(place: Northmere) -> str:
    from counterpart.people.models import Holding

    return Holding.objects.get(
        post__partnership=place.partnership, post__tier="business_manager"
    ).person_id


def test_every_page_declares_its_rule() -> None:
    silent = [
        route for route, pattern in patterns(get_resolver()) if rule_of(pattern.callback) is None
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("part", "outsiders"),
    [("reference", OUTSIDERS), ("draft", (*OUTSIDERS, "other_side", "business_manager"))],
)
def test_an_address_about_somebody_elses_case_or_draft_is_not_found(
    site: Site, part: str, outsiders: tuple[str, ...]
) -> None:
    """Whatever rule the page declares: `signed_in` pages must look for themselves."""
    about = [route for route in routes(site.reference, site.draft) if part in route.parts]
    assert about
    for route, who in product(about, outsiders):
        for method in route.rule.methods if route.rule else ():
            status = site.browsers[who].generic(method, route.path).status_code
            assert status == 404, f"{who} {method} {route.path}"


def test_people_in_a_case_are_let_in_and_each_look_is_written_down(site: Site) -> None:
    for who in INSIDERS:
        assert site.browsers[who].get(f"/cases/{site.reference}").status_code == 200, who
    bases = Read.objects.order_by("id").values_list("basis", flat=True)
    assert list(bases) == ["raiser", "receiving_side", "business_manager"]


def test_nobody_is_written_down_as_having_read_what_was_refused(site: Site) -> None:
    for route, who in product(routes(site.reference, site.draft), OUTSIDERS):
        site.browsers[who].get(route.path)
    assert not Read.objects.exists()
