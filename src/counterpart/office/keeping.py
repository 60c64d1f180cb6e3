"""What a partnership's office has on record of its regular duties, and all that they are worked out from.

It reads, and never writes. The policy is the one in force; an entry keeps the edition it was made under.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from counterpart.access.rules import LEAD_TIERS
from counterpart.casework.directory_stream import stream_of as directory_of
from counterpart.casework.editions import current, policy_of
from counterpart.casework.policystream import KIND as POLICIES
from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.engine.regular import (
    Book,
    Member,
    Owed,
    book_of,
    is_of_agencies,
    owed,
    regular_duties,
    since_when,
    tiers_of,
)
from counterpart.journal.models import Stream
from counterpart.journal.reading import Whole, read_facts, read_types, read_whole
from counterpart.people.days import day_of
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Membership, Partnership
from counterpart.people.standing import HeldPost
from counterpart.policy.model import Policy

KIND = "office"
ENTRIES = (
    "regular_duty_done",
    "agency_return_given",
    "regular_duty_fell_due",
    "regular_entry_withdrawn",
)
Had = Mapping[str, tuple[tuple[date, str], ...]]
"""By partnership: each edition it had, and from which day on, the oldest first."""


@dataclass(frozen=True, slots=True)
class Regular:
    """The regular duties of a partnership as they stand: what is asked for since when, and the entries."""

    partnership: str
    policy: Policy
    since: Mapping[str, date]
    members: tuple[Member, ...]
    entries: tuple[Recorded, ...]
    today: date

    @property
    def book(self) -> Book:
        """The entries that stand."""
        return book_of(self.entries)

    def owed(self, last: int | None = None) -> tuple[Owed, ...]:
        """All that is, or was, to be written down; `last`: of so many periods."""
        return owed(self.policy, self.since, self.book, self.today, self.members, last=last)


def stream_of(partnership: str) -> str:
    """The stream of a partnership's office."""
    return f"{KIND}-{partnership}"


def load(partnership: str, now: datetime) -> Regular | None:
    """The regular duties of a partnership; None while it has no policy in force. Five queries."""
    policy = current(partnership)
    if policy is None:
        return None
    return with_editions(partnership, policy, editions_had(), now)


def with_editions(partnership: str, policy: Policy, had: Had, now: datetime) -> Regular:
    """The same, where the editions are known: for all partnerships of a morning."""
    known = [(day, policy_of(edition)) for day, edition in had.get(partnership, ())]
    since = {duty.id: since_when(duty, known) for duty in regular_duties(policy)}
    return Regular(
        partnership=partnership,
        policy=policy,
        since={duty: day for duty, day in since.items() if day is not None},
        members=_members(partnership),
        entries=read_facts(stream_of(partnership)),
        today=day_of(now),
    )


def editions_had() -> Had:
    """Every edition that was put in force anywhere. One query."""
    streams = Stream.objects.filter(kind=POLICIES).values_list("id", flat=True)
    found: dict[str, list[tuple[date, str]]] = {}
    published = read_types(["edition_published"], streams)
    for one in sorted(published, key=lambda one: one.happened_at):
        place = found.setdefault(one.event.partnership, [])
        place.append((day_of(one.happened_at), one.event.edition))
    return {partnership: tuple(some) for partnership, some in found.items()}


def words_of(partnership: str) -> tuple[Whole, ...]:
    """Every entry with its words and the names of who wrote it, in order. Three queries at most."""
    return read_whole(stream_of(partnership))


def is_asked_of(posts: Iterable[HeldPost]) -> bool:
    """Whether a policy asks for something regularly that a lead of an agency, or a post of an office that is
    not its desk's, writes down. One query; none for whoever holds no such post.
    """
    leading = {p.body for p in posts if p.tier in LEAD_TIERS and not p.body_is_partnership}
    offices = {
        p.body: p.tier for p in posts if p.body_is_partnership and p.tier != BUSINESS_MANAGER
    }
    if not leading and not offices:
        return False
    here = Q(id__in=list(offices)) | Q(memberships__agency__in=leading)
    rows = Partnership.objects.filter(here, edition__isnull=False).distinct()
    for partnership, edition in rows.values_list("id", "edition"):
        policy = policy_of(edition or "")
        tiers = (tiers_of(policy, duty, None) for duty in policy.standing)
        if partnership in offices and any(offices[partnership] in some for some in tiers):
            return True
        if leading and any(is_of_agencies(duty) for duty in policy.standing):
            return True
    return False


def _members(partnership: str) -> tuple[Member, ...]:
    """The agencies of a partnership by name, with the day each came. Two queries.

    One that left the partnership is not among them; one that is closed is, until that day.
    """
    rows = Membership.objects.filter(partnership=partnership)
    found = rows.order_by("agency__name", "agency").values_list("agency", "agency__closed_on")
    agencies = list(found)
    came: dict[str, date] = {}
    for one in read_types(["agency_added"], [directory_of(agency) for agency, _ in agencies]):
        if one.event.partnership == partnership:
            came[one.event.agency] = day_of(one.happened_at)
    return tuple(Member(Id(agency), came.get(agency), closed) for agency, closed in agencies)
