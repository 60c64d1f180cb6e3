"""Who is kept from a case by what the directory knows, beside those whom somebody kept out by name.

Whoever belongs to the household or family of the subject of a concern is kept out with them. It is worked out
whenever a case's lists are, so that a tie that is declared or ended counts at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from counterpart.access.kinds import FAMILY_TIE, SUBJECT_OF_CONCERN
from counterpart.engine.kinds import Code, Id
from counterpart.engine.state import CaseState
from counterpart.people.days import day_of, on
from counterpart.people.models import Tie


def kept_out(state: CaseState, at: datetime) -> Mapping[Id, Code]:
    """Everybody kept from the case, and why. No query where nobody is its subject."""
    named = state.keeping.kept_out
    subjects = [person for person, reason in named.items() if reason == SUBJECT_OF_CONCERN]
    return household_of(subjects, at) | dict(named) if subjects else named


def household_of(subjects: Collection[str], at: datetime) -> dict[Id, Code]:
    """These people and whoever belongs to the household or family of one of them, as far as any does. One query."""
    ties = Tie.objects.filter(
        on(day_of(at)), Q(one__in=subjects) | Q(other__in=subjects)
    ).values_list("one", "other")
    near = sorted({person for tie in ties for person in tie})
    return dict.fromkeys(map(Id, near), Code(FAMILY_TIE))
