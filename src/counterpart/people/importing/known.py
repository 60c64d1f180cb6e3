"""What a partnership's directory holds already, by the names that files use.

It is loaded in a fixed number of queries but for people, who are asked for by their addresses some
hundred at a time. Nothing of another partnership's comes out, but that an address is known there:
whoever has it is then the same person, if they are called the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from counterpart.people.codes import OFFICE
from counterpart.people.models import (
    Account,
    AgencyDomain,
    Holding,
    Membership,
    Partnership,
    Person,
    Post,
)
from counterpart.people.upkeep import AgencyDetails, PostDetails

PEOPLE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency, or the partnership's own office (`details` None)."""

    id: str
    name: str
    details: AgencyDetails | None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post and when it was last confirmed."""

    id: str
    body: str
    details: PostDetails
    last_confirmed_on: date | None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person. `is_ours` where they have no post but in this partnership, and so may be renamed here."""

    id: str
    name: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class KnownHolding:
    """A person holds a post between two days."""

    id: str
    from_on: date
    until_on: date | None


@dataclass(slots=True)
class Known:
    """By short names: agencies; posts by agency and post; holdings by post's and person's id."""

    agencies: dict[str, KnownAgency]
    posts: dict[tuple[str, str], KnownPost]
    holdings: dict[tuple[str, str], list[KnownHolding]] = field(default_factory=dict)
    people: dict[str, KnownPerson] = field(default_factory=dict)


def known_in(partnership: str, mails: Collection[str]) -> Known:
    """The directory of a partnership, and the people who have these addresses."""
    office = Partnership.objects.get(id=partnership)
    agencies = {OFFICE: KnownAgency(office.id, office.name, None), **agencies_known(partnership)}
    codes = {agency.id: code for code, agency in agencies.items()}
    known = Known(agencies, _posts(partnership, codes))
    bodies = set(codes)
    for some in _at_once(mails):
        _add_people(known, some, bodies)
    return known


def agencies_known(partnership: str) -> dict[str, KnownAgency]:
    """The agencies of a partnership by their short names, in the order of their names. Two queries."""
    domains: dict[str, list[str]] = {}
    here = AgencyDomain.objects.filter(agency__memberships__partnership=partnership)
    for agency, domain in here.order_by("domain").values_list("agency", "domain"):
        domains.setdefault(agency, []).append(domain)
    rows = Membership.objects.filter(partnership=partnership).select_related("agency")
    rows = rows.order_by("agency__name", "agency")
    return {row.code or row.agency_id: _agency(row, domains.get(row.agency_id, [])) for row in rows}


def _agency(row: Membership, domains: Iterable[str]) -> KnownAgency:
    details = AgencyDetails(
        name=row.agency.name,
        kind=row.agency.kind,
        area=row.agency.area,
        safeguarding_inbox=row.agency.safeguarding_inbox,
        mail_domains=tuple(domains),
        is_statutory=row.agency.is_statutory,
    )
    return KnownAgency(row.agency_id, row.agency.name, details, row.agency.closed_on)


def _posts(partnership: str, codes: dict[str, str]) -> dict[tuple[str, str], KnownPost]:
    mine = Post.objects.filter(agency__memberships__partnership=partnership)
    office = Post.objects.filter(partnership=partnership)
    return {
        (codes[row.body_id], row.code or row.id): KnownPost(
            row.id,
            row.body_id,
            PostDetails(title=row.title, tier=row.tier, phone=row.phone, mail=row.mail),
            row.last_confirmed_on,
            row.closed_on,
        )
        for row in (*mine.iterator(), *office)
    }


def _add_people(known: Known, mails: Collection[str], bodies: Collection[str]) -> None:
    found = {row.mail: row for row in Person.objects.filter(mail__in=mails)}
    accounts = Account.objects.filter(email__in=mails).select_related("person")
    found = {row.email: row.person for row in accounts} | found
    elsewhere: set[str] = set()
    held = Holding.objects.filter(person__in=[row.id for row in found.values()])
    for row in held.select_related("post").order_by("from_on", "id"):
        if row.post.body_id not in bodies:
            elsewhere.add(row.person_id)
            continue
        known.holdings.setdefault((row.post_id, row.person_id), []).append(
            KnownHolding(row.id, row.from_on, row.until_on)
        )
    for mail, person in found.items():
        known.people[mail] = KnownPerson(person.id, person.name, person.id not in elsewhere)


def _at_once(mails: Collection[str]) -> Iterable[list[str]]:
    remaining = iter(sorted(mails))
    while some := list(islice(remaining, PEOPLE_AT_ONCE)):
        yield some
