"""What a business manager has to know that no case says: mail that did not go, and the policy's dates.

It must not change anything, nor promise what is to be done about it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.visibility import KeptOut
from counterpart.casework.climbing import Unheard, unheard, unheard_in
from counterpart.casework.editions import policy_of
from counterpart.engine.between_duties import WORDS
from counterpart.engine.endings_duties import WORDS as BY_NAME
from counterpart.engine.notices import URGENT
from counterpart.lists.finding import Capped
from counterpart.messages import routines
from counterpart.messages.faults import FaultRow, faults, faults_of
from counterpart.messages.holding import mail_trouble
from counterpart.messages.kinds import ACCOUNT, ALERT, INVITATION, NO_ADDRESS
from counterpart.people.directory import posts_as_of
from counterpart.people.finders import body_names, people_by_id
from counterpart.policy.calendars import calendar_of
from counterpart.policy.explaining.ending import EVERY
from counterpart.policy.model import Policy, Standing
from counterpart.policy.phrases import listed, seat_words, small
from counterpart.telling.dates import day_short, moment
from counterpart.web.lines import Names
from counterpart.worktime import in_london, renewal_warning

SEVERAL = "Several: it is the morning’s summary"
OF_NO_CASE = {
    INVITATION: "None: it is an invitation to sign in",
    ALERT: "None: it is about who looks at cases",
    ACCOUNT: "None: it says that something about their sign-in has changed",
}
AGAIN = "Counterpart will try to send the message again. It leaves this page once it has gone."
MOST = 25
"""Messages shown at once: with more than that, the mail itself is what has to be seen to."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to see to before anything else on the page."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that did not go: whose it is, about which case or else what, and why it did not.

    `invited` is the person whom it invites, for whom there is a page to see to it; "" for any other. `nobody_in`
    is the post in which there is nobody to send it to: to try again would not help.
    """

    id: str
    reference: str
    about: str
    invited: str
    nobody_in: str
    to: str
    why: str
    since: datetime
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class NotHeard:
    """A duty of which somebody was to be told, when nobody was there to tell."""

    reference: str
    what: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Regular:
    """Something the policy asks for that belongs to no case."""

    what: str
    owner: str
    every: str
    clause: str


@dataclass(frozen=True, slots=True)
class PolicyDates:
    """The policy in force: when it was to be looked at again, and what it asks for regularly."""

    title: str
    policy: str
    review: str
    is_review_late: bool
    regular: tuple[Regular, ...]


def alerts(policy: Policy | None, now: datetime) -> tuple[Alert, ...]:
    """Everything that stands in the way of the whole desk. Two queries."""
    return tuple(_alerts(policy, now))


def _alerts(policy: Policy | None, now: datetime) -> Iterator[Alert]:
    if routines.is_quiet(now):
        since = _silent_since(routines.last_worked_at(), now)
        yield Alert(
            "No messages are going out",
            f"The part of Counterpart that sends messages {since}. Telephone people who have to act "
            "today, and tell whoever runs Counterpart for you.",
        )
    if trouble := mail_trouble():
        yield Alert(
            "No e-mail is going out",
            f"{trouble.words} This has been so since {moment(trouble.since_at)}. Counterpart goes on "
            "trying. Telephone people who have to act today.",
        )
    if policy is None:
        yield Alert(
            "No policy is in force here",
            "Nobody can raise a concern in this partnership until an edition of its policy is in force.",
        )
    elif warning := renewal_warning(calendar_of(policy), in_london(now).date()):
        yield Alert("The bank holidays are running out", warning)


def _silent_since(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "has not been started yet"
    if last > now:  # it cannot have been then: the clock has been put back, so we cannot say when
        return "has done nothing since the clock of its computer was put back"
    return f"has done nothing since {moment(last)}"


def unsent(partnership: str, person: str, now: datetime) -> tuple[tuple[Unsent, ...], Capped]:
    """The first messages that did not go, urgent ones before all, and how many there are at least.

    A fixed number of queries.
    """
    return _shown(faults(partnership, person, now, limit=MOST + 1), now)


def unsent_of(cases: Collection[str], now: datetime) -> tuple[tuple[Unsent, ...], Capped]:
    """The same of these cases, for whoever watches them. A fixed number of queries, none for no cases."""
    return _shown(faults_of(cases, now, limit=MOST + 1), now)


def _shown(found: Sequence[FaultRow], now: datetime) -> tuple[tuple[Unsent, ...], Capped]:
    rows = found[:MOST]
    if not rows:
        return (), Capped(0, is_more=False)
    posts = posts_as_of(now, {row.post for row in rows if row.post})
    names = Names(posts, body_names({post.body for post in posts.all_posts()}))
    people = people_by_id({row.person for row in rows if row.person})
    shown = tuple(_unsent(row, names, people) for row in rows)
    return shown, Capped(len(rows), is_more=len(found) > MOST)


def not_heard(partnership: str, kept_out: KeptOut) -> tuple[NotHeard, ...]:
    """The duties that came to a rung of their ladder with nobody to tell, the longest due first. One query."""
    return _not_heard(unheard(partnership, kept_out, limit=MOST))


def not_heard_in(cases: Collection[str]) -> tuple[NotHeard, ...]:
    """The same of these cases, for whoever watches them. One query, and none for no cases."""
    return _not_heard(unheard_in(cases, limit=MOST))


def _not_heard(rows: Sequence[Unheard]) -> tuple[NotHeard, ...]:
    return tuple(NotHeard(row.reference, _what(row), row.due_at) for row in rows)


def _what(row: Unheard) -> str:
    clocks = policy_of(row.edition).clocks
    return (
        clocks[row.clock].what
        if row.clock in clocks
        else (WORDS.get(row.clock) or BY_NAME[row.clock])
    )


def policy_dates(policy: Policy, now: datetime) -> PolicyDates:
    """What the policy in force says of itself and of what is done regularly. No query."""
    due = policy.review.due if policy.review else None
    is_late = due is not None and due < in_london(now).date()
    review = f"It {'was' if is_late else 'is'} due for review on {day_short(due)}." if due else ""
    return PolicyDates(
        title=f"{policy.title}, {policy.label}",
        policy=policy.id,
        review=review,
        is_review_late=is_late,
        regular=tuple(
            Regular(each.what, seat_words(policy, each.owner), _how_often(each), each.clause)
            for each in policy.standing
        ),
    )


def _how_often(duty: Standing) -> str:
    """How often a policy asks for something, to stand before a comma."""
    if duty.every == "not stated" and duty.on:
        return f"When {listed(tuple(small(event.rstrip('.')) for event in duty.on), 'or')}"
    return EVERY[duty.every].rstrip(".")


def _unsent(row: FaultRow, names: Names, people: dict[str, str]) -> Unsent:
    return Unsent(
        id=row.id,
        reference=row.reference,
        about="" if row.reference else OF_NO_CASE.get(row.kind, SEVERAL),
        invited=row.person or "" if row.kind == INVITATION else "",
        nobody_in=row.post or "" if row.reason == NO_ADDRESS else "",
        to=names.post(row.post) if row.post else people.get(row.person or "", ""),
        why=row.words,
        since=row.since_at,
        is_urgent=row.kind == URGENT,
    )
