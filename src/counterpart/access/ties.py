"""Loads what binds a person to a case: one `Ties` for each footing they may act on.

It must not decide anything: `answers.judge` does, by `rules`.
"""

from collections.abc import Iterable
from datetime import datetime

from counterpart.access.closeness import is_too_close
from counterpart.access.kinds import BY_PARTNERSHIP, BY_PERSON, BY_POST, PARTY_KINDS
from counterpart.access.models import Denial, Relation
from counterpart.access.rules import JUDGING, Ties
from counterpart.people.days import day_of
from counterpart.people.standing import Footing, Standing, Tenure


def ties_of(standing: Standing, case: str, at: datetime) -> tuple[Ties, ...]:
    """What binds the person to `case` at `at`, a record for each footing.

    Two queries, and one more where it gives them a part in judging.
    """
    relations = list(Relation.objects.filter(case=case).order_by("id"))
    denials = list(Denial.objects.filter(case=case, person__in=standing.people).order_by("id"))
    return tuple(_of_footing(one, standing, relations, denials, at) for one in standing.footings)


def _of_footing(
    footing: Footing,
    standing: Standing,
    relations: list[Relation],
    denials: list[Denial],
    at: datetime,
) -> Ties:
    bound_by = _relations(footing, (r for r in relations if _lasts(r, at)))
    is_party = was_party(footing, standing, relations)
    judges = not is_party and any(kind in JUDGING for kind in bound_by)
    return Ties(
        chain=footing.chain,
        relations=bound_by,
        denials=tuple(d.reason for d in denials if d.person in footing.chain),
        was_party=is_party,
        is_close=judges and is_too_close(footing, standing, relations, at),
        is_administrator=standing.is_administrator,
    )


def _lasts(relation: Relation, at: datetime) -> bool:
    return relation.from_at <= at and (relation.until_at is None or at < relation.until_at)


def _relations(footing: Footing, relations: Iterable[Relation]) -> dict[str, str | None]:
    """Kind of relation → the post it comes by (None: the person's own). The first row wins."""
    by_subject = _subjects(footing)
    found: dict[str, str | None] = {}
    for relation in relations:
        subject = (relation.subject_kind, relation.subject, relation.within)
        if subject in by_subject:
            found.setdefault(relation.kind, by_subject[subject])
    return found


def _subjects(footing: Footing) -> dict[tuple[str, str, str], str | None]:
    """Every (kind, subject, within) of a relation that reaches this footing, and the post it comes by."""
    subjects: dict[tuple[str, str, str], str | None] = {}
    if footing.person:
        bodies = {"", *(post.body for post in footing.posts)}
        subjects |= {(BY_PERSON, footing.person, body): None for body in bodies}
    for post in footing.posts:
        subjects[BY_POST, post.post, ""] = post.post
    for partnership in footing.partnerships:
        desk = next(p.post for p in footing.posts if p.body == partnership)
        subjects[BY_PARTNERSHIP, partnership, ""] = desk
    return subjects


def was_party(footing: Footing, standing: Standing, relations: Iterable[Relation]) -> bool:
    """Whether anyone who acts on this person's behalf, or whom they act for, ever was a party.

    All of the person's own footings count, not only this one: who stands in for a party today
    cannot judge the same dispute by another post.
    """
    everyone = {*footing.chain, standing.person}
    posts_now = {post.post for one in standing.footings for post in one.posts}
    covered = {one.person for one in standing.footings if one.person}
    tenures = [t for t in standing.tenures if t.person in everyone]
    parties = [relation for relation in relations if relation.kind in PARTY_KINDS]
    return any(
        relation.subject in everyone | covered | posts_now or _held_then(tenures, relation)
        for relation in parties
    )


def _held_then(tenures: Iterable[Tenure], relation: Relation) -> bool:
    """Whether one of `tenures` was of the related post while the relation lasted."""
    begins = day_of(relation.from_at)
    ends = day_of(relation.until_at) if relation.until_at else None
    return any(
        tenure.post == relation.subject
        and (tenure.until_on is None or tenure.until_on > begins)
        and (ends is None or tenure.from_on <= ends)
        for tenure in tenures
    )
