"""What a policy asks for with no case, and what of it is on the record: from the entries, the day and the agencies.

Nothing here is stored. A period that has ended without an entry is said to be without one, and not late: the policy
gives no day. It must not know who may write an entry, and must not load anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Recorded
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
    RegularEntryWithdrawn,
)
from counterpart.engine.regular_periods import MONTHS, Period, periods
from counterpart.policy.model import Policy, Seat, Standing

POLICY_REVIEW = "policy_review"
"""The review of the policy itself among its regular duties. No duty of a policy's own can be called so."""

State = Literal["recorded", "running", "not_recorded", "open", "any_time"]
Because = Literal["period", "day", "occasion", "any_time"]


@dataclass(frozen=True, slots=True)
class Member:
    """An agency of the partnership: since when (None: from the beginning), and until which day (not included)."""

    agency: Id
    since: date | None = None
    until: date | None = None

    def is_on(self, day: date) -> bool:
        """Whether it was of the partnership on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class Book:
    """The entries that stand, oldest first: none that was put right since, and none that was withdrawn."""

    standing: tuple[Recorded, ...] = ()

    def written(
        self, duty: str, agency: Id | None, period: str, occasion: Id | None
    ) -> Recorded | None:
        """The last entry of what was done, or answered, in one place."""
        place = (duty, agency, period, occasion)
        return next((one for one in reversed(self.standing) if place_of(one) == place), None)

    def entry(self, id: str) -> Recorded | None:
        """An entry that stands."""
        return next((one for one in self.standing if one.id == id), None)

    def occasions(self, duty: str) -> tuple[Recorded, ...]:
        """What happened on which a duty fell due."""
        return tuple(
            one
            for one in self.standing
            if isinstance(one.event, RegularDutyFellDue) and one.event.duty == duty
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that somebody is to write down: an agency, or (None) the partnership's office.

    `entry` is what was written of it last. `due_on` is a day that the policy gives itself, and no other.
    """

    duty: Standing
    agency: Id | None
    because: Because
    period: Period | None = None
    occasion: Recorded | None = None
    due_on: date | None = None
    entry: Recorded | None = None

    @property
    def is_return(self) -> bool:
        """Whether it is an agency's answer to what all are asked."""
        return self.duty.from_each

    def state(self, today: date) -> State:
        """How it stands on a day."""
        if self.because == "any_time":
            return "any_time"
        if self.entry is not None:
            return "recorded"
        if self.period is None:
            return "open"
        return "not_recorded" if self.period.is_over(today) else "running"

    def waits(self, today: date) -> bool:
        """Whether whoever has it is reminded: its period is over or ending, or something happened.

        Not of the day of the policy's review, which the desk says for as long as it has passed.
        """
        if self.entry is not None or self.because in ("any_time", "day"):
            return False
        return self.period is None or self.period.is_ending(today)


def place_of(entry: Recorded) -> tuple[str, Id | None, str, Id | None] | None:
    """The duty, agency, period and occasion that an entry is of; None for one of what happened."""
    event = entry.event
    if isinstance(event, RegularDutyDone | AgencyReturnGiven):
        return event.duty, event.agency, event.period, event.occasion
    return None


def book_of(entries: Sequence[Recorded]) -> Book:
    """The entries of a partnership's stream, in order, as they stand now."""
    gone = {
        one.event.entry if isinstance(one.event, RegularEntryWithdrawn) else one.event.corrects
        for one in entries
    }
    return Book(
        tuple(
            one
            for one in entries
            if one.id not in gone and not isinstance(one.event, RegularEntryWithdrawn)
        )
    )


def regular_duties(policy: Policy) -> tuple[Standing, ...]:
    """What the policy asks for with no case, its own review last."""
    review = policy.review
    if review is None or policy.reviewing:
        return policy.standing
    every = review.every if review.every in MONTHS and review.due is None else "not stated"
    itself = Standing(
        id=POLICY_REVIEW,
        what="A review of this policy",
        owner=Seat("partnership"),
        every=every or "not stated",
        clause=review.clause,
        kind="review",
        on=review.or_when,
    )
    return (*policy.standing, itself)


