"""Finding a person of a partnership by their name, for somebody who has to choose one. It changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from counterpart.people.days import day_of, on
from counterpart.people.models import Holding
from counterpart.people.stated import AS_STATED

MOST = 20


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody found: who, in which post, where."""

    person: str
    name: str
    title: str
    body_name: str


def people_named(partnership: str, text: str, at: datetime) -> tuple[FoundPerson, ...]:
    """People with a post in the partnership now whose name or work address holds every word of `text`.

    Each once, by name, at most `MOST`. An empty text finds nobody. One query.
    """
    if not text.split():
        return ()
    here = Q(post__partnership=partnership) | Q(post__agency__memberships__partnership=partnership)
    return _found(here, text, at)[:MOST]


def people_at(agencies: Collection[str], text: str, at: datetime) -> tuple[FoundPerson, ...]:
    """People with a post in one of these agencies now, as `people_named` finds them.

    An empty text finds everybody; one more than `MOST` is given where there are more. One query.
    """
    return _found(Q(post__agency__in=list(agencies)), text, at)


def person_at(agencies: Collection[str], person: str, at: datetime) -> FoundPerson | None:
    """One person, if they have a post in one of these agencies now. One query."""
    here = Q(post__agency__in=list(agencies), person=person)
    return next(iter(_found(here, "", at)), None)


def _found(here: Q, text: str, at: datetime) -> tuple[FoundPerson, ...]:
    rows = Holding.objects.filter(on(day_of(at)), here)
    for word in text.split():
        rows = rows.filter(Q(person__name__icontains=word) | Q(person__mail__icontains=word))
    found: dict[str, FoundPerson] = {}
    rows = rows.select_related("person", "post__agency", "post__partnership")
    for row in rows.order_by("person__name", "person", "id")[: MOST * 3]:
        body = row.post.agency or row.post.partnership
        found.setdefault(
            row.person_id,
            FoundPerson(row.person_id, row.person.name, _title(row), body.name if body else ""),
        )
    return tuple(found.values())[: MOST + 1]


def _title(row: Holding) -> str:
    """The post, with a mark where it, or who holds it, stands in the directory only as stated."""
    is_stated = row.post.is_stated or row.person.is_stated
    return f"{row.post.title}{AS_STATED}" if is_stated else row.post.title
