"""What stands in the directory only as somebody stated it who came in by a code, without an account.

Nobody is offered it to choose until somebody who keeps the agency has made it theirs, by confirming or
changing it. Where it already acts in a case, it is shown with a mark. It must not change anything.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from counterpart.people.days import on, open_on
from counterpart.people.models import Holding, Person, Post

AS_STATED = " (as stated)"
"""What stands after the title of a post that nobody vouches for but whoever holds it."""


def choosable_on(day: date) -> Q:
    """The posts that can be chosen on `day`: not closed, and vouched for with everybody who holds them.

    `directory.directory_as_of` sets apart the same.
    """
    return open_on(day) & ~_only_stated(day)


def as_stated(body: str) -> frozenset[str]:
    """The ids of the posts of an agency or office, and of the people who have held one, that nobody vouches for.

    Two queries.
    """
    here = Q(agency=body) | Q(partnership=body)
    posts = Post.objects.filter(here, is_stated=True).values_list("id", flat=True)
    held = Q(holdings__post__agency=body) | Q(holdings__post__partnership=body)
    people = Person.objects.filter(held, is_stated=True).values_list("id", flat=True)
    return frozenset((*posts, *people))


def _only_stated(day: date) -> Q:
    held = Holding.objects.filter(on(day), post=OuterRef("pk"), person__is_stated=True)
    return Q(is_stated=True) | Q(Exists(held))
