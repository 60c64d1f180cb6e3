"""Applying changes to what stands in the directory already: agencies, posts, people, cover, ties.

Like `changes`, it is called by `casework` inside its own transaction, and raises `DirectoryFault`
in plain words for what cannot be. It must not decide who may make a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counterpart.people.changes import DirectoryFault, ends_first, unknown
from counterpart.people.kinds import AGENCY_KINDS, TIERS
from counterpart.people.models import Account, Agency, AgencyDomain, Cover, Person, Post, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDetails:
    """All that is kept of an agency but its posts. Domains are lower case."""

    name: str
    kind: str
    area: str = ""
    safeguarding_inbox: str = ""
    mail_domains: tuple[str, ...] = ()
    is_statutory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDetails:
    """All that is kept of a post but who holds it."""

    title: str
    tier: str
    phone: str = ""
    mail: str = ""


def agency_details(agency: str) -> AgencyDetails:
    """An agency as it stands. Raises `DirectoryFault`."""
    row = Agency.objects.filter(id=agency).first()
    if row is None:
        raise unknown("agency")
    return AgencyDetails(
        name=row.name,
        kind=row.kind,
        area=row.area,
        safeguarding_inbox=row.safeguarding_inbox,
        mail_domains=tuple(row.domains.order_by("domain").values_list("domain", flat=True)),
        is_statutory=row.is_statutory,
    )


def change_agency(*, agency: str, details: AgencyDetails) -> None:
    """How an agency stands from now on."""
    if details.kind not in AGENCY_KINDS:
        raise DirectoryFault("unknown_kind", f"“{details.kind}” is not a kind of agency we know.")
    changed = Agency.objects.filter(id=agency).update(
        name=details.name,
        kind=details.kind,
        area=details.area,
        safeguarding_inbox=details.safeguarding_inbox,
        is_statutory=details.is_statutory,
    )
    if not changed:
        raise unknown("agency")
    AgencyDomain.objects.filter(agency=agency).exclude(domain__in=details.mail_domains).delete()
    kept = set(AgencyDomain.objects.filter(agency=agency).values_list("domain", flat=True))
    AgencyDomain.objects.bulk_create(
        AgencyDomain(agency_id=agency, domain=one)
        for one in details.mail_domains
        if one not in kept
    )


def change_post(*, post: str, details: PostDetails) -> None:
    """How a post stands from now on."""
    if details.tier not in TIERS:
        raise DirectoryFault("unknown_tier", f"“{details.tier}” is not a tier we know.")
    changed = Post.objects.filter(id=post).update(
        title=details.title,
        tier=details.tier,
        phone=details.phone,
        mail=details.mail,
        is_stated=False,
    )
    if not changed:
        raise unknown("post")


def change_person(*, person: str, name: str, mail: str) -> None:
    """What a person is called, and the address of their work."""
    address = mail.strip().lower()
    if address and Person.objects.filter(mail=address).exclude(id=person).exists():
        raise DirectoryFault("mail_taken", "Somebody else in the directory has this address.")
    if not Person.objects.filter(id=person).update(name=name, mail=address, is_stated=False):
        raise unknown("person")


def end_cover(*, cover: str, until_on: date) -> None:
    """From `until_on` on nobody stands in by this cover. One that has not begun is taken off the list."""
    row = Cover.objects.filter(id=cover).first()
    if row is None:
        raise unknown("cover")
    if until_on <= row.from_on:
        row.delete()
    elif until_on < row.until_on:
        Cover.objects.filter(id=cover).update(until_on=until_on)


def declare_tie(*, id: str, people: Sequence[str], from_on: date) -> None:
    """Two people belong to one household or family from a day on."""
    one, other = sorted(people)
    if one == other:
        raise DirectoryFault("tied_to_self", "Choose two different people.")
    if Person.objects.filter(id__in=people).count() != len(people):
        raise unknown("person")
    if Tie.objects.filter(one=one, other=other, until_on=None).exists():
        raise DirectoryFault("tied_already", "This has been written down already.")
    Tie.objects.create(id=id, one_id=one, other_id=other, from_on=from_on)


def end_tie(*, tie: str, until_on: date) -> None:
    """From a day on two people are no longer tied."""
    row = Tie.objects.filter(id=tie).first()
    if row is None:
        raise unknown("tie")
    if until_on < row.from_on:
        raise ends_first()
    Tie.objects.filter(id=tie).update(until_on=until_on)


def account_of(person: str) -> Account | None:
    """The open sign-in of a person, if they have one."""
    return Account.objects.filter(person=person, is_active=True).first()
