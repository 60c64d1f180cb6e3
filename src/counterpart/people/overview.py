"""The directory as the pages that keep it show it: agencies, posts with who is in them, one person.

Each function makes a fixed number of queries. Whether somebody may see what it gives was asked
before; it takes the agencies and offices that are theirs to keep. It must not change anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from counterpart.people.days import day_of, on, open_on, runs_on
from counterpart.people.directory import snapshot_of
from counterpart.people.models import (
    Account,
    Agency,
    Cover,
    Holding,
    Membership,
    Person,
    Post,
    Tie,
)

AGENCIES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """An agency in a list, with how many posts it has, how many nobody holds, and how many to confirm.

    `closed_on` is the day from which it is there no more.
    """

    id: str
    name: str
    kind: str
    closed_on: date | None
    posts: int
    vacant: int
    to_confirm: int


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a post between two days; `until_on` is the first day it is no longer so."""

    holding: str
    person: str
    name: str
    post: str
    title: str
    body: str
    body_name: str
    from_on: date
    until_on: date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post. `holders` says who is there now, stand-ins with whom they stand in for.

    `closed_on` is the day from which it is there no more, `is_closed` whether that has come.
    """

    id: str
    body: str
    title: str
    tier: str
    phone: str
    mail: str
    holders: tuple[tuple[str, str], ...]
    stand_ins: tuple[tuple[str, str], ...]
    last_confirmed_on: date | None
    is_to_confirm: bool
    closed_on: date | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class CoverShown:
    """Somebody stands in between two days: for a person, or in a post (`of` names it)."""

    id: str
    of: str
    by: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person and their posts in the bodies asked about. `is_wholly_here`: they have none elsewhere.

    `has_account`: they can sign in; `had_account`: now, or once.
    """

    id: str
    name: str
    mail: str
    has_account: bool
    had_account: bool
    tenures: tuple[Tenure, ...]
    covers: tuple[CoverShown, ...]
    is_wholly_here: bool

    @property
    def is_here(self) -> bool:
        """Whether any of it is now or still to come."""
        return any(t.is_now or t.until_on is None for t in self.tenures)


