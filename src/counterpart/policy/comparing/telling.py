"""The sentences of a comparison that several kinds of rule share."""

from __future__ import annotations

from counterpart.policy.comparing.matching import View
from counterpart.policy.comparing.rules import LIMITS, Rule
from counterpart.policy.conditions import missed_words
from counterpart.policy.model import Clock, Policy, Seat, Stage
from counterpart.policy.phrases import limit_words, listed, seat_words, small, trigger_words
from counterpart.worktime import DAY_ZERO, Counting


def seats_words(policy: Policy, seats: tuple[Seat, ...], stage: Stage | None = None) -> str:
    """A list of places, or that there are none."""
    return listed(tuple(seat_words(policy, seat, stage) for seat in seats)) or "nobody"


def sentences(*parts: str) -> str:
    """The parts that are not empty, each ended with a full stop."""
    ended = (p if p.endswith((".", "!", "?")) else f"{p}." for p in parts if p)
    return " ".join(ended)


def time_rule(view: View, clock: Clock, name: str, part_of: str, what: str) -> Rule:
    """How long a duty has, and what follows where that is missed."""
    policy = view.policy
    urgent = clock.urgent_limit
    missed = clock.if_missed
    words = sentences(
        f"For {what}, {_time(limit_words(clock.limit, policy))}",
        f"In an urgent case: {small(limit_words(urgent, policy))}" if urgent else "",
        missed_words(policy, missed) if missed else "",
        "" if clock.limit.counting == policy.counting else counting_words(clock.limit.counting),
    )
    follows = missed and (
        missed.then,
        view.seats(missed.tells),
        view.seat(missed.by),
        view.ways.get(missed.way or ""),
    )
    value = view.limit(clock.limit), view.limit(urgent), follows
    return Rule(LIMITS, name, value, words, clock.clause, part_of)


def _time(words: str) -> str:
    return small(words) if words.startswith("The policy") else f"the time is: {small(words)}"


def counting_words(counting: Counting) -> str:
    """How days are counted, as whole sentences."""
    closed = counting.closed_days.value.replace("_", " ")
    ends = "" if counting.day_ends == DAY_ZERO.day_ends else f"{counting.day_ends:%H:%M}"
    return sentences(
        f"The day it starts is {counting.start_day.value.replace('_', ' ')}",
        f"What starts on a weekend or bank holiday: {closed}",
        f"What starts after {counting.cut_off:%H:%M} is the next day’s" if counting.cut_off else "",
        f"A day ends at {ends}" if ends else "",
    )


def starts_words(view: View, clock: Clock) -> str:
    """What starts a clock and, within one family, what ends it."""
    policy = view.policy
    starts = listed(tuple(trigger_words(policy, t) for t in clock.starts), "or")
    stops = listed(tuple(trigger_words(policy, t) for t in clock.stops), "or")
    resumes = listed(tuple(trigger_words(policy, t) for t in clock.resumes), "or")
    return sentences(
        f"It starts when {starts}" if starts else "",
        f"It ends when {stops}" if stops and view.is_kin else "",
        f"It goes on when {resumes}" if resumes and view.is_kin else "",
    )