def since_when(duty: Standing, had: Iterable[tuple[date, Policy]]) -> date | None:
    """Since which day a partnership has been asked for this, as often as now: `had` are its editions, oldest first."""
    since: date | None = None
    for day, policy in had:
        same = (duty.id, duty.every, duty.from_each)
        holds = any((d.id, d.every, d.from_each) == same for d in regular_duties(policy))
        since = (since or day) if holds else None
    return since


def is_of_agencies(duty: Standing) -> bool:
    """Whether each agency has it, or its answer to it, for itself."""
    return duty.from_each or duty.owner.side == "each"


def tiers_of(policy: Policy, duty: Standing, agency: str | None) -> tuple[str, ...]:
    """The tiers of the role that the policy gives it to, in an agency or (None) in the office; () for no role."""
    side = "each" if agency else "partnership"
    role = duty.owner.role if duty.owner.side == side else None
    return policy.roles[role].tiers if role else ()


def owed(
    policy: Policy,
    since: Mapping[str, date],
    book: Book,
    today: date,
    members: Sequence[Member],
    *,
    last: int | None = None,
) -> tuple[Owed, ...]:
    """Everything that is, or was, to be written down under a policy, duty by duty, the newest period first.

    `since` is by duty (`since_when`); one that is not in it is not asked for yet. `last`: of so many periods.
    """
    found: list[Owed] = []
    for duty in regular_duties(policy):
        if duty.id in since and since[duty.id] <= today:
            found += _of_duty(policy, duty, since[duty.id], book, today, members, last)
    return tuple(found)


def _of_duty(
    policy: Policy,
    duty: Standing,
    since: date,
    book: Book,
    today: date,
    members: Sequence[Member],
    last: int | None,
) -> Iterator[Owed]:
    yield from _occasions(duty, book, today, members)
    if duty.id == POLICY_REVIEW and policy.review and policy.review.due:
        yield Owed(duty, None, "day", due_on=policy.review.due, entry=_reviewed(policy, book))
        return
    for period in periods(duty.every, since, today, last):
        for agency in _whose(duty, members, min(period.last_on, today)):
            entry = book.written(duty.id, agency, period.code, None)
            yield Owed(duty, agency, "period", period=period, entry=entry)
    if duty.every not in MONTHS and not (duty.on and duty.every == "not stated"):
        for agency in _whose(duty, members, today):
            entry = book.written(duty.id, agency, "", None)
            yield Owed(duty, agency, "any_time", entry=entry)


def _occasions(
    duty: Standing, book: Book, today: date, members: Sequence[Member]
) -> Iterator[Owed]:
    for happened in reversed(book.occasions(duty.id)):
        event: RegularDutyFellDue = happened.event
        whose = (event.agency,) if event.agency else _whose(duty, members, today)
        for agency in whose:
            entry = book.written(duty.id, agency, "", event.occasion)
            yield Owed(duty, agency, "occasion", occasion=happened, entry=entry)


def _whose(duty: Standing, members: Sequence[Member], day: date) -> tuple[Id | None, ...]:
    """Who is asked: each agency that was of the partnership on that day, or its office."""
    if not is_of_agencies(duty):
        return (None,)
    return tuple(member.agency for member in members if member.is_on(day))


def _reviewed(policy: Policy, book: Book) -> Recorded | None:
    """The review of this very edition, done at whatever time."""
    done = [
        one
        for one in book.standing
        if isinstance(one.event, RegularDutyDone)
        and (one.event.duty, one.event.edition) == (POLICY_REVIEW, policy.edition)
        and one.event.occasion is None
    ]
    return done[-1] if done else None


def owed_at(
    found: Iterable[Owed], duty: str, agency: str | None, period: str, occasion: str | None
) -> Owed | None:
    """The one that an entry in this place would be of, or None."""
    for one in found:
        code = one.period.code if one.period else Code("")
        event = one.occasion.event.occasion if one.occasion else None
        if (one.duty.id, one.agency, code, event) == (duty, agency, period, occasion):
            return one
    return None
