"""Regular duties in words: a period, how something stands, an entry. Nobody is late: the policies give no day."""

from __future__ import annotations

from datetime import date

from counterpart.engine.registry import Recorded
from counterpart.engine.regular import POLICY_REVIEW, Owed, regular_duties
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
)
from counterpart.engine.regular_periods import Period, period_called
from counterpart.policy.explaining.about import EVERY as REVIEWED_EVERY
from counterpart.policy.explaining.ending import EVERY
from counterpart.policy.model import Policy, Standing
from counterpart.policy.phrases import seat_words, small
from counterpart.telling.dates import day_short

ANY = "any"
"""What stands in an address where there is no period."""
ON = "on-"
"""What begins the name of an occasion in an address."""


def period_words(period: Period) -> str:
    """`2026`, `October to December 2026`, `September 2026`."""
    first, last = period.begins_on, period.last_on
    if period.months == 12:
        return f"{first.year}"
    if period.months == 1:
        return f"{first:%B} {first.year}"
    return f"{first:%B} to {last:%B} {first.year}"


def slug_of(one: Owed) -> str:
    """What stands for the period, or for what happened, in an address."""
    if one.occasion is not None:
        return f"{ON}{one.occasion.event.occasion}"
    return one.period.code if one.period else ANY


def read_slug(slug: str) -> tuple[str, str | None]:
    """The period and the occasion that an address names."""
    if slug.startswith(ON):
        return "", slug.removeprefix(ON)
    return ("" if slug == ANY else slug), None


def owner_words(duty: Standing, policy: Policy) -> str:
    """Whose it is."""
    if duty.id == POLICY_REVIEW:
        return "The partnership’s office"
    return seat_words(policy, duty.owner)


def how_often(duty: Standing, policy: Policy) -> str:
    """`Every quarter.`"""
    review = policy.review if duty.id == POLICY_REVIEW else None
    if review and review.every:
        return f"{REVIEWED_EVERY[review.every].capitalize()}."
    if review and review.due:
        return "The policy gives a day for it, once."
    if duty.every == "not stated" and duty.on:
        return "Whenever something happens that it is for."
    return EVERY[duty.every]


def label(one: Owed, policy: Policy) -> str:
    """What one line is about: its period, what happened, or the day."""
    if one.occasion is not None:
        event = one.occasion.event
        return f"{event_words(one.occasion, policy)}, {day_short(event.happened_on)}"
    if one.period is not None:
        return period_words(one.period)
    return "Its day" if one.due_on else "At any time"


def event_words(happened: Recorded, policy: Policy) -> str:
    """What happened, in the words of the policy of the edition it was noted under."""
    event: RegularDutyFellDue = happened.event
    duty = _duty(event.duty, policy)
    texts = duty.on if duty else ()
    return texts[event.which].rstrip(".") if event.which < len(texts) else "Something happened"


def state_words(one: Owed, today: date) -> str:
    """How one line stands, as a sentence or two."""
    if one.due_on is not None:
        return f"{_due_words(one.due_on, today)} {_done_words(one)}".rstrip()
    if one.entry is not None:
        return _done_words(one)
    state = one.state(today)
    if state == "running" and one.period:
        return f"Not recorded yet. {period_words(one.period)} runs until {day_short(one.period.last_on)}."
    if state == "not_recorded" and one.period:
        return f"Not recorded for {period_words(one.period)}."
    return "Nothing is recorded yet."


def entry_words(entry: Recorded) -> str:
    """What an entry says happened: `Done on 3 February 2026`."""
    event = entry.event
    if isinstance(event, AgencyReturnGiven):
        return "Nothing to report" if event.has_nothing else "Answered"
    if isinstance(event, RegularDutyDone):
        return f"Done on {day_short(event.done_on)}"
    if isinstance(event, RegularDutyFellDue):
        return f"Happened on {day_short(event.happened_on)}"
    return "An entry was withdrawn"


def about(entry: Recorded, policy: Policy) -> str:
    """Which duty an entry is of, and for which period, in the words of the edition it was made under."""
    event = entry.event
    duty = _duty(getattr(event, "duty", ""), policy)
    words = duty.what.rstrip(".") if duty else ""
    period = period_called(getattr(event, "period", ""))
    return f"{words}: {period_words(period)}" if period else words


def _done_words(one: Owed) -> str:
    if one.entry is None:
        return ""
    if one.because == "any_time":
        return f"Last: {small(entry_words(one.entry))}."
    return f"{entry_words(one.entry)}."


def _due_words(day: date, today: date) -> str:
    if today < day:
        return f"It is due on {day_short(day)}."
    return (
        f"It is due today, {day_short(day)}."
        if today == day
        else f"It was due on {day_short(day)}."
    )


def _duty(id: str, policy: Policy) -> Standing | None:
    return next((duty for duty in regular_duties(policy) if duty.id == id), None)
