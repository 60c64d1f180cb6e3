"""Who is kept from a case by what the directory knows, beside those whom somebody kept out by name.

Whoever belongs to the household or family of the subject of a concern is kept out with them. Where whoever raised
it did not feel safe in their own agency, everybody else who works there is kept out. It is worked out
whenever a case's lists are, so that a tie that is declared or ended, or a new colleague, counts at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from counterpart.access.kinds import FAMILY_TIE, OWN_AGENCY, SUBJECT_OF_CONCERN
from counterpart.engine.kinds import Code, Id
from counterpart.engine.state import CaseState
from counterpart.people.days import day_of, on
from counterpart.people.models import Holding, Tie


def kept_out(state: CaseState, at: datetime) -> Mapping[Id, Code]:
    """Everybody kept from the case, and why. No query where nobody is its subject, and nobody went past their
    own agency.
    """
    named = state.keeping.kept_out
    subjects = [person for person, reason in named.items() if reason == SUBJECT_OF_CONCERN]
    if not subjects and state.keeping.apart is None:
        return named
    household = household_of(subjects, at) if subjects else {}
    return of_own_agency(state, at) | household | dict(named)


def of_own_agency(state: CaseState, at: datetime) -> dict[Id, Code]:
    """Everybody who has a post in the raising agency, or is to have one, where the case is kept from it: but
    for whoever raised it, a supporter they have named since, and whom the office let in by name.

    One query, where it is.
    """
    apart = state.keeping.apart
    if apart is None:
        return {}
    not_over = Q(until_on__isnull=True) | Q(until_on__gt=day_of(at))
    rows = Holding.objects.filter(not_over, post__agency=state.raising.agency)
    held = sorted(set(rows.values_list("person", "post")))
    of_raiser = [person for person, post in held if post == apart.post]
    # Who raised it by telephone may not be known by name: then it is whoever alone has their post.
    alone = of_raiser if not apart.people and len(of_raiser) == 1 else []
    stay = {*apart.people, *alone, *state.keeping.let_in}
    stay |= {person for person, post in held if post == apart.supporter}
    return {Id(person): Code(OWN_AGENCY) for person, _ in held if person not in stay}


def household_of(subjects: Collection[str], at: datetime) -> dict[Id, Code]:
    """These people and whoever belongs to the household or family of one of them, as far as any does. One query."""
    ties = Tie.objects.filter(
        on(day_of(at)), Q(one__in=subjects) | Q(other__in=subjects)
    ).values_list("one", "other")
    near = sorted({person for tie in ties for person in tie})
    return dict.fromkeys(map(Id, near), Code(FAMILY_TIE))
