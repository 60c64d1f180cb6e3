"""Who is too close to one of the two sides to judge between them: household or family, or the manager of a party.

It is asked only for somebody who has a part in judging, or is to have one, and costs one query where there is
nothing. It must
not say what follows from it: `rules` does.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q

from counterpart.access.kinds import BY_PERSON, BY_POST, PARTY_KINDS
from counterpart.access.models import Relation
from counterpart.people.days import day_of, on
from counterpart.people.kinds import LINE_MANAGER
from counterpart.people.models import Holding, Post, Tie
from counterpart.people.standing import Footing, Standing


def is_too_close(
    footing: Footing, standing: Standing, relations: Iterable[Relation], at: datetime
) -> bool:
    """Whether anyone on the footing, or the person acting, is tied to a party or manages one's people."""
    everyone = {*footing.chain, standing.person}
    parties = [relation for relation in relations if relation.kind in PARTY_KINDS]
    return _is_tied(everyone, parties, day_of(at)) or _manages(standing, parties)


def too_close(
    standings: Collection[Standing], relations: Iterable[Relation], at: datetime
) -> frozenset[str]:
    """Those of several people who are, each as themselves. One query where none of them has a tie or manages
    anybody.
    """
    people, day = [one.person for one in standings], day_of(at)
    pairs = Tie.objects.filter(on(day), Q(one__in=people) | Q(other__in=people))
    tied = {person for pair in pairs.values_list("one", "other") for person in pair}
    parties = [relation for relation in relations if relation.kind in PARTY_KINDS]
    return frozenset(
        one.person
        for one in standings
        if (one.person in tied and _is_tied({one.person}, parties, day)) or _manages(one, parties)
    )


def _is_tied(everyone: Collection[str], parties: Collection[Relation], day: date) -> bool:
    ties = Tie.objects.filter(on(day), Q(one__in=everyone) | Q(other__in=everyone))
    near = {person for tie in ties for person in (tie.one_id, tie.other_id)} - set(everyone)
    if not near:
        return False
    if any(each.subject_kind == BY_PERSON and each.subject in near for each in parties):
        return True
    posts = [each.subject for each in parties if each.subject_kind == BY_POST]
    return Holding.objects.filter(on(day), person__in=near, post__in=posts).exists()


def _manages(standing: Standing, parties: Collection[Relation]) -> bool:
    held = [post for footing in standing.footings for post in footing.posts]
    where = {post.body for post in held if post.tier == LINE_MANAGER}
    if not where:
        return False
    if any(each.within in where for each in parties):
        return True
    posts = [each.subject for each in parties if each.subject_kind == BY_POST]
    return Post.objects.filter(id__in=posts, agency__in=where).exists()
