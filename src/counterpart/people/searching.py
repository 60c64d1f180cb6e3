"""Finding a person of a partnership by their name, for somebody who has to choose one. It changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from counterpart.people.days import day_of, on
from counterpart.people.models import Holding

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
    words = text.split()
    if not words:
        return ()
    here = Q(post__partnership=partnership) | Q(post__agency__memberships__partnership=partnership)
    rows = Holding.objects.filter(on(day_of(at)), here)
    for word in words:
        rows = rows.filter(Q(person__name__icontains=word) | Q(person__mail__icontains=word))
    found: dict[str, FoundPerson] = {}
    rows = rows.select_related("person", "post__agency", "post__partnership")
    for row in rows.order_by("person__name", "person", "id")[: MOST * 3]:
        body = row.post.agency or row.post.partnership
        found.setdefault(
            row.person_id,
            FoundPerson(row.person_id, row.person.name, row.post.title, body.name if body else ""),
        )
    return tuple(found.values())[:MOST]
