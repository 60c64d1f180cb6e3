"""A directory brought in from files: every change an event in the record, all of it or nothing.

`people.importing` reads the files and says what would change. Here it is done, in one transaction
that no other import of the same partnership can come between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.directory_stream import write
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Code, Id, Words
from counterpart.people.days import day_of
from counterpart.people.importing.applying import apply
from counterpart.people.importing.plan import AgencyStep, Plan, PostStep
from counterpart.people.importing.planning import plan_of
from counterpart.people.importing.reading import Sheet
from counterpart.people.models import Partnership

Said = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many of it are done, and of how many."""


class Overtaken(Exception):
    """The directory changed since the plan was looked at. Nothing was done."""


def nobody_listens(_what: str, _done: int, _of: int) -> None:
    """For an import whose progress nobody watches."""


def dry_run(*, sheets: Sequence[Sheet], partnership: str, now: datetime) -> Plan:
    """What the files would change, and everything that is wrong. It changes nothing."""
    return plan_of(sheets, partnership, day_of(now))


def bring_in(
    *,
    sheets: Sequence[Sheet],
    partnership: str,
    actor: Acting,
    now: datetime,
    looked_at: str = "",
    key: str = "",
    said: Said = nobody_listens,
) -> Plan:
    """Change the partnership's directory as the files say, unless anything is wrong in them.

    Returns the plan; where it has problems, nothing was done. `looked_at` is the mark of the plan
    that somebody has agreed to, where it was shown to anybody: `Overtaken` if it would now be
    another. `key` is that of the form they sent. Raises `journal.errors.Conflict` and `Repeated`.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(id=partnership)
        plan = plan_of(sheets, partnership, day_of(now))
        if plan.problems or plan.is_empty:
            return plan
        if looked_at and plan.mark != looked_at:
            raise Overtaken
        _record(plan, partnership, actor, now, key, said)
        apply(plan, partnership)
        said("Working out whose duties change", 0, 1)
        refresh_duties(now, bodies=plan.bodies)
    return plan


def _record(
    plan: Plan, partnership: str, actor: Acting, now: datetime, key: str, said: Said
) -> None:
    by_body: dict[str, list[Any]] = defaultdict(list)
    for body, event in _events(plan, partnership, day_of(now)):
        by_body[body].append(event)
    for done, (body, events) in enumerate(by_body.items(), start=1):
        write(body, events, actor, now, key=key if done == 1 else "")
        if done % 50 == 0 or done == len(by_body):
            said("Writing the record of each agency", done, len(by_body))


def _events(plan: Plan, partnership: str, today: date) -> Iterator[tuple[str, Any]]:
    for agency in plan.agencies:
        yield agency.id, _agency(agency, partnership)
    for post in plan.posts:
        for event in _post(post, today):
            yield post.body, event
    for person in plan.people:
        kind = d.PersonChanged if person.was else d.PersonAdded
        name, mail = Words(person.name), Words(person.mail)
        yield person.body, kind(person=Id(person.id), name=name, mail=mail)
    for one in plan.appointed:
        holding, post_id, who = Id(one.holding), Id(one.post), Id(one.person)
        yield (
            one.body,
            d.HolderAppointed(
                holding=holding, post=post_id, person=who, from_on=one.from_on, name=Words(one.name)
            ),
        )
        if one.until_on is not None:
            yield (
                one.body,
                d.HolderLeft(holding=holding, post=post_id, person=who, until_on=one.until_on),
            )
    for end in plan.ended:
        yield (
            end.body,
            d.HolderLeft(
                holding=Id(end.holding),
                post=Id(end.post),
                person=Id(end.person),
                until_on=end.until_on,
            ),
        )


def _agency(step: AgencyStep, partnership: str) -> d.AgencyAdded | d.AgencyChanged:
    kept: dict[str, Any] = {
        "agency": Id(step.id),
        "kind": Code(step.details.kind),
        "is_statutory": step.details.is_statutory,
        "name": Words(step.details.name),
        "area": Words(step.details.area),
        "safeguarding_inbox": Words(step.details.safeguarding_inbox),
        "mail_domains": tuple(map(Words, step.details.mail_domains)),
    }
    if step.was is not None:
        return d.AgencyChanged(**kept)
    return d.AgencyAdded(**kept, partnership=Id(partnership), called=Words(step.code))


def _post(step: PostStep, today: date) -> Iterator[d.PostAdded | d.PostChanged | d.PostConfirmed]:
    kept: dict[str, Any] = {
        "post": Id(step.id),
        "body": Id(step.body),
        "tier": Code(step.details.tier),
        "title": Words(step.details.title),
        "phone": Words(step.details.phone),
        "mail": Words(step.details.mail),
    }
    if step.was is None:
        yield d.PostAdded(**kept, called=Words(step.code))
    elif step.was != step.details:
        yield d.PostChanged(**kept)
    # That a post was added says that it was right on that day.
    if step.confirmed_on is not None and (step.was is not None or step.confirmed_on != today):
        yield d.PostConfirmed(post=Id(step.id), on=step.confirmed_on)