def a_year_before(day: date) -> date:
    """The day from which a confirmation still holds: every post is confirmed once a year."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _to_confirm(day: date) -> Q:
    late = Q(last_confirmed_on__isnull=True) | Q(last_confirmed_on__lt=a_year_before(day))
    return late & open_on(day)


def agencies_kept(
    agencies: QuerySet[Agency], at: datetime, after: str = ""
) -> tuple[tuple[Counts, ...], str]:
    """A page of agencies by name, and the id after which the next begins ("" where there is none)."""
    day = day_of(at)
    if after:
        last = Agency.objects.filter(id=after).first()
        if last is not None:
            later = Q(name__gt=last.name) | Q(name=last.name, id__gt=last.id)
            agencies = agencies.filter(later)
    rows = list(agencies.order_by("name", "id")[: AGENCIES_AT_ONCE + 1])
    shown = rows[:AGENCIES_AT_ONCE]
    counted = _counted([row.id for row in shown], day)
    lines = tuple(
        Counts(r.id, r.name, r.kind, r.closed_on, *counted.get(r.id, (0, 0, 0))) for r in shown
    )
    return lines, shown[-1].id if len(rows) > len(shown) else ""


def _counted(agencies: Collection[str], day: date) -> dict[str, tuple[int, int, int]]:
    held = Holding.objects.filter(on(day)).values("post")
    posts = Post.objects.filter(open_on(day), agency__in=agencies).values("agency")
    rows = posts.annotate(
        all=Count("id"), vacant=Count("id", filter=~Q(id__in=held)),
        to_confirm=Count("id", filter=_to_confirm(day)),
    )  # fmt: skip
    return {row["agency"]: (row["all"], row["vacant"], row["to_confirm"]) for row in rows}


def agencies_of(partnership: str) -> QuerySet[Agency]:
    """The agencies of a partnership, for `agencies_kept`."""
    return Agency.objects.filter(memberships__partnership=partnership)


def agencies_among(ids: Iterable[str]) -> QuerySet[Agency]:
    """These agencies, for `agencies_kept`."""
    return Agency.objects.filter(id__in=list(ids))


def to_confirm_in(partnership: str, at: datetime) -> int:
    """How many posts of a partnership nobody has confirmed for a year. One query."""
    here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    return Post.objects.filter(here & _to_confirm(day_of(at))).count()


def to_confirm_by_body(at: datetime) -> dict[str, int]:
    """How many posts nobody has confirmed for a year, by agency or office that has some. One query."""
    late = Post.objects.filter(_to_confirm(day_of(at)))
    rows = late.values(body=Coalesce("agency", "partnership")).annotate(n=Count("id"))
    return dict(rows.order_by("body").values_list("body", "n"))


def agencies_to_confirm(partnership: str, at: datetime) -> tuple[Counts, ...]:
    """The agencies with a post that nobody has confirmed for a year, at most a page of them."""
    late = Post.objects.filter(_to_confirm(day_of(at)), agency__isnull=False).values("agency")
    return agencies_kept(agencies_of(partnership).filter(id__in=late), at)[0]


def posts_in(body: str, at: datetime) -> tuple[PostShown, ...]:
    """The posts of an agency or of a partnership's office, by title, with who is in them.

    Those that are closed come last.
    """
    rows = list(Post.objects.filter(Q(agency=body) | Q(partnership=body)).order_by("title", "id"))
    return tuple(sorted(_shown(rows, at), key=lambda post: post.is_closed))


def post_shown(post: str, at: datetime) -> PostShown | None:
    """One post, or None."""
    return next(iter(_shown(list(Post.objects.filter(id=post)), at)), None)


def _shown(rows: list[Post], at: datetime) -> tuple[PostShown, ...]:
    snapshot = snapshot_of(rows, at)
    day = day_of(at)
    since = a_year_before(day)
    found = []
    for row, record in zip(rows, snapshot.all_posts(), strict=True):
        names = {holder.person: holder.name for holder in record.holders}
        own = [h for h in record.holders if not h.acting_for]
        acting = [h for h in record.holders if h.acting_for]
        is_closed = row.closed_on is not None and row.closed_on <= day
        is_late = row.last_confirmed_on is None or row.last_confirmed_on < since
        found.append(
            PostShown(
                id=row.id,
                body=row.body_id,
                title=row.title,
                tier=row.tier,
                phone=row.phone,
                mail=row.mail,
                holders=tuple((h.person, h.name) for h in own),
                stand_ins=tuple((h.name, names.get(h.acting_for or h.person, "")) for h in acting),
                last_confirmed_on=row.last_confirmed_on,
                is_to_confirm=is_late and not is_closed,
                closed_on=row.closed_on,
                is_closed=is_closed,
            )
        )
    return tuple(found)


def tenures_of_post(post: str, at: datetime) -> tuple[Tenure, ...]:
    """Everybody who holds a post, did, or will, the latest first."""
    rows = Holding.objects.filter(post=post).order_by("-from_on", "id")
    return tuple(_tenures(rows, day_of(at)))


def _tenures(rows: QuerySet[Holding], day: date) -> Iterable[Tenure]:
    for row in rows.select_related("person", "post__agency", "post__partnership"):
        body = row.post.agency or row.post.partnership
        yield Tenure(
            holding=row.id,
            person=row.person_id,
            name=row.person.name,
            post=row.post_id,
            title=row.post.title,
            body=row.post.body_id,
            body_name=body.name if body else "",
            from_on=row.from_on,
            until_on=row.until_on,
            is_now=runs_on(day, row.from_on, row.until_on),
        )


def tenure(holding: str, at: datetime) -> Tenure | None:
    """One appointment, or None."""
    return next(iter(_tenures(Holding.objects.filter(id=holding), day_of(at))), None)


def body_of_post(post: str) -> str | None:
    """The agency or partnership a post stands in, or None."""
    row = Post.objects.filter(id=post).first()
    return row.body_id if row else None


def bodies_of_person(person: str) -> frozenset[str]:
    """Every agency and office in which a person has, had or will have a post. One query."""
    rows = Holding.objects.filter(person=person)
    found = rows.values_list(Coalesce("post__agency", "post__partnership"), flat=True)
    return frozenset(found.distinct())


def person_shown(person: str, bodies: Collection[str], at: datetime) -> PersonShown | None:
    """A person as those see them who keep `bodies`; None for one who never had a post there."""
    row = Person.objects.filter(id=person).first()
    here = Q(post__agency__in=bodies) | Q(post__partnership__in=bodies)
    mine = Holding.objects.filter(here, person=person).order_by("-from_on", "id")
    tenures = tuple(_tenures(mine, day_of(at)))
    if row is None or not tenures:
        return None
    account = Account.objects.filter(person=person).first()
    return PersonShown(
        id=row.id,
        name=row.name,
        mail=row.mail or (account.email if account else ""),
        has_account=account is not None and account.is_active,
        had_account=account is not None,
        tenures=tenures,
        covers=_covers(Q(person=person), at),
        is_wholly_here=bodies_of_person(person) <= set(bodies),
    )


def covers_in(body: str, at: datetime) -> tuple[CoverShown, ...]:
    """Who stands in for people and posts of an agency or office, now or soon."""
    held = Holding.objects.filter(Q(post__agency=body) | Q(post__partnership=body)).values("person")
    posts = Post.objects.filter(Q(agency=body) | Q(partnership=body)).values("id")
    return _covers(Q(person__in=held) | Q(post__in=posts), at)


def _covers(which: Q, at: datetime) -> tuple[CoverShown, ...]:
    rows = Cover.objects.filter(which, until_on__gt=day_of(at))
    rows = rows.select_related("person", "post", "covering").order_by("from_on", "id")
    return tuple(
        CoverShown(
            row.id,
            row.person.name if row.person else row.post.title if row.post else "",
            row.covering.name,
            row.from_on,
            row.until_on,
        )
        for row in rows
    )


def bodies_of_cover(cover: str) -> frozenset[str]:
    """The agencies and offices that a cover is about: those of the post, or of the person covered."""
    row = Cover.objects.select_related("post").filter(id=cover).first()
    if row is None:
        return frozenset()
    return frozenset({row.post.body_id}) if row.post else bodies_of_person(row.person_id or "")


def people_in(body: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """(id, name) of everybody who holds a post in an agency or office now, by name; not of those who only
    stated who they are.
    """
    here = Q(post__agency=body) | Q(post__partnership=body)
    known = Holding.objects.filter(on(day_of(at)) & here, person__is_stated=False)
    rows = known.values_list("person", "person__name")
    return tuple(rows.distinct().order_by("person__name", "person"))


def closed_on(agency: str) -> date | None:
    """The day from which an agency is there no more; None while none is set, and for an office."""
    return Agency.objects.filter(id=agency).values_list("closed_on", flat=True).first()


def partnerships_of(agency: str) -> frozenset[str]:
    """The partnerships an agency is of."""
    mine = Membership.objects.filter(agency=agency)
    return frozenset(mine.values_list("partnership", flat=True))


def bodies_in(partnership: str) -> frozenset[str]:
    """Every agency of a partnership, and its office."""
    member = Membership.objects.filter(partnership=partnership).values_list("agency", flat=True)
    return frozenset({partnership, *member})


@dataclass(frozen=True, slots=True)
class TieShown:
    """Two people of one household or family."""

    id: str
    one: str
    other: str
    from_on: date


def ties_among(bodies: Collection[str], at: datetime) -> tuple[TieShown, ...]:
    """The ties that hold between people of whom both have had a post in `bodies`."""
    here = Q(post__agency__in=bodies) | Q(post__partnership__in=bodies)
    people = Holding.objects.filter(here).values("person")
    rows = Tie.objects.filter(on(day_of(at)), one__in=people, other__in=people)
    rows = rows.select_related("one", "other").order_by("from_on", "id")
    return tuple(TieShown(row.id, row.one.name, row.other.name, row.from_on) for row in rows)
