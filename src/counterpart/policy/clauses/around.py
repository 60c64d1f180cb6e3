"""The places that stand beside the stages: what is asked, told and kept, other ways, regular duties."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.clauses.places import Cited, How, Place
from counterpart.policy.explaining.ending import EVERY, KEPT_ON, record_words
from counterpart.policy.explaining.ladder import rung_words
from counterpart.policy.model import Exit, Policy, RecordRule, Standing
from counterpart.policy.phrases import listed, seat_words, sentence, small

KEEPS = "Each entry is written down when it is made, and cannot be changed afterwards."
ON_ITS_PAGE = "Shown on the page of the policy."
ON_THE_DESK = "The partnership’s desk shows it."
ASKED = "Asked before a concern is sent, and kept with it."
KINDS = {
    "report": "the report",
    "return": "the return",
    "audit": "the audit",
    "review": "the review",
    "training": "the training",
    "terms": "the terms of reference",
}


def around(policy: Policy) -> Iterator[Cited]:
    """Every place beside the stages that asks something of somebody."""
    if policy.grounds:
        titles = listed(tuple(ground.title for ground in policy.grounds))
        words = f"What a disagreement may be about: {titles}."
        yield policy.grounds_clause, Place("What it may be about", words, How.ACT, ASKED)
    for check in policy.before_raising:
        yield check.clause, Place("Before raising", sentence(check.title), How.ACT, ASKED)
    if support := policy.support:
        done = "Whoever raises a concern is asked whether they would like somebody to support them."
        yield support.clause, Place("Support", sentence(support.text), How.ACT, done)
    for way in policy.exits.values():
        yield way.clause, _exit(way)
    for rule in policy.records:
        yield from _record(policy, rule)
    yield from _telling(policy)
    for duty in policy.standing:
        yield duty.clause, _standing(policy, duty)


def _exit(way: Exit) -> Place:
    when = f" When: {sentence(small(way.when))}" if way.when else ""
    where = (
        f" Where: {way.where if '://' in way.where else sentence(way.where)}" if way.where else ""
    )
    becomes = "the case ends here" if way.ends else "the case goes on here as well"
    done = (
        f"Shown on each case as another way. That it was taken is on the record, and {becomes}. "
        "What is done there is done by people outside Counterpart."
    )
    return Place("Another way", f"{sentence(way.title)}{when}{where}", How.ACT, done)


def _record(policy: Policy, rule: RecordRule) -> Iterator[Cited]:
    told = listed(tuple(seat_words(policy, seat) for seat in rule.shared_with))
    done = f"{KEEPS} Told of it, and able to read it: {told}." if told else KEEPS
    yield rule.clause, Place("Record", record_words(policy, rule), How.DONE, done)
    for where in rule.kept_on:
        words = f"It is placed on {KEPT_ON[where]}."
        by_people = f"Kept by people outside Counterpart: placing it on {KEPT_ON[where]}."
        yield rule.clause, Place("Where it is kept", words, How.PEOPLE, by_people)


def _telling(policy: Policy) -> Iterator[Cited]:
    if gaps := policy.gaps:
        told = seat_words(policy, gaps.tell)
        words = f"A gap in policies or procedures is brought to: {told}."
        done = f"Anybody on the case can report one. Told by Counterpart: {told}."
        yield gaps.clause, Place("Gap in policy", words, How.DONE, done)
    if rule := policy.extending:
        words = (
            "The agencies may agree to more time for something."
            if rule.is_allowed
            else "A time is not made longer, even if every agency agrees to it."
        )
        done = "Counterpart holds every case to this."
        yield rule.clause, Place("More time", words, How.DONE, done)
    for rung in policy.ladder:
        words = f"{rung_words(policy, rung)}."
        yield rung.clause, Place("If it is late", words, How.DONE, "Told by Counterpart.")


def _standing(policy: Policy, duty: Standing) -> Place:
    events = f" When: {'; or '.join(small(e.rstrip('.')) for e in duty.on)}." if duty.on else ""
    answers = " Every agency answers, with nothing to report too." if duty.from_each else ""
    every = "" if duty.every == "not stated" and duty.on else EVERY[duty.every]
    what = KINDS.get(duty.kind, "this")
    return Place(
        kind="Regular duty",
        says=f"{sentence(duty.what)}{events}{answers}",
        how=How.NOT_RUN,
        counterpart=f"Not yet run by Counterpart: {what}. {ON_THE_DESK}",
        who=seat_words(policy, duty.owner),
        by_when=every,
    )
