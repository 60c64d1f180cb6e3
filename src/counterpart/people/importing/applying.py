"""Carrying a plan out on the tables of the directory, many rows at a time.

`casework.importing` calls it in its own transaction, after the record. It must not check anything:
a plan with a problem is never carried out.
"""

from __future__ import annotations

from counterpart.people.changes import confirm_post
from counterpart.people.importing.plan import AgencyStep, Plan, PostStep
from counterpart.people.models import (
    Agency,
    AgencyDomain,
    Holding,
    Membership,
    Person,
    Post,
)
from counterpart.people.upkeep import change_agency, change_post

ROWS_AT_ONCE = 500


def apply(plan: Plan, partnership: str) -> None:
    """Do all of it. A few statements for each 500 rows that are new, and two for each that changes."""
    _add_agencies([step for step in plan.agencies if step.was is None], partnership)
    for agency in plan.agencies:
        if agency.was is not None:
            change_agency(agency=agency.id, details=agency.details)
    new = [_post(step, partnership) for step in plan.posts if step.was is None]
    Post.objects.bulk_create(new, ROWS_AT_ONCE)
    for post in plan.posts:
        if post.was is not None:
            _change_post(post)
    people = [Person(id=p.id, name=p.name, mail=p.mail) for p in plan.people if not p.was]
    Person.objects.bulk_create(people, ROWS_AT_ONCE)
    for person in plan.people:
        if person.was:
            Person.objects.filter(id=person.id).update(
                name=person.name, mail=person.mail, is_stated=False
            )
    Holding.objects.bulk_create(
        [
            Holding(
                id=one.holding,
                post_id=one.post,
                person_id=one.person,
                from_on=one.from_on,
                until_on=one.until_on,
            )
            for one in plan.appointed
        ],
        ROWS_AT_ONCE,
    )
    _vouch_for(sorted({one.person for one in plan.appointed}))
    for end in plan.ended:
        Holding.objects.filter(id=end.holding).update(until_on=end.until_on)


def _vouch_for(people: list[str]) -> None:
    """Whoever is appointed by a file is no longer somebody who only stated who they are."""
    for n in range(0, len(people), ROWS_AT_ONCE):
        some = Person.objects.filter(id__in=people[n : n + ROWS_AT_ONCE], is_stated=True)
        some.update(is_stated=False)


def _add_agencies(steps: list[AgencyStep], partnership: str) -> None:
    Agency.objects.bulk_create(
        [
            Agency(
                id=step.id,
                name=step.details.name,
                kind=step.details.kind,
                area=step.details.area,
                safeguarding_inbox=step.details.safeguarding_inbox,
                is_statutory=step.details.is_statutory,
            )
            for step in steps
        ],
        ROWS_AT_ONCE,
    )
    Membership.objects.bulk_create(
        [Membership(agency_id=s.id, partnership_id=partnership, code=s.code) for s in steps],
        ROWS_AT_ONCE,
    )
    AgencyDomain.objects.bulk_create(
        [
            AgencyDomain(agency_id=step.id, domain=domain)
            for step in steps
            for domain in step.details.mail_domains
        ],
        ROWS_AT_ONCE,
    )


def _post(step: PostStep, partnership: str) -> Post:
    in_office = step.body == partnership
    return Post(
        id=step.id,
        agency_id=None if in_office else step.body,
        partnership_id=partnership if in_office else None,
        tier=step.details.tier,
        code=step.code,
        title=step.details.title,
        phone=step.details.phone,
        mail=step.details.mail,
        last_confirmed_on=step.confirmed_on,
    )


def _change_post(step: PostStep) -> None:
    if step.was != step.details:
        change_post(post=step.id, details=step.details)
    if step.confirmed_on is not None:
        confirm_post(post=step.id, on=step.confirmed_on)
