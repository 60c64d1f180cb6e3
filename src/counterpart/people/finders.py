"""Looking things up in the directory, for pages, forms and use cases.

Every function makes a fixed number of queries. It must not change anything, and must not know a
case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Id
from counterpart.people.days import day_of, on, open_on
from counterpart.people.directory import directory_as_of, snapshot_of
from counterpart.people.models import (
    Account,
    Agency,
    Holding,
    Membership,
    Partnership,
    Person,
    Post,
)
from counterpart.people.standing import HeldPost, standing_of
from counterpart.people.stated import choosable_on


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    """An agency as pages show it. `closed_on` is the day from which it is there no more, None for none."""

    id: str
    name: str
    kind: str
    area: str
    safeguarding_inbox: str
    is_statutory: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """A partnership; `policy` and `edition` are None while no edition is in force."""

    id: str
    code: str
    name: str
    area: str
    policy: str | None
    edition: str | None


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post found by a search: where it is and who is to be found there now."""

    post: str
    title: str
    tier: str
    agency: str
    agency_name: str
    names: tuple[str, ...]


def holders(post: str, at: datetime) -> tuple[HolderRecord, ...]:
    """Who may act for one post at `at`, those standing in first. Empty for a vacant or unknown
    one.
    """
    record = snapshot_of(list(Post.objects.filter(id=post)), at).post(Id(post))
    return record.holders if record else ()


def posts_of(person: str, at: datetime) -> tuple[HeldPost, ...]:
    """The posts `person` may act in at `at`: their own first, then those they cover."""
    found: dict[str, HeldPost] = {}
    for footing in standing_of(person, at).footings:
        for post in footing.posts:
            found.setdefault(post.post, post)
    return tuple(found.values())


def partnerships_managed_by(person: str, at: datetime) -> tuple[str, ...]:
    """The partnerships whose desk is open to `person` at `at`, by a post of theirs or by cover."""
    footings = standing_of(person, at).footings
    return tuple(dict.fromkeys(p for footing in footings for p in footing.partnerships))


def opposite_numbers(agency: str, tiers: Sequence[str], at: datetime) -> tuple[PostRecord, ...]:
    """The posts of `agency` at `tiers`, in that order, with their holders at `at`."""
    return directory_as_of(at, [agency], None).posts(Id(agency), tiers)


def search_posts(
    partnership: str, text: str, at: datetime, limit: int = 20
) -> tuple[FoundPost, ...]:
    """Posts of the partnership whose title, agency or holder's name holds every word of `text`.

    At most `limit`, by agency and title, of those that can be chosen. An empty text finds nothing.
    """
    words = text.split()
    if not words:
        return ()
    day = day_of(at)
    here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    query = Post.objects.filter(here, choosable_on(day))
    for word in words:
        named = Holding.objects.filter(on(day), person__name__icontains=word).values("post")
        query = query.filter(
            Q(title__icontains=word) | Q(agency__name__icontains=word) | Q(id__in=named)
        )
    query = query.select_related("agency", "partnership")
    posts = list(query.order_by("agency__name", "title", "id")[:limit])
    snapshot = snapshot_of(posts, at)
    return tuple(_found(post, snapshot.post(Id(post.id))) for post in posts)


def post_in(partnership: str, post: str, at: datetime) -> FoundPost | None:
    """One post of the partnership's agencies or of its own office that can be chosen, or None."""
    here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    query = Post.objects.filter(here, choosable_on(day_of(at)), id=post)
    query = query.select_related("agency", "partnership")
    row = query.first()
    return _found(row, snapshot_of([row], at).post(Id(row.id))) if row else None


def _found(post: Post, record: PostRecord | None) -> FoundPost:
    body = post.agency or post.partnership
    return FoundPost(
        post=post.id,
        title=post.title,
        tier=post.tier,
        agency=post.body_id,
        agency_name=body.name if body else "",
        names=tuple(holder.name for holder in record.holders) if record else (),
    )


