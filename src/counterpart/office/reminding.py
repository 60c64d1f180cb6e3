"""Who is reminded this morning that something the policy asks for regularly waits to be written down.

That is whoever holds a post of the role that the policy gives it to, in the partnership's office or in the agency; for
an agency's answer its own lead; and only who can sign in to do it. It is a line of a digest, once a week at most. Of
what has periods, only the one that is ending and the last that has ended count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from counterpart.access.rules import LEAD_TIERS
from counterpart.casework import digesting
from counterpart.casework.editions import policy_of
from counterpart.casework.reminding import Reminder, weekly
from counterpart.engine.kinds import Id
from counterpart.engine.regular import Owed, regular_duties, tiers_of
from counterpart.messages.kinds import TO_REGULAR
from counterpart.office.keeping import Regular, editions_had, with_editions
from counterpart.people.directory import Snapshot, directory_as_of
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Account, Partnership
from counterpart.policy.model import Policy

LATEST = 2
"""The period that runs, and the last that has ended."""


def send_digests(now: datetime) -> int:
    """The morning's digests, with what waits of the regular duties. See `casework.digesting`."""
    return digesting.send_digests(now, also=(reminders,))


def reminders(now: datetime) -> Mapping[str, Reminder]:
    """The line for each person (id) who is to have it this morning.

    Two queries, and seven to nine for each partnership whose policy asks for something regularly.
    """
    waiting = _waiting(now)
    signing_in = Account.objects.filter(
        is_active=True, is_administrator=False, person__in=list(waiting)
    )
    people = signing_in.order_by("person").values_list("person", flat=True)
    return weekly(TO_REGULAR, {person: _words(waiting[Id(person)]) for person in people}, now)


def _words(n: int) -> str:
    return (
        "1 regular duty waits to be written down"
        if n == 1
        else f"{n} regular duties wait to be written down"
    )


def _waiting(now: datetime) -> Counter[Id]:
    """How many wait for each person who can write them down."""
    found: Counter[Id] = Counter()
    editions = Partnership.objects.exclude(edition=None).values_list("id", "edition")
    asked = {here: policy_of(edition) for here, edition in editions if edition}
    having = {here: policy for here, policy in asked.items() if regular_duties(policy)}
    had = editions_had() if having else {}
    for here, policy in having.items():
        regular = with_editions(here, policy, had, now)
        waits = [one for one in regular.owed(LATEST) if one.waits(regular.today)]
        if waits:
            agencies = sorted({one.agency for one in waits if one.agency})
            found.update(_told(regular, waits, directory_as_of(now, agencies, here)))
    return found


def _told(regular: Regular, waits: Sequence[Owed], directory: Snapshot) -> Iterator[Id]:
    """Whom each that waits is told, once for each. The answers of all agencies are one thing to the office."""
    for one in waits:
        yield from _holders(regular, one, one.agency, directory)
    asked = {(one.duty.id, one.period, one.occasion and one.occasion.id): one for one in waits}
    for one in asked.values():
        if one.is_return:
            yield from _holders(regular, one, None, directory)


def _holders(regular: Regular, one: Owed, agency: Id | None, directory: Snapshot) -> frozenset[Id]:
    """Those who hold or stand in for the first posts of the role's tiers that anybody is in."""
    body = agency or Id(regular.partnership)
    for tiers in _tiers(regular.policy, one, agency):
        people = {h.person for post in directory.posts(body, tiers) for h in post.holders}
        if people:
            return frozenset(people)
    return frozenset()


def _tiers(policy: Policy, one: Owed, agency: Id | None) -> Iterator[Sequence[str]]:
    yield from ([tier] for tier in tiers_of(policy, one.duty, agency))
    yield LEAD_TIERS if agency else (BUSINESS_MANAGER,)