def agencies_in(partnership: str, at: datetime) -> tuple[AgencyRecord, ...]:
    """The agencies of a partnership that are not closed at `at`, by name."""
    query = Agency.objects.filter(open_on(day_of(at)), memberships__partnership=partnership)
    return tuple(_agency(agency) for agency in query.order_by("name", "id"))


def agencies_by_id(ids: Iterable[str]) -> dict[str, AgencyRecord]:
    """The agencies with these ids; unknown ids are left out."""
    return {agency.id: _agency(agency) for agency in Agency.objects.filter(id__in=list(ids))}


def _agency(agency: Agency) -> AgencyRecord:
    return AgencyRecord(
        id=agency.id,
        name=agency.name,
        kind=agency.kind,
        area=agency.area,
        safeguarding_inbox=agency.safeguarding_inbox,
        is_statutory=agency.is_statutory,
        closed_on=agency.closed_on,
    )


def body_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of these agencies and partnerships; unknown ids are left out. Two queries."""
    wanted = list(ids)
    agencies = dict(Agency.objects.filter(id__in=wanted).values_list("id", "name"))
    offices = Partnership.objects.filter(id__in=wanted).values_list("id", "name")
    return agencies | dict(offices)


@dataclass(frozen=True, slots=True)
class KnownByMail:
    """A person found by the address of their work."""

    id: str
    name: str
    has_account: bool


def person_known_by(mail: str) -> KnownByMail | None:
    """The person whose address this is, wherever they have posts. Two queries."""
    address = mail.strip().lower()
    account = Account.objects.filter(email=address).select_related("person").first()
    person = account.person if account else Person.objects.filter(mail=address).first()
    if person is None or not address:
        return None
    has_account = account is not None or Account.objects.filter(person=person).exists()
    return KnownByMail(person.id, person.name, has_account)


def people_by_id(ids: Iterable[str]) -> dict[str, str]:
    """The names of these people; unknown ids are left out."""
    return dict(Person.objects.filter(id__in=list(ids)).values_list("id", "name"))


def posts_by_id(ids: Iterable[str]) -> dict[str, str]:
    """The titles of these posts; unknown ids are left out."""
    return dict(Post.objects.filter(id__in=list(ids)).values_list("id", "title"))


def partnership_of(partnership: str) -> PartnershipRecord | None:
    """One partnership, or None."""
    row = Partnership.objects.filter(id=partnership).first()
    return _partnership(row) if row else None


def partnerships() -> tuple[PartnershipRecord, ...]:
    """Every partnership of this installation, by name."""
    return tuple(_partnership(row) for row in Partnership.objects.order_by("name", "id"))


def partnerships_open_to(person: str, at: datetime) -> tuple[PartnershipRecord, ...]:
    """The partnerships where `person` may raise a concern: those their posts' agencies belong to.

    By name; a post in a partnership's own office counts for that partnership.
    """
    bodies = [post.body for post in posts_of(person, at)]
    member = Membership.objects.filter(agency__in=bodies).values("partnership")
    query = Partnership.objects.filter(Q(id__in=bodies) | Q(id__in=member))
    return tuple(_partnership(row) for row in query.order_by("name", "id"))


def _partnership(row: Partnership) -> PartnershipRecord:
    return PartnershipRecord(
        id=row.id,
        code=row.code,
        name=row.name,
        area=row.area,
        policy=row.policy,
        edition=row.edition,
    )


def administrators() -> tuple[str, ...]:
    """The ids of the people who run the system."""
    rows = Account.objects.filter(is_administrator=True, is_active=True).order_by("person_id")
    return tuple(rows.values_list("person_id", flat=True))


def person_of_closed(account: str) -> str | None:
    """Whose this account was, where it has been closed; None for one that is open or not there."""
    rows = Account.objects.filter(id=account, is_active=False)
    return rows.values_list("person_id", flat=True).first()
